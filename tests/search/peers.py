"""The same judged queries for the full text searches a portal would take: SQLite FTS5, PostgreSQL.

Each gets the same texts of a program (all its groups in one document), may try its simple variants
(VARIANTS) and is shown with the one of the best nDCG@10 over everything asked. README.md beside
describes the configurations. A peer knows words only, so its column "understood" stays empty.
"""
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import judge
from judge import TEXTS, Answer, Bad


def folded(text):
    """Both peers are spared the letter ё, as every Russian search spares it."""
    return text.lower().replace("ё", "е")


# ---- SQLite FTS5

class Sqlite:
    name = f"SQLite FTS5 ({sqlite3.sqlite_version})"
    VARIANTS = {"all words": (False, False), "all words, else any word": (True, False),
                "all words, every one a beginning": (False, True),
                "all words, else any word, every one a beginning": (True, True)}
    WEIGHTS = (10, 5, 2, 2, 4, 2) # of the columns in TEXTS

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def answer(self, judged):
        """{variant: [Answer]}"""
        base = sqlite3.connect(":memory:")
        base.execute(f"CREATE VIRTUAL TABLE doc USING fts5(id UNINDEXED, {', '.join(TEXTS)}, "
                     "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4')")
        base.executemany(f"INSERT INTO doc VALUES (?{', ?' * len(TEXTS)})",
                         [[key] + [folded(texts[name]) for name in TEXTS]
                          for key, texts in judged.programs.items()])
        weights = ", ".join(str(weight) for weight in (0,) + self.WEIGHTS)
        self.select = (f"SELECT id FROM doc WHERE doc MATCH ? ORDER BY bm25(doc, {weights}), id "
                       f"LIMIT {judge.LIMIT}")
        out = {variant: [self.ask(base, query["query"], *how) for query in judged.queries]
               for variant, how in self.VARIANTS.items()}
        base.close()
        return out

    def ask(self, base, query, wide, beginnings):
        """The last word counts as still being typed."""
        begun = time.perf_counter()
        words = [f'"{word}"' for word in re.findall(r"\w+", folded(query))]
        words = [word + "*" if beginnings or word is words[-1] else word for word in words]
        ids = []
        for glue in (" AND ", " OR ") if wide else (" AND ",):
            if words and not ids:
                ids = [row[0] for row in base.execute(self.select, (glue.join(words),))]
        return Answer(ids, (time.perf_counter() - begun) * 1e6, len(ids), None)


# ---- PostgreSQL

SCHEMA = """
SET client_min_messages = error;
SET pg_trgm.word_similarity_threshold = 0.3;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
DROP TABLE IF EXISTS doc, question;
CREATE TABLE doc (id text PRIMARY KEY, title text, activity text, description text,
                  organization text, teacher text, address text, words tsvector);
CREATE TABLE question (number int PRIMARY KEY, query text);
"""

INDEXES = """
UPDATE doc SET words = setweight(to_tsvector('russian', title), 'A')
    || setweight(to_tsvector('russian', activity || ' ' || teacher), 'B')
    || setweight(to_tsvector('russian', organization || ' ' || address), 'C')
    || setweight(to_tsvector('russian', description), 'D');
CREATE INDEX ON doc USING gin (words);
CREATE INDEX ON doc USING gin ((title || ' ' || activity) gin_trgm_ops);
ANALYZE doc;

CREATE OR REPLACE FUNCTION asked(query text, typing bool) RETURNS tsquery LANGUAGE plpgsql AS $$
DECLARE
    last text := substring(query FROM '(\\w+)\\W*$');
BEGIN
    IF NOT typing OR last IS NULL THEN
        RETURN websearch_to_tsquery('russian', query);
    END IF;
    RETURN websearch_to_tsquery('russian', regexp_replace(query, '\\w+\\W*$', ''))
        && to_tsquery('russian', quote_literal(last) || ':*');
END $$;

CREATE OR REPLACE FUNCTION find(query text, typing bool, wide bool, near bool) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
    words_of tsquery := asked(query, typing);
    ids text[];
BEGIN
    FOR step IN 1..CASE WHEN wide THEN 2 ELSE 1 END LOOP
        ids := ARRAY(SELECT id FROM doc WHERE words @@ words_of
                     ORDER BY ts_rank_cd(words, words_of) DESC, id LIMIT {limit});
        IF cardinality(ids) > 0 THEN
            RETURN ids;
        END IF;
        words_of := regexp_replace(words_of::text, ' (&|<->) ', ' | ', 'g')::tsquery;
    END LOOP;
    RETURN ARRAY(SELECT id FROM doc WHERE near AND query <% (title || ' ' || activity)
                 ORDER BY word_similarity(query, title || ' ' || activity) DESC, id LIMIT {limit});
END $$;

CREATE OR REPLACE FUNCTION answer(query text, typing bool, wide bool, near bool) RETURNS json
LANGUAGE plpgsql AS $$
DECLARE
    begun timestamptz := clock_timestamp();
    ids text[] := find(query, typing, wide, near);
BEGIN
    RETURN json_build_object('ids', ids,
                             'us', extract(epoch FROM clock_timestamp() - begun) * 1e6);
END $$;
"""


def copied(rows):
    """Rows as COPY ... FROM STDIN reads them."""
    escape = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
    return "".join("\t".join(str(cell).translate(escape) for cell in row) + "\n" for row in rows)


class Postgres:
    name = "PostgreSQL"
    # Is the last word a beginning, may any word do, may a title be merely alike.
    VARIANTS = {"all words": (True, False, False),
                "all words, else a like title": (True, False, True),
                "all words, else any word, else a like title": (True, True, True),
                "the same with a finished last word": (False, True, True)}

    def __init__(self):
        found = sorted(place for place in os.listdir("/usr/lib/postgresql")
                       if os.path.exists(f"/usr/lib/postgresql/{place}/bin/initdb"))
        self.bin = f"/usr/lib/postgresql/{found[-1]}/bin"
        self.name = f"PostgreSQL {found[-1]}"
        self.home = None

    def command(self, program, *options):
        """A server refuses to be root's; Debian's package made a user for it."""
        line = [os.path.join(self.bin, program), *options]
        return ["runuser", "-u", "postgres", "--"] + line if os.geteuid() == 0 else line

    def call(self, program, *options):
        done = subprocess.run(self.command(program, *options), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
                              cwd=self.home)
        if done.returncode != 0:
            raise Bad(f"{program}: {done.stdout.decode().strip().splitlines()[-1]}")

    def __enter__(self):
        self.home = tempfile.mkdtemp(prefix="peers-")
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres")
        data = os.path.join(self.home, "data")
        self.call("initdb", "-D", data, "-U", "peer", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")
        self.call("pg_ctl", "-D", data, "-w", "-l", os.path.join(self.home, "log"), "-o",
                  f"-c listen_addresses= -c fsync=off -c unix_socket_directories={self.home}",
                  "start")

    def __exit__(self, *_):
        subprocess.run(self.command("pg_ctl", "-D", os.path.join(self.home, "data"), "-m",
                                    "immediate", "stop"),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.home, ignore_errors=True)

    def answer(self, judged):
        script = [SCHEMA, f"COPY doc (id, {', '.join(TEXTS)}) FROM STDIN;\n",
                  copied([key] + [folded(texts[name]) for name in TEXTS]
                         for key, texts in judged.programs.items()), "\\.\n",
                  "COPY question FROM STDIN;\n",
                  copied((number, folded(query["query"]))
                         for number, query in enumerate(judged.queries)), "\\.\n",
                  INDEXES.replace("{limit}", str(judge.LIMIT))]
        # The first round warms the server up.
        for how in [(True, True, True)] + list(self.VARIANTS.values()):
            flags = ", ".join(str(flag).lower() for flag in how)
            script.append(f"\\echo variant\nSELECT answer(query, {flags}) FROM question "
                          "ORDER BY number;\n")
        done = subprocess.run([os.path.join(self.bin, "psql"), "-X", "-q", "-A", "-t", "-v",
                               "ON_ERROR_STOP=1", "-h", self.home, "-U", "peer", "postgres"],
                              input="".join(script).encode(), stdout=subprocess.PIPE, check=False,
                              env={**os.environ, "PGCLIENTENCODING": "UTF8"})
        if done.returncode != 0:
            raise Bad(f"psql ended with {done.returncode}")
        rounds = done.stdout.decode().split("variant\n")[2:]
        return {variant: [self.read(line) for line in lines.splitlines()]
                for variant, lines in zip(self.VARIANTS, rounds)}

    @staticmethod
    def read(line):
        told = json.loads(line)
        return Answer(told["ids"], told["us"], len(told["ids"]), None)


# ---- side by side


def by_variant(engine, sets):
    """{variant: {set name: pairs}}, the variant with the best nDCG@10 first."""
    answers = {judged.name: engine.answer(judged) for judged in sets}
    found = {variant: {judged.name: list(zip(judged.queries, answers[judged.name][variant]))
                       for judged in sets} for variant in engine.VARIANTS}
    order = sorted(found, key=lambda variant: -(total(found[variant])["ndcg10"] or 0))
    return {variant: found[variant] for variant in order}


def total(outcomes):
    return judge.summarize([pair for pairs in outcomes.values() for pair in pairs])


def factor(ours, peers, key):
    """Ours over the best peer's, as text."""
    best = max((figures[key] for figures in peers if figures[key] is not None), default=None)
    if ours[key] is None or best is None:
        return "-"
    return f"{ours[key] / best:.2f}" if best > 0 else "inf"


def print_factors(rows, ours):
    print("\nours / best peer")
    print(f"{'set':<12}{'nDCG@10':>9}{'success@5':>11}")
    names = list(ours)
    for name in names + (["total"] if len(names) > 1 else []):
        figures = [total(outcomes) if name == "total" else judge.summarize(outcomes[name])
                   for _, outcomes in rows]
        print(f"{name:<12}{factor(figures[0], figures[1:], 'ndcg10'):>9}"
              f"{factor(figures[0], figures[1:], 'success@5'):>11}")


def line(*texts):
    print("| " + " | ".join(str(text) for text in texts) + " |")


def print_markdown(sets, rows, strict):
    """Two tables: each search over everything asked, then nDCG@10 kind by kind."""
    clubs = len({(judged.catalogue[0], key) for judged in sets for key in judged.programs})
    queries = sum(len(judged.queries) for judged in sets)
    print(f"\n{queries} judged queries over {clubs} clubs:\n")
    line("search", "success@1", "success@5", "MRR", "nDCG@10", "true answers in the first 10",
         "honest «no such club»", "median")
    line("---", *["---:"] * 7)
    figures = [total(outcomes) for _, outcomes in rows]
    for name, outcomes in rows + strict: # the strict ones say no more honestly, and find less
        row = total(outcomes)
        line(name, *judge.cells(row)[:6], f"{row['p50'] / 1000:.2f} ms")
    line("ours / best peer", "", factor(figures[0], figures[1:], "success@5"), "",
         factor(figures[0], figures[1:], "ndcg10"), "", "", "")
    print("\nnDCG@10 by kind of query; for negatives the share of honest «no»:\n")
    line("kind", "queries", *[name.split(":")[0] for name, _ in rows])
    line("---", *["---:"] * (len(rows) + 1))
    grouped = [dict(judge.by_kind([pair for pairs in outcomes.values() for pair in pairs]))
               for _, outcomes in rows]
    for kind in judge.KINDS:
        if kind in grouped[0]:
            key = "honest_empty" if kind == "negative" else "ndcg10"
            line(kind, len(grouped[0][kind]),
                 *[judge.share(judge.summarize(kinds[kind])[key]) for kinds in grouped])


def print_variants(found):
    """Why the first one was taken."""
    print(f"{'variant':<52}{'nDCG@10':>9}{'success@5':>11}{'honest-empty':>14}")
    for variant, outcomes in found.items():
        figures = total(outcomes)
        print(f"{variant:<52}{judge.share(figures['ndcg10']):>9}"
              f"{judge.share(figures['success@5']):>11}{judge.of(figures['honest']):>14}")


def compare(sets, ours, markdown):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143)) # so that the server ends, too
    rows, strict = [("Navigator Kiosk", ours)], []
    for kind in (Sqlite, Postgres):
        with kind() as engine:
            found = by_variant(engine, sets)
        variant = next(iter(found))
        title = f"{engine.name}: {variant}"
        rows.append((title, found[variant]))
        plain = next(iter(engine.VARIANTS))
        strict.append((f"{engine.name}: {plain}", found[plain]))
        if not markdown:
            judge.print_table(title, found[variant])
            print_variants(found)
    if markdown:
        print_markdown(sets, rows, [row for row in strict if row not in rows])
    else:
        print_factors(rows, ours)
