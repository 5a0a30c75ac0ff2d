#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Do reports of one act get one act id? B-cubed over marked reports.

    bench/acts_eval.py [--dragoman build/dragoman] [--show] [--min F1] [FILE...]      default: tests/corpus/acts.jsonl

A line: {"id", "docs": [{"date", "text"}], "acts": [[[document, "trigger word", n], ...], ...]}: each list is one act, each of its entries a
report by the word that tells it (n: its occurrence in the text, 1 if absent). A report is matched to the event whose trigger covers
the word; one without an event stands alone. B-cubed precision and recall over the reports of all stories (Bagga and Baldwin 1998).
"""
import argparse, collections, json, os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def coded(dragoman, docs):
    lines = "".join(json.dumps({"id": str(i), "date": d["date"], "text": d["text"]}) + "\n" for i, d in enumerate(docs))
    out = subprocess.run([dragoman, "code", "--input", "jsonl", "-"], input=lines, capture_output=True, text=True)
    records = [json.loads(x) for x in out.stdout.splitlines()]
    if len(records) != len(docs):
        sys.exit(f"acts_eval.py: {len(records)} records of {len(docs)} documents: {out.stderr}")
    return records


def place(text, word, n):
    at = -1
    for _ in range(n):
        at = text.find(word, at + 1)
        if at < 0:
            sys.exit(f"acts_eval.py: '{word}' does not stand {n} times in: {text}")
    return at, at + len(word)


def reports(story, records):
    """(label, act id or None, words) of each marked report."""
    for k, act in enumerate(story["acts"]):
        for r in act:
            doc, word, n = r[0], r[1], r[2] if len(r) > 2 else 1
            a, b = place(story["docs"][doc]["text"], word, n)
            hit = [e for e in records[doc]["events"] if e["trigger"][0] < b and a < e["trigger"][1] and e.get("act")]
            hit.sort(key=lambda e: abs(e["trigger"][0] - a))
            yield (story["id"], k), hit[0]["act"] if hit else None, f"{doc}:{word}"


def b_cubed(rows):
    """Mean precision and recall over reports; rows: (gold, found or None, _), found within one story."""
    p = r = 0.0
    for i, (gold, found, _) in enumerate(rows):
        same = [j for j, x in enumerate(rows) if j == i or (found is not None and x[1] == found and x[0][0] == gold[0])]
        want = [j for j, x in enumerate(rows) if x[0] == gold]
        both = len(set(same) & set(want))
        p += both / len(same)
        r += both / len(want)
    return p / len(rows), r / len(rows)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dragoman", default=os.path.join(HERE, "..", "build", "dragoman"))
    ap.add_argument("--show", action="store_true", help="what is joined or parted wrongly")
    ap.add_argument("--min", type=float, default=0, help="exit status 1 when F1 is below it")
    ap.add_argument("files", nargs="*", default=[os.path.join(HERE, "..", "tests", "corpus", "acts.jsonl")])
    args = ap.parse_args()
    rows = []
    for path in args.files:
        for line in open(path, encoding="utf-8"):
            story = json.loads(line)
            mine = list(reports(story, coded(args.dragoman, story["docs"])))
            rows += mine
            if args.show:
                by = collections.defaultdict(set)
                for gold, found, what in mine:
                    by[gold].add((found, what))
                for gold, found in by.items():
                    if len({f for f, _ in found}) > 1 or None in {f for f, _ in found}:
                        print(gold[0], sorted(f"{w}={f}" for f, w in found))
    p, r = b_cubed(rows)
    print(f"reports {len(rows)}  acts {len({x[0] for x in rows})}  without an event {sum(x[1] is None for x in rows)}")
    f = 2 * p * r / (p + r)
    print(f"b3.p {p:.3f}\nb3.r {r:.3f}\nb3.f1 {f:.3f}")
    sys.exit(f < args.min)


if __name__ == "__main__":
    main()
