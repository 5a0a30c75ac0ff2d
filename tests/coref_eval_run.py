#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench/coref_eval.py on made-up examples with known values: tests/coref_eval_run.py

The measures on the worked example of Pradhan et al. (2014): key {a b c} {d e f g}, response {a b} {c d} {f g h i}."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bench"))
import coref_eval as ce  # noqa: E402

failed = []


def check(what, got, want):
    if got != want:
        failed.append(what)
        print("FAILED: %s: got %r, want %r" % (what, got, want))


def scores(key, response):
    t = ce.Tally()
    t.add([set(c) for c in key], [set(c) for c in response])
    return {m: tuple(None if v is None else round(v, 3) for v in (p, r, f)) for m, p, r, f in t.rows()}


s = scores(["abc", "defg"], ["ab", "cd", "fghi"])
check("muc", s["muc"], (0.4, 0.4, 0.4))
check("b3", s["b3"], (0.5, 0.417, 0.455))
check("ceafe", s["ceafe"], (0.433, 0.65, 0.52))
check("mean", s["mean"][2], 0.458)
s = scores(["abc", "defg"], ["abc", "defg", "x"])  # a chain of one counts nowhere
check("all right", [s[m][2] for m in ("muc", "b3", "ceafe", "mean")], [1.0, 1.0, 1.0, 1.0])
s = scores(["abc", "defg"], [])
check("nothing", [s[m][2] for m in ("muc", "b3", "ceafe", "mean")], [0.0, 0.0, 0.0, 0.0])
s = scores(["abcd"], ["ab", "cd"])  # the pairing takes one of the two
check("split", s["ceafe"][:2], (0.333, 0.667))
check("pairing", round(ce.best_pairing([[0.5, 0.9], [0.8, 0.9]]), 3), 1.7)  # not the greedy 0.9 + 0.5

CONLLU = """# newdoc id = GUM_news_made
# text = Ana met the boss of Chad. She left.
1\tAna\tAna\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new-cf1-1-sgl)
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\tEntity=(2-person-new-cf2-2-sgl
4\tboss\tboss\tNOUN\tNN\t_\t2\tobj\t_\t_
5\tof\tof\tADP\tIN\t_\t6\tcase\t_\t_
6\tChad\tChad\tPROPN\tNNP\t_\t4\tnmod\t_\tSpaceAfter=No|Entity=(3-place-new-cf3-1-sgl)2)
7\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
8\tShe\tshe\tPRON\tPRP\t_\t9\tnsubj\t_\tEntity=(1-person-giv:act-cf1-1-ana)
9\tleft\tleave\tVERB\tVBD\t_\t2\tparataxis\t_\tSpaceAfter=No
10\t.\t.\tPUNCT\t.\t_\t9\tpunct\t_\t_

# newdoc id = GUM_whow_made
# text = Go
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_

"""
with tempfile.TemporaryDirectory() as tmp:
    path = os.path.join(tmp, "x.conllu")
    open(path, "w", encoding="utf-8").write(CONLLU)
    docs = ce.read_gum(path)
    check("NC documents are left out", [d.name for d in docs], ["GUM_news_made"])
    check("with them", len(ce.read_gum(path, nc=True)), 2)
    d = docs[0]
    check("text", d.text, "Ana met the boss of Chad. She left.")
    check("heads", {d.toks[h][4]: g for h, (g, kind) in d.heads.items()}, {"Ana": "1", "boss": "2", "Chad": "3", "She": "1"})
    check("actors", ce.actor_chains(d), {"1", "2", "3"})
    rec = {"text": d.text, "entities": [
        {"actor": "person:Ana", "name": "Ana", "type": "person", "country": None, "cameo": "", "mentions": [{"start": 0, "end": 3}, {"start": 26, "end": 29}]},
        {"actor": "role::SRC", "name": "source", "type": "role", "country": None, "cameo": "", "mentions": [{"start": 8, "end": 16}]},
        {"actor": "country:TCD", "name": "Chad", "type": "country", "country": "TCD", "cameo": "TCD", "mentions": [{"start": 20, "end": 24}]}]}
    check("mentions by their head", {d.toks[h][4]: k for h, k in ce.response_of(d, rec).items()}, {"Ana": 0, "She": 0, "boss": 1, "Chad": 2})
    judge = ce.Judge()
    check("who: by name", judge.mention(rec, "She", 1, "Ana")[0], "right")
    check("who: another", judge.mention(rec, "She", 1, "Chad")[0], "wrong")
    check("who: not named", judge.mention(rec, "the boss of Chad", 1, "Chad:boss")[0], "none")
    check("who: nobody", judge.mention(rec, "the boss of Chad", 1, None)[0], "right")
    check("who: somebody", judge.mention(rec, "She", 1, None)[0], "wrong")
    check("who: no such words", judge.mention(rec, "He", 1, "Ana")[0], None)
    check("who: the state", judge.mention(rec, "Chad", 1, "Chad")[0], "right")

check("kinds", [ce.kind_of(x) for x in ("Their", "its", "both sides", "the envoy", "his country", "Police", "Kiev")],
      ["they", "it", "pair", "the X", "his X", "name", "name"])
print("%d failed" % len(failed))
sys.exit(1 if failed else 0)
