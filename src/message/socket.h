// Where a helper meets its kiosk: a descriptor that came with the command line, or a unix socket.
#pragma once

// The open descriptor that this text names (above 2), closed on exec from now on; -1 when none.
int socket_inherited(const char *text);
// Listens on a unix socket that owner and group may use, non-blocking; a leftover of the name is
// replaced. -1 with errno.
int socket_listen(const char *path);
