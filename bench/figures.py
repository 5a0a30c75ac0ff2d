#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All figures of gold/dev, of our own corpus and of the small cases in one table, beside those of the last commit.

    bench/figures.py [--dragoman build/dragoman] [--shared ../shared] [--update]
    bench/figures.py --check        what `make test` runs: no barred figure more than SLACK below bench/figures.csv

Reads   tests/corpus/gold by bench/score/score.py; ../shared/gold/dev and ../shared/cases by the same two scorers (skipped with a
        line when ../shared is not there)
Writes  bench/figures.csv with --update: set, figure, value. What changed shows in its diff.
"""
import argparse, csv, glob, io, json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SLACK = 0.02
# what must not fall, by set; a figure of few marks moves by more than SLACK when one of them turns, and is left out
BARRED = {
    "dev": "event.f1 event.p event.r who.f1 full.f1 statement.f1 speaker status cameo actors item.p item.r item_status.r sentence sentence_who "
           "date link published".split(),
    "dev.nato-russia": "event.f1 item.r statement.f1".split(),
    "dev.mixed": "sentence sentence_who".split(),
    "own": "event.f1 who.f1 actors statement.f1 item.p item.r item_status.r sentence sentence_who published".split(),
    "cases": "constructions mechanisms bugs boards".split(),
}
LOW_IS_GOOD = {"false_alarm"}


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


def cases(dragoman, folder):
    rows = []
    for f in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
        out = subprocess.run([sys.executable, os.path.join(HERE, "score", "check.py"), "--dragoman", dragoman, f], stdout=subprocess.PIPE,
                             text=True, check=True).stdout
        rows.append(("cases", os.path.basename(f)[:-6], float(re.search(r"^cases ([0-9.]+)", out, re.M).group(1))))
    return rows


def check(rows):
    """Barred figures against the kept ones. Returns how many fell."""
    kept = {(x["set"], x["figure"]): float(x["value"]) for x in csv.DictReader(open(os.path.join(HERE, "figures.csv")))}
    fell = n = 0
    for name, figure, value in rows:
        if figure not in BARRED.get(name, []) and figure not in LOW_IS_GOOD:
            continue
        if (name, figure) not in kept:
            print(f"{name} {figure}: no kept figure (bench/figures.py --update)")
            fell += 1
            continue
        n += 1
        bar = kept[name, figure] + (SLACK if figure in LOW_IS_GOOD else -SLACK)
        if (value > bar + 1e-9) if figure in LOW_IS_GOOD else (value < bar - 1e-9):
            print(f"FELL {name} {figure}: {value:.3f}, bar {bar:.3f}")
            fell += 1
    print(f"{n} figures held against bench/figures.csv less {SLACK}, {fell} fell")
    return fell if n else 1


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--dragoman", default=os.path.join(ROOT, "build", "dragoman"))
    ap.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    ap.add_argument("--check", action="store_true", help="compare with bench/figures.csv, exit 1 when a barred figure fell")
    ap.add_argument("--update", action="store_true", help="write bench/figures.csv")
    args = ap.parse_args()
    script = os.path.join(HERE, "score", "score.py")
    dev = os.path.join(args.shared, "gold", "dev")
    if not os.path.isdir(dev):
        print("bench/figures.py: ../shared is not beside this checkout: only our own corpus is measured")
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
    before, rows = {} if args.check else last_commit(), cases(args.dragoman, os.path.join(args.shared, "cases"))
    for name, files in sets.items():
        for figure, value in score(args.dragoman, script, files).items():
            if figure.endswith(".n") or figure.startswith("root."):
                continue
            rows.append((name, figure, value))
    if args.check:
        sys.exit(1 if check(rows) else 0)
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
