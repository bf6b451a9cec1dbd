#ifndef APUS_CSANDBOX_H
#define APUS_CSANDBOX_H

#include <stdint.h>
#include <sys/types.h>

// The part of a sandbox that has to be C: what runs between clone() and exec().
//
// Three processes take part. The *launcher* is forked from the server once, early, and is single-threaded; it clones a
// *first process* for each sandbox, which is pid 1 of its pid namespace; that one builds the file system, starts the
// *runtime* (the function's own process) and reaps whatever the runtime leaves behind. None of them allocates memory or
// takes a lock after the fork.
//
// What a sandbox consists of is decided in Swift and arrives as a *specification*: a list of steps, each a word and its
// arguments, every one of them ended by NUL (SandboxSpecification.swift writes it, specification.c carries it out).
//
// A specification may end with the step `await`: the sandbox is then one of the pool and waits for a function. The runtime
// may run already, with nothing of any function in it; it waits on descriptor 0 for its variables. The function comes as a
// second specification. The first process keeps its capabilities until that is carried out; a runtime that runs already is
// told to go on only after they are given up. A program that is executed then, as in a sandbox that waits for nobody, begins
// a moment before: it has none of them, and the first process is closed to it.

/// The most control groups that a sandbox joins: one for each controller of cgroup v1.
#define CSANDBOX_MAX_CGROUPS 4

/// What the launcher needs for one sandbox. The descriptors stay the caller's.
struct csandbox_request {
    /// A memory file that holds the specification.
    int specification;
    /// The first process's end of a SOCK_SEQPACKET pair; the sandbox ends when the other end is closed.
    int control;
    /// Becomes the runtime's descriptors 1, 2 and 3.
    int output;
    /// Becomes the runtime's descriptor 4: its connection to the Runtime API; -1 where it makes its own.
    int connection;
    /// A file and what to write to it so that frozen processes can die; -1 where nothing is ever frozen.
    int thaw;
    char thaw_text[8];
    /// `cgroup.procs` files that the runtime joins.
    int cgroups[CSANDBOX_MAX_CGROUPS];
    int32_t cgroup_count;
    /// The host's user and group id that stands behind the function's, when the server is root.
    uint32_t host_id;
};

/// What a sandbox tells the server on its control socket.
enum csandbox_report_kind {
    /// The listening sockets are there; they come with the message, in the order of the specification.
    CSANDBOX_LISTENING = 1,
    /// The runtime is about to be executed; `value` is its pid as the server sees it.
    CSANDBOX_STARTED = 2,
    /// Something failed; `value` is errno and `text` says what was tried.
    CSANDBOX_FAILED = 3,
    /// The runtime ended; `value` is its wait status. The sandbox follows it at once.
    CSANDBOX_EXITED = 4,
    /// All is ready for a function.
    CSANDBOX_AWAITING = 5,
};

struct csandbox_report {
    int32_t kind;
    int32_t value;
    char text[120];
};

/// What the server may tell a sandbox, a byte each. Closing the socket, or its writing side, ends the sandbox.
enum csandbox_command {
    /// Stop every process with SIGSTOP.
    CSANDBOX_STOP = 1,
    /// Let them go on.
    CSANDBOX_CONTINUE = 2,
    /// Take on a function; its specification comes with the message.
    CSANDBOX_TAKE_ON = 3,
};

/// Forks the launcher. Returns 0, or an errno.
int csandbox_launcher_start(int *socket, pid_t *pid);

/// Asks the launcher for a sandbox. Returns 0, or an errno.
int csandbox_launch(int launcher, const struct csandbox_request *request);

/// Reads one report without waiting, with the descriptors that came with it. Returns 1, or 0 at the end of the sandbox, or -errno.
int csandbox_receive(int control, struct csandbox_report *report, int descriptors[2], int *count);

/// Tells a sandbox. The socket keeps the command until it is read.
void csandbox_command(int control, enum csandbox_command command);

/// Hands a sandbox that awaits one its function: a memory file with a specification. Returns 0, or an errno.
int csandbox_take_on(int control, int specification);

/// Makes a control pair whose first end does not block and learns pids. Returns 0, or an errno.
int csandbox_control_pair(int pair[2]);

/// Makes a pipe whose reading end does not block. Returns 0, or an errno.
int csandbox_output_pipe(int pipe[2]);

/// Makes a pair of connected stream sockets. Returns 0, or an errno.
int csandbox_connection_pair(int pair[2]);

/// Makes a memory file with these bytes. Returns its descriptor, or -errno.
int csandbox_memory_file(const void *bytes, size_t count);

/// The machine's own time of day in milliseconds since 1970, which is the time that processes in a sandbox see.
int64_t csandbox_wall_milliseconds(void);

#endif
