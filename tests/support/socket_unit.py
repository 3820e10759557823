"""A socket unit with its service, as far as a helper can tell: listens, starts it, starts it again.

    socket_unit.py SOCKET COMMAND...

The command gets the listening socket as descriptor 3 with LISTEN_FDS and LISTEN_PID; its process id
stands in SOCKET.pid. The socket stays while the command is gone. Ends with SIGTERM.
"""
import os
import signal
import socket
import sys

path, command = sys.argv[1], sys.argv[2:]
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen()


def end(*_):
    try:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
    finally:
        os._exit(0)


signal.signal(signal.SIGTERM, end)
while True:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
        os.execvp(command[0], command)
    with open(path + ".pid", "w") as file:
        file.write(str(child))
    os.waitpid(child, 0)
