"""judge.py's own arithmetic against cases counted by hand."""
import contextlib
import io
import math
import os
import tempfile

import judge
from judge import Answer


def near(found, expected):
    assert abs(found - expected) < 1e-9, f"expected {expected}, found {found}"


def same(found, expected):
    assert found == expected, f"expected {expected!r}, found {found!r}"


def query(text="q", kind="plain", grades=None, **more):
    return {"query": text, "kind": kind, "grades": grades or {}, **more}


def answer(*ids, took_us=10, **understood):
    return Answer(list(ids), took_us, len(ids), understood, list(ids))


def ranks():
    grades = {"a": 3, "b": 2, "c": 1}
    same(judge.first_good(["c", "x", "b", "a"], grades), 3)
    same(judge.first_good(["c"], grades), None)
    same(judge.first_good(["x", "c"], {"c": 1}), 2) # the best there is
    same(judge.first_good([], grades), None)


def gains():
    # ideal: 7/log2(2) + 3/log2(3) + 1/log2(4)
    grades = {"a": 3, "b": 2, "c": 1}
    ideal = 7 + 3 / math.log2(3) + 0.5
    near(judge.ndcg(["a", "b", "c"], grades), 1)
    near(judge.ndcg(["a", "x", "b"], grades), (7 + 3 / 2) / ideal)
    near(judge.ndcg(["c", "a"], grades), (1 + 7 / math.log2(3)) / ideal)
    near(judge.ndcg(["a", "a", "a"], {"a": 3}), 1) # a repeated program gains once
    near(judge.ndcg([], grades), 0)
    near(judge.ndcg(["x"] * 10 + ["a"], {"a": 3}), 0) # the eleventh is too deep
    many = {str(n): 1 for n in range(12)}
    near(judge.ndcg([str(n) for n in range(10)], many), 1)


def understanding():
    wrong = judge.understood_errors
    same(wrong({"age_years": [7, 6]}, {"age_years": [6, 7], "weekdays": [1]}), [])
    same(wrong({"age_years": [6]}, {}), [("age_years", [6], [])])
    same(wrong({"age_years": []}, {}), [])
    same(wrong({"age_years": []}, {"age_years": [5]}), [("age_years", [], [5])])
    same(wrong({"with_places": True}, {}), [("with_places", True, False)])
    same(wrong({"with_places": True}, {"with_places": True}), [])
    same(wrong({"payment": ["free"]}, {"payment": ["paid"]}), [("payment", ["free"], ["paid"])])


def summary():
    pairs = [
        (query("1", grades={"a": 3}), answer("a", took_us=10)),
        (query("2", grades={"a": 3, "b": 2}), answer("x", "b", took_us=20)),
        (query("3", grades={"a": 3}, understood={"age_years": [6]}), answer(took_us=30)),
        (query("4", grades={"a": 2}), answer("v", "w", "x", "y", "z", "a", took_us=40)),
        (query("5", "negative"), answer(took_us=50)),
        (query("6", "negative", understood={"weekdays": [6]}),
         answer("x", took_us=60, weekdays=[6])),
    ]
    found = judge.summarize(pairs)
    near(found["success@1"], 1 / 4)
    near(found["success@5"], 2 / 4)
    near(found["mrr"], (1 + 1 / 2 + 0 + 1 / 6) / 4)
    second = (3 / math.log2(3)) / (7 + 3 / math.log2(3))
    near(found["ndcg10"], (1 + second + 0 + 1 / math.log2(7)) / 4)
    near(found["true10"], (1 + 1 / 2 + 1 / 6) / 3) # of those that answered
    same(found["honest"], (1, 2))
    near(found["honest_empty"], 1 / 2)
    same((found["false_empty"], found["asked"]), (1, 4))
    same(found["understood"], (1, 2))
    same((found["p50"], found["p99"]), (30, 60))
    same(judge.summarize([(pairs[2][0], Answer(["a"], 1, 1, None))])["understood"], (0, 0))
    same(judge.summarize(pairs[4:])["ndcg10"], None)
    same(judge.summarize(pairs[:2])["honest_empty"], None)


def percentiles():
    same(judge.percentile([], 0.5), None)
    same(judge.percentile([5], 0.99), 5)
    same(judge.percentile(range(1, 101), 0.99), 99)
    same(judge.percentile([3, 1, 2], 0.5), 2)


def floors():
    figures = {"success@1": 0.90004, "success@5": 0.95, "mrr": 0.9, "ndcg10": 0.8,
               "honest_empty": None}
    same(judge.raised({}, figures, False),
         {"success@1": 0.9, "success@5": 0.95, "mrr": 0.9, "ndcg10": 0.8})
    same(judge.raised({"mrr": 0.91, "ndcg10": 0.7}, figures, False)["mrr"], 0.91)
    same(judge.raised({"mrr": 0.91}, figures, True)["mrr"], 0.9)
    same(judge.breaches("demo", {"mrr": 0.9004}, figures), [])
    same(judge.breaches("demo", {"mrr": 0.91}, figures),
         ["demo: mrr: found 0.900, expected at least 0.9100"])
    same(len(judge.breaches("demo", {"honest_empty": 0.5}, figures)), 1)
    same(len(judge.breaches("demo", None, figures)), 1)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "figures.json")
        same(judge.read_floors(path), {})
        judge.write_floors(path, {"b": {"mrr": 0.5}, "a": {}})
        same(judge.read_floors(path), {"a": {}, "b": {"mrr": 0.5}})


def judged_lines():
    error = judge.query_error
    programs = {"1": {}}
    same(error(query(grades={"1": 3}, understood={"age_years": [], "with_places": True}),
               programs, set()), None)
    for bad in (query(grades={"2": 3}), query(grades={"1": 0}), query(grades={"1": True}),
                query(kind="other", grades={"1": 1}), query(kind="negative", grades={"1": 1}),
                query(understood={"age": [1]}), query(understood={"age_years": ["1"]}),
                query(understood={"with_places": 1}), query(grade={}), [], {"query": 1}):
        assert error(bad, programs, set()), f"taken: {bad}"
    assert error(query("twice"), programs, {"twice"})


def catalogues():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.csv")
        rows = "program_id;title;organization;teacher\n7;Лепка;Дом;Анна\n7;Лепка;Дом;Ольга\n"
        for data in (rows.encode("cp1251"), b"\xef\xbb\xbf" + rows.encode()):
            with open(path, "wb") as file:
                file.write(data)
            found = judge.read_programs([path])
            same(list(found), ["7"])
            same((found["7"]["title"], found["7"]["teacher"]), ("Лепка", "Анна Ольга"))
        thesaurus = "# [no]\n[drawing] # x\n= рису*\n[pottery]\n"
        same(judge.concepts_of([thesaurus]), {"drawing", "pottery"})
        with open(os.path.join(folder, "art.txt"), "w", encoding="utf-8") as file:
            file.write(thesaurus)
        judged = judge.Set("a", "", "", [], False, [query(concept="drawing")])
        same(judge.unasked_concepts(folder, [judged]), ["pottery"])
        judged.queries.append(query(concept=["pottery", "drawing"]))
        same(judge.unasked_concepts(folder, [judged]), [])


def printing():
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        judge.print_table("t", {"demo": [(query(grades={"a": 3}), answer("a"))],
                                "other": [(query(kind="negative"), answer())]})
        judged = judge.Set("demo", "", "", [], False, [], {"a": {"title": "Лепка"}})
        judge.print_failures([judged], {"demo": [(query("лепить", grades={"a": 3}), answer()),
                                                 (query("арфа", "negative"), answer("a"))]})
    text = said.getvalue()
    for part in ("total", "1 of 1", "«лепить»: nothing found", "wanted (1): 3 Лепка",
                 "«арфа»: there is no such club", "found (1): 0 a"):
        assert part in text, f"{part!r} is missing in:\n{text}"


def run():
    cases = (ranks, gains, understanding, summary, percentiles, floors, judged_lines, catalogues,
             printing)
    for case in cases:
        case()
    print(f"judge: {len(cases)} cases hold")
    return 0
