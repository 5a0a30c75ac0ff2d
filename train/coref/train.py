#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Weights of coreference: lexicon/en/coref_weights.tsv from GUM, our passages and the text of this folder. Needs numpy.

    cmake --build build --target coref_dump
    train/coref/train.py [--shared ../shared/data] [--without rules|weights-of-classes|gum|passages|own] [--out FILE] [--show K]

bench/coref_dump.c asks the questions with the rules in charge; the marks say which candidates are right. A log-linear model:
the weight of a feature is one for all classes plus one of the class, both kept small (L2). Never trained on: GUM dev,
passages-n. GUM without its NC documents (whow, fiction). Printed: share of questions answered right, by the rules alone and by the weights."""
import argparse
import json
import os
import random
import re
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(ROOT, "bench"))
import coref_eval  # noqa: E402


def names_of():
    head = open(os.path.join(ROOT, "src", "resolve", "coref_rank.h"), encoding="utf-8").read()
    cut = [head.index(x) for x in ("DGI_COREF_CLASSES", "enum dgi_coref_class", "DGI_COREF_FEATURES", "enum dgi_coref_feature")]
    find = lambda a, b: re.findall(r'X\(\w+, "([^"]+)"\)', head[a:b])  # noqa: E731
    return find(cut[0], cut[1]), find(cut[2], cut[3])


CLASSES, FEATURES = names_of()
FEATURE = {f: i for i, f in enumerate(FEATURES)}


def read_own(path):
    """A line is DAY, tab, text with marks: {they=Togo+Benin}; {it=}: nobody. As passages."""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line[0] == "#":
            continue
        day, text = line.split("\t")
        plain, spans = "", []
        for piece in re.split(r"(\{[^}]*\})", text):
            if piece.startswith("{"):
                said, who = piece[1:-1].split("=")
                spans.append((len(plain), len(plain) + len(said), who.split("+") if who else [None]))
                plain += said
            else:
                plain += piece
        for a, b, who in spans:
            for w in who:
                if w and ":" not in w and w not in plain:
                    sys.exit("%s: '%s' is not in: %s" % (path, w, plain))
        yield {"text": plain, "date": day or None, "spans": spans}


def read_passages(path):
    for d in map(json.loads, open(path, encoding="utf-8")):
        spans = {}
        for text, n, name in d["mentions"]:
            at = coref_eval.occurrence(d["text"], text, n)
            if at:
                spans.setdefault(at, []).append(name)
        yield {"text": d["text"], "date": d.get("date"), "spans": [(a, b, w) for (a, b), w in spans.items()]}


def dump(binary, build, docs):
    lines = "".join(json.dumps({"text": d["text"], "published": d.get("date")}) + "\n" for d in docs)
    r = subprocess.run([binary, build, build], input=lines, stdout=subprocess.PIPE, text=True)
    if r.returncode:
        sys.exit("train: coref_dump failed")
    return [json.loads(x) for x in r.stdout.splitlines()]


class Question:
    def __init__(self, q, right, source):
        self.cls, self.source = CLASSES.index(q["class"]), source
        self.start = q["start"]
        self.rows = [[FEATURE[f] for f in o["f"]] for o in q["options"]]
        self.entity = [o["actor"] is not None for o in q["options"]]
        if not any(r and e for r, e in zip(right, self.entity)):
            right = [not e for e in self.entity]
        self.right = right
        rule = [i for i, r in enumerate(self.rows) if FEATURE["rules-say-so"] in r]
        self.rule = rule[0] if rule else 0


def gum_questions(args, path, skip=()):
    docs = [d for d in coref_eval.read_gum(path) if d.name.split("_")[1] not in skip]
    out = []
    for d, qs in zip(docs, dump(args.dump, args.build, [{"text": d.text} for d in docs])):
        at = {p: i for i, t in enumerate(d.toks) for p in range(t[0], t[1])}
        chain = lambda o: d.heads.get(at.get(o.get("start", -1)), (None,))[0]  # noqa: E731
        big = {}
        for a, b, g, k in d.spans:  # the widest mention of a head, for coordinations
            h = coref_eval.head_of(d, a, b)
            if h not in big or b - a > big[h][0]:
                big[h] = (b - a, g)
        for q in qs:
            g = chain(q)
            right = [g is not None and o["actor"] is not None and
                     (big.get(at.get(o["start"]), (0, None))[1] if o["several"] else chain(o)) == g for o in q["options"]]
            out.append(Question(q, right, "gum"))
    return out


def marked_questions(args, docs, source):
    recs = coref_eval.run(args.dragoman, [d["text"] for d in docs], [d.get("date") for d in docs])
    judge, out = coref_eval.Judge(), []
    for d, rec, qs in zip(docs, recs, dump(args.dump, args.build, docs)):
        by = {e["actor"]: e for e in rec["entities"]}
        for q in qs:
            hit = [(b - a, w) for a, b, w in d["spans"] if a <= q["start"] and q["end"] <= b and head_in(rec["text"], a, b, q)]
            if not hit and q["class"] not in ("person", "people"):
                continue
            names = [None] if not hit else min(hit, key=lambda h: h[0])[1]
            right = []
            for o in q["options"]:
                e = by.get(o["actor"]) if o["actor"] else None
                good = [n for n in names if n and e and judge.right(rec, e, n)]
                right.append(bool(good) and (len(names) > 1) == o["several"])
            if not any(right) and len(names) > 1:  # one of the several is better than nobody
                right = [bool(o["actor"] and by.get(o["actor"]) and any(n and judge.right(rec, by[o["actor"]], n) for n in names))
                         for o in q["options"]]
            out.append(Question(q, right, source))
    return out


def head_in(text, a, b, q):
    """Is q the head of the mark text[a:b], not its possessive?"""
    return q["end"] == b or q["end"] - q["start"] == b - a or (q["start"] > a and re.match(r" (of|in|from|to|at|who|,)", text[q["end"]:]) is not None)


class Model:
    """Scores of all options at once."""

    def __init__(self, questions, hide=()):
        self.q = questions
        rows, cols, opt_q = [], [], []
        n = 0
        hidden = {FEATURE[f] for f in hide}
        for i, q in enumerate(questions):
            for r in q.rows:
                for f in r:
                    if f not in hidden:
                        rows.append(n)
                        cols.append(f)
                opt_q.append(i)
                n += 1
        self.rows, self.cols, self.opt_q, self.n = np.array(rows), np.array(cols), np.array(opt_q), n
        self.cls = np.array([q.cls for q in questions])[self.opt_q][self.rows]
        self.right = np.concatenate([np.array(q.right, float) for q in questions])
        self.starts = np.searchsorted(self.opt_q, np.arange(len(questions)))

    def scores(self, shared, own):
        return np.bincount(self.rows, weights=shared[self.cols] + own[self.cls, self.cols], minlength=self.n)

    def softmax(self, s, mask=None):
        if mask is not None:
            s = np.where(mask > 0, s, -1e9)
        s = s - np.maximum.reduceat(s, self.starts)[self.opt_q]
        e = np.exp(s)
        return e / np.add.reduceat(e, self.starts)[self.opt_q]

    def train(self, weight, l2=(1.0, 3.0), steps=400, rate=0.05):
        shared, own = np.zeros(len(FEATURES)), np.zeros((len(CLASSES), len(FEATURES)))
        w = weight[self.opt_q]
        moments = [[np.zeros_like(x), np.zeros_like(x)] for x in (shared, own)]
        for t in range(1, steps + 1):
            s = self.scores(shared, own)
            d = (self.softmax(s) - self.softmax(s, self.right)) * w  # gradient of -log sum of the right ones
            per = d[self.rows]
            g_shared = np.bincount(self.cols, weights=per, minlength=len(FEATURES)) + l2[0] * shared
            flat = np.bincount(self.cls * len(FEATURES) + self.cols, weights=per, minlength=own.size)
            g_own = flat.reshape(own.shape) + l2[1] * own
            for x, g, m in ((shared, g_shared, moments[0]), (own, g_own, moments[1])):
                m[0] = 0.9 * m[0] + 0.1 * g
                m[1] = 0.999 * m[1] + 0.001 * g * g
                x -= rate * (m[0] / (1 - 0.9 ** t)) / (np.sqrt(m[1] / (1 - 0.999 ** t)) + 1e-8)
        return shared, own


def prior(q):
    """News is not GUM: fewer who are nobody ("they say"); and a description goes to nobody rather than to anybody."""
    if not q.right[0]:
        return 1.0
    if CLASSES[q.cls] in ("person", "people"):
        return 3.0
    return 0.4 if q.source == "gum" and CLASSES[q.cls] in ("they", "them", "their") else 1.0


def answers(model, total):
    """Index of the option that wins, by whole hundredths as the product adds them."""
    s = model.scores(np.zeros(len(FEATURES)), total.astype(float))
    out = []
    for i, a in enumerate(model.starts):
        b = model.starts[i + 1] if i + 1 < len(model.starts) else model.n
        out.append(int(np.argmax(s[a:b])))
    return out


def report(title, questions, picks):
    by = {}
    for q, p in zip(questions, picks):
        for key in ("all " + q.source, CLASSES[q.cls] + " " + q.source):
            t = by.setdefault(key, [0, 0, 0, 0, 0])
            t[0] += 1
            t[1] += q.right[q.rule] if q.entity[q.rule] else q.right[0]
            t[2] += q.right[p]
            t[3] += q.entity[q.rule] and not q.right[q.rule]
            t[4] += q.entity[p] and not q.right[p]
    for key in sorted(by):
        n, rule, now, wrong, wrong_now = by[key]
        print("%-8s %-18s n %5d  rules %.3f wrong %.3f   weights %.3f wrong %.3f" % (title, key, n, rule / n, wrong / n, now / n, wrong_now / n))


def write(path, total):
    with open(path, "w", encoding="utf-8") as f:
        f.write(open(os.path.join(HERE, "head.txt"), encoding="utf-8").read())
        f.write("# columns: id\t" + "\t".join(CLASSES) + "\n")
        for name in sorted(FEATURES):
            f.write(name + "\t" + "\t".join("%d" % total[c, FEATURE[name]] for c in range(len(CLASSES))) + "\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--shared", default=os.path.join(ROOT, "..", "shared", "data"))
    ap.add_argument("--build", default=os.path.join(ROOT, "build"))
    ap.add_argument("--without", action="append", default=[], choices=["rules", "gum", "passages", "own"])
    ap.add_argument("--out", help="where to write the table")
    ap.add_argument("--l2", type=float, nargs=2, default=(1.0, 10.0))
    ap.add_argument("--weigh", type=float, nargs=3, default=(1.0, 3.0, 2.0), help="of a question of GUM, passages, own text")
    ap.add_argument("--dev", nargs="*", default=["passages", "gum"])
    args = ap.parse_args()
    args.dump, args.dragoman = os.path.join(args.build, "coref_dump"), os.path.join(args.build, "dragoman")
    events, ud = os.path.join(args.shared, "events"), os.path.join(args.shared, "ud")
    train = []
    if "gum" not in args.without:
        train += gum_questions(args, os.path.join(ud, "gum-train.conllu"))
    if "passages" not in args.without:
        train += marked_questions(args, [d for k in "mo" for d in read_passages(os.path.join(events, "passages-%s.jsonl" % k))], "passages")
    own = sorted(x for x in os.listdir(HERE) if x.endswith(".tsv"))
    if "own" not in args.without and own:
        train += marked_questions(args, [d for x in own for d in read_own(os.path.join(HERE, x))], "own")
    dev = gum_questions(args, os.path.join(ud, "gum-dev.conllu"))
    dev += marked_questions(args, list(read_passages(os.path.join(events, "passages-n.jsonl"))), "passages")
    hide = ("rules-say-so", "nobody-by-rules") if "rules" in args.without else ()
    model = Model(train, hide)
    weigh = dict(zip(("gum", "passages", "own"), args.weigh))
    weight = np.array([weigh[q.source] * prior(q) for q in train])
    shared, own_w = model.train(weight, l2=args.l2)
    total = np.rint((shared + own_w) * 100).astype(int)
    report("train", train, answers(model, total))
    report("dev", dev, answers(Model(dev, hide), total))
    if args.out:
        write(args.out, total)


if __name__ == "__main__":
    main()
