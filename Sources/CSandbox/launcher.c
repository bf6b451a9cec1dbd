#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// The launcher: a fork of the server that does nothing but clone sandboxes.
//
// A server with many threads and much memory must not fork for each sandbox: the copy of its page tables and the faults
// afterwards would stall every thread. The launcher is forked once, when the server is small.

/// The number of descriptors that come before the control groups in a request's message.
#define FIXED_DESCRIPTORS 3
/// The most descriptors of a message: beside these, the runtime's connection and the file that thaws.
#define MAX_DESCRIPTORS (FIXED_DESCRIPTORS + CSANDBOX_MAX_CGROUPS + 2)

struct launch_message {
    uint32_t host_id;
    int32_t cgroup_count;
    int32_t has_thaw;
    int32_t has_connection;
    char thaw_text[8];
};

static int write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t count = write(file, text, strlen(text));
    int failure = errno;
    close(file);
    errno = failure;
    return count < 0 ? -1 : 0;
}

/// Root keeps itself as root for the set-up and gives the function an id that nobody on the host has; anyone else has
/// one id to give.
static int write_id_maps(pid_t pid, const struct csandbox_request *request) {
    char path[64], uid_map[80], gid_map[80];
    if (geteuid() == 0) {
        snprintf(uid_map, sizeof uid_map, "0 0 1\n993 %u 1\n", request->host_id);
        snprintf(gid_map, sizeof gid_map, "0 0 1\n990 %u 1\n", request->host_id);
    } else {
        snprintf(uid_map, sizeof uid_map, "993 %u 1\n", geteuid());
        snprintf(gid_map, sizeof gid_map, "990 %u 1\n", getegid());
        snprintf(path, sizeof path, "/proc/%d/setgroups", pid);
        if (write_file(path, "deny") < 0) return -1;
    }
    snprintf(path, sizeof path, "/proc/%d/uid_map", pid);
    if (write_file(path, uid_map) < 0) return -1;
    snprintf(path, sizeof path, "/proc/%d/gid_map", pid);
    return write_file(path, gid_map);
}

static void launch(int launcher, const struct csandbox_request *request) {
    int go = eventfd(0, EFD_CLOEXEC);
    if (go < 0) {
        sandbox_report(request->control, CSANDBOX_FAILED, errno, "eventfd", NULL, 0);
        return;
    }
    unsigned long namespaces = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC |
                               CLONE_NEWUTS | CLONE_NEWNET;
    long pid = syscall(SYS_clone, namespaces | SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) {
        uint64_t value;
        if (read(go, &value, sizeof value) != sizeof value || value != 1) _exit(1);
        close(go);
        close(launcher);
        first_process(request);
    }
    uint64_t value = 1;
    if (pid < 0) {
        sandbox_report(request->control, CSANDBOX_FAILED, errno, "clone", NULL, 0);
    } else if (write_id_maps((pid_t)pid, request) < 0) {
        sandbox_report(request->control, CSANDBOX_FAILED, errno, "uid_map", NULL, 0);
        kill((pid_t)pid, SIGKILL);
    } else if (write(go, &value, sizeof value) < 0) {
        kill((pid_t)pid, SIGKILL);
    }
    close(go);
}

/// Takes one request. Returns 0 when the server is gone.
static int receive_request(int socket, struct csandbox_request *request) {
    struct launch_message message = {0};
    struct iovec bytes = {.iov_base = &message, .iov_len = sizeof message};
    int descriptors[MAX_DESCRIPTORS];
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof descriptors)];
    } control;
    struct msghdr header = {.msg_iov = &bytes,
                            .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = sizeof control};
    ssize_t count;
    do count = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    if (count != sizeof message || !rights || rights->cmsg_type != SCM_RIGHTS) return 0;
    memcpy(descriptors, CMSG_DATA(rights), rights->cmsg_len - CMSG_LEN(0));

    request->specification = descriptors[0];
    request->control = descriptors[1];
    request->output = descriptors[2];
    request->host_id = message.host_id;
    request->cgroup_count = message.cgroup_count;
    memcpy(request->cgroups, descriptors + FIXED_DESCRIPTORS, sizeof request->cgroups);
    const int *next = descriptors + FIXED_DESCRIPTORS + message.cgroup_count;
    request->thaw = message.has_thaw ? *next++ : -1;
    request->connection = message.has_connection ? *next : -1;
    memcpy(request->thaw_text, message.thaw_text, sizeof request->thaw_text);
    return 1;
}

static void launcher_run(int socket) __attribute__((noreturn));
static void launcher_run(int socket) {
    setsid();
    prctl(PR_SET_NAME, "apus-launcher");
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    // Children are reaped by the kernel; each tells the server about itself.
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    int kept = 3;
    if (socket != kept && dup2(socket, kept) < 0) _exit(1);
    syscall(SYS_close_range, kept + 1, ~0U, 0);
    int nothing = open("/dev/null", O_RDWR);
    for (int number = 0; number < 3 && nothing >= 0; number++) dup2(nothing, number);
    if (nothing > 2) close(nothing);
    fcntl(kept, F_SETFD, FD_CLOEXEC);

    struct csandbox_request request = {0};
    while (receive_request(kept, &request)) {
        launch(kept, &request);
        syscall(SYS_close_range, kept + 1, ~0U, 0);
    }
    _exit(0);
}

int csandbox_launcher_start(int *socket, pid_t *pid) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) return errno;
    *pid = fork();
    if (*pid == 0) launcher_run(pair[1]);
    int failure = errno;
    close(pair[1]);
    if (*pid < 0) {
        close(pair[0]);
        return failure;
    }
    *socket = pair[0];
    return 0;
}

int csandbox_launch(int launcher, const struct csandbox_request *request) {
    struct launch_message message = {.host_id = request->host_id,
                                     .cgroup_count = request->cgroup_count,
                                     .has_thaw = request->thaw >= 0,
                                     .has_connection = request->connection >= 0};
    memcpy(message.thaw_text, request->thaw_text, sizeof message.thaw_text);
    int descriptors[MAX_DESCRIPTORS] = {request->specification, request->control,
                                        request->output};
    int count = FIXED_DESCRIPTORS;
    for (int index = 0; index < request->cgroup_count; index++)
        descriptors[count++] = request->cgroups[index];
    if (request->thaw >= 0) descriptors[count++] = request->thaw;
    if (request->connection >= 0) descriptors[count++] = request->connection;

    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof descriptors)];
    } control = {0};
    struct iovec bytes = {.iov_base = &message, .iov_len = sizeof message};
    struct msghdr header = {.msg_iov = &bytes,
                            .msg_iovlen = 1,
                            .msg_control = &control,
                            .msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count)};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
    memcpy(CMSG_DATA(rights), descriptors, sizeof(int) * (size_t)count);
    ssize_t sent;
    do sent = sendmsg(launcher, &header, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}
