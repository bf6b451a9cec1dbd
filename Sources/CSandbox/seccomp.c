#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// The system calls that a function may not make. Namespaces and the lack of capabilities stop most of them already;
// the filter keeps the kernel code behind them out of reach.

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the system call filter does not know this architecture"
#endif

/// Calls with higher numbers are newer than this filter, so that nobody has thought about them.
#define LAST_KNOWN_CALL 462

static const int forbidden[] = {
    // Mounts and namespaces.
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_open_tree,
    SYS_move_mount, SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
    457 /* statmount */, 458 /* listmount */,
    // Other processes.
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_process_madvise,
    SYS_process_mrelease, SYS_kcmp, SYS_pidfd_getfd, SYS_migrate_pages, SYS_move_pages,
    // Wide interfaces to the kernel.
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter,
    SYS_io_uring_register, SYS_add_key, SYS_request_key, SYS_keyctl, SYS_fanotify_init,
    SYS_fanotify_mark, SYS_lookup_dcookie, SYS_memfd_secret,
    // Files by handle reach around mounts.
    SYS_name_to_handle_at, SYS_open_by_handle_at,
    // The machine itself.
    SYS_reboot, SYS_kexec_load, SYS_kexec_file_load, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_swapon, SYS_swapoff, SYS_syslog, SYS_acct, SYS_quotactl,
    SYS_quotactl_fd, SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex,
    SYS_sethostname, SYS_setdomainname, SYS_vhangup, SYS_nfsservctl, SYS_mbind, SYS_set_mempolicy,
    450 /* set_mempolicy_home_node */,
#if defined(__x86_64__)
    SYS_kexec_file_load, SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_create_module, SYS_query_module,
    SYS_get_kernel_syms, SYS_uselib, SYS_ustat, SYS_sysfs, SYS__sysctl, SYS_mknod,
#endif
    SYS_mknodat,
};

#define MAX_INSTRUCTIONS 512

struct filter {
    struct sock_filter instructions[MAX_INSTRUCTIONS];
    unsigned short count;
};

static void add(struct filter *filter, uint16_t code, uint32_t value, uint8_t yes, uint8_t no) {
    if (filter->count < MAX_INSTRUCTIONS)
        filter->instructions[filter->count++] = (struct sock_filter)BPF_JUMP(code, value, yes, no);
}

static void load(struct filter *filter, size_t offset) {
    add(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer(struct filter *filter, uint32_t action) {
    add(filter, BPF_RET | BPF_K, action, 0, 0);
}

/// Answers `action` where the loaded word is `value`.
static void answer_if(struct filter *filter, uint32_t value, uint32_t action) {
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    answer(filter, action);
}

/// The low word of an argument, which is all that the calls below look at.
static size_t argument(int index) {
    return offsetof(struct seccomp_data, args) + 8 * (size_t)index;
}

#define REFUSE(number) (SECCOMP_RET_ERRNO | (number))

/// Begins a passage for one call: `length` instructions that are skipped for any other call.
static void passage(struct filter *filter, uint32_t call, uint8_t length) {
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, call, 0, length);
}

static void build(struct filter *filter) {
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0);
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(struct seccomp_data, nr));
    // The 32-bit ABI on x86_64 has numbers far above this as well.
    add(filter, BPF_JMP | BPF_JGT | BPF_K, LAST_KNOWN_CALL, 0, 1);
    answer(filter, REFUSE(ENOSYS));
    for (size_t index = 0; index < sizeof forbidden / sizeof *forbidden; index++)
        answer_if(filter, (uint32_t)forbidden[index], REFUSE(EPERM));
    // Its flags are behind a pointer, where no filter can look; the C library falls back to clone.
    answer_if(filter, SYS_clone3, REFUSE(ENOSYS));

    passage(filter, SYS_clone, 4);
    load(filter, argument(0));
    add(filter, BPF_JMP | BPF_JSET | BPF_K,
        CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNET |
            CLONE_NEWCGROUP,
        0, 1);
    answer(filter, REFUSE(EPERM));
    answer(filter, SECCOMP_RET_ALLOW);

    // Sockets of the network namespace only: vsock and others reach around it.
    passage(filter, SYS_socket, 10);
    load(filter, argument(0));
    answer_if(filter, AF_UNIX, SECCOMP_RET_ALLOW);
    answer_if(filter, AF_INET, SECCOMP_RET_ALLOW);
    answer_if(filter, AF_INET6, SECCOMP_RET_ALLOW);
    answer_if(filter, AF_NETLINK, SECCOMP_RET_ALLOW);
    answer(filter, REFUSE(EAFNOSUPPORT));

    // Input cannot be put into a terminal of the host.
    passage(filter, SYS_ioctl, 6);
    load(filter, argument(1));
    answer_if(filter, TIOCSTI, REFUSE(EPERM));
    answer_if(filter, TIOCLINUX, REFUSE(EPERM));
    answer(filter, SECCOMP_RET_ALLOW);

    answer(filter, SECCOMP_RET_ALLOW);
}

int seccomp_install(void) {
    static struct filter filter;
    filter.count = 0;
    build(&filter);
    struct sock_fprog program = {.len = filter.count, .filter = filter.instructions};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
