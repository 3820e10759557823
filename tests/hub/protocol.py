"""Looks at real exchanges with the eyes of the OpenAPI description, at presets with the schema's.

protocol.py presets TREE
protocol.py exchanges TREE URL HUB ROOM    (ROOM: data/ of a served hub, *.token of its terminals)
"""

import copy
import csv
import datetime
import gzip
import hashlib
import http.client
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import urllib.parse

import jsonschema

REFUSED = (400, 415)  # what a request gets that isn't as described


def fail(text):
    sys.exit(f"FAILED: {text}")


# ---- JSON and its schemas


def strict_json(data):
    """Raises ValueError for what RFC 8259 forbids or leaves open: NaN, a key twice, no UTF-8."""

    def once(pairs):
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    def never(word):
        raise ValueError(f"{word} is no JSON")

    return json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_constant=never)


formats = jsonschema.FormatChecker(formats=())
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


@formats.checks("date", raises=ValueError)
def is_date(value):
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return False
        datetime.date.fromisoformat(value)
    return True


@formats.checks("date-time", raises=ValueError)
def is_date_time(value):
    if isinstance(value, str):
        if not DATE_TIME.fullmatch(value):
            return False
        datetime.datetime.fromisoformat(value)
    return True


@formats.checks("uri", raises=ValueError)
def is_uri(value):
    parts = urllib.parse.urlsplit(value) if isinstance(value, str) else None
    return parts is None or bool(parts.scheme and parts.netloc and value.isascii())


def each_node(node):
    yield node
    if isinstance(node, (dict, list)):
        for child in node.values() if isinstance(node, dict) else node:
            yield from each_node(child)


class Schemas:
    """The schemas inside one document, whose references all lead into it."""

    def __init__(self, document):
        self.document = document
        self.resolver = jsonschema.RefResolver("", document)
        for node in each_node(document):
            if isinstance(node, dict) and isinstance(node.get("$ref"), str):
                self.follow(node)
            unknown = node.get("format") if isinstance(node, dict) else None
            if isinstance(unknown, str) and unknown not in formats.checkers:
                fail(f"no check for the format «{unknown}»")

    def follow(self, node):
        while isinstance(node, dict) and "$ref" in node:
            if not node["$ref"].startswith("#/"):
                fail(f"{node['$ref']} leads out of the document")
            try:
                node = self.resolver.resolve(node["$ref"])[1]
            except jsonschema.RefResolutionError:
                fail(f"{node['$ref']} leads nowhere")
        return node

    def faults(self, schema, value, where):
        validator = jsonschema.Draft202012Validator(
            schema, resolver=self.resolver, format_checker=formats
        )
        return [f"{where}{error.json_path[1:]}: {error.message}" for error in
                validator.iter_errors(value)]


# ---- the description


class Exchange:
    """A request and its answer, as they travelled."""

    def __init__(self, method, path, sent_headers, sent_body, status, headers, body):
        self.method, self.path = method, path
        self.sent_headers, self.sent_body = sent_headers, sent_body
        self.status, self.headers, self.body = status, headers, body

    def __str__(self):
        return f"{self.method} {self.path} -> {self.status}"

    def json(self):
        return strict_json(self.body)


class Description(Schemas):
    def __init__(self, document):
        super().__init__(document)
        self.seen = set()
        self.operations = [
            (method.upper(), template, operation)
            for template, item in document["paths"].items()
            for method, operation in item.items()
        ]
        for schema in document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        names = [operation["operationId"] for _, _, operation in self.operations]
        if not document["openapi"].startswith("3.1.") or len(set(names)) != len(names):
            fail("expected OpenAPI 3.1 with each operationId once")

    def described(self):
        return {(method, template, int(status)) for method, template, operation in self.operations
                for status in operation["responses"]}

    def find(self, method, path):
        """Template and operation; a fixed path goes before one with a parameter."""
        for wanted, template, operation in sorted(self.operations, key=lambda o: "{" in o[1]):
            pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(template))
            match = re.fullmatch(pattern, path)
            if match and wanted == method and not any(
                self.faults(parameter["schema"], match[parameter["name"]], "path")
                for parameter in operation.get("parameters", ()) if parameter["in"] == "path"
            ):
                return template, operation
        return None, None

    def request_faults(self, operation, exchange):
        """What in the request isn't as described, its token left aside."""
        headers, faults = exchange.sent_headers, []
        for parameter in operation.get("parameters", ()):
            value = headers.get(parameter["name"])
            if parameter["in"] == "header" and value is not None:
                faults += self.faults(parameter["schema"], value, parameter["name"])
            elif parameter["in"] == "header" and parameter.get("required"):
                faults.append(f"{parameter['name']} is missing")
        if "requestBody" in operation:
            media = operation["requestBody"]["content"].get(headers.get("Content-Type"))
            if media is None:
                return faults + [f"request of type {headers.get('Content-Type')}"]
            try:
                faults += self.faults(media["schema"], strict_json(exchange.sent_body), "request")
            except ValueError as error:
                faults.append(f"request: {error}")
        return faults

    def header_faults(self, response, exchange):
        faults = []
        described = dict(response.get("headers", {}))
        if exchange.method == "POST":  # personal or live, whatever the answer says
            described["Cache-Control"] = {"schema": {"const": "no-store"}}
        for name, header in described.items():
            value = exchange.headers.get(name)
            if value is None:
                faults.append(f"{name} is missing")
                continue
            if header["schema"].get("type") == "integer" and re.fullmatch(r"\d+", value):
                value = int(value)
            faults += self.faults(header["schema"], value, name)
        return faults

    def body_faults(self, response, exchange):
        kind = exchange.headers.get("Content-Type")
        if "content" not in response:
            return ["a body where none is described"] if exchange.body else []
        media = response["content"].get((kind or "").split(";")[0])
        if media is None:
            return [f"answer of type {kind}, expected {' or '.join(response['content'])}"]
        if "json" not in kind:
            text = exchange.body.decode("latin-1" if kind == "application/gzip" else "utf-8")
            return self.faults(media["schema"], text, "answer")
        try:
            value = exchange.json()
        except ValueError as error:
            return [f"answer: {error}"]
        faults = self.faults(media["schema"], value, "answer")
        if "problem" in kind and not faults and value["status"] != exchange.status:
            faults.append(f"answer: the problem says status {value['status']}")
        return faults

    def complaints(self, exchange):
        template, operation = self.find(exchange.method, exchange.path)
        problem = {"content": {"application/problem+json": {
            "schema": {"$ref": "#/components/schemas/Problem"}}}}
        if operation is None:
            others = {method for method, _, _ in self.operations
                      if self.find(method, exchange.path)[0]}
            faults = self.body_faults(problem, exchange)
            if exchange.status != (405 if others else 404):
                faults.append("nothing of this kind is described")
            if others and not others & set(exchange.headers.get("Allow", "").split(", ")):
                faults.append("405 doesn't say what is allowed")
            return faults
        response = self.follow(operation["responses"].get(str(exchange.status)))
        if response is None:
            return ["this status isn't described"]
        self.seen.add((exchange.method, template, exchange.status))
        faults = self.header_faults(response, exchange) + self.body_faults(response, exchange)
        sent = self.request_faults(operation, exchange)
        token = exchange.sent_headers.get("Authorization", "").startswith("Bearer ")
        if "security" in operation and not token:
            sent.append("no token")
        if sent and exchange.status < 400:
            faults.append(f"accepted, though the description refuses it: {sent[0]}")
        if not sent and exchange.status in REFUSED:
            faults.append("refused, though the description allows it")
        return faults


# ---- real exchanges


class Client:
    def __init__(self, url, room, description):
        self.address = urllib.parse.urlsplit(url).netloc
        self.description = description
        self.tokens = {path.stem: path.read_text().strip() for path in room.glob("*.token")}
        self.count = 0

    def ask(self, status, method, path, body=None, terminal=None, **headers):
        """One exchange, which must end with `status` and be as described."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if terminal:
            headers["Authorization"] = "Bearer " + self.tokens.get(terminal, "unknown")
        connection = http.client.HTTPConnection(self.address, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            exchange = Exchange(method, path, headers, body, answer.status, answer.headers,
                                answer.read())
        except (OSError, http.client.HTTPException) as error:
            fail(f"{method} {path}: {error!r}")
        connection.close()
        complaints = self.description.complaints(exchange)
        if exchange.status != status:
            complaints.append(f"expected {status}")
        if complaints:
            fail(f"{exchange}: {'; '.join(complaints)}\n  sent {str(body)[:300]}"
                 f"\n  got {exchange.body[:300]}")
        self.count += 1
        return exchange

    def post(self, status, path, value, terminal="kiosk", **headers):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        headers.setdefault("Content_Type", "application/json")
        return self.ask(status, "POST", path, body, terminal, **headers)

    def refusals(self, path, good, **headers):
        """What every live call refuses alike."""
        self.post(401, path, good, terminal=None, **headers)
        self.post(401, path, good, terminal="nobody", **headers)
        self.post(415, path, good, **dict(headers, Content_Type="text/plain"))
        self.post(413, path, json.dumps(good).encode() + b" " * 65536, **headers)
        for bad in b"", b"{", b"[]", b'"\xff"', b"{} {}", json.dumps(good).encode()[:-1]:
            self.post(400, path, bad, **headers)
        self.ask(405, "GET", path, terminal="kiosk")


def expect(what, found, expected):
    if found != expected:
        fail(f"{what}: found {found!r}, expected {expected!r}")


MANIFEST = "/feed/v1/manifest.json"
SIGNATURE = MANIFEST + ".minisig"


def before_publishing(client):
    for path in MANIFEST, SIGNATURE, f"/feed/v1/snapshot-{'0' * 64}.ndjson.gz":
        client.ask(404, "GET", path)
    expect("serial", client.ask(200, "GET", "/healthz").json()["serial"], 0)
    for path in "/nothing", "/feed/v1/", "/feed/v1/hub.db", "/v1/certificates", "/v1/events/":
        client.ask(404, "GET", path)


def look_at_feed(client):
    """Returns the manifest's exchange and the snapshot's records by type."""
    found = client.ask(200, "GET", MANIFEST)
    manifest = found.json()
    expect("serial", client.ask(200, "GET", "/healthz").json()["serial"], manifest["serial"])
    snapshot = manifest["snapshot"]
    path = "/feed/v1/" + snapshot["path"]
    whole = client.ask(200, "GET", path)
    expect("size", len(whole.body), snapshot["size"])
    expect("sha256", hashlib.sha256(whole.body).hexdigest(), snapshot["sha256"])
    for file in MANIFEST, SIGNATURE, path:
        tag = client.ask(200, "GET", file).headers["ETag"]
        client.ask(304, "GET", file, If_None_Match=tag)
    part = client.ask(206, "GET", path, Range="bytes=100-199")
    expect("the part", part.body, whole.body[100:200])
    client.ask(416, "GET", path, Range="bytes=999999999-")
    client.ask(405, "POST", MANIFEST, b"{}", Content_Type="application/json")

    records = {}
    lines = gzip.decompress(whole.body).splitlines()
    expect("record_count", len(lines), snapshot["record_count"])
    for number, line in enumerate(lines, 1):
        record = strict_json(line)
        faults = client.description.faults({"$ref": "#/components/schemas/Line"}, record, "")
        if faults or record["op"] != "put":
            fail(f"snapshot, line {number}: {faults or 'expected a put'}: {line[:200]}")
        records.setdefault(record["type"], []).append(record)
    return found, records


CHECK = "/v1/certificates/check"


def check_certificates(client, rows):
    """Returns a locked answer, an open one and a limit."""
    for row in rows:
        number, birth = row["number"], row["birth_date"]
        locked = client.post(200, CHECK, {"number": number})
        expect("details of a number alone", locked.json()["details"], "locked")
        opened = client.post(200, CHECK, {"number": number, "birth_date": birth})
        expect("details with the birth date", opened.json()["details"], "open")
    wrong = client.post(404, CHECK, {"number": number, "birth_date": "1999-12-31"})
    unknown = client.post(404, CHECK, {"number": "0000000000"})
    expect("a wrong birth date", wrong.body, unknown.body)
    client.post(404, CHECK, {"number": "z" * 24, "birth_date": "2012-02-29"}, terminal="probe")
    client.post(404, CHECK, {"number": "A", "else": [1]}, terminal="probe")
    for bad in (
        {"number": int(number)}, {"number": ""}, {"number": "1" * 25}, {"number": "№1"},
        {"birth_date": birth}, {"number": number, "birth_date": "2015-02-29"},
        {"number": number, "birth_date": "29.02.2016"}, {"number": number, "birth_date": 2016},
    ):
        client.post(400, CHECK, bad)
    client.refusals(CHECK, {"number": number})
    for i in range(5):
        client.post(404, CHECK, {"number": f"000000001{i}"}, terminal="hasty")
    return locked, opened, client.post(429, CHECK, {"number": number}, terminal="hasty")


ENROLL = "/v1/enrollments"


def enroll(client, records):
    groups = [record["id"] for record in records["group"][:6]]
    programs = [record["id"] for record in records["program"][:6]]
    key = {"Idempotency_Key": "0123456789abcdef"}
    found = client.post(200, ENROLL, {"groups": groups[:1]}, **key)
    again = client.post(200, ENROLL, {"groups": groups[:1]}, **key)
    expect("the same again", again.body, found.body)
    client.post(422, ENROLL, {"groups": groups[1:2]}, **key)
    page = urllib.parse.urlsplit(found.json()["url"])
    expect("the link's host", page.netloc, client.address)
    client.ask(200, "GET", page.path)
    for _ in range(30):
        client.ask(404, "GET", "/k/AA-AA-AA")
    client.ask(429, "GET", page.path)
    for i, good in enumerate((
        {"programs": programs}, {"groups": groups, "programs": programs},
        {"groups": [], "programs": programs[:1]}, {"groups": ["g-unknown", groups[0]]},
    )):
        client.post(200, ENROLL, good, Idempotency_Key=f"longer than seven {i}")
    client.post(404, ENROLL, {"groups": ["g-unknown"]}, Idempotency_Key="unknown group")
    for bad in (
        {}, {"groups": []}, {"groups": [], "programs": []}, {"groups": groups + ["g-7"]},
        {"groups": groups[0]}, {"groups": [1]}, {"groups": [""]}, {"programs": ["p" * 64]},
    ):
        client.post(400, ENROLL, bad, Idempotency_Key="something bad")
    client.post(400, ENROLL, {"groups": groups})
    for wrong in "7 bytes", "x" * 65:
        client.post(400, ENROLL, {"groups": groups}, Idempotency_Key=wrong)
    client.refusals(ENROLL, {"groups": groups}, Idempotency_Key="refused one")
    return found


EVENTS = "/v1/events"


def report_events(client):
    schema = client.description.document["components"]["schemas"]["Event"]
    times = "2026-10-01T09:30:00Z", "2026-10-01T09:30:00.125Z", "2026-10-01T12:30:00+03:00"
    events = [
        {"id": f"{kind}-{i}", "kind": kind, "at": at, "detail": "p-2001"}
        for kind in schema["properties"]["kind"]["enum"] for i, at in enumerate(times)
    ]
    one = {"id": "1", "kind": "qr_shown", "at": times[0]}
    for _ in range(2):
        found = client.post(200, EVENTS, {"events": events})
        expect("accepted", found.json()["accepted"], len(events))
    for good in [], [one], [dict(one, id=str(i)) for i in range(200)]:
        client.post(200, EVENTS, {"events": good})
    for bad in (
        {}, {"events": one}, {"events": [one] * 201}, {"events": ["qr_shown"]},
        *({"events": [dict(one, **change)]} for change in (
            {"id": ""}, {"id": "x" * 64}, {"kind": "typed"}, {"at": "yesterday"},
            {"at": "2026-02-30T00:00:00Z"}, {"detail": ""}, {"detail": "x" * 64},
        )),
        *({"events": [{name: one[name] for name in one if name != gone}]} for gone in one),
    ):
        client.post(400, EVENTS, bad)
    client.refusals(EVENTS, {"events": [one]})


def break_database(client, data, records):
    """Last of all: what is said when the database refuses to write, then to read."""
    database = sqlite3.connect(data / "hub.db", timeout=20)
    for table in "checked", "enrollment", "event":
        database.execute(f"CREATE TRIGGER no_{table} BEFORE INSERT ON {table}"
                         " BEGIN SELECT raise(ABORT, 'broken'); END")
    database.execute("DROP TABLE setting")
    database.execute("CREATE VIEW setting(name, value) AS"
                     " SELECT 'serial', abs(-9223372036854775808)")
    database.close()
    if shared := os.environ.get("HUB_ROOM_DATABASE"):
        subprocess.run(["psql", "-Xq", shared, "-c", "DROP TABLE checked, enrollment, event"],
                       check=True)
    client.ask(503, "GET", "/healthz")
    client.post(503, CHECK, {"number": "1"})
    client.post(503, ENROLL, {"groups": [records["group"][0]["id"]]}, Idempotency_Key="too late")
    client.post(503, EVENTS, {"events": [
        {"id": "1", "kind": "visit_ended", "at": "2026-10-01T09:30:00Z"}]})


# ---- can it fail?


def bent(exchange, **changes):
    """The exchange with another field; `header`, `value` and `sent` change one thing within."""
    other = copy.deepcopy(exchange)
    for name, new in changes.pop("header", {}).items():
        del other.headers[name]
        if new is not None:
            other.headers[name] = new
    if "value" in changes:
        value = {**other.json(), **changes.pop("value")}
        other.body = json.dumps({k: v for k, v in value.items() if v is not None}).encode()
    if "sent" in changes:
        other.sent_body = json.dumps(changes.pop("sent")).encode()
    for name, new in changes.items():
        setattr(other, name, new)
    return other


def prove_it_fails(description, manifest, locked, opened, limited, enrollment, lost):
    file = manifest.json()["snapshot"]
    cases = [
        (manifest, {"header": {"ETag": None}}),
        (manifest, {"header": {"Content-Type": "text/plain"}}),
        (manifest, {"value": {"serial": 0}}),
        (manifest, {"value": {"expires_at": "tomorrow"}}),
        (manifest, {"value": {"snapshot": {**file, "sha256": file["sha256"].upper()[:63] + "G"}}}),
        (manifest, {"value": {"snapshot": None}}),
        (manifest, {"value": {"deltas": [{}]}}),
        (manifest, {"status": 304}),
        (manifest, {"status": 500}),
        (manifest, {"method": "PUT"}),
        (locked, {"status": 201}),
        (locked, {"status": 400}),
        (locked, {"body": b""}),
        (locked, {"body": b'{"kind":"funded",' + locked.body[1:]}),
        (locked, {"header": {"Cache-Control": None}}),
        (locked, {"header": {"Cache-Control": "max-age=60"}}),
        (locked, {"value": {"kind": None}}),
        (locked, {"value": {"status": "lost"}}),
        (locked, {"value": {"balance": "8500"}}),
        (locked, {"value": {"balance": 85.5}}),
        (locked, {"value": {"valid_until": "2034-04-17"}}),
        (locked, {"value": {"age_years": 10}}),
        (locked, {"value": {"period": {"from": "2026-01-01", "to": "2026-02-30"}}}),
        (locked, {"sent": {"number": 5700123456}}),
        (locked, {"sent_headers": {"Content-Type": "application/json"}}),
        (opened, {"value": {"valid_until": None}}),
        (opened, {"value": {"contracts": [{"title": "Лепка"}]}}),
        (limited, {"header": {"Retry-After": None}}),
        (limited, {"header": {"Retry-After": "0"}}),
        (limited, {"header": {"Retry-After": "soon"}}),
        (limited, {"header": {"Content-Type": "application/json"}}),
        (limited, {"header": {"Cache-Control": None}}),
        (limited, {"value": {"status": 404}}),
        (enrollment, {"value": {"code": "11-11-11"}}),
        (enrollment, {"value": {"url": "/k/K7-42-X9"}}),
        (enrollment, {"sent_headers": {**enrollment.sent_headers, "Idempotency-Key": "short"}}),
        (lost, {"status": 200}),
        (lost, {"value": {"title": None}}),
    ]
    for exchange, changes in cases:
        if description.complaints(exchange) or description.complaints(bent(exchange, value={})):
            fail(f"self-test: complains of a true answer, {exchange}")
        if not description.complaints(bent(exchange, **changes)):
            fail(f"self-test: nobody notices {changes} in {exchange}")
    lines = [{"op": "put", "type": "program"}, {"op": "keep", "type": "program", "id": "p-1"},
             {"op": "put", "type": "teacher", "id": "t-1"}]
    for line in lines:
        if not description.faults({"$ref": "#/components/schemas/Line"}, line, ""):
            fail(f"self-test: nobody notices {line}")
    return len(cases) + len(lines)


def exchanges(tree, url, hub, room):
    tree, room = pathlib.Path(tree), pathlib.Path(room)
    source = tree / "src/navigator/protocol.openapi.json"
    description = Description(strict_json(source.read_bytes()))
    client = Client(url, room, description)
    with open(tree / "packaging/demo-region/certificates.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    before_publishing(client)
    subprocess.run([hub, "publish", "--data", room / "data"], check=True, stdout=subprocess.DEVNULL)
    manifest, records = look_at_feed(client)
    certificates = check_certificates(client, rows)
    enrollment = enroll(client, records)
    report_events(client)
    lost = client.ask(404, "GET", "/nothing")
    break_database(client, room / "data", records)
    missing = description.described() - description.seen
    expect("described, but never met", sorted(missing), [])
    print(f"ok: {client.count} exchanges are as described, all {len(description.seen)} answers met")
    count = prove_it_fails(description, manifest, *certificates, enrollment, lost)
    print(f"ok: {count} bent ones are noticed")


# ---- presets


def presets(tree):
    folder = pathlib.Path(tree) / "kiosk-config"
    schema = strict_json((folder / "schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=formats)
    files = sorted(set(folder.glob("*.json")) - {folder / "schema.json"})
    expect("presets are there", len(files) > 0, True)
    for file in files:
        for error in validator.iter_errors(strict_json(file.read_bytes())):
            fail(f"{file.name}{error.json_path[1:]}: {error.message}")
    print(f"ok: {len(files)} presets are as the schema has it")

    good = strict_json(files[0].read_bytes())
    bad = [[], {**good, "unknown": 1}, {**good, "region": 57}, {**good, "languages": []}]
    for name, part in schema["properties"].items():
        if part["type"] == "object":
            bad.append({**good, name: {**good.get(name, {}), "unknown": 1}})
            for key, value in part["properties"].items():
                if not validator.is_valid({name: {key: value["default"]}}):
                    fail(f"schema.json: the default of {name}.{key} isn't allowed")
                bad.append({name: {key: None}})
    for value in bad:
        if validator.is_valid(value):
            fail(f"schema.json allows {json.dumps(value, ensure_ascii=False)}")
    print(f"ok: {len(bad)} bad ones are refused")


if __name__ == "__main__":
    {"presets": presets, "exchanges": exchanges}[sys.argv[1]](*sys.argv[2:])
