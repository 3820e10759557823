// Freed memory forgets: what the program and all its libraries give back is overwritten first.
//
// A certificate's number passes the hub in buffers of libmicrohttpd and GnuTLS, the places of keys
// pass the kiosk in those of Xlib; none of them has a hook for this. So free and realloc themselves
// are replaced, for the whole program that calls this. It costs a write of each block freed.
// Sanitizers have their own free: built with them it does nothing. Any thread.
#pragma once

// From here on, until the program ends.
void forget_freed(void);
