#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rows against our own marks: which frame row codes what the marks of train/events/*.tsv say, and which says something else.

    bench/marks.py --dragoman build/dragoman [--tier accurate] [--row assault.fire.at] [--report FOLDER]

The trained reader learns from these sentences: the figures say where rows are at fault, nothing about text that nobody has seen.
Prints, over the coded events that have a PLOVER type and a trigger in the sentence:
  right     a mark that the trigger meets has the type (or allows it)      wrong      marks that it meets have another one
  elsewhere the type is marked elsewhere in the sentence                   unmarked   no mark of it
  recall    marks that a right event meets, of all marks
  source, target of the right ones: right, missing (marked, not coded), extra (not marked, coded), other (another phrase)
--row      each fault of one row, with its sentence
--report   a file for each frame table, its rows with most faults first, with examples
"""
import argparse
import collections
import glob
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, os.path.join(ROOT, "train", "lang"))
import events as E
import gmb

SIDES = ("source", "target")
EXAMPLES = 6  # of one fault of one row, in a report


def spans(text, parts, numbers):
    return [s for s in (E._occurrence(text, p, n) for p, n in zip(parts, numbers)) if s]


def records():
    paths = [p for p in sorted(glob.glob(os.path.join(ROOT, "train", "events", "*.tsv"))) if os.path.basename(p) != gmb.FILE]
    return E.read(paths)


def coded(dragoman, tier, marked):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for i, r in enumerate(marked):
            f.write(json.dumps({"id": str(i), "date": r["date"], "text": r["text"]}) + "\n")
        f.flush()
        out = subprocess.run([dragoman, "code", "--tier", tier, "--input", "jsonl", "--format", "jsonl", f.name],
                             stdout=subprocess.PIPE, check=True).stdout.decode()
    return [json.loads(line) for line in out.split("\n") if line]


def meets(a, b):
    return a[0] < b[1] and b[0] < a[1]


def side(marked, got):
    if any(meets(g, m) for g in got for m in marked) or not (marked or got):
        return "right"
    return "missing" if not got else "extra" if not marked else "other"


def shown(text, parts):
    return "; ".join(text[a:b] for a, b in parts) or "-"


class Tally:
    def __init__(self):
        self.rows = collections.defaultdict(collections.Counter)
        self.faults = collections.defaultdict(list)
        self.all = collections.Counter()

    def note(self, row, what, event=None, told=None, text=None):
        self.rows[row][what] += 1
        self.all[what] += 1
        if told is not None:
            self.faults[row].append((what, event["trigger_text"], told, text))

    def event(self, e, marks, text):
        """The mark that it finds, or None"""
        at, kind, row = e["trigger"], e["plover"]["event"], e["frame"]
        fits = lambda m: kind == m["plover"] or kind in m["also"]
        hit = [m for m in marks if m["at"] and meets(m["at"], at)]
        right = [m for m in hit if fits(m)]
        if right:
            self.note(row, "right")
            for name in SIDES:
                want = spans(text, right[0][name], right[0][name + "_n"])
                got = [tuple(a["span"]) for a in e[name] if a.get("span")]
                how = side(want, got)
                told = None if how == "right" else "marked %s, coded %s" % (shown(text, want), shown(text, got))
                self.note(row, name + " " + how, e, told, text)
            return right[0]
        if hit:
            self.note(row, "wrong", e, "marked " + hit[0]["plover"], text)
        elif any(fits(m) for m in marks):
            self.note(row, "elsewhere")
        else:
            self.note(row, "unmarked", e, "", text)
        return None


def tables():
    """{row: (table, line)}"""
    out = {}
    for path in glob.glob(os.path.join(ROOT, "lexicon", "en", "frames-*.tsv")) + [os.path.join(ROOT, "lexicon", "en", "reader.tsv")]:
        for line in open(path, encoding="utf-8"):
            if not line.startswith("#"):
                out[line.split("\t")[0]] = (os.path.basename(path)[:-4], line.rstrip("\n"))
    return out


def report(folder, tally):
    """Rows with several faults; a wrong type weighs twice, a side too many or too few half"""
    weight = {"wrong": 2, "unmarked": 1}
    weight.update({s + " " + how: w for s in SIDES for how, w in (("other", 1), ("missing", 0.5), ("extra", 0.5))})
    where, files = tables(), collections.defaultdict(list)
    for row, n in tally.rows.items():
        bad = sum(w * n[what] for what, w in weight.items())
        if bad >= 2:
            files[where.get(row, ("other", ""))[0]].append((bad, row))
    os.makedirs(folder, exist_ok=True)
    for table, rows in files.items():
        with open(os.path.join(folder, table + ".txt"), "w", encoding="utf-8") as f:
            for _, row in sorted(rows, reverse=True):
                f.write("## %s  %s\n   %s\n" % (row, dict(tally.rows[row]), where.get(row, ("", ""))[1]))
                seen = collections.Counter()
                for x in tally.faults[row]:
                    seen[x[0]] += 1
                    if seen[x[0]] <= EXAMPLES:
                        f.write("   - " + " | ".join(x) + "\n")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--dragoman", default=os.path.join(ROOT, "build", "dragoman"))
    a.add_argument("--tier", default="fast", choices=("fast", "accurate"))
    a.add_argument("--row", help="id of a row, as in explain")
    a.add_argument("--report", metavar="FOLDER")
    a = a.parse_args()
    marked, tally, n, found = records(), Tally(), 0, 0
    for r, got in zip(marked, coded(a.dragoman, a.tier, marked)):
        for m in r["events"]:
            m["at"] = E._occurrence(r["text"], m["trigger"], m["trigger_n"])
        events = [e for e in got["events"] if e["plover"] and e["trigger"] and not e["frame"].startswith("board.")]
        hit = [tally.event(e, r["events"], r["text"]) for e in events]
        n += len(r["events"])
        found += sum(any(m is h for h in hit) for m in r["events"])
    print("%d sentences, %d marks, %s tier: right %d, wrong %d, elsewhere %d, unmarked %d; recall %.3f" % (
        len(marked), n, a.tier, *(tally.all[k] for k in ("right", "wrong", "elsewhere", "unmarked")), found / n))
    for name in SIDES:
        print(name + ": " + ", ".join("%s %d" % (how, tally.all[name + " " + how]) for how in ("right", "missing", "extra", "other")))
    if a.row:
        print(a.row, dict(tally.rows[a.row]))
        for x in tally.faults[a.row]:
            print(*x, sep=" | ")
    if a.report:
        report(a.report, tally)


if __name__ == "__main__":
    main()
