#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Weights of attributions (lexicon/en/attributions.tsv) out of marked text (docs/stages/quote.md).

    train/quotes/train.py --features build/attribution_features --out lexicon/en/attributions.tsv [--words] FILE...

FILE       marked text of our own (train/quotes/*.txt: [s source] [c cue] [t content], see README.md), or .jsonl as ../shared/data/quotes
--words    also features that name a word (lemma:...); for a file of one's own, for --lexicon, learned from a corpus
--least    features seen in fewer candidates are left out (default 3)
Candidates come from the library itself (bench/attribution_features.c), so that training and use see the same. One is right when at least half
of the characters of it and of a marked content together are in both, and the cues meet (or no candidate for that content has the cue). Logistic regression, L2, by L-BFGS; needs numpy and scipy.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

HEAD = """# attributions.tsv: weights (log odds) of the features by which attributions are chosen (src/quote/attribution.c). Made by
# train/quotes/train.py, not by hand; sorted by id.
# Columns:
#   id       feature: what of the candidate, a colon, its value; classes are those of stances.tsv and cues.tsv
#   weight   what it adds to the log odds
# Licence: Apache-2.0. Source: %s
"""


def chars(text, spans):
    return {k for x, y in spans for k in range(x, y) if text[k].isalnum()}


def marked(path):
    """Texts of our own: blank lines between texts; [c ...] and so on, several [t ...] of one number are one content: [t2 ...]."""
    out = []
    for block in re.split(r"\n\s*\n", open(path, encoding="utf-8").read()):
        lines = [x for x in block.splitlines() if x and not x.startswith("#")]
        if not lines:
            continue
        text, spans, stack = "", collections.defaultdict(lambda: {"source": [], "cue": [], "content": []}), []
        src, i = "\n".join(lines), 0
        while i < len(src):
            m = re.compile(r"\[([sct])(\d*) ").match(src, i)
            if m:
                stack.append((m.group(1), m.group(2), len(text)))
                i = m.end()
            elif src[i] == "]" and stack:
                kind, n, start = stack.pop()
                spans[n or "t%d" % text.count("\n")][{"s": "source", "c": "cue", "t": "content"}[kind]].append([start, len(text)])
                i += 1
            else:
                text += src[i]
                i += 1
        if stack:
            sys.exit("%s: a mark is not closed: %s" % (path, src[:60]))
        out.append((text, [(v["content"], v["cue"]) for v in spans.values() if v["content"]]))
    return out


def texts_of(path):
    if path.endswith(".jsonl"):
        for line in open(path, encoding="utf-8"):
            d = json.loads(line)
            yield d["text"], [(a["content"], a["cue"]) for a in d["attributions"] if a["content"]], d.get("discard", [])
    else:
        for text, gold in marked(path):
            yield text, gold, []


def candidates(program, texts):
    with tempfile.TemporaryDirectory() as tmp:
        paths = []
        for i, t in enumerate(texts):
            paths.append(os.path.join(tmp, "%d.txt" % i))
            open(paths[-1], "w", encoding="utf-8", newline="").write(t)
        for line in subprocess.run([program] + paths, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines():
            c = line.split("\t")
            cue, content = ([[int(v) for v in x.split(",")] for x in s.split(";") if x != "-"] for s in c[2:4])
            yield int(c[0]), cue, content, c[4:]


def fit(rows, labels, n, strength, prior):
    data = np.ones(sum(len(r) for r in rows))
    x = csr_matrix((data, np.concatenate([np.array(r) for r in rows]), np.cumsum([0] + [len(r) for r in rows])), shape=(len(rows), n))
    y = np.array(labels, dtype=float)

    def loss(w):
        z = x @ w
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        off = w - prior
        return np.sum(np.logaddexp(0, z) - y * z) + strength * np.dot(off, off) / 2, x.T @ (p - y) + strength * off

    return minimize(loss, prior.copy(), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("files", nargs="+")
    ap.add_argument("--features", default="build/attribution_features")
    ap.add_argument("--out", required=True)
    ap.add_argument("--prior", help="weights to stay near to: rules.tsv")
    ap.add_argument("--words", action="store_true")
    ap.add_argument("--without", default="^$", help="features to leave out, a regular expression (for ablations)")
    ap.add_argument("--least", type=int, default=3)
    ap.add_argument("--strength", type=float, default=1.0, help="of the L2 term")
    ap.add_argument("--source", default="learned from train/quotes, text of our own.")
    ap.add_argument("--chance", type=float, default=0.5, help="what is more likely is taken (default 0.5); of a corpus with other habits than our text's: try .35")
    a = ap.parse_args()
    docs = [d for f in a.files for d in texts_of(f)]
    gold = [[(chars(t, g), chars(t, cue)) for g, cue in gs] for t, gs, _ in docs]
    rows, labels, count = [], [], collections.Counter()
    by_cue, by_content = set(), collections.defaultdict(list)  # contents that a candidate with the right cue has; rows by content
    for i, cue, spans, features in candidates(a.features, [d[0] for d in docs]):
        c, cue = chars(docs[i][0], spans), chars(docs[i][0], cue)
        if not c or c & {k for x, y in docs[i][2] for k in range(x, y)}:
            continue
        features = [f for f in features if a.words or not re.match(r"lemma:|said\.lemma:", f) and not re.match(a.without, f)]
        rows.append(features)
        labels.append(False)
        for k, (g, g_cue) in enumerate(gold[i]):
            if len(c & g) * 2 >= len(c | g):
                if not cue or cue & g_cue:
                    labels[-1] = True
                    by_cue.add((i, k))
                else:
                    by_content[i, k].append(len(rows) - 1)
        count.update(features)
    for k, some in by_content.items():  # no candidate has that cue: the content alone decides
        for r in some if k not in by_cue else []:
            labels[r] = True
    prior = {}
    for line in open(a.prior, encoding="utf-8") if a.prior else []:
        if not line.startswith("#"):
            f, v = line.rstrip("\n").split("\t")[:2]
            prior[f] = float(v)
    names = sorted(set(prior) | {f for f in count if count[f] >= a.least})
    index = {f: k for k, f in enumerate(names)}
    w = fit([[index[f] for f in r if f in index] for r in rows], labels, len(names), a.strength,
            np.array([prior.get(f, 0.0) for f in names]))
    if "any:" in index:
        w[index["any:"]] -= np.log(a.chance / (1 - a.chance))
    with open(a.out, "w", encoding="utf-8") as out:
        out.write(HEAD % a.source)
        for f, v in sorted(zip(names, w)):
            if abs(v) >= 0.005:
                out.write("%s\t%.2f\n" % (f, v))
    print("%d texts, %d candidates, %d right, %d features" % (len(docs), len(rows), sum(labels), len(names)))


if __name__ == "__main__":
    main()
