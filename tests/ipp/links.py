"""Codes on standard input, one a line: each is the link of another program of the region's CSV files.
links.py FOLDER"""
import csv
import pathlib
import sys
import urllib.parse

links = {}
for file in pathlib.Path(sys.argv[1]).glob("programs-*.csv"):
    for row in csv.DictReader(file.open(encoding="utf-8-sig")):
        parts = urllib.parse.urlsplit(row["url"])
        host = parts.netloc.encode("idna").decode() if parts.netloc else ""
        path = urllib.parse.quote(parts.path, safe="/%-._~")
        links[f"{parts.scheme}://{host}{path}"] = row["program_id"]
seen = set()
for code in sys.stdin.read().split():
    if code not in links:
        sys.exit(f"{code} is no program's link")
    if links[code] in seen:
        sys.exit(f"{code} stands twice")
    seen.add(links[code])
if not seen:
    sys.exit("found no code")
