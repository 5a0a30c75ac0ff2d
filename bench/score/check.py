#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Small inputs with what must come out of them, kind by kind.

    check.py [--dragoman build/dragoman] [--show] [--kind PREFIX] [--issue NAME] [--min RATE] CASES.jsonl...    (issues: owners.tsv)

A case is one line: {"id", "kind", "text" or "html", "date", "args", "want": [...], "not": [...]}, or, for the board alone, "docs":
[{"text", "date"}...] in place of text, told one after the other. `want`: each pattern must match something in the record; `not`:
none may. A pattern has one main key, and matches an object of that list of the record
for which every field given holds:

    {"event": ["ASSAULT"], "source": ["IRN"], "target": ["ISR"], "status": ["actual"], "negated": false, "when": "2024-04-13",
     "at": "Kharkiv|UKR", "trigger": "struck", "span": "Iran [struck] Israel", "range": ["2024-04-13", "2024-04-13"], "cameo": ["19"], "quantity": 61, "claimed_by": ["RUS"], "reciprocal": true}
    {"event": "any"}                       any event at all ("not": [{"event": "any"}]: nothing to code)
    {"statement": "part of the content", "speaker": ["RUS"], "kind": ["direct"]}
    {"actor": "RUS", "mention": "Moscow"}  an entity with that name among its mentions' words, resolved so
    {"item": "demand", "status": ["rejected"], "issuer": ["RUS"], "addressee": ["NATO"], "about": "regex"}   on the document's board
    {"item": "relation", "between": ["MEX", "ECU"], "max": 1}     parties in any role; max: no more items of that kind; "due": true
    {"doc": {"lang": "fr"}}                fields of doc
    {"text": "part of the extracted text"}
    {"exit": 1} {"stderr": "regex"}        how the program ended

Actors: `IRN` accepts any actor of that country; `country:IRN`, `org:NATO`, `role:IRN:MIL`, `person:NAME` only that one; any other
word accepts an actor whose name holds it; `a|b` either; `-` nobody; `*` anything, also nothing. All actors given must be there, and
(unless `*` is among them) nobody else. `status`: actual also accepts historical unless "strict": true. `when`: a day that the event's
range covers with at most the width given by its precision: "2024-04-13" (that day exactly), "2024-04" (that month or inside it),
"2024" (that year or inside it), "none" (no date from the text).
Standard library only. Exit status 1 when the rate is below --min.
"""
import argparse
import collections
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile


def keys(a):
    out = {a.get("actor") or "", a.get("name") or ""}
    if a.get("country"):
        out.add(a["country"])
    if (a.get("actor") or "").startswith("country:"):
        out.add(a["actor"][8:])
    m = re.match(r"role:([A-Z]{3}):", a.get("actor") or "")
    if m:
        out.add(m.group(1))
    return {k for k in out if k}


def one(alt, a):
    if re.fullmatch(r"[A-Z]{3}", alt):
        return alt in keys(a)
    if ":" in alt:
        return alt.lower() == (a.get("actor") or "").lower()
    return alt.lower() in (a.get("name") or "").lower() or alt.lower() in (a.get("actor") or "").lower()


def actors(pats, got):
    if pats == ["-"]:
        return not got
    free = any(p == "*" or "*" in p.split("|") for p in pats)
    hits = [[any(one(x, a) for x in p.split("|") if x not in ("*", "-")) for a in got] for p in pats]
    there = all(any(h) or not set(p.split("|")).isdisjoint({"*", "-"}) and (free or not got) for h, p in zip(hits, pats))
    return there and (free or all(any(h[i] for h in hits) for i in range(len(got))))


def when(want, date):
    date = date or {}
    s, e = date.get("start"), date.get("end")
    if want == "none":
        return not s or date.get("from") != "text"
    if not s or not e:
        return False
    return s.startswith(want) and e.startswith(want)


def event(p, e, rec):
    if p["event"] != "any" and (e.get("plover") or {}).get("event") not in p["event"]:
        return False
    src, tgt = e.get("source", []), e.get("target", [])
    if "source" in p or "target" in p:
        s, t = p.get("source", ["*"]), p.get("target", ["*"])
        ok = actors(s, src) and actors(t, tgt)
        if not ok and p.get("reciprocal"):
            every = [x for x in s + t if x not in ("-", "*")]
            ok = actors(every, src + tgt)
        if not ok:
            return False
    if "status" in p:
        want = set(p["status"]) | ({"historical"} if "actual" in p["status"] and not p.get("strict") else set())
        if e.get("status") not in want:
            return False
    if "negated" in p and bool(e.get("negated")) != p["negated"]:
        return False
    if "trigger" in p and p["trigger"].lower() not in (e.get("trigger_text") or "").lower():
        return False
    if "span" in p:
        left, rest = p["span"].split("[", 1)
        mid, right = rest.rsplit("]", 1)
        i = (rec.get("text") or "").find(left + mid + right)
        a = i + len(left)
        if i >= 0 and (e["trigger"][1] <= a or e["trigger"][0] >= a + len(mid)):
            return False
    if "range" in p and [(e.get("date") or {}).get("start"), (e.get("date") or {}).get("end")] != p["range"]:
        return False
    if "cameo" in p and not any((e.get("cameo") or "").startswith(c) for c in p["cameo"]):
        return False
    if "mode" in p and (e.get("plover") or {}).get("mode") not in p["mode"]:
        return False
    if "when" in p and not when(p["when"], e.get("date")):
        return False
    if "at" in p:
        pl = e.get("place") or {}
        if not all(any(x.lower() in str(pl.get(k) or "").lower() for k in ("name", "country", "admin1")) for x in p["at"].split("|")):
            return False
    if "quantity" in p and not any(q.get("value") == p["quantity"] for q in e.get("quantities", [])):
        return False
    if "claimed_by" in p:
        ents = {x["actor"]: x for x in rec.get("entities", []) if x.get("actor")}
        got = [ents.get(a, {"actor": a}) if isinstance(a, str) else a for a in e.get("claimed_by", [])]
        if not actors(p["claimed_by"], got):
            return False
    return True


def statement(p, s, rec):
    text = rec.get("text") or ""
    content = " ".join(text[a:b] for a, b in s["content"])
    fold = lambda x: re.sub(r"\s+", " ", x.translate({0x2018: "'", 0x2019: "'", 0x201c: '"', 0x201d: '"'})).lower()
    if fold(p["statement"]) not in fold(content):
        return False
    if "without" in p and fold(p["without"]) in fold(content):
        return False
    if "kind" in p and s.get("kind") not in p["kind"]:
        return False
    if "speaker" in p:
        ents = {x["actor"]: x for x in rec.get("entities", []) if x.get("actor")}
        sp = s.get("speaker")
        got = [dict(ents.get(sp, {"actor": sp}), name=s.get("speaker_name") or (ents.get(sp) or {}).get("name"))] if sp else \
            ([{"name": s["speaker_name"]}] if s.get("speaker_name") else [])
        return actors(p["speaker"], got)
    return True


def item(p, it):
    if it.get("kind") != p["item"] or ("status" in p and it.get("status") not in p["status"]):
        return False
    for role in ("issuer", "addressee", "participant", "party", "holder", "claimant", "member", "organisation", "beneficiary"):
        if role in p and not actors(p[role], [x for x in it.get("parties", []) if x.get("role") == role]):
            return False
    if "between" in p and not all(any(one(x, a) for x in want.split("|") for a in it.get("parties", [])) or "*" in want.split("|")
                                  for want in p["between"]):
        return False
    if "about" in p:
        hay = " ".join([it.get("content") or "", it.get("condition") or ""] + [(h.get("evidence") or {}).get("text") or "" for h in it.get("history", [])])
        if not re.search(p["about"], hay, re.I):
            return False
    if "quantity" in p and not any(q.get("value") == p["quantity"] for q in it.get("quantities", [])):
        return False
    if "due" in p and bool(it.get("due")) != p["due"]:
        return False
    return True


def matches(p, rec, board, rc, err):
    if "event" in p:
        return any(event(p, e, rec) for e in rec.get("events", []))
    if "statement" in p:
        return any(statement(p, s, rec) for s in rec.get("statements", []))
    if "actor" in p:
        text = rec.get("text") or ""
        for x in rec.get("entities", []):
            spans = [text[m["start"]:m["end"]].lower() for m in x.get("mentions", [])]
            if any(p["mention"].lower() in s for s in spans) and any(one(alt, x) for alt in p["actor"].split("|")):
                return True
        return False
    if "item" in p:
        return any(item(p, it) for it in board) and sum(it.get("kind") == p["item"] for it in board) <= p.get("max", 1 << 30)
    if "doc" in p:
        return all((rec.get("doc") or {}).get(k) == v for k, v in p["doc"].items())
    if "text" in p:
        return re.sub(r"\s+", " ", p["text"]) in re.sub(r"\s+", " ", rec.get("text") or "")
    if "exit" in p:
        return rc == p["exit"]
    if "stderr" in p:
        return re.search(p["stderr"], err) is not None
    raise SystemExit("a pattern without a main key: %r" % p)


def run(cmd):
    r = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return r.returncode, r.stdout.decode("utf-8", "replace"), r.stderr.decode("utf-8", "replace")


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("cases", nargs="+")
    ap.add_argument("--dragoman", default="build/dragoman")
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--kind", default="")
    ap.add_argument("--issue", help="only the kinds that owners.tsv gives to this issue")
    ap.add_argument("--min", type=float, default=None)
    args = ap.parse_args()
    cases = [json.loads(x) for f in args.cases for x in open(f, encoding="utf-8") if x.strip()]
    cases = [c for c in cases if c["kind"].startswith(args.kind)]
    if args.issue:
        table = os.path.join(os.path.dirname(os.path.abspath(args.cases[0])), "owners.tsv")
        owner = dict(x.rstrip("\n").split("\t") for x in open(table, encoding="utf-8") if x[0] != "#")
        cases = [c for c in cases if owner.get(c["kind"], "words") == args.issue]
    d = args.dragoman.split()
    records, ends = {}, {}
    with tempfile.TemporaryDirectory() as tmp:
        plain = [i for i, c in enumerate(cases) if "text" in c and not c.get("args")]
        batch = os.path.join(tmp, "batch.jsonl")
        with open(batch, "w", encoding="utf-8") as f:
            for i in plain:
                f.write(json.dumps({"id": "c%d" % i, "text": cases[i]["text"], "published": cases[i].get("date")}) + "\n")
        rc, out, err = run(d + ["code", "--input", "jsonl", "--format", "jsonl", "--with-text", batch])
        for line in out.splitlines():
            r = json.loads(line)
            records[int(r["doc"]["id"][1:])] = r
            ends[int(r["doc"]["id"][1:])] = (0, "")
        for i, c in enumerate(cases):
            if i in records:
                continue
            if "docs" in c:
                records[i], ends[i] = {}, (0, "")
                continue
            p = os.path.join(tmp, "in.html" if "html" in c else c.get("name", "in.txt"))
            open(p, "w", encoding="utf-8", newline="", errors="surrogateescape").write(c.get("html", c.get("text", "")))
            rc, out, err = run(d + ["code", "--format", "jsonl", "--with-text"] + (["--date", c["date"]] if c.get("date") else []) +
                               shlex.split(c.get("args", "")) + [p])
            lines = out.splitlines()
            try:
                records[i] = json.loads(lines[0]) if lines else {}
            except ValueError:
                records[i] = {}
            ends[i] = (rc, err)
        boards = {}
        for i, c in enumerate(cases):
            if not any("item" in p for p in c.get("want", []) + c.get("not", [])):
                continue
            db, p = os.path.join(tmp, "%d.db" % i), os.path.join(tmp, "%d.jsonl" % i)
            docs = c.get("docs") or [{"text": c.get("text", ""), "date": c.get("date")}]
            with open(p, "w", encoding="utf-8") as f:
                for k, doc in enumerate(docs):
                    f.write(json.dumps({"id": "d%d" % k, "text": doc["text"], "published": doc.get("date")}) + "\n")
            run(d + ["ingest", "--db", db, "--input", "jsonl", p])
            day = c.get("as_of") or docs[-1].get("date")
            rc, out, err = run(d + ["situation", "--db", db, "--format", "json"] + (["--as-of", day] if day else []))
            boards[i] = json.loads(out).get("items", []) if rc == 0 and out.strip() else []
    n = collections.Counter()
    ok = collections.Counter()
    wanted = there = 0
    for i, c in enumerate(cases):
        rec, board, (rc, err) = records[i], boards.get(i, []), ends[i]
        miss = [p for p in c.get("want", []) if not matches(p, rec, board, rc, err)]
        bad = [p for p in c.get("not", []) if matches(p, rec, board, rc, err)]
        wanted += len(c.get("want", []))
        there += len(c.get("want", [])) - len(miss)
        n[c["kind"]] += 1
        ok[c["kind"]] += not miss and not bad
        if args.show and (miss or bad):
            ev = ["%s%s %s %s->%s %s" % ("not " if e["negated"] else "", (e.get("plover") or {}).get("event"), e.get("status"),
                  [a.get("actor") for a in e["source"]], [a.get("actor") for a in e["target"]], (e.get("date") or {}).get("start"))
                  for e in rec.get("events", [])]
            print("%s %s: %s" % (c["kind"], c["id"], (c.get("text") or c.get("html") or " // ".join(x["text"] for x in c.get("docs", [])))[:200].replace("\n", " ")))
            for p in miss:
                print("    missing", json.dumps(p, ensure_ascii=False))
            for p in bad:
                print("    must not be", json.dumps(p, ensure_ascii=False))
            if i in boards:
                ev += ["%s %s %s" % (it["kind"], it["status"], [x["actor"] for x in it["parties"]]) for it in board]
            print("    got", "; ".join(ev) or "no event", "" if rc == 0 else "exit %d" % rc)
    for k in sorted(n):
        print("%-28s %3d of %3d" % (k, ok[k], n[k]))
    total, right = sum(n.values()), sum(ok.values())
    rate = right / max(1, total)
    print("wanted lines that are there %.3f (%d of %d)" % (there / max(1, wanted), there, wanted))
    print("cases %.3f (%d of %d, %d kinds)" % (rate, right, total, len(n)))
    return 1 if args.min is not None and rate < args.min else 0


if __name__ == "__main__":
    sys.exit(main())
