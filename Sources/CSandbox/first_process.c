#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
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
static void reap(const struct sandbox *sandbox) {
    struct signalfd_siginfo information;
    ssize_t ignored = read(sandbox->children, &information, sizeof information);
    (void)ignored;
    for (;;) {
        int status = 0;
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid <= 0) return;
        if (pid != sandbox->runtime) continue;
        sandbox_report(sandbox->request->control, CSANDBOX_EXITED, status, NULL, NULL, 0);
        take_down(sandbox->request);
    }
}

/// Does what the server says. Returns the specification that it hands over, or -1.
static int obey(const struct sandbox *sandbox) {
    int specification = -1;
    int command = sandbox_receive_command(sandbox->request->control, &specification);
    if (command < 0) take_down(sandbox->request);
    if (command == CSANDBOX_STOP) kill(-1, SIGSTOP);
    if (command == CSANDBOX_CONTINUE) kill(-1, SIGCONT);
    return specification;
}

static void supervise(const struct sandbox *sandbox) __attribute__((noreturn));
static void supervise(const struct sandbox *sandbox) {
    struct pollfd watched[] = {{.fd = sandbox->request->control, .events = POLLIN},
                               {.fd = sandbox->children, .events = POLLIN}};
    for (;;) {
        if (poll(watched, 2, -1) < 0) continue;
        if (watched[1].revents) reap(sandbox);
        if (watched[0].revents) obey(sandbox);
    }
}

void first_process_start(struct sandbox *sandbox, const struct program *program) {
    // The runtime borrows this process's memory until it executes, which spares a copy of the page tables.
    pid_t runtime = vfork();
    if (runtime == 0) runtime_execute(sandbox, program);
    if (runtime < 0) sandbox_fail(sandbox, "vfork", NULL);
    sandbox->runtime = runtime;
}

/// A process that becomes the runtime when it is told to.
static struct {
    struct sandbox sandbox;
    const struct program *program;
    /// What it is told over, and what closes when it executes.
    int gate;
    int executed;
    _Alignas(16) char stack[64 * 1024];
} prepared = {.gate = -1};

static int execute_prepared(void *unused) {
    (void)unused;
    runtime_execute(&prepared.sandbox, prepared.program);
}

void first_process_prepare(struct sandbox *sandbox, const struct program *program) {
    int gate[2], executed[2];
    if (pipe2(gate, O_CLOEXEC) < 0 || pipe2(executed, O_CLOEXEC) < 0)
        sandbox_fail(sandbox, "pipe", NULL);
    prepared.sandbox = *sandbox;
    prepared.sandbox.gate = gate[0];
    prepared.program = program;
    prepared.gate = gate[1];
    prepared.executed = executed[0];
    // It has this process's memory, as after vfork, so that it sees what the program turns out to be; this process goes on.
    pid_t runtime = clone(execute_prepared, prepared.stack + sizeof prepared.stack,
                          CLONE_VM | SIGCHLD, NULL);
    if (runtime < 0) sandbox_fail(sandbox, "clone", NULL);
    close(gate[0]);
    close(executed[1]);
    sandbox->runtime = runtime;
}

/// Lets the prepared process execute, and waits until its memory is its own.
static void execute(void) {
    char byte = 1;
    ssize_t ignored = write(prepared.gate, &byte, 1);
    do ignored = read(prepared.executed, &byte, 1);
    while (ignored < 0 && errno == EINTR);
    close(prepared.gate);
    close(prepared.executed);
}

void first_process_extend(const struct sandbox *sandbox, const struct program *program,
                          const char *path) {
    struct csandbox_request request = *sandbox->request;
    request.connection = -1;
    struct sandbox here = *sandbox;
    here.request = &request;
    here.variables = -1;
    const char *arguments[] = {path, NULL};
    struct program extension = *program;
    extension.path = path;
    extension.arguments = arguments;
    if (vfork() == 0) runtime_execute(&here, &extension);
}

int first_process_await(const struct sandbox *sandbox) {
    int control = sandbox->request->control;
    // Without a runtime there is nothing more to get ready.
    int is_told = sandbox->variables < 0;
    if (is_told) sandbox_report(control, CSANDBOX_AWAITING, 0, NULL, NULL, 0);
    for (;;) {
        struct pollfd watched[] = {{.fd = control, .events = POLLIN},
                                   {.fd = sandbox->children, .events = POLLIN},
                                   {.fd = is_told ? -1 : sandbox->variables, .events = POLLIN}};
        if (poll(watched, 3, -1) < 0) continue;
        if (watched[1].revents) reap(sandbox);
        if (watched[2].revents) {
            is_told = 1;
            sandbox_report(control, CSANDBOX_AWAITING, 0, NULL, NULL, 0);
        }
        if (watched[0].revents) {
            int specification = obey(sandbox);
            if (specification >= 0) return specification;
        }
    }
}

/// Gives the runtime, which runs already, the variables of its function, and with them leave to go on.
static void hand_over(const struct sandbox *sandbox, const struct program *program) {
    for (const char **variable = program->environment; *variable; variable++) {
        const char *text = *variable;
        // The zero byte ends it.
        for (size_t left = strlen(text) + 1; left > 0;) {
            ssize_t count = send(sandbox->variables, text, left, MSG_NOSIGNAL);
            // The runtime has died, as its parent is about to learn.
            if (count <= 0) return;
            text += count;
            left -= (size_t)count;
        }
    }
}

void first_process(const struct csandbox_request *request) {
    struct sandbox sandbox = {
        .request = request, .is_root = geteuid() == 0, .variables = -1, .gate = -1};
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
    sandbox.children = signalfd(-1, &ended, SFD_CLOEXEC);
    if (sandbox.children < 0) sandbox_fail(&sandbox, "signalfd", NULL);

    raise_loopback(&sandbox);
    struct program program = {0};
    specification_apply(&sandbox, request->specification, &program);
    for (int index = 0; index < program.extension_count; index++)
        first_process_extend(&sandbox, &program, program.extensions[index]);
    if (prepared.gate >= 0) execute();
    if (!sandbox.runtime) first_process_start(&sandbox, &program);
    close(request->output);
    if (request->connection >= 0) close(request->connection);
    // What is left to do is to signal and to reap.
    capabilities_bound(1ULL << CAP_KILL);
    if (capabilities_keep(1ULL << CAP_KILL) < 0) take_down(request);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (sandbox.variables >= 0) {
        hand_over(&sandbox, &program);
        // Not closed: the runtime may not have said yet that it is ready.
        shutdown(sandbox.variables, SHUT_WR);
    }
    supervise(&sandbox);
}
