#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <linux/capability.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

// The first process of a sandbox: builds it, starts the runtime, reaps, and takes everything down at the end.

static void raise_loopback(const struct sandbox *sandbox) {
    int socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    if (socket_ < 0 || ioctl(socket_, SIOCSIFFLAGS, &request) < 0)
        sandbox_fail(sandbox, "loopback", NULL);
    close(socket_);
}

/// Kills all that is left, waits until it is gone, and goes too.
static void take_down(const struct csandbox_request *request) __attribute__((noreturn));
static void take_down(const struct csandbox_request *request) {
    kill(-1, SIGKILL);
    // A frozen process dies when it is thawed and no sooner.
    if (request->thaw >= 0) {
        ssize_t ignored = write(request->thaw, request->thaw_text, strlen(request->thaw_text));
        (void)ignored;
    }
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {}
    _exit(0);
}

/// Reaps what has ended. Ends the sandbox when that includes the runtime.
static void reap(const struct csandbox_request *request, pid_t runtime) {
    for (;;) {
        int status = 0;
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid <= 0) return;
        if (pid != runtime) continue;
        sandbox_report(request->control, CSANDBOX_EXITED, status, NULL, NULL, 0);
        take_down(request);
    }
}

static void obey(const struct csandbox_request *request) {
    char command;
    ssize_t count = recv(request->control, &command, 1, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) take_down(request);
    if (command == CSANDBOX_STOP) kill(-1, SIGSTOP);
    if (command == CSANDBOX_CONTINUE) kill(-1, SIGCONT);
}

static void supervise(const struct csandbox_request *request, pid_t runtime, int children)
    __attribute__((noreturn));
static void supervise(const struct csandbox_request *request, pid_t runtime, int children) {
    struct pollfd watched[] = {{.fd = request->control, .events = POLLIN},
                               {.fd = children, .events = POLLIN}};
    for (;;) {
        if (poll(watched, 2, -1) < 0) continue;
        if (watched[1].revents) {
            struct signalfd_siginfo information;
            ssize_t ignored = read(children, &information, sizeof information);
            (void)ignored;
            reap(request, runtime);
        }
        if (watched[0].revents) obey(request);
    }
}

void first_process(const struct csandbox_request *request) {
    struct sandbox sandbox = {.request = request, .is_root = geteuid() == 0};
    struct stat status;
    if (fstat(request->specification, &status) < 0) sandbox_fail(&sandbox, "fstat", NULL);
    sandbox.size = (size_t)status.st_size;
    void *bytes = mmap(NULL, sandbox.size, PROT_READ, MAP_PRIVATE, request->specification, 0);
    if (bytes == MAP_FAILED) sandbox_fail(&sandbox, "mmap", NULL);
    sandbox.specification = bytes;

    setsid();
    umask(022);
    prctl(PR_SET_NAME, "sandbox");
    // The function must not look into this process, whose memory is a copy of the server's at its start.
    prctl(PR_SET_DUMPABLE, 0);
    signal(SIGCHLD, SIG_DFL);
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, NULL);
    int children = signalfd(-1, &ended, SFD_CLOEXEC);
    if (children < 0) sandbox_fail(&sandbox, "signalfd", NULL);

    raise_loopback(&sandbox);
    struct program program = {0};
    specification_apply(&sandbox, &program);

    // The runtime borrows this process's memory until it executes, which spares a copy of the page tables.
    pid_t runtime = vfork();
    if (runtime == 0) runtime_execute(&sandbox, &program);
    if (runtime < 0) sandbox_fail(&sandbox, "vfork", NULL);
    // What is left to do is to signal and to reap.
    capabilities_bound(1ULL << CAP_KILL);
    if (capabilities_keep(1ULL << CAP_KILL) < 0) take_down(request);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    close(request->output);
    supervise(request, runtime, children);
}
