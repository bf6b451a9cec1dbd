#define _GNU_SOURCE
#include "internal.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Carries out a specification. Each step is a word and as many arguments as its row in `steps` says. Paths of the new
// root are relative; the first process stands in it.

#define MAX_ARGUMENTS 16
#define MAX_VARIABLES 2048
#define MAX_LISTENERS 2
#define MAX_EXTENSIONS 10

struct context {
    struct sandbox *sandbox;
    struct program *program;
    int listeners[MAX_LISTENERS];
    int listener_count;
    int argument_count;
    int variable_count;
};

// The runtime is started with vfork, so these live as long as they must.
static const char *arguments[MAX_ARGUMENTS + 1];
static const char *variables[MAX_VARIABLES + 1];
static const char *extensions[MAX_EXTENSIONS];

static void step_failed(struct context *context, const char *what, const char *argument) {
    sandbox_fail(context->sandbox, what, argument);
}

// Where the host's files are between `enter` and `leave`.
#define HOST_PARENT ".apus"
#define HOST HOST_PARENT "/host"

static void step_root(struct context *context, const char **a) {
    // Nothing that is mounted here may reach the host. What is mounted there is seen, and let go, by sandboxes that wait.
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) step_failed(context, "slave", "/");
    if (mount("root", a[0], "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755") < 0)
        step_failed(context, "tmpfs", a[0]);
    if (chdir(a[0]) < 0) step_failed(context, "chdir", a[0]);
}

static void step_directory(struct context *context, const char **a) {
    if (mkdir(a[0], 0755) < 0 && errno != EEXIST) step_failed(context, "mkdir", a[0]);
}

static void step_tmpfs(struct context *context, const char **a) {
    if (mount("tmpfs", a[0], "tmpfs", MS_NOSUID | MS_NODEV, a[1]) < 0)
        step_failed(context, "tmpfs", a[0]);
}

/// Changes the size of a file system in memory.
static void step_resize(struct context *context, const char **a) {
    if (mount(NULL, a[0], NULL, MS_REMOUNT | MS_NOSUID | MS_NODEV, a[1]) < 0)
        step_failed(context, "resize", a[0]);
}

static void step_proc(struct context *context, const char **a) {
    unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    if (mount("proc", a[0], "proc", flags, "hidepid=2") < 0) step_failed(context, "proc", a[0]);
}

static void bind_with(struct context *context, const char **a, uint64_t attributes) {
    long tree = syscall(SYS_open_tree, AT_FDCWD, a[0],
                        OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
    if (tree < 0) step_failed(context, "open_tree", a[0]);
    struct mount_attr attribute = {.attr_set = attributes};
    if (syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attribute,
                sizeof attribute) < 0)
        step_failed(context, "mount_setattr", a[0]);
    if (syscall(SYS_move_mount, tree, "", AT_FDCWD, a[1], MOVE_MOUNT_F_EMPTY_PATH) < 0)
        step_failed(context, "move_mount", a[1]);
    close((int)tree);
}

static void step_bind(struct context *context, const char **a) {
    bind_with(context, a, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
}

static void step_device(struct context *context, const char **a) {
    bind_with(context, a, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
}

static void step_overlay(struct context *context, const char **a) {
    if (mount("overlay", a[1], "overlay", MS_RDONLY | MS_NOSUID | MS_NODEV, a[0]) < 0)
        step_failed(context, "overlay", a[1]);
}

static void step_link(struct context *context, const char **a) {
    if (symlink(a[0], a[1]) < 0) step_failed(context, "symlink", a[1]);
}

static void step_file(struct context *context, const char **a) {
    int file = open(a[0], O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    size_t length = strlen(a[1]);
    if (file < 0 || write(file, a[1], length) != (ssize_t)length)
        step_failed(context, "file", a[0]);
    close(file);
}

static void step_listen(struct context *context, const char **a) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)strtoul(a[0], NULL, 10)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int yes = 1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0 || context->listener_count == MAX_LISTENERS ||
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(listener, (struct sockaddr *)&address, sizeof address) < 0 ||
        listen(listener, 128) < 0)
        step_failed(context, "listen", a[0]);
    context->listeners[context->listener_count++] = listener;
}

/// Hands the listening sockets to the server, which gets ready while the file system is built.
static void step_announce(struct context *context, const char **a) {
    (void)a;
    sandbox_report(context->sandbox->request->control, CSANDBOX_LISTENING, 0, NULL,
                   context->listeners, context->listener_count);
    while (context->listener_count > 0) close(context->listeners[--context->listener_count]);
}

static void step_hostname(struct context *context, const char **a) {
    if (sethostname(a[0], strlen(a[0])) < 0) step_failed(context, "sethostname", a[0]);
}

/// Makes the new root the root. The host's files stay, where a runtime that waits for its function cannot see them (but as
/// an ordinary user, who has one id for all; it runs no function's code until they are gone).
static void step_enter(struct context *context, const char **a) {
    (void)a;
    if (mkdir(HOST_PARENT, 0700) < 0 || mkdir(HOST, 0700) < 0)
        step_failed(context, "mkdir", HOST);
    if (syscall(SYS_pivot_root, ".", HOST) < 0) step_failed(context, "pivot_root", NULL);
    if (chdir("/") < 0) step_failed(context, "chdir", "/");
}

/// Leaves the host's files for good.
static void step_leave(struct context *context, const char **a) {
    (void)a;
    if (umount2(HOST, MNT_DETACH) < 0) step_failed(context, "umount", HOST);
    if (rmdir(HOST) < 0 || rmdir(HOST_PARENT) < 0) step_failed(context, "rmdir", HOST);
    struct mount_attr attribute = {.attr_set = MOUNT_ATTR_RDONLY};
    if (syscall(SYS_mount_setattr, AT_FDCWD, "/", 0, &attribute, sizeof attribute) < 0)
        step_failed(context, "read-only", "/");
}

/// Limits a runtime that runs already.
static void limit_runtime(struct context *context) {
    unsigned long bytes = context->program->data_bytes;
    struct rlimit limits = {.rlim_cur = bytes, .rlim_max = bytes};
    if (bytes && prlimit(context->sandbox->runtime, RLIMIT_DATA, &limits, NULL) < 0)
        step_failed(context, "prlimit", NULL);
}

static void step_limits(struct context *context, const char **a) {
    context->program->open_files = strtoul(a[0], NULL, 10);
    context->program->processes = strtoul(a[1], NULL, 10);
    context->program->data_bytes = strtoul(a[2], NULL, 10);
    if (context->sandbox->runtime) limit_runtime(context);
}

static void step_start(struct context *context, const char **a) {
    (void)a;
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        step_failed(context, "socketpair", NULL);
    context->sandbox->variables = pair[1];
    first_process_start(context->sandbox, context->program);
    close(pair[1]);
    context->sandbox->variables = pair[0];
    // What follows is the function's.
    context->argument_count = context->variable_count = 0;
    memset(arguments, 0, sizeof arguments);
    memset(variables, 0, sizeof variables);
}

static void step_user(struct context *context, const char **a) {
    context->program->uid = (unsigned)strtoul(a[0], NULL, 10);
    context->program->gid = (unsigned)strtoul(a[1], NULL, 10);
    context->program->directory = a[2];
}

static void step_argument(struct context *context, const char **a) {
    if (context->argument_count == MAX_ARGUMENTS) step_failed(context, "too many arguments", NULL);
    arguments[context->argument_count++] = a[0];
}

static void step_variable(struct context *context, const char **a) {
    if (context->variable_count == MAX_VARIABLES) step_failed(context, "too many variables", NULL);
    variables[context->variable_count++] = a[0];
}

static void step_program(struct context *context, const char **a) {
    context->program->path = a[0];
}

static void step_await(struct context *context, const char **a);

static void step_extension(struct context *context, const char **a) {
    if (context->program->extension_count == MAX_EXTENSIONS)
        step_failed(context, "too many extensions", NULL);
    extensions[context->program->extension_count++] = a[0];
}

static const struct step {
    const char *word;
    int argument_count;
    void (*run)(struct context *context, const char **arguments);
} steps[] = {
    {"root", 1, step_root},         {"directory", 1, step_directory}, {"tmpfs", 2, step_tmpfs},
    {"proc", 1, step_proc},         {"bind", 2, step_bind},           {"device", 2, step_device},
    {"overlay", 2, step_overlay},   {"link", 2, step_link},           {"file", 2, step_file},
    {"listen", 1, step_listen},     {"announce", 0, step_announce},   {"hostname", 1, step_hostname},
    {"enter", 0, step_enter},       {"leave", 0, step_leave},         {"resize", 2, step_resize},
    {"limits", 3, step_limits},     {"user", 3, step_user},           {"argument", 1, step_argument},
    {"variable", 1, step_variable}, {"program", 1, step_program},     {"start", 0, step_start},
    {"await", 0, step_await},       {"extension", 1, step_extension},
};

static const struct step *find_step(const char *word) {
    for (size_t index = 0; index < sizeof steps / sizeof *steps; index++)
        if (strcmp(steps[index].word, word) == 0) return &steps[index];
    return NULL;
}

/// Its memory is kept: arguments and variables point into it.
static void apply(struct context *context, int file) {
    struct stat status;
    if (fstat(file, &status) < 0) step_failed(context, "fstat", NULL);
    size_t size = (size_t)status.st_size;
    const char *position = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (position == MAP_FAILED) step_failed(context, "mmap", NULL);
    const char *end = position + size;
    while (position < end) {
        const struct step *step = find_step(position);
        errno = EINVAL;
        if (!step) step_failed(context, "unknown step", position);
        position += strlen(position) + 1;
        const char *values[3] = {0};
        for (int index = 0; index < step->argument_count; index++) {
            if (position >= end) step_failed(context, "missing argument", step->word);
            values[index] = position;
            position += strlen(position) + 1;
        }
        step->run(context, values);
    }
}

static void step_await(struct context *context, const char **a) {
    (void)a;
    if (!context->sandbox->runtime) first_process_prepare(context->sandbox, context->program);
    int file = first_process_await(context->sandbox);
    apply(context, file);
    close(file);
}

void specification_apply(struct sandbox *sandbox, int file, struct program *program) {
    struct context context = {.sandbox = sandbox, .program = program};
    program->arguments = arguments;
    program->environment = variables;
    program->extensions = extensions;
    apply(&context, file);
}
