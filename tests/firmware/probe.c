// What a program inside a service's sandbox can do: put in the place of the service's own program,
// it tries each thing and prints `yes` or `no` before it.
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HUB_PORT = 8055, FREE_PORT = 18055 };

static void tell(bool can, const char *what, const char *which)
{
    printf("%s %s%s\n", can ? "yes" : "no", what, which);
}

static void try_write(const char *folder)
{
    char path[256];
    snprintf(path, sizeof path, "%s/.probe", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0)
        unlink(path);
    tell(fd >= 0, "writes ", folder);
}

static void try_read(const char *path)
{
    tell(open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) >= 0, "reads ", path);
}

static void try_run(const char *program)
{
    char *arguments[] = {(char *)program, NULL};
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        execv(program, arguments);
        _exit(99);
    }
    tell(waitpid(child, &status, 0) == child && status == 0, "runs ", program);
}

static void try_reach(const char *host)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(HUB_PORT)};
    inet_pton(AF_INET, host, &address.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool reached = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    tell(reached, "reaches the hub at ", host);
}

static void try_listen(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(FREE_PORT)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool listens =
        fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 1) == 0;
    tell(listens, "listens on a port", "");
}

static void try_meet(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    tell(connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "meets ", path);
}

// Other users' processes.
static void try_see(void)
{
    DIR *processes = opendir("/proc");
    bool sees = false;
    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;) {
        struct stat info;
        char path[300];
        snprintf(path, sizeof path, "/proc/%s", entry->d_name);
        sees |= entry->d_name[0] >= '0' && entry->d_name[0] <= '9' && stat(path, &info) == 0 &&
                info.st_uid != geteuid();
    }
    tell(sees, "sees processes of others", "");
}

static void try_calls(void)
{
    int code = PROT_READ | PROT_WRITE | PROT_EXEC;
    tell(mmap(NULL, 4096, code, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED,
         "makes code at run time", "");
    tell(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0) >= 0, "opens netlink", "");
    tell(socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0) >= 0, "opens raw sockets", "");
    tell(unshare(CLONE_NEWUSER) == 0, "makes namespaces", "");
    tell(mount("none", "/tmp", "tmpfs", 0, NULL) == 0, "mounts", "");
    tell(setuid(0) == 0, "becomes root", "");
    tell(ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0, "traces", "");
}

static void try_everything(void)
{
    static const char *const folders[] = {"/",
                                          "/etc",
                                          "/usr/bin",
                                          "/run",
                                          "/run/navigator-kiosk",
                                          "/var/log",
                                          "/var/lib/navigator-kiosk",
                                          "/var/lib/navigator-kiosk/kiosk",
                                          "/var/lib/navigator-hub",
                                          "/media/navigator-stick",
                                          "/tmp"};
    static const char *const files[] = {"/etc/shadow",
                                        "/etc/navigator-kiosk/kiosk.json",
                                        "/etc/navigator-kiosk/secrets/token",
                                        "/var/lib/navigator-kiosk/catalog-1.db",
                                        "/var/lib/navigator-kiosk/kiosk/staff-pin",
                                        "/var/lib/navigator-hub/keys/feed.key",
                                        "/home/pupil/diary",
                                        "/dev/kmsg"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        try_write(folders[i]);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        try_read(files[i]);
    try_run("/usr/bin/true");
    try_reach("127.0.0.1");
    try_listen();
    try_meet("/run/navigator-kiosk/link.sock");
    try_meet("/run/navigator-kiosk/print.sock");
    try_see();
    try_calls();
}

int main(void)
{
    try_everything();
    return 0;
}
