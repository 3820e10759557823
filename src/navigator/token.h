// The terminal's secrets are files of their own, mode 0600, that nobody else may read
// (CONTRACT.md): its token, and the key of its TLS certificate.
#pragma once

#include "config/config.h"
#include "navigator/http.h"

enum { TOKEN_ERROR_BYTES = 256 };

// A service manager that hands secrets over (LoadCredential=secrets:FOLDER, systemd.exec(5)) has
// put each file of its folder into $CREDENTIALS_DIRECTORY: the path becomes the one there. In every
// other case, and when it is "", it stays.
void secret_find(char path[static CONFIG_PATH_BYTES]);
// false with one line when the file isn't there or others may read it.
bool token_file_private(const char *path, char ret_error[static TOKEN_ERROR_BYTES]);

// Path "" or a missing file is no token ("": live calls will be refused by the navigator). false
// with one line (file, found, expected) when the file is readable by others or holds no token.
bool token_read(const char *path, char ret_token[static HTTP_TOKEN_BYTES],
                char ret_error[static TOKEN_ERROR_BYTES]);
