#include "base/confine.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static pthread_barrier_t confined;

static bool opens(int family)
{
    int fd = socket(family, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return errno != EAFNOSUPPORT;
    close(fd);
    return true;
}

// A thread that was there before. NULL: everything is as it should be.
static void *look(void *sockets)
{
    char *arguments[] = {(char *)"true", NULL};
    pthread_barrier_wait(&confined);
    bool network = *(const enum confine_sockets *)sockets == CONFINE_NETWORK;
    bool fine = execv("/bin/true", arguments) != 0 && errno == EPERM;
    fine = fine && listen(STDIN_FILENO, 1) != 0 && errno == EPERM;
    fine = fine && unshare(CLONE_FS) != 0 && errno == EPERM;
    fine = fine && opens(AF_UNIX) && !opens(AF_NETLINK) && !opens(AF_PACKET);
    fine = fine && opens(AF_INET) == network && opens(AF_INET6) == network;
    return fine ? NULL : sockets;
}

static void expect(enum confine_sockets sockets)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        pthread_t thread;
        void *wrong = &thread;
        pthread_barrier_init(&confined, NULL, 2);
        if (pthread_create(&thread, NULL, look, &sockets) == 0) {
            confine(sockets);
            pthread_barrier_wait(&confined);
            pthread_join(thread, &wrong);
        }
        _exit(wrong == NULL ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void the_kiosk_makes_local_sockets_and_starts_nothing(void **state)
{
    (void)state;
    expect(CONFINE_LOCAL);
}

static void a_helper_makes_internet_sockets_too(void **state)
{
    (void)state;
    expect(CONFINE_NETWORK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kiosk_makes_local_sockets_and_starts_nothing),
        cmocka_unit_test(a_helper_makes_internet_sockets_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
