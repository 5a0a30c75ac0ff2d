#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All figures of gold/dev and of our own corpus in one table, beside those of the last commit.

    bench/figures.py [--dragoman build/dragoman] [--gold ../shared/gold] [--update]

Reads   gold/dev by gold/score.py (skipped with a line when ../shared is not there), tests/corpus/gold by the same script
Writes  bench/figures.csv with --update: set, figure, value, commit. What changed shows in its diff.
"""
import argparse, csv, glob, io, json, os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def score(dragoman, script, files):
    if not files:
        return {}
    out = subprocess.run([sys.executable, script, "--dragoman", dragoman, "--json"] + sorted(files), stdout=subprocess.PIPE,
                         text=True, check=True).stdout
    return {k: v for k, v in json.loads(out).items() if isinstance(v, (int, float))}


def last_commit():
    r = subprocess.run(["git", "-C", ROOT, "show", "HEAD:bench/figures.csv"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                       text=True)
    return {(x["set"], x["figure"]): float(x["value"]) for x in csv.DictReader(io.StringIO(r.stdout))} if r.returncode == 0 else {}


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--dragoman", default=os.path.join(ROOT, "build", "dragoman"))
    ap.add_argument("--gold", default=os.path.join(ROOT, "..", "shared", "gold"))
    ap.add_argument("--update", action="store_true", help="write bench/figures.csv")
    args = ap.parse_args()
    script = os.path.join(args.gold, "score.py")
    if not os.path.exists(script):
        print("bench/figures.py: ../shared/gold is not beside this checkout: nothing measured")
        return
    dev = os.path.join(args.gold, "dev")
    own = os.path.join(ROOT, "tests", "corpus", "gold")
    names = lambda d, *pats: [f for p in pats for f in glob.glob(os.path.join(d, p))]
    sets = {
        "dev": names(dev, "*.json", "*.jsonl"),
        "dev.nato-russia": names(dev, "nato-russia*.json"),
        "dev.wikinews": names(dev, "wikinews-*.json"),
        "dev.articles": [f for f in names(dev, "*.json") if not f.endswith(".story.json")],
        "dev.stories": names(dev, "*.story.json"),
        "dev.mixed": names(dev, "mixed.sentences.jsonl"),
        "dev.gsr": names(dev, "plover_gsr.sentences.jsonl"),
        "dev.none": names(dev, "none.jsonl"),
        "own": names(own, "*.json", "*.jsonl"),
        "own.articles": [f for f in names(own, "*.json") if not f.endswith(".story.json")],
        "own.stories": names(own, "*.story.json"),
        "own.sentences": names(own, "*.jsonl"),
    }
    before, rows = last_commit(), []
    for name, files in sets.items():
        for figure, value in score(args.dragoman, script, files).items():
            if figure.endswith(".n") or figure.startswith("root."):
                continue
            rows.append((name, figure, value))
    width = max([len(f) for _, f, _ in rows] + [8])
    shown = None
    for name, figure, value in rows:
        if name != shown:
            print(f"\n{name}")
            shown = name
        old = before.get((name, figure))
        delta = "" if old is None or abs(old - value) < 0.0005 else f"  was {old:.3f}  ({value - old:+.3f})"
        print(f"  {figure:{width}} {value:8.3f}{delta}")
    if args.update:
        with open(os.path.join(HERE, "figures.csv"), "w", newline="") as f:
            w = csv.writer(f)
            w.writerow(["set", "figure", "value"])
            w.writerows((a, b, f"{c:.4f}") for a, b, c in rows)


main()
