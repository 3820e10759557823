"""A supervisor of one program, as far as the program can tell: systemd's notify protocol.

    supervisor.py LOG LIMIT_MS COMMAND...

Starts the command with NOTIFY_SOCKET and a watchdog of LIMIT_MS. Each word of it becomes a line of
LOG; a silence beyond the limit, once it was ready, becomes "silent". The command's process id
stands in LOG.pid; ends as it ends.
"""
import os
import select
import socket
import subprocess
import sys

log, limit_ms, command = open(sys.argv[1], "w", buffering=1), int(sys.argv[2]), sys.argv[3:]
notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notices.bind("")  # an abstract name of the kernel's choice
os.environ["NOTIFY_SOCKET"] = "@" + notices.getsockname()[1:].decode()
os.environ["WATCHDOG_USEC"] = str(limit_ms * 1000)
child = subprocess.Popen(command)
with open(sys.argv[1] + ".pid", "w") as file:
    file.write(str(child.pid))
ended = os.pidfd_open(child.pid)
ready = False
while child.poll() is None:
    heard, _, _ = select.select([notices, ended], [], [], limit_ms / 1000)
    if notices in heard:
        word = notices.recv(4096).decode()
        ready = ready or word == "READY=1"
        log.write(word + "\n")
    elif not heard and ready:
        log.write("silent\n")
sys.exit(child.returncode if child.returncode >= 0 else 128 - child.returncode)
