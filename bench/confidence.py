#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Is confidence the chance that it says it is? And the weights of lexicon/en/confidence.tsv.

    bench/confidence.py [--tier accurate] tests/fresh/[cd]/*.json        reliability: events by confidence, how many of them are right
    bench/confidence.py --fit tests/fresh/a/*.json=4 ../shared/gold/dev/*.json=1   weights, an event of the first set counting four times

An event of a document is right when the set has it, required or `may`. The reader's chance at an event's trigger is had back from its confidence
and the weights in use. Standard library only: Newton's steps on a regression of four numbers. Sentences of *.jsonl are not looked at.
"""
import argparse, csv, glob, math, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "lexicon", "en", "confidence.tsv")
BINS = (0, .7, .8, .9, .95, 1.01)
NAMES = ("base", "seen", "alone", "nobody")


def coded(dragoman, files):
    """[(right, confidence, alone, nobody)]"""
    with tempfile.NamedTemporaryFile("r", suffix=".tsv") as f:
        subprocess.run([sys.executable, os.path.join(HERE, "score", "score.py"), "--dragoman", dragoman, "--events", f.name, "--json"] + files,
                       check=True, stdout=subprocess.DEVNULL)
        return [(r[0] != "wrong", float(r[1]), r[2].startswith("reader."), r[3] == "0") for r in csv.reader(f, delimiter="\t")]


def logit(p):
    p = min(max(p, .002), .998)
    return math.log(p / (1 - p))


def weights():
    with open(TABLE, encoding="utf-8") as f:
        return {r[0]: int(r[1]) / 100 for r in csv.reader(f, delimiter="\t") if not r[0].startswith("#")}


def features(row, w):
    _, p, alone, nobody = row
    seen = (logit(p) - w["base"] - alone * w["alone"] - nobody * w["nobody"]) / w["seen"]
    return (1.0, min(max(seen, logit(0)), logit(1)), float(alone), float(nobody))


def solve(a, b):
    n = len(b)
    m = [row[:] + [y] for row, y in zip(a, b)]
    for i in range(n):
        k = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[k] = m[k], m[i]
        for r in range(n):
            if r != i:
                q = m[r][i] / m[i][i]
                m[r] = [x - q * y for x, y in zip(m[r], m[i])]
    return [m[i][n] / m[i][i] for i in range(n)]


def fit(rows):
    """rows: (features, right, weight). Logistic regression with a prior of 1/3 on all but the base."""
    beta = [0.0] * 4
    for _ in range(30):
        grad = [0.0 if j == 0 else -beta[j] / 3 for j in range(4)]
        hess = [[(1 / 3 if i == j and i else 1e-9 if i == j else 0.0) for j in range(4)] for i in range(4)]
        for x, y, k in rows:
            p = 1 / (1 + math.exp(-sum(u * v for u, v in zip(beta, x))))
            for i in range(4):
                grad[i] += k * (y - p) * x[i]
                for j in range(4):
                    hess[i][j] += k * p * (1 - p) * x[i] * x[j]
        beta = [b + s for b, s in zip(beta, solve(hess, grad))]
    return beta


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("sets", nargs="+", metavar="FILE[=WEIGHT]")
    ap.add_argument("--dragoman", default=os.path.join(HERE, "..", "build", "dragoman"))
    ap.add_argument("--tier", default="accurate")
    ap.add_argument("--fit", action="store_true")
    a = ap.parse_args()
    os.environ["DRAGOMAN_TIER"] = a.tier
    parts = {}
    for s in a.sets:
        name, _, weight = s.partition("=")
        parts.setdefault(float(weight or 1), []).extend(sorted(glob.glob(name)) or [name])
    rows = [(r, k) for k, files in parts.items() for r in coded(os.path.abspath(a.dragoman), files)]
    if a.fit:
        w = weights()
        for name, b in zip(NAMES, fit([(features(r, w), r[0], k) for r, k in rows])):
            print("%s\t%d" % (name, round(100 * b)))
        return
    print("confidence  events  mean  right")
    for lo, hi in zip(BINS, BINS[1:]):
        some = [r for r, _ in rows if lo <= r[1] < hi]
        if some:
            print("%.2f-%.2f   %6d  %.2f  %.2f" % (lo, min(hi, 1), len(some), sum(r[1] for r in some) / len(some),
                                                 sum(r[0] for r in some) / len(some)))


if __name__ == "__main__":
    main()
