#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Would a learned scorer tell "the same matter?" and "answers which?" better than the rules of src/situation?

    same_matter.py [--dragoman build/dragoman] [--cases ../shared/cases] [--ablate] [--show] [--weights FILE]

Reads   tests/corpus/{boards,storylines}.jsonl, tests/fresh/stories/open.jsonl, CASES/boards.jsonl: reports with what the board must say
Writes  figures; with --weights the weights of a model trained on all

Every report is coded alone, then all of them go into one store. A pair is two items of one kind of two reports. It is *the same* when one
wanted line of their story describes both, *another* when two lines do, or when the reports are of two stories (of those only pairs that
share a party or a number count: the others nobody would join). A pair whose later item is an answer ("rejected the demand") is counted
apart: answers which? The rules join a pair when one item of the store holds an event of both.

Logistic regression, L2, left out: one story after the other (reports of one story never stand on both sides). Standard library only."""
import argparse
import collections
import importlib.util
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
spec = importlib.util.spec_from_file_location("check", os.path.join(ROOT, "bench", "score", "check.py"))
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)
KINDS = "demand offer threat commitment meeting deployment sanction agreement relation control hostility membership toll".split()
ANSWERS = {"rejected", "accepted", "deferred", "withdrawn", "met", "kept", "broken", "carried_out"}


def stories(files):
    out = {}
    for path in files:
        for line in open(path, encoding="utf-8"):
            if not line.strip():
                continue
            c = json.loads(line)
            key = os.path.basename(path)[:3] + ":" + (c["id"].rsplit(".", 1)[0] if c["kind"].startswith("story") else c["id"])
            docs = c.get("docs") or [{"text": c.get("text", ""), "date": c.get("date")}]
            s = out.setdefault(key, {"docs": [], "want": []})
            if len(docs) > len(s["docs"]):
                s["docs"] = docs
            for w in c.get("want", []):
                bare = {k: v for k, v in w.items() if k not in ("status", "max", "due", "quantity")}
                if "item" in w and bare not in s["want"]:
                    s["want"].append(bare)
    return {k: s for k, s in out.items() if len(s["docs"]) > 0}


def run(cmd):
    return subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout.decode("utf-8")


def words(item):
    text = " ".join([item.get("content") or ""] + [(h.get("evidence") or {}).get("text") or "" for h in item["history"][:1]]).lower()
    return {w[:6] for w in re.findall(r"[^\W\d_]{4,}", text)}


def grams(ws):  # of content words, for likeness of words that are not equal
    return collections.Counter(w[i:i + 3] for w in ws for i in range(max(1, len(w) - 2)))


def cosine(a, b):
    dot = sum(v * b.get(k, 0) for k, v in a.items())
    n = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return dot / n if n else 0.0


def who(item, side):
    roles = {0: {"issuer", "participant", "party", "holder", "member", "claimant"}, 1: {"addressee", "organisation", "beneficiary"}}[side]
    return {p.get("country") or p["actor"] for p in item.get("parties", []) if p["role"] in roles and not p.get("inferred")}


def overlap(a, b):
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def numbers(item):
    return {q.get("value") for h in item["history"] for q in h.get("quantities") or []}


def days(x):
    return sum(int(n) * f for n, f in zip(x.split("-"), (365.25, 30.44, 1))) if x else None


def features(a, b):
    f = {"bias": 1.0, "kind." + a["kind"]: 1.0}
    first, second = overlap(who(a, 0), who(b, 0)), overlap(who(a, 1), who(b, 1))
    turned = min(overlap(who(a, 0), who(b, 1)), overlap(who(a, 1), who(b, 0))) if who(a, 1) and who(b, 1) else 0.0
    every = (who(a, 0) | who(a, 1), who(b, 0) | who(b, 1))
    f["first-side"], f["second-side"], f["turned"] = first, second, turned
    f["all-parties"] = len(every[0] & every[1]) / max(1, len(every[0] | every[1]))
    f["first-unknown"] = float(not who(a, 0) or not who(b, 0))
    f["second-unknown"] = float(not who(a, 1) or not who(b, 1))
    f["both-sides"] = first * second
    wa, wb = words(a), words(b)
    f["words"], f["letters"] = overlap(wa, wb), cosine(grams(wa), grams(wb))
    f["few-words"] = 1.0 / (1 + min(len(wa), len(wb)))
    gap = abs((days(a["_day"]) or 0) - (days(b["_day"]) or 0)) if a["_day"] and b["_day"] else 60
    f["gap"] = math.log1p(gap) / 5
    f["gap-years"] = float(gap > 366)
    pa, pb = a["_place"], b["_place"]
    f["same-place"], f["other-place"] = float(bool(pa and pb and pa == pb)), float(bool(pa and pb and pa != pb))
    f["same-number"] = float(bool(numbers(a) & numbers(b)))
    f["definite"] = float(bool(re.match(r"(?i)(the|its|his|her|their|that|this|those)\b", (b.get("content") or ""))))
    f["answer." + (b["status"] if b["status"] in ANSWERS else "none")] = 1.0
    f["first-and-words"], f["pair-and-words"] = first * f["words"], f["both-sides"] * f["words"]
    if a["kind"] in ("hostility", "relation", "meeting", "agreement"):
        f["pair-kind"] = f["all-parties"]
    if a["kind"] == "toll":
        f["toll-number"], f["toll-near"] = f["same-number"], f["same-number"] * float(gap < 4)
    return f


def train(rows, l2=0.003, rounds=60, rate=0.5):
    w = collections.defaultdict(float)
    square = collections.defaultdict(float)
    rng = random.Random(1)
    pos = sum(y for _, y in rows)
    weight = {1: 1.0, 0: min(1.0, 4.0 * pos / max(1, len(rows) - pos))}
    rows = list(rows)
    for _ in range(rounds):
        rng.shuffle(rows)
        for f, y in rows:
            z = sum(w[k] * v for k, v in f.items())
            g = (1 / (1 + math.exp(-max(-30, min(30, z)))) - y) * weight[y]
            for k, v in f.items():
                d = g * v + l2 * w[k]
                square[k] += d * d
                w[k] -= rate * d / math.sqrt(square[k] + 1e-9)
    return dict(w)


def score(w, f):
    return sum(w.get(k, 0.0) * v for k, v in f.items())


def prf(pairs):
    tp = sum(p and y for p, y in pairs)
    p, r = tp / max(1, sum(p for p, _ in pairs)), tp / max(1, sum(y for _, y in pairs))
    return p, r, 2 * p * r / max(1e-9, p + r)


def collect(args, todo):
    lines = [json.dumps({"id": "%s#%d" % (k, i), "text": d["text"], "published": d.get("date")}) for k, s in todo.items() for i, d in enumerate(s["docs"])]
    with tempfile.TemporaryDirectory() as tmp:
        path, db = os.path.join(tmp, "all.jsonl"), os.path.join(tmp, "all.db")
        open(path, "w", encoding="utf-8").write("\n".join(lines) + "\n")
        out = run(args.dragoman.split() + ["code", "--input", "jsonl", "--format", "jsonl", "--only", "items,events", path])
        rows = run(args.dragoman.split() + ["export", "--table", "items", "--input", "jsonl", "--format", "jsonl", path])
        run(args.dragoman.split() + ["ingest", "--db", db, "--input", "jsonl", path])
        board = json.loads(run(args.dragoman.split() + ["situation", "--db", db, "--format", "json"]))["items"]
    alone = {}
    for line in rows.splitlines():
        r = json.loads(line)
        alone[r["document"], r["item"]] = r
    joined = collections.defaultdict(set)
    for n, it in enumerate(board):
        for h in it["history"]:
            if h.get("event"):
                joined[it["kind"], h["event"]].add(n)
    items = []
    for line in out.splitlines():
        r = json.loads(line)
        story, no = r["doc"]["id"].rsplit("#", 1)
        wrote = collections.defaultdict(list)
        for x in r["items"]:
            wrote[x["id"]].append(x["event"])
        for n, evs in wrote.items():
            row = alone.get((r["doc"]["id"], n))
            if not row:
                continue
            parties = [{"role": role, "actor": who, "name": name, "country": country_of(who)}
                       for role, who, name in zip(row["party_roles"], row["party_ids"], row["parties"])]
            it = {"kind": row["kind"], "status": row["status"], "content": row["content"], "parties": parties,
                  "history": [{"evidence": {"text": row["sentence"]}, "quantities": [{"value": row["quantity"]}] if row["quantity"] is not None else []}],
                  "_story": story, "_doc": int(no), "_day": (todo[story]["docs"][int(no)].get("date") or "")[:10], "_place": row["place"],
                  "_board": set().union(*[joined[row["kind"], e] for e in evs])}
            wanted = [i for i, w in enumerate(todo[story]["want"]) if check.item(w, it)]
            it["_want"] = wanted[0] if len(wanted) == 1 else None
            items.append(it)
    return items


def country_of(actor):
    m = re.match(r"(?:country|role):([A-Z]{3})", actor or "")
    return m.group(1) if m else None


def make_pairs(items):
    pairs = []
    by_kind = collections.defaultdict(list)
    for it in items:
        by_kind[it["kind"]].append(it)
    for kind, list_ in by_kind.items():
        for i, a in enumerate(list_):
            for b in list_[i + 1:]:
                x, y = (a, b) if (a["_day"], a["_doc"]) <= (b["_day"], b["_doc"]) else (b, a)
                if a["_story"] == b["_story"]:
                    if a["_doc"] == b["_doc"] or a["_want"] is None or b["_want"] is None:
                        continue
                    label = int(a["_want"] == b["_want"])
                else:
                    parties = (who(a, 0) | who(a, 1)) & (who(b, 0) | who(b, 1))
                    if not parties and not (kind == "toll" and numbers(a) & numbers(b)):
                        continue
                    label = 0
                pairs.append({"f": features(x, y), "y": label, "rules": bool(x["_board"] & y["_board"]), "stories": {a["_story"], b["_story"]},
                              "across": a["_story"] != b["_story"], "answer": y["status"] in ANSWERS, "a": x, "b": y})
    return pairs


def folds(pairs, n=10):
    """Whole stories are left out; a pair of two stories is scored when the first is out, and no pair with either is trained on."""
    names = sorted({s for p in pairs for s in p["stories"]})
    random.Random(7).shuffle(names)
    inside = {s for p in pairs if not p["across"] for s in p["stories"]}
    big = [s for s in names if s in inside]
    rest = [s for s in names if s not in inside]
    parts = [set(big[i::n]) | set(rest[i::n]) for i in range(n)]
    for out in parts:
        yield [p for p in pairs if not p["stories"] & out], [p for p in pairs if sorted(p["stories"])[0] in out]


def report(name, pairs, key):
    for what, some in (("same matter?", [p for p in pairs if not p["answer"]]), ("answers which?", [p for p in pairs if p["answer"]]), ("all", pairs)):
        pr = prf([(p[key], p["y"]) for p in some])
        wrong = sum(p[key] for p in some if p["across"])
        print("%-22s %-15s %5d pairs, %3d the same: P %.2f R %.2f F %.2f; two stories joined %d" % (name, what, len(some), sum(p["y"] for p in some), *pr, wrong))


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--dragoman", default=os.path.join(ROOT, "build", "dragoman"))
    ap.add_argument("--cases", default=os.path.join(ROOT, "..", "shared", "cases"))
    ap.add_argument("--ablate", action="store_true", help="also without each group of features: five times as long")
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--weights")
    args = ap.parse_args()
    files = [os.path.join(ROOT, "tests", "corpus", "boards.jsonl"), os.path.join(ROOT, "tests", "corpus", "storylines.jsonl"),
             os.path.join(ROOT, "tests", "fresh", "stories", "open.jsonl"), os.path.join(args.cases, "boards.jsonl")]
    todo = stories([f for f in files if os.path.exists(f)])
    pairs = make_pairs(collect(args, todo))
    print("%d stories, %d reports, %d pairs" % (len(todo), sum(len(s["docs"]) for s in todo.values()), len(pairs)))
    for p in pairs:
        p["learned"] = p["both"] = p["either"] = False
    groups = {"parties": ("first", "second", "turned", "all-parties", "both-sides", "pair-kind"), "words": ("words", "letters", "few-words", "first-and", "pair-and"),
              "time": ("gap",), "place": ("same-place", "other-place"), "answer": ("answer.", "definite")}
    for held in [None] + (list(groups) if args.ablate else []):
        for there, out in folds(pairs):
            def keep(f):
                return {k: v for k, v in f.items() if not held or not k.startswith(groups[held])}
            w = train([(keep(p["f"]), p["y"]) for p in there])
            for p in out:
                p["score"] = score(w, keep(p["f"]))
                p["learned" if not held else "held"] = p["score"] > 0
                if not held:
                    p["veto"] = p["rules"] and p["score"] > -1.5
                    p["either"] = p["rules"] or p["score"] > 2
        if not held:
            report("rules", pairs, "rules")
            report("learned", pairs, "learned")
            report("rules, learned vetoes", pairs, "veto")
            report("rules or learned", pairs, "either")
        else:
            print("learned without %-9s F %.2f" % (held, prf([(p["held"], p["y"]) for p in pairs])[2]))
    if args.show:
        for p in pairs:
            if p["rules"] != bool(p["y"]):
                print("rules %s: %s | %s" % ("join" if p["rules"] else "part", p["a"]["content"], p["b"]["content"]))
    if args.weights:
        w = train([(p["f"], p["y"]) for p in pairs])
        with open(args.weights, "w", encoding="utf-8") as f:
            for k in sorted(w):
                f.write("%s\t%d\n" % (k, round(100 * w[k])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
