#ifndef APUS_CSANDBOX_INTERNAL_H
#define APUS_CSANDBOX_INTERNAL_H

#include "CSandbox.h"
#include <stddef.h>
#include <sys/types.h>

/// What every part of a sandbox's first process needs to know.
struct sandbox {
    const struct csandbox_request *request;
    int is_root;
    /// Where the ends of children are told.
    int children;
    /// The runtime's process, or 0 before it is started.
    pid_t runtime;
    /// Where a runtime that was started before its function reads its variables, or -1.
    int variables;
    /// Where a process that becomes the runtime waits until it is known what to execute, or -1.
    int gate;
};

/// How the runtime is executed, as the specification says.
struct program {
    const char *path;
    const char *directory;
    unsigned uid;
    unsigned gid;
    const char **arguments;
    const char **environment;
    unsigned long open_files;
    unsigned long processes;
    /// Bytes of private memory, or 0 where a control group limits it.
    unsigned long data_bytes;
    /// What is executed beside it.
    const char **extensions;
    int extension_count;
};

/// Tells the server; reports are never lost, because the socket keeps them until they are read.
void sandbox_report(int control, int kind, int value, const char *text, const int *descriptors,
                    int count);

/// Reports `what` and `argument` with errno and ends the process.
void sandbox_fail(const struct sandbox *sandbox, const char *what, const char *argument)
    __attribute__((noreturn));

/// Reads one command without waiting, and the specification that comes with it. Returns the command, 0 where there is
/// none, or -1 where the server is gone.
int sandbox_receive_command(int control, int *specification);

/// Carries out every step of the specification in a memory file and fills in `program`.
void specification_apply(struct sandbox *sandbox, int file, struct program *program);

/// Starts the runtime.
void first_process_start(struct sandbox *sandbox, const struct program *program);

/// Starts an extension: a program of the function's that runs as the runtime does, beside it.
void first_process_extend(const struct sandbox *sandbox, const struct program *program,
                          const char *path);

/// Starts the process that becomes the runtime once its function is known. What takes long is done by then: to join a
/// control group takes the kernel milliseconds.
void first_process_prepare(struct sandbox *sandbox, const struct program *program);

/// Waits for a function and returns the memory file with its specification.
int first_process_await(const struct sandbox *sandbox);

/// The first process of a sandbox. It has all its namespaces and none of its file system yet.
void first_process(const struct csandbox_request *request) __attribute__((noreturn));

/// Executes the function's runtime in the calling process.
void runtime_execute(const struct sandbox *sandbox, const struct program *program)
    __attribute__((noreturn));

/// Installs the system call filter for the calling process and its children. Returns 0, or -1 with errno.
int seccomp_install(void);

/// Takes every capability but those in `kept` out of the bounding set, so that none can be gained.
void capabilities_bound(uint64_t kept);

/// Gives up every capability but those in `kept`. Returns 0, or -1 with errno.
int capabilities_keep(uint64_t kept);

#endif
