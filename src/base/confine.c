#include "base/confine.h"

#include "base/check.h"
#include "base/log.h"

#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

static const int denied[] = {
    SCMP_SYS(listen),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
#if !defined(__SANITIZE_ADDRESS__) // it looks for leaks from a tracing thread
    SCMP_SYS(ptrace),
#endif
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(bpf),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(move_mount),
    SCMP_SYS(open_tree),
    SCMP_SYS(fsopen),
    SCMP_SYS(mount_setattr),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(reboot),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(acct),
    SCMP_SYS(syslog),
};

static int deny_sockets(scmp_filter_ctx filter, enum confine_sockets sockets)
{
    int error = 0;
    for (int family = 0; family < AF_MAX && error == 0; family++) {
        bool internet = family == AF_INET || family == AF_INET6;
        if (family != AF_UNIX && (!internet || sockets == CONFINE_LOCAL))
            error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1,
                                     SCMP_A0(SCMP_CMP_MASKED_EQ, UINT32_MAX, (unsigned)family));
    }
    return error;
}

void confine(enum confine_sockets sockets)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    CHECK(filter != NULL);
    int error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    for (size_t i = 0; i < sizeof denied / sizeof *denied && error == 0; i++)
        error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), denied[i], 0);
    if (error == 0)
        error = deny_sockets(filter, sockets);
    if (error == 0)
        error = seccomp_load(filter);
    if (error != 0)
        log_event("confine", "the kernel takes no filter: %s", strerror(-error));
    seccomp_release(filter);
}
