#include "ctl/check_paths.h"

#include "navigator/token.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define KIOSK "navigator-kiosk"
#define LINK  "navigator-link"
// What its unit hands over (packaging/systemd/navigator-link.service).
#define SECRETS "/etc/navigator-kiosk/secrets/"

static int reach_as_self(const char *path, int how)
{
    return access(path, how) == 0 ? 0 : errno;
}

// 0, or the errno that the user would meet.
static int reach(const char *user, const char *path, int how)
{
    const struct passwd *entry = geteuid() == 0 ? getpwnam(user) : NULL;
    if (entry == NULL)
        return reach_as_self(path, how);
    uid_t uid = entry->pw_uid;
    gid_t gid = entry->pw_gid;
    pid_t child = fork();
    if (child == 0) {
        bool changed = initgroups(user, gid) == 0 && setgid(gid) == 0 && setuid(uid) == 0;
        _exit(changed ? reach_as_self(path, how) : EPERM);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return reach_as_self(path, how);
    return WEXITSTATUS(status);
}

static void look_at(struct check_report *report, const char *key, const char *user,
                    const char *path, int how)
{
    int error = path[0] != '\0' ? reach(user, path, how) : 0;
    if (error != 0)
        check_say(&report->warnings, "%s: found %s at %.200s, expected a file that %s can read",
                  key, strerror(error), path, user);
}

// systemd hands it to the service (LoadCredential), so that only root needs to reach it; what
// stands elsewhere the service is not given.
static void look_at_secret(struct check_report *report, const char *key, const char *path)
{
    char error[TOKEN_ERROR_BYTES];
    struct stat info;
    if (path[0] == '\0')
        return;
    if (stat(path, &info) != 0)
        check_say(&report->warnings, "%s: found %s at %.200s, expected a secret of mode 0600", key,
                  strerror(errno), path);
    else if (!token_file_private(path, error))
        check_say(&report->errors, "%s: %s: %s", report->file, key, error);
    else if (getpwnam(LINK) != NULL && strncmp(path, SECRETS, strlen(SECRETS)) != 0)
        check_say(&report->warnings, "%s: found %.200s, expected a file in " SECRETS, key, path);
}

static void look_into_token(struct check_report *report, const char *path)
{
    char token[HTTP_TOKEN_BYTES];
    char error[TOKEN_ERROR_BYTES];
    bool readable = path[0] != '\0' && access(path, R_OK) == 0 && token_file_private(path, error);
    if (readable && !token_read(path, token, error))
        check_say(&report->errors, "%s: navigator.token_file: %s", report->file, error);
    explicit_bzero(token, sizeof token);
}

// The units make it; where it is already, link must be able to write into it.
static void look_at_data(struct check_report *report, const char *folder)
{
    struct stat info;
    if (stat(folder, &info) != 0)
        return;
    int error = S_ISDIR(info.st_mode) ? reach(LINK, folder, R_OK | W_OK | X_OK) : ENOTDIR;
    if (error != 0)
        check_say(&report->warnings,
                  "terminal.data_dir: found %s at %.200s, expected a folder that " LINK
                  " can write into",
                  strerror(error), folder);
}

void check_paths(const struct config *config, struct check_report *report)
{
    look_at(report, "guide_file", KIOSK, config->guide_file, R_OK);
    look_at(report, "navigator.tls_ca_file", LINK, config->tls_ca_file, R_OK);
    look_at(report, "navigator.tls_client_cert", LINK, config->tls_client_cert, R_OK);
    look_at_secret(report, "navigator.tls_client_key", config->tls_client_key);
    look_at_secret(report, "navigator.token_file", config->token_file);
    look_into_token(report, config->token_file);
    look_at_data(report, config->data_dir);
}
