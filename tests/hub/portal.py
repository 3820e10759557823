"""A PFDO portal to practise on: a seeded, invented region behind the public API as observed.

portal.py PORTFILE [--programs N] [--seed S] [--revision R] [--faults PERCENT] [--no-etags]
          [--closed STATUS]

Serves /v2 on a free loopback port, writes its number into PORTFILE and runs until killed. The same
numbers give the same region. Revision 2 is the region some days later: of a hundred programs two
have another name, one has other places (its entry in the list stays), one is gone, one is new.

Of a hundred requests PERCENT go wrong, each kind in turn by a hash of path and try, so that the
order in which requests come doesn't matter: 500, 429 with Retry-After (of 0 s, a few of 1 s), a cut
body, a slow drip, garbage, an HTML page with status 200, wrong types, another program, a page too
early (twice the same), a page whose items moved on by some, an empty page.

Closed, it gives that status to all, and wants to be left alone for an hour.

GET /-/truth gives what a perfect crawl finds, GET /-/seen what was asked of it.
"""

import argparse
import hashlib
import http.server
import json
import os
import random
import re
import threading
import time
import urllib.parse

OPERATOR = 37
PLACES = 17
WORDS = "Лепка Шахматы Робототехника Хор Самбо Туризм Театр Физика Дизайн Плавание".split()
DIRECTIONS = [
    (1, "Техническая"), (2, "Естественнонаучная"), (3, "Физкультурно-спортивная"),
    (4, "Художественная"), (5, "Туристско-краеведческая"), (6, "Социально-педагогическая"),
]
FAULTS = "error busy cut drip garbage html types other early moved empty".split()


def whole(answer):
    return {"data": answer, "result_code": "FLSCS", "result_message": "Полный успех"}


# ---- the region: traps of real portals are part of it


def make_program(number, seed, revision):
    rng = random.Random(f"{seed}/{number}")
    renamed = revision > 1 and number % 100 in (7, 57)
    moved = revision > 1 and number % 100 == 23
    place = min(int(rng.expovariate(0.25)), PLACES - 1)
    direction = rng.choice(DIRECTIONS)
    low = rng.choice([60, 72, 78, 84, 120])
    high = low + rng.choice([12, 30, 48])
    title = f"{rng.choice(WORDS)} № {number}{' (обновлена)' if renamed else ''}"
    address = {"id": 7000 + place, "name": f"ул. Школьная, {1 + number % 9}",
               "lat": f"{68 + number % 10 / 10:.4f}", "lng": "33.0800"}
    registries = {"certified": number % 3 == 0, "meaningful": False, "general": number % 3 == 1,
                  "preprofessional": False, "commercial": "true" if number % 3 == 2 else "0"}
    program_id = 1000000 + number * 7
    item = {
        "id": program_id, "name": title, "image": None,
        "direction": {"id": direction[0], "name": direction[1], "icon": None},
        "address": address, "keywords": [], "organization_name": f"ДДТ № {place + 1}",
        "age_min": low, "age_max": str(high), "module_count": 1, "reestrs": registries,
        "enrollment": number % 3, "duration_string": None,
    }
    groups = [{
        "id": program_id * 10 + i, "organization_id": 500 + place, "program_id": program_id,
        "module_id": 1, "name": f"Группа {i + 1}", "start_date": "2026-09-01",
        "end_date": None, "free_places_counter": str(rng.randint(0, 15) + moved),
        "typical_lesson_duration_minutes": 45, "module_name": None,
        "period_price": ["1200.50", None, "0.00"][number % 3], "periods": [],
    } for i in range(rng.choice([0, 1, 1, 2, 3]))]
    core = {
        "id": str(program_id) if number % 5 == 0 else program_id, "full_name": title,
        "short_name": WORDS[number % len(WORDS)], "kind": 1, "direction_id": direction[0],
        "activity_ids": [number % 9], "edu_form": 1, "duration_year": 1, "duration_month": 0,
        "mun": 1500 + place, "annotation": None, "task": "Цель", "age_group_min": str(low),
        "age_group_max": high, "status": 20, "modules_count": 1,
    }
    detail = {
        "program": core, "available_groups": groups, "address": address if number % 4 else [],
        "organization": {"id": 500 + place, "name": f"ДДТ № {place + 1}", "phone": None},
        "direction": item["direction"], "activity": ["Лепка", "Керамика"],
        "program_text": {"value": f"<p>Занятия&nbsp;№ {number}<br>для всех</p>" * 8,
                         "link": False},
        "modules": [], "images": [], "phone": "8 (815) 200-00-00", "is_open": number % 3 == 2,
        "reestrs": registries, "distance_technology": number % 7 == 0,
        "average_score": number % 6, "region": None,
    }
    return place, item, detail


def make_region(count, seed, revision):
    numbers = [n for n in range(count) if revision == 1 or n % 100 != 41]
    if revision > 1:
        numbers += range(count, count + count // 100)
    lists = {1500 + i: [] for i in range(PLACES)}
    details = {}
    for number in numbers:
        place, item, detail = make_program(number, seed, revision)
        lists[1500 + place].append(item)
        details[item["id"]] = detail
    return lists, details


# ---- answers


def broken_types(answer):
    data = answer["data"]
    if isinstance(data, list):
        return whole([{**item, "id": {"value": item["id"]}} for item in data] or "нет")
    return whole({**data, "program": ["id", "full_name"]})


class Portal(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    options = lists = details = None
    lock = threading.Lock()
    tries = {}
    busy = 0
    closed_until = 0.0
    seen = {"requests": 0, "bytes": 0, "unchanged": 0, "faults": 0, "pauses": 0, "hasty": 0, "agents": [],
            "details": 0, "most_at_once": 0}
    at_once = 0

    def log_message(self, *_):
        pass

    def send(self, status, body, kind="application/json; charset=UTF-8", more=(), cut=False):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more:
            self.send_header(name, value)
        self.end_headers()
        sent = body[: len(body) // 2] if cut else body
        self.wfile.write(sent)
        with self.lock:
            self.seen["bytes"] += len(sent)
        if cut:
            self.close_connection = True

    def drip(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.close_connection = True
        for at in range(len(body)):
            self.wfile.write(body[at : at + 1])
            self.wfile.flush()
            time.sleep(0.2)

    def page(self, query, shift=0, back=0):
        items = self.lists.get(int(query["search[mun]"][0]), [])
        size = int(query["per-page"][0])
        first = max(0, (int(query["page"][0]) - 1 - back) * size + shift)
        return whole(items[first : first + size])

    def find(self, path, query, fault):
        if path == f"/v2/main-page/muns/{OPERATOR}":
            return whole([{"id": 1500 + i, "name": f"Район № {i + 1}"} for i in range(PLACES)])
        if path == "/v2/main-page/search/programs":
            if fault == "empty":
                return whole([])
            return self.page(query, 3 if fault == "moved" else 0, 1 if fault == "early" else 0)
        found = re.fullmatch(r"/v2/public/programs/(\d+)", path)
        if found and int(found[1]) in self.details:
            detail = self.details[int(found[1])]
            if fault == "other":
                detail = {**detail, "program": {**detail["program"], "id": 5}}
            return whole(detail)
        return None

    def choose_fault(self):
        attempt = self.tries[self.path] = self.tries.get(self.path, 0) + 1
        mark = hashlib.sha256(f"{self.options.seed}/{self.path}/{attempt}".encode()).digest()
        if int.from_bytes(mark[:4], "big") % 1000 >= self.options.faults * 10:
            return ""
        self.seen["faults"] += 1
        return FAULTS[mark[4] % len(FAULTS)]

    def answer(self, path, query, fault):
        answer = self.find(path, query, fault)
        if answer is None:
            return self.send(404, b'{"name":"Not Found","status":404}')
        if fault == "types":
            answer = broken_types(answer)
        body = json.dumps(answer, ensure_ascii=False).encode()
        if fault == "error":
            return self.send(500, b'{"name":"Internal Server Error","status":500}')
        if fault == "busy":
            with self.lock:
                Portal.busy += 1
                seconds = 1 if self.busy % 25 == 3 else 0
                self.seen["pauses"] += seconds
                if seconds:
                    Portal.closed_until = time.monotonic() + seconds
            return self.send(429, b"{}", more=[("Retry-After", str(seconds))])
        if fault == "drip":
            return self.drip(body)
        if fault == "garbage":
            return self.send(200, body.replace(b'":', b'"=', 3))
        if fault == "html":
            return self.send(200, b"<html><body>502 Bad Gateway</body></html>", "text/html")
        if fault == "cut":
            return self.send(200, body, cut=True)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        more = [] if self.options.no_etags else [("ETag", tag)]
        if more and self.headers.get("If-None-Match") == tag:
            with self.lock:
                self.seen["unchanged"] += 1
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return None
        return self.send(200, body, more=more)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path == "/-/truth":
            ids = {p: sorted(item["id"] for item in items) for p, items in self.lists.items()}
            rows = sum(max(1, len(d["available_groups"])) for d in self.details.values())
            return self.send(200, json.dumps({"programs": ids, "rows": rows}).encode())
        if url.path == "/-/seen":
            return self.send(200, json.dumps(self.seen).encode())
        with self.lock:
            fault = self.choose_fault()
            agent = self.headers.get("User-Agent", "")
            Portal.at_once += not self.options.closed
            self.seen["most_at_once"] = max(self.seen["most_at_once"], self.at_once)
            self.seen["requests"] += 1
            self.seen["details"] += "/public/programs/" in url.path
            # What was on its way when we closed isn't hasty; a new crawl doesn't know of it.
            if "/muns/" in url.path:
                Portal.closed_until = 0.0
            left = self.closed_until - time.monotonic()
            self.seen["hasty"] += 0 < left < 0.9
            if agent not in self.seen["agents"]:
                self.seen["agents"].append(agent)
        if self.options.closed:
            return self.send(self.options.closed, b"{}", more=[("Retry-After", "3600")])
        try:
            self.answer(url.path, urllib.parse.parse_qs(url.query), fault)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.lock:
                Portal.at_once -= 1
        return None


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        """A client that was killed is no error."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("portfile")
    parser.add_argument("--programs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--revision", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0)
    parser.add_argument("--no-etags", action="store_true")
    parser.add_argument("--closed", type=int)
    Portal.options = options = parser.parse_args()
    Portal.lists, Portal.details = make_region(options.programs, options.seed, options.revision)
    server = Server(("127.0.0.1", 0), Portal)
    with open(options.portfile + ".new", "w", encoding="ascii") as file:
        file.write(f"{server.server_port}\n")
    os.rename(options.portfile + ".new", options.portfile)
    server.serve_forever()


main()
