#include "navigator/token.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// RFC 6750 section 2.1, b64token.
static const char allowed[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";

void secret_find(char path[static CONFIG_PATH_BYTES])
{
    char there[CONFIG_PATH_BYTES];
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    const char *slash = strrchr(path, '/');
    if (folder == NULL || path[0] == '\0')
        return;
    int length =
        snprintf(there, sizeof there, "%s/secrets_%s", folder, slash != NULL ? slash + 1 : path);
    if (length < (int)sizeof there)
        text_copy(path, CONFIG_PATH_BYTES, there);
}

bool token_file_private(const char *path, char ret_error[static TOKEN_ERROR_BYTES])
{
    struct stat info;
    if (stat(path, &info) != 0) {
        snprintf(ret_error, TOKEN_ERROR_BYTES, "%.150s: found %s, expected a secret", path,
                 strerror(errno));
        return false;
    }
    bool open_to_others = (info.st_mode & 077) != 0;
    if (open_to_others)
        snprintf(ret_error, TOKEN_ERROR_BYTES, "%.150s: found mode %04o, expected 0600", path,
                 info.st_mode & 07777u);
    return !open_to_others;
}

bool token_read(const char *path, char ret_token[static HTTP_TOKEN_BYTES],
                char ret_error[static TOKEN_ERROR_BYTES])
{
    char *data = NULL;
    size_t length = 0;
    if (path[0] == '\0' || (access(path, F_OK) != 0 && errno == ENOENT)) {
        ret_token[0] = '\0';
        return true;
    }
    if (!token_file_private(path, ret_error))
        return false;
    if (!file_read(path, HTTP_TOKEN_BYTES, &data, &length)) {
        snprintf(ret_error, TOKEN_ERROR_BYTES, "%.150s: found %s, expected a token", path,
                 strerror(errno));
        return false;
    }
    size_t token_length = strspn(data, allowed);
    bool fine = token_length > 0 && token_length < HTTP_TOKEN_BYTES &&
                strspn(data + token_length, " \t\r\n") == length - token_length;
    if (fine) {
        data[token_length] = '\0';
        text_copy(ret_token, HTTP_TOKEN_BYTES, data);
    } else {
        snprintf(ret_error, TOKEN_ERROR_BYTES, "%.150s: found something else, expected one token",
                 path);
    }
    explicit_bzero(data, length);
    free(data);
    return fine;
}
