"""The families of tests/hub/load: asks at an even rate whatever the answers do, kills a process
half-way, asks again what failed, and writes down what was answered (checks, events, codes).

A request's time runs from when it was due, so that waiting in a queue counts, too.

load.py SOCKET TOKENS RATE SECONDS P99_MS PID_TO_KILL
"""

import http.client
import itertools
import json
import os
import pathlib
import signal
import socket
import sys
import threading
import time

THREADS = 48
TRIES = 10
WRONG = 10  # one of so many checks of a terminal has an unknown number: it stays below its five
EVENTS, ENROLLMENTS = 10, 20  # for so many checks one


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("hub", timeout=10)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Load:
    def __init__(self, path, tokens, rate, seconds, pid):
        self.path, self.tokens, self.rate, self.pid = path, tokens, rate, pid
        self.total = rate * seconds
        self.next = itertools.count()
        self.lock = threading.Lock()
        self.times, self.codes, self.events = [], [], []
        self.checks = self.retried = self.failed = 0
        self.statuses = {}
        self.began = time.monotonic() + 0.5

    def run(self):
        threads = [threading.Thread(target=self.work) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.took = time.monotonic() - self.began

    def work(self):
        connection = Connection(self.path)
        while (i := next(self.next)) < self.total:
            due = self.began + i / self.rate
            time.sleep(max(0, due - time.monotonic()))
            if i == self.total // 2:
                os.kill(self.pid, signal.SIGKILL)
            token = self.tokens[i % len(self.tokens)]
            self.check(connection, i, token, due)
            if i % EVENTS == 0:
                self.event(connection, i, token)
            if i % ENROLLMENTS == 0:
                self.enroll(connection, i, token)

    def post(self, connection, path, token, question, key=""):
        """Status and answer; what fails is asked again."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json",
                   "Idempotency-Key": key}
        for _ in range(TRIES):
            try:
                connection.request("POST", path, json.dumps(question), headers)
                answer = connection.getresponse()
                body = answer.read()
                if answer.status < 500:
                    return answer.status, body
                wait_s = float(answer.headers.get("Retry-After", 0.2))
            except (OSError, http.client.HTTPException):
                connection.close()
                wait_s = 0.2
            with self.lock:
                self.retried += 1
            time.sleep(wait_s)
        with self.lock:
            self.failed += 1
        return 0, b""

    def check(self, connection, i, token, due):
        lap, place = divmod(i, len(self.tokens))
        wrong = (lap + place) % WRONG == 0
        question = {"number": f"88{i:08d}" if wrong else f"99{i % 2000 + 1:08d}"}
        if i % 2:
            question["birth_date"] = "2016-04-17"
        status, _ = self.post(connection, "/v1/certificates/check", token, question)
        with self.lock:
            self.times.append(time.monotonic() - due)
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.checks += status in (200, 404)

    def event(self, connection, i, token):
        event = {"id": f"event-{i}", "kind": "qr_shown", "at": "2026-10-01T09:30:00Z"}
        if self.post(connection, "/v1/events", token, {"events": [event]})[0] == 200:
            self.events.append(event["id"])

    def enroll(self, connection, i, token):
        status, body = self.post(connection, "/v1/enrollments", token, {"programs": ["p-7"]},
                                 f"enrollment-{i}")
        if status == 200:
            self.codes.append(json.loads(body)["code"])


def main():
    path, tokens, rate, seconds, p99_ms, pid = sys.argv[1:]
    load = Load(path, pathlib.Path(tokens).read_text().split(), int(rate), int(seconds), int(pid))
    load.run()
    for name in "codes", "events":
        pathlib.Path(name).write_text("".join(f"{line}\n" for line in getattr(load, name)))
    pathlib.Path("checks").write_text(f"{load.checks}\n")
    pathlib.Path("unknown").write_text(f"{load.statuses.get(404, 0)}\n")
    times = sorted(load.times)
    p50, p99 = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.99))
    statuses = ", ".join(f"{count} x {status}" for status, count in sorted(load.statuses.items()))
    print(f"{load.total} checks in {load.took:.1f} s ({load.total / load.took:.0f} a second): "
          f"{statuses}; {len(load.events)} events, {len(load.codes)} enrollments")
    print(f"asked again {load.retried}, failed {load.failed}; p50 {p50:.1f} ms, p99 {p99:.1f} ms, "
          f"longest {times[-1] * 1000:.0f} ms")
    extra = (load.total + EVENTS - 1) // EVENTS, (load.total + ENROLLMENTS - 1) // ENROLLMENTS
    if load.failed or (len(load.events), len(load.codes)) != extra:
        sys.exit("FAILED: what was asked wasn't answered")
    if set(load.statuses) != {200, 404}:
        sys.exit(f"FAILED: other answers than 200 and 404: {statuses}")
    if load.took > int(seconds) * 1.05 + 2:
        sys.exit(f"FAILED: it couldn't keep up: {load.took:.1f} s")
    if p99 > int(p99_ms):
        sys.exit(f"FAILED: p99 {p99:.0f} ms, at most {p99_ms} agreed")


main()
