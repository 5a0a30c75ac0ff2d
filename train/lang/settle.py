# SPDX-License-Identifier: Apache-2.0
"""A few more minutes for the fast network, so that it reads the examples of the lexicon as its predecessor did.

    python settle.py --data DATA --dragoman ../../build/dragoman --old OLD_FOLDER --in A.pt --out B.pt [--minutes 4]

OLD_FOLDER is what DRAGOMAN_DATA names: the old model file beside the compiled lexicon. `lexicon check` holds each row to its example; a new network
that reads some otherwise is no better for it, the rows were written beside the old one. Four steps in ten are on the examples (../../lexicon/en/*.tsv)
with the old trees, the rest on gold trees, names and real event sentences.
"""
import argparse
import glob
import json
import math
import os
import random
import re
import subprocess
import tempfile
import time

import numpy as np
import torch

import data as D
import events as E
import train as T
from model import Parser
from train_accurate import held_out

SHARES = {"examples": 40, "gold": 25, "events": 20, "names": 15}
HERE = os.path.dirname(os.path.abspath(__file__))
LEXICON = os.path.join(HERE, "..", "..", "lexicon", "en", "*.tsv")


def examples():
    """Cells of the columns called example and counter-example"""
    out = []
    for path in sorted(glob.glob(LEXICON)):
        with open(path, encoding="utf-8") as f:
            lines = f.read().split("\n")
        head = [x for x in lines if x.startswith("# columns:")]
        cols = [i for i, c in enumerate(head[0][len("# columns:"):].strip().split("\t")) if "example" in c] if head else []
        for cells in (x.split("\t") for x in lines if x and x[0] != "#"):
            out += [cells[i] for i in cols if i < len(cells) and len(cells[i].split()) >= 4 and " = " not in cells[i]]
    return out


def old_trees(dragoman, folder):
    with tempfile.TemporaryDirectory() as t:
        text, trees = os.path.join(t, "x.jsonl"), os.path.join(t, "x.conllu")
        with open(text, "w", encoding="utf-8") as f:
            f.writelines(json.dumps({"id": "x%d" % i, "date": "2000-01-01", "text": x}) + "\n" for i, x in enumerate(examples()))
        with open(trees, "w", encoding="utf-8") as f:
            subprocess.run([dragoman, "parse", "--tier", "fast", "--plain", text], stdout=f, check=True, env={**os.environ, "DRAGOMAN_DATA": folder})
        return [s for s in D.read_conllu(trees) if 3 <= len(s) <= 60]


def again(make):
    while True:
        yield from make()


def main():
    ap = argparse.ArgumentParser()
    for name in ("data", "dragoman", "old", "in", "out"):
        ap.add_argument("--" + name, dest="src" if name == "in" else name, required=True)
    ap.add_argument("--minutes", type=float, default=4)
    ap.add_argument("--lr", type=float, default=5e-4)
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(7)
    rng = random.Random(7)
    words, scale, raw = T.read_vectors(a.data)
    ck = torch.load(a.src, weights_only=False)
    vocab = T.Vocab.load(ck["vocab"], words)
    ewt, gum = D.read_ud(a.data)
    gold = T.ud_sents(vocab, ewt, "ewt") + T.ud_sents(vocab, gum, "gum")
    ex = T.ud_sents(vocab, old_trees(a.dragoman, a.old), "neutral")
    got, _ = E.sentences(E.read([os.path.join(HERE, "..", "events", "gmb.tsv")], a.data), a.dragoman)
    ev = T.event_sents([x for x in got if not held_out(x[2])])
    ner = {k: T.ner_sents(v, k) for k, v in D.read_all_ner(a.data, ewt, a.dragoman).items()}
    net = Parser(vocab.counts(), torch.from_numpy(raw.astype(np.float32) * scale[:, None]), h=ck["args"]["hidden"], drop=.2)
    net.load_state_dict(ck["model"])
    opt = torch.optim.AdamW(net.parameters(), lr=a.lr, betas=(.9, .95), weight_decay=1e-3, fused=True)
    net.train()
    of = {"examples": again(lambda: T.batches(ex, 1200, rng)), "gold": again(lambda: T.batches(rng.sample(gold, 4000), 1200, rng)),
          "events": again(lambda: T.batches(ev, 1200, rng)), "names": again(lambda: T.batches(D.pick_names(ner, 40000, rng), 1200, rng))}
    start, step = time.time(), 0
    while time.time() - start < a.minutes * 60:
        p = (time.time() - start) / (a.minutes * 60)
        for g in opt.param_groups:
            g["lr"] = a.lr * min(1, (step + 1) / 20) * (.5 + .5 * math.cos(math.pi * p))
        kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
        own = kind == "examples"
        b = T.batch(vocab, next(of[kind]), rng, .02 if own else .18, 1.0 if own else .5, kind if kind in ("events", "names") else None)
        loss = T.loss_of(net, b, kind)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        step += 1
    ck["model"], ck["spent"] = net.state_dict(), ck["spent"] + a.minutes * 60
    print(step, "steps,", len(ex), "examples")
    torch.save(ck, a.out)


if __name__ == "__main__":
    main()
