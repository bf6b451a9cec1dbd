#define _GNU_SOURCE
#include "internal.h"
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// From the first process to the function's runtime. This shares memory with its parent (vfork), so it changes nothing
// in it, and it uses system calls where the C library would tell other threads of a process that has none.

void capabilities_bound(uint64_t kept) {
    for (int capability = 0; capability < 64; capability++) {
        if (kept & (1ULL << capability)) continue;
        // Fails past the last capability that this kernel knows.
        if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0) break;
    }
}

int capabilities_keep(uint64_t kept) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2] = {
        {.effective = (uint32_t)kept, .permitted = (uint32_t)kept},
        {.effective = (uint32_t)(kept >> 32), .permitted = (uint32_t)(kept >> 32)}};
    return (int)syscall(SYS_capset, &header, sets);
}

static int limit(int resource, unsigned long value) {
    struct rlimit limits = {.rlim_cur = value, .rlim_max = value};
    return setrlimit(resource, &limits);
}

static void join_cgroups(const struct sandbox *sandbox) {
    for (int index = 0; index < sandbox->request->cgroup_count; index++) {
        if (write(sandbox->request->cgroups[index], "0", 1) < 0)
            sandbox_fail(sandbox, "cgroup", NULL);
    }
    // Made here, so that the function sees its own group as the root and no name of the host's.
    if (unshare(CLONE_NEWCGROUP) < 0) sandbox_fail(sandbox, "cgroup namespace", NULL);
}

static void set_limits(const struct sandbox *sandbox, const struct program *program) {
    if (limit(RLIMIT_NOFILE, program->open_files) < 0 ||
        limit(RLIMIT_NPROC, program->processes) < 0 || limit(RLIMIT_CORE, 0) < 0 ||
        (program->data_bytes && limit(RLIMIT_DATA, program->data_bytes) < 0))
        sandbox_fail(sandbox, "setrlimit", NULL);
    // When the host runs out of memory, functions go before the server does.
    int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (score >= 0) {
        ssize_t ignored = write(score, "500", 3);
        (void)ignored;
        close(score);
    }
}

static void become_function(const struct sandbox *sandbox, const struct program *program) {
    // Only root can have other groups, and only root may give them up.
    if (sandbox->is_root && syscall(SYS_setgroups, 0, NULL) < 0)
        sandbox_fail(sandbox, "setgroups", NULL);
    if (syscall(SYS_setresgid, program->gid, program->gid, program->gid) < 0)
        sandbox_fail(sandbox, "setresgid", NULL);
    // Before the change of id, which takes away the capability to do this.
    capabilities_bound(0);
    if (syscall(SYS_setresuid, program->uid, program->uid, program->uid) < 0)
        sandbox_fail(sandbox, "setresuid", NULL);
    if (capabilities_keep(0) < 0) sandbox_fail(sandbox, "capset", NULL);
}

static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

void runtime_execute(const struct sandbox *sandbox, const struct program *program) {
    setsid();
    join_cgroups(sandbox);
    set_limits(sandbox, program);
    if (sandbox->gate >= 0) {
        char go;
        if (read(sandbox->gate, &go, 1) != 1) _exit(127);
    }

    // A runtime of the pool reads its function's variables here first.
    int input = sandbox->variables >= 0 ? sandbox->variables : open("/dev/null", O_RDONLY);
    int output = sandbox->request->output;
    if (input < 0) sandbox_fail(sandbox, "/dev/null", NULL);
    // The control socket stays usable until exec; everything else the function gets is 0 to 3, or 4.
    int control = fcntl(sandbox->request->control, F_DUPFD_CLOEXEC, 100);
    if (control < 0 || dup2(input, 0) < 0) sandbox_fail(sandbox, "dup", NULL);
    int saved = fcntl(output, F_DUPFD_CLOEXEC, 101);
    int connection = sandbox->request->connection;
    if (connection >= 0) connection = fcntl(connection, F_DUPFD_CLOEXEC, 102);
    for (int number = 1; number <= 3; number++)
        if (dup2(saved, number) < 0) _exit(127);
    syscall(SYS_close_range, 4, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */);
    if (connection >= 0 && dup2(connection, 4) < 0) _exit(127);

    struct csandbox_request request = *sandbox->request;
    request.control = control;
    struct sandbox here = *sandbox;
    here.request = &request;

    if (chdir(program->directory) < 0) sandbox_fail(&here, "chdir", program->directory);
    become_function(&here, program);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) sandbox_fail(&here, "no_new_privs", NULL);
    reset_signals();
    sandbox_report(control, CSANDBOX_STARTED, 0, NULL, NULL, 0);
    if (seccomp_install() < 0) sandbox_fail(&here, "seccomp", NULL);
    execve(program->path, (char *const *)program->arguments,
           (char *const *)program->environment);
    sandbox_fail(&here, "exec", program->path);
}
