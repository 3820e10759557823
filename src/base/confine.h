// What a program of ours will never do again once it runs, told to the kernel (seccomp): start
// another program, listen, look into another process, change the machine. The services' sandboxes
// (packaging/systemd) say the same and more; this holds wherever the program runs, and for what no
// sandbox can deny, since its own start needs it (execve). The library's door is confine.c.
#pragma once

enum confine_sockets {
    CONFINE_LOCAL,   // makes local sockets only
    CONFINE_NETWORK, // makes local and internet sockets
};

// All threads, from now on; what is denied fails with EPERM (sockets: EAFNOSUPPORT). A kernel
// without it is logged. Call after libraries have started what they start.
void confine(enum confine_sockets sockets);
