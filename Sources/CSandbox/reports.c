#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// The control socket, both ends, and the descriptors that a sandbox is given.

void sandbox_report(int socket, int kind, int value, const char *text, const int *descriptors,
                    int count) {
    struct csandbox_report report = {.kind = kind, .value = value};
    if (text) strncpy(report.text, text, sizeof report.text - 1);
    struct iovec bytes = {.iov_base = &report, .iov_len = sizeof report};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int) * 2)];
    } control = {0};
    struct msghdr header = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (count > 0) {
        header.msg_control = &control;
        header.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count);
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
        memcpy(CMSG_DATA(rights), descriptors, sizeof(int) * (size_t)count);
    }
    while (sendmsg(socket, &header, MSG_NOSIGNAL) < 0 && errno == EINTR) {}
}

void sandbox_fail(const struct sandbox *sandbox, const char *what, const char *argument) {
    int failure = errno;
    char text[120];
    snprintf(text, sizeof text, "%s %s", what, argument ? argument : "");
    sandbox_report(sandbox->request->control, CSANDBOX_FAILED, failure, text, NULL, 0);
    _exit(127);
}

int csandbox_receive(int socket, struct csandbox_report *report, int descriptors[2], int *count) {
    struct iovec bytes = {.iov_base = report, .iov_len = sizeof *report};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int) * 2) + CMSG_SPACE(sizeof(struct ucred))];
    } control;
    struct msghdr header = {.msg_iov = &bytes,
                            .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = sizeof control};
    *count = 0;
    ssize_t length;
    do length = recvmsg(socket, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    while (length < 0 && errno == EINTR);
    if (length < 0) return errno == ECONNRESET ? 0 : -errno;
    if (length == 0) return 0;
    if (length != sizeof *report) return -EPROTO;
    report->text[sizeof report->text - 1] = 0;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET) continue;
        if (part->cmsg_type == SCM_RIGHTS) {
            *count = (int)((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
            memcpy(descriptors, CMSG_DATA(part), sizeof(int) * (size_t)*count);
        } else if (part->cmsg_type == SCM_CREDENTIALS && report->kind == CSANDBOX_STARTED) {
            // The kernel translates the sender's pid into the reader's namespace.
            struct ucred sender;
            memcpy(&sender, CMSG_DATA(part), sizeof sender);
            report->value = sender.pid;
        }
    }
    return 1;
}

void csandbox_command(int control, enum csandbox_command command) {
    char byte = (char)command;
    while (send(control, &byte, 1, MSG_NOSIGNAL) < 0 && errno == EINTR) {}
}

int csandbox_take_on(int control, int specification) {
    char byte = CSANDBOX_TAKE_ON;
    struct iovec bytes = {.iov_base = &byte, .iov_len = 1};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } rights = {.header = {.cmsg_level = SOL_SOCKET,
                           .cmsg_type = SCM_RIGHTS,
                           .cmsg_len = CMSG_LEN(sizeof(int))}};
    memcpy(CMSG_DATA(&rights.header), &specification, sizeof specification);
    struct msghdr header = {.msg_iov = &bytes,
                            .msg_iovlen = 1,
                            .msg_control = &rights,
                            .msg_controllen = sizeof rights};
    ssize_t sent;
    do sent = sendmsg(control, &header, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

int sandbox_receive_command(int control, int *specification) {
    char byte = 0;
    struct iovec bytes = {.iov_base = &byte, .iov_len = 1};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } rights;
    struct msghdr header = {.msg_iov = &bytes,
                            .msg_iovlen = 1,
                            .msg_control = &rights,
                            .msg_controllen = sizeof rights};
    ssize_t count = recvmsg(control, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (count <= 0) return -1;
    struct cmsghdr *first = CMSG_FIRSTHDR(&header);
    if (first && first->cmsg_level == SOL_SOCKET && first->cmsg_type == SCM_RIGHTS)
        memcpy(specification, CMSG_DATA(first), sizeof *specification);
    return byte;
}

int csandbox_control_pair(int pair[2]) {
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) return errno;
    int yes = 1;
    if (setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) < 0 ||
        fcntl(pair[0], F_SETFL, O_NONBLOCK) < 0) {
        int failure = errno;
        close(pair[0]);
        close(pair[1]);
        return failure;
    }
    return 0;
}

int csandbox_output_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) < 0) return errno;
    // Room for a burst between two reads; the default holds 64 KiB.
    fcntl(ends[0], F_SETPIPE_SZ, 256 * 1024);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return 0;
}

int csandbox_connection_pair(int pair[2]) {
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ? errno : 0;
}

int csandbox_memory_file(const void *bytes, size_t count) {
    int file = memfd_create("specification", MFD_CLOEXEC);
    if (file < 0) return -errno;
    if (write(file, bytes, count) != (ssize_t)count) {
        int failure = errno ? errno : EIO;
        close(file);
        return -failure;
    }
    return file;
}

int64_t csandbox_wall_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
