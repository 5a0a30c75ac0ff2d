#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run tests/corpus/*.txt: texts beside the events that must come out of them, and nothing else.

    corpus_run.py --dragoman build/dragoman [FILE...]     what `make test` runs
    corpus_run.py --dragoman build/dragoman --show        every fault, the known ones too
    corpus_run.py --dragoman build/dragoman --update FILE...    rewrite the expectations; read the diff like code

A case is a title, an optional date, the text, and one line per event:

    === a meeting that did not take place
    published 2022-01-12
    The ministers of Kenya and Chad did not meet.
    --- events
    s0  040  CONSULT  actual  negated  "meet"  KEN,TCD -> *  date=2022-01-10  place=Nairobi  n=20000  of=demanded

`place=-` is none, `how=` where the place is from (clause, dateline ...). `|` separates what is accepted, `*` accepts anything, a CAMEO code accepts what begins with it, actors are countries or the
last part of an actor id. An event that no line expects is a fault, unless its line begins with `may`. Cases named in known-faults.tsv
may fail; one that passes all the same is reported, so that the list shrinks. Exit status 1 when more than --slack cases fail that
are not named there: tables and model change together, and one sentence may go the other way. Standard library only.
"""
import argparse, json, os, re, subprocess, sys, tempfile


class Case:
    def __init__(self, path, line, title):
        self.path, self.line, self.title = path, line, title
        self.date, self.text, self.events = None, [], []

    def name(self):
        return os.path.basename(self.path) + ": " + self.title


def read(path):
    cases, where = [], None
    for i, raw in enumerate(open(path, encoding="utf-8"), 1):
        line = raw.rstrip("\n")
        if line.startswith("=== "):
            cases.append(Case(path, i, line[4:].strip()))
            where = "text"
        elif not cases or line.startswith("#"):
            continue
        elif line.startswith("--- events"):
            where = "events"
        elif line.startswith("published ") and where == "text" and not cases[-1].text:
            cases[-1].date = line.split()[1]
        elif where == "text":
            cases[-1].text.append(line)
        elif line.strip():
            cases[-1].events.append((i, line.strip()))
    return cases


def parse(line):
    """An expectation line as a dictionary."""
    want = {"may": line.startswith("may ")}
    line = line[4:] if want["may"] else line
    m = re.match(r'(s\d+|\*)\s+(\S+)\s+(\S+)\s+(\S+)\s+(negated\s+)?"([^"]*)"\s*(.*)$', line)
    if not m:
        raise ValueError("cannot read: " + line)
    want.update(sentence=m[1], cameo=m[2].split("|"), plover=m[3].split("|"), status=m[4].split("|"), negated=bool(m[5]),
                trigger=m[6].lower())
    rest = m[7]
    want["fields"] = dict(x.split("=", 1) for x in re.findall(r"(?:date|place|how|n|of|if|claimed)=\S+(?: [A-Z][a-z]+)*", rest))
    who = re.sub(r"(?:date|place|how|n|of|if|claimed)=\S+(?: [A-Z][a-z]+)*", "", rest).strip()
    if "->" in who:
        a, b = who.split("->")
        want["source"], want["target"] = a.strip(), b.strip()
    return want


def keys(ref):
    out = {ref.get("actor") or "", ref.get("country") or "", (ref.get("actor") or "").split(":")[-1]}
    return {k.lower() for k in out if k}


def actors_ok(want, refs):
    if want == "-":
        return not refs
    pats = [p.split("|") for p in want.split(",")]
    if any("*" in p for p in pats):
        return True
    got = [keys(r) for r in refs]
    pats = [{x.lower() for x in p} for p in pats]
    return all(any(k & p for k in got) for p in pats) and all(any(k & p for p in pats) for k in got)


def event_ok(w, e, events, full):
    if w["sentence"] != "*" and int(w["sentence"][1:]) != e["sentence"]:
        return False
    if not ("*" in w["plover"] or e["plover"]["event"] in w["plover"]):
        return False
    got = e["trigger_text"].lower()
    if not (w["trigger"] in got or got in w["trigger"]):
        return False
    if not full:
        return True
    if not ("*" in w["cameo"] or any(e["cameo"].startswith(c) for c in w["cameo"])):
        return False
    if not ("*" in w["status"] or e["status"] in w["status"]) or bool(e["negated"]) != w["negated"]:
        return False
    if "source" in w:
        s, t = e.get("source", []), e.get("target", [])
        ok = actors_ok(w["source"], s) and actors_ok(w["target"], t)
        if not ok and e["plover"]["event"] in ("CONSULT", "COOPERATE", "AGREE", "SUPPORT", "ASSAULT"):  # either side, or all as source
            both = ",".join(x for x in (w["source"], w["target"]) if x != "*")
            ok = "," in both and actors_ok(both, s + t)
        if not ok:
            return False
    f = w["fields"]
    d = e.get("date") or {}
    if "date" in f:
        a, _, b = f["date"].partition("..")
        if (d.get("start"), d.get("end")) != (a, b or a):
            return False
    at = e.get("place") or {}
    if "place" in f and (at if f["place"] == "-" else f["place"].lower() not in (at.get("name") or "").lower()):
        return False
    if "how" in f and at.get("from") != f["how"]:
        return False
    if "n" in f and not any(q.get("value") == float(f["n"]) for q in e.get("quantities", [])):
        return False
    for key, link in (("of", "content_of"), ("if", "condition_of")):
        if key in f:
            parent = [x for x in events if x["id"] == e.get(link)]
            if not parent or f[key] not in parent[0]["trigger_text"].lower():
                return False
    if "claimed" in f and not any(f["claimed"].lower() in str(x).lower() for x in e.get("claimed_by", [])):
        return False
    return True


def check(case, record):
    """Faults of one case."""
    events, used, faults = record.get("events", []), set(), []
    want = [(n, line, parse(line)) for n, line in case.events]
    hit = {}
    for full in (True, False):
        for n, line, w in want:
            if n in hit or w["may"]:
                continue
            for i, e in enumerate(events):
                if i not in used and event_ok(w, e, events, full):
                    hit[n] = (i, full)
                    used.add(i)
                    break
    for n, line, w in want:
        if w["may"]:
            used.update(i for i, e in enumerate(events) if event_ok(w, e, events, False))
        elif n not in hit:
            faults.append((n, "missing: " + line))
        elif not hit[n][1]:
            faults.append((n, "wrong: " + line + "\n         got: " + show(events[hit[n][0]])))
    for i, e in enumerate(events):
        if i not in used:
            faults.append((case.line, "too much: " + show(e)))
    return faults, sum(not w["may"] for _, _, w in want), len(hit)


def show(e):
    def who(refs):
        return ",".join(r.get("country") or (r.get("actor") or "?").split(":", 1)[-1] for r in refs) or "*"
    d = e.get("date") or {}
    s = f's{e["sentence"]}  {e["cameo"]}  {e["plover"]["event"]}  {e["status"]}  {"negated  " if e["negated"] else ""}"{e["trigger_text"]}"'
    s += f'  {who(e.get("source", []))} -> {who(e.get("target", []))}'
    if d.get("start") and d.get("from") == "text":
        s += f'  date={d["start"]}' + (f'..{d["end"]}' if d.get("end") != d["start"] else "")
    return s


def run(dragoman, cases):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as f:
        for i, c in enumerate(cases):
            f.write(json.dumps({"id": str(i), "text": "\n".join(c.text), "published": c.date}, ensure_ascii=False) + "\n")
    try:
        r = subprocess.run(dragoman + ["code", "--input", "jsonl", "--format", "jsonl", f.name], capture_output=True, text=True, encoding="utf-8")
    finally:
        os.unlink(f.name)
    if r.returncode:
        sys.exit(f"{' '.join(dragoman)} failed with {r.returncode}\n{r.stderr[-2000:]}")
    records = [json.loads(x) for x in r.stdout.splitlines() if x.strip()]
    by_id = {(x.get("doc") or {}).get("id"): x for x in records}
    return [by_id.get(str(i), {}) for i in range(len(cases))]


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("files", nargs="*")
    ap.add_argument("--dragoman", default="build/dragoman")
    ap.add_argument("--known", help="file of known faults: case names, one a line (default: known-faults.tsv beside the corpus)")
    ap.add_argument("--slack", type=int, default=4, help="so many other cases may fail (4)")
    ap.add_argument("--show", action="store_true", help="print every fault")
    ap.add_argument("--update", action="store_true")
    ap.add_argument("--min", type=float, help="fail when the share of cases that pass is below")
    args = ap.parse_args()
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")
    files = args.files or sorted(os.path.join(here, x) for x in os.listdir(here) if x.endswith(".txt"))
    cases = [c for path in files for c in read(path)]
    records = run(args.dragoman.split(), cases)
    known, known_path = set(), args.known or os.path.join(here, "known-faults.tsv")
    if os.path.exists(known_path):
        known = {x.rstrip("\n") for x in open(known_path, encoding="utf-8") if x.strip() and not x.startswith("#")}
    if args.update:
        for path in files:
            rewrite(path, [(c, r) for c, r in zip(cases, records) if c.path == path])
        return
    failed, n_want, n_hit, good, fixed = [], 0, 0, 0, []
    for c, r in zip(cases, records):
        faults, w, h = check(c, r)
        n_want, n_hit = n_want + w, n_hit + h
        good += not faults
        if not faults and c.name() in known:
            fixed.append(c.name())
        if faults and c.name() not in known:
            failed.append(c)
        if faults and (args.show or c.name() not in known):
            print(f"{c.path}:{c.line}: {c.title}\n      {' '.join(c.text)[:200]}")
            for n, message in faults:
                print(f"   {n}: {message}")
    for x in fixed:
        print("passes now, take it off the list of known faults: " + x)
    print(f"{good} of {len(cases)} cases pass, {n_hit} of {n_want} events found")
    if len(failed) > args.slack:
        sys.exit(1)
    if args.min is not None and good < args.min * len(cases):
        sys.exit(1)


def rewrite(path, results):
    head = []
    for line in open(path, encoding="utf-8"):
        if line.startswith("==="):
            break
        head.append(line)
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(head)
        for c, r in results:
            f.write(f"=== {c.title}\n" + (f"published {c.date}\n" if c.date else "") + "\n".join(c.text) + "\n--- events\n")
            for e in r.get("events", []):
                f.write(show(e) + "\n")


if __name__ == "__main__":
    main()
