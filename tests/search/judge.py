#!/usr/bin/env python3
"""How well `navigatorctl search` answers judged queries: figures, floors, failures, peers.

tests/search/run makes the catalogues and calls this; README.md beside says what the figures mean.
Standard library only.
"""
import argparse
import csv
import glob
import io
import json
import math
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field

sys.dont_write_bytecode = True # nothing of a test stays in the tree

KINDS = ("plain forms prefix typo layout translit synonym wish sentence age day payment places "
         "teacher street organization ovz several negative").split()
UNDERSTOOD = {"age_years": int, "weekdays": int, "payment": str, "day_parts": str,
              "with_places": bool}
FLOORS = ("success@1", "success@5", "mrr", "ndcg10", "honest_empty")
LIMIT = 20
SLACK = 0.0005


class Bad(Exception):
    """One clear sentence for the person who runs this."""


# ---- what is judged


@dataclass
class Set:
    name: str
    judged: str
    data_dir: str
    catalogue: list
    extra: bool
    queries: list = field(default_factory=list)
    programs: dict = field(default_factory=dict)


@dataclass
class Answer:
    ids: list
    took_us: float
    total: int
    understood: dict = field(default_factory=dict) # None: this search doesn't tell
    titles: list = field(default_factory=list)


TEXTS = "title activity description organization teacher address".split()
# Short facts a plain full text index would hold as words, too.
JOINED = {"activity": ["activity", "direction"], "address": ["address", "municipality"],
          "description": ["description", "payment", "ovz", "form", "level"]}


def read_programs(paths):
    """program_id -> its texts, all groups together."""
    found = {}
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1251")
        head = text.split("\n", 1)[0]
        delimiter = ";" if head.count(";") > head.count(",") else ","
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row.get("program_id"):
                texts = found.setdefault(row["program_id"], {name: [] for name in TEXTS})
                for name in TEXTS:
                    for column in JOINED.get(name, [name]):
                        value = (row.get(column) or "").strip()
                        if value and value not in texts[name]:
                            texts[name].append(value)
    return {key: {name: " ".join(values) for name, values in texts.items()}
            for key, texts in found.items()}


def query_error(query, programs, seen):
    """What is wrong with one judged line, or None."""
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        return "expected an object with a query"
    unknown = set(query) - {"query", "kind", "grades", "understood", "concept", "note"}
    if unknown:
        return f"unknown key {sorted(unknown)[0]}"
    if query["query"] in seen:
        return f"«{query['query']}» stands twice"
    if query.get("kind") not in KINDS:
        return f"kind: found {query.get('kind')!r}, expected one of {' '.join(KINDS)}"
    grades = query.get("grades")
    if not isinstance(grades, dict):
        return "grades: expected an object"
    if query["kind"] == "negative" and grades:
        return "negative: expected no grades"
    for key, grade in grades.items():
        if key not in programs:
            return f"grades: no program {key} in the catalogue"
        if grade not in (1, 2, 3) or isinstance(grade, bool):
            return f"grades: {key}: found {grade!r}, expected 1..3"
    for key, value in query.get("understood", {}).items():
        kind = UNDERSTOOD.get(key)
        if kind is None:
            return f"understood: unknown key {key}"
        values = [value] if kind is bool else value
        if not isinstance(values, list) or any(type(one) is not kind for one in values):
            return f"understood: {key}: found {value!r}"
    return None


def read_set(judged):
    judged.programs = read_programs(judged.catalogue)
    errors, seen = [], set()
    with open(judged.judged, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                query = json.loads(line)
                error = query_error(query, judged.programs, seen)
            except json.JSONDecodeError as bad:
                error = f"not JSON: {bad}"
            if error:
                errors.append(f"{judged.judged}:{number}: {error}")
                continue
            seen.add(query["query"])
            judged.queries.append(query)
    if errors:
        raise Bad("\n".join(errors))


def negative(query):
    return not query["grades"]


# ---- arithmetic


def good_from(grades):
    """The least grade that counts as a success: 2, or the best there is."""
    return min(2, max(grades.values()))


def first_good(ids, grades):
    """Rank, from 1, of the first good answer; None when there is none."""
    least = good_from(grades)
    for rank, key in enumerate(ids, 1):
        if grades.get(key, 0) >= least:
            return rank
    return None


def dcg(grades):
    return sum((2 ** grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def ndcg(ids, grades, depth=10):
    """A program shown twice gains once."""
    found = [0 if key in ids[:rank] else grades.get(key, 0) for rank, key in enumerate(ids[:depth])]
    return dcg(found) / dcg(sorted(grades.values(), reverse=True)[:depth])


def understood_errors(expected, found):
    """[(key, expected, found)] of the keys that differ; an absent key is nothing understood."""
    wrong = []
    for key, value in expected.items():
        got = found.get(key, [] if isinstance(value, list) else False)
        same = (sorted(set(value)) == sorted(set(got))
                if isinstance(value, list) and isinstance(got, list) else value == got)
        if not same:
            wrong.append((key, value, got))
    return wrong


def percentile(values, share):
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else None


def summarize(pairs):
    """Figures of [(query, answer)]. Negatives count in honest_empty only; None = nothing to count."""
    asked = [(query, answer) for query, answer in pairs if not negative(query)]
    denied = [(query, answer) for query, answer in pairs if negative(query)]
    ranks = [first_good(answer.ids, query["grades"]) for query, answer in asked]
    checked = [not understood_errors(query["understood"], answer.understood)
               for query, answer in pairs
               if query.get("understood") and answer.understood is not None]
    shown = [(query, answer.ids[:10]) for query, answer in asked if answer.ids]
    honest = sum(empty(answer) for _, answer in denied)
    took = [answer.took_us for _, answer in pairs]
    return {
        "queries": len(pairs),
        "success@1": mean(rank == 1 for rank in ranks),
        "success@5": mean(rank is not None and rank <= 5 for rank in ranks),
        "mrr": mean(1 / rank if rank else 0 for rank in ranks),
        "ndcg10": mean(ndcg(answer.ids, query["grades"]) for query, answer in asked),
        "true10": mean(mean(key in query["grades"] for key in ids) for query, ids in shown),
        "honest": (honest, len(denied)),
        "honest_empty": honest / len(denied) if denied else None,
        "false_empty": sum(empty(answer) for _, answer in asked),
        "asked": len(asked),
        "understood": (sum(checked), len(checked)),
        "p50": percentile(took, 0.50),
        "p99": percentile(took, 0.99),
    }


def empty(answer):
    return answer.total == 0 and not answer.ids


# ---- our own answers


def ask_ours(command, judged):
    """All queries of a set through one process."""
    lines = "".join(json.dumps({"query": query["query"], "limit": LIMIT}, ensure_ascii=False) + "\n"
                    for query in judged.queries)
    done = subprocess.run(command + ["--data-dir", judged.data_dir], input=lines.encode(),
                          stdout=subprocess.PIPE, timeout=300, check=False)
    said = done.stdout.decode().splitlines()
    if len(said) != len(judged.queries):
        raise Bad(f"{judged.name}: navigatorctl search gave {len(said)} answers to "
                  f"{len(judged.queries)} queries and ended with {done.returncode}")
    answers = []
    for query, line in zip(judged.queries, said):
        told = json.loads(line)
        if "error" in told:
            raise Bad(f"{judged.name}: «{query['query']}»: {told['error']}")
        answers.append(Answer([hit["local_id"] for hit in told["results"]], told["took_us"],
                              told["total"], told["understood"],
                              [hit["title"] for hit in told["results"]]))
    return answers


# ---- tables

HEAD = ("success@1", "success@5", "MRR", "nDCG@10", "true@10", "honest-empty", "false-empty",
        "understood", "p50 us", "p99 us")


def share(value):
    return "-" if value is None else f"{value:.3f}"


def of(pair):
    return f"{pair[0]} of {pair[1]}" if pair[1] else "-"


def cells(figures):
    return ([share(figures[key]) for key in ("success@1", "success@5", "mrr", "ndcg10", "true10")]
            + [of(figures["honest"]), of((figures["false_empty"], figures["asked"])),
               of(figures["understood"])]
            + ["-" if figures[key] is None else f"{figures[key]:.0f}" for key in ("p50", "p99")])


def print_row(name, kind, queries, texts):
    print(f"{name:<12} {kind:<13}{queries:>8}{texts[0]:>11}{texts[1]:>11}{texts[2]:>8}{texts[3]:>9}"
          f"{texts[4]:>9}{texts[5]:>14}{texts[6]:>13}{texts[7]:>12}{texts[8]:>9}{texts[9]:>9}")


def by_kind(pairs):
    for kind in KINDS:
        some = [pair for pair in pairs if pair[0]["kind"] == kind]
        if some:
            yield kind, some


def print_table(title, outcomes):
    """outcomes: {set name: pairs}."""
    print(f"\n{title}")
    print_row("set", "kind", "queries", HEAD)
    everything = {name: pairs for name, pairs in outcomes.items()}
    if len(outcomes) > 1:
        everything["total"] = [pair for pairs in outcomes.values() for pair in pairs]
    for name, pairs in everything.items():
        for kind, some in by_kind(pairs):
            print_row(name, kind, len(some), cells(summarize(some)))
        print_row(name, "all", len(pairs), cells(summarize(pairs)))


def say_failure(judged, query, answer, why):
    print(f"{judged.name}/{query['kind']} «{query['query']}»: {why}")
    if query["grades"]:
        best = sorted(query["grades"].items(), key=lambda item: -item[1])[:3]
        wanted = "; ".join(f"{grade} {judged.programs[key]['title']}" for key, grade in best)
        print(f"    wanted ({len(query['grades'])}): {wanted}")
    found = "; ".join(f"{query['grades'].get(key, 0)} {title}"
                      for key, title in list(zip(answer.ids, answer.titles))[:3])
    if answer.ids:
        print(f"    found ({answer.total}): {found}")


def print_failures(sets, outcomes):
    print()
    for judged in sets:
        for query, answer in outcomes[judged.name]:
            whys = []
            if negative(query):
                if not empty(answer):
                    whys.append("there is no such club")
            else:
                rank = first_good(answer.ids, query["grades"])
                if empty(answer):
                    whys.append("nothing found")
                elif rank is None or rank > 5:
                    whys.append("no good answer among the first five")
            whys += [f"understood {key}: expected {value}, found {got}" for key, value, got
                     in understood_errors(query.get("understood", {}), answer.understood)]
            if whys:
                say_failure(judged, query, answer, "; ".join(whys))


# ---- floors


def read_floors(path):
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def raised(floors, figures, force):
    """The floors of one set after --accept."""
    out = {}
    for key in FLOORS:
        if figures[key] is None:
            continue
        value = math.floor(figures[key] * 10000 + 1e-6) / 10000
        out[key] = value if force else max(value, floors.get(key, 0))
    return out


def breaches(name, floors, figures):
    """One line for each figure of a set that fell below its floor."""
    if floors is None:
        return [f"{name}: no floors are agreed yet, --accept writes them"]
    return [f"{name}: {key}: found {share(figures[key])}, expected at least {floor:.4f}"
            for key, floor in floors.items()
            if figures[key] is None or figures[key] < floor - SLACK]


def write_floors(path, floors):
    lines = [f"  {json.dumps(name)}: {json.dumps(floors[name])}" for name in sorted(floors)]
    with open(path, "w", encoding="utf-8") as file:
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


def concepts_of(texts):
    return {name for text in texts for name in re.findall(r"^\[([^\]\s]+)\]", text, re.M)}


def unasked_concepts(folder, sets):
    texts = []
    for path in glob.glob(os.path.join(folder, "*.txt")):
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    asked = set()
    for judged in sets:
        for query in judged.queries:
            named = query.get("concept", [])
            asked.update([named] if isinstance(named, str) else named)
    return sorted(concepts_of(texts) - asked)


# ---- the run


def read_sets(path):
    """A line a set: name, judged file, data folder, extra or -, catalogue files; tabs between."""
    sets = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, judged, data_dir, extra, *catalogue = line.rstrip("\n").split("\t")
            sets.append(Set(name, judged, data_dir, catalogue, extra == "extra"))
    errors = []
    for judged in sets:
        try:
            read_set(judged)
        except Bad as bad:
            errors.append(str(bad))
    if errors:
        raise Bad("\n".join(errors))
    return sets


def judge_floors(options, sets, outcomes):
    """Complaints of this run about the agreed figures."""
    floors = read_floors(options.figures)
    figures = {judged.name: summarize(outcomes[judged.name]) for judged in sets if not judged.extra}
    if options.accept:
        for name, found in figures.items():
            floors[name] = raised(floors.get(name, {}), found, options.force)
        if options.whole and options.force:
            floors = {name: floors[name] for name in figures}
        write_floors(options.figures, floors)
    wrong = []
    for name, found in figures.items():
        wrong += breaches(name, floors.get(name), found)
    if options.whole:
        wrong += [f"{name}: has floors but no judged queries" for name in floors
                  if name not in figures]
        unasked = unasked_concepts(options.thesaurus, sets)
        if unasked:
            wrong.append(f"{len(unasked)} thesaurus concepts that no judged query names: "
                         + " ".join(unasked))
    return wrong


def run(options):
    sets = read_sets(options.sets)
    if options.kind:
        for judged in sets:
            judged.queries = [query for query in judged.queries if query["kind"] == options.kind]
        sets = [judged for judged in sets if judged.queries]
    if not sets:
        raise Bad("no judged queries to ask")
    outcomes = {judged.name: list(zip(judged.queries, ask_ours(options.ctl, judged)))
                for judged in sets}
    if not options.markdown:
        print_table("Navigator Kiosk", outcomes)
    if options.failures:
        print_failures(sets, outcomes)
    if options.peers:
        import peers
        peers.compare(sets, outcomes, options.markdown)
    if options.kind:
        return 0 # a part of a set has no floor
    wrong = judge_floors(options, sets, outcomes)
    sys.stdout.flush()
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--selftest", action="store_true")
    parser.add_argument("--sets", metavar="FILE")
    parser.add_argument("--figures", metavar="FILE")
    parser.add_argument("--thesaurus", metavar="DIR")
    parser.add_argument("--kind", choices=KINDS)
    for flag in ("whole", "failures", "accept", "force", "peers", "markdown"):
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("ctl", nargs="*", metavar="COMMAND",
                        help="after --: navigatorctl search with its options, without --data-dir")
    options = parser.parse_args()
    if options.selftest:
        import judge_selftest
        return judge_selftest.run()
    try:
        return run(options)
    except Bad as bad:
        print(bad, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.modules["judge"] = sys.modules["__main__"] # peers and the self-test mean this very module
    sys.exit(main())
