# SPDX-License-Identifier: Apache-2.0
"""The heads for tags and trees of the accurate network, settled on the sentences that it learned events from.

    python settle_accurate.py --data DATA --dragoman ../../build/dragoman --events ../events --like CHECKPOINT --in A.dgm --out B.pt [--minutes 6]

A run on events (train_accurate.py) moves the encoder where events are, and its heads for tags and trees are held there by nothing: the treebanks have few such
sentences, so that LAS on their dev sets stays while what is read of a story of states falls apart ("threatened" an adjective, every word an object). Here the
encoder stays as it is, and with it all that is said of names and events; those heads learn again, from gold trees and from trees that the fast network
(the program's, mended) reads of the event sentences and of the examples of the lexicon.
"""
import argparse
import os
import random
import subprocess
import sys
import tempfile
import json
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data as D
import events as E
import from_file
import train_accurate as A
from minilm import MiniLM, Pieces
from settle import examples
from train import Vocab, batches, read_vectors, ud_sents

HEADS = ("tag_in", "tag_out", "arc_in", "arc_u", "lab_in", "lab_out", "root_arc", "root_lab")


def parsed(records, dragoman):
    """The records' sentences as the fast tier reads them, in the form of data.read_conllu"""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as f:
        for r in records:
            f.write(json.dumps({"id": r["id"], "date": r["date"], "text": r["text"]}) + "\n")
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", delete=False, encoding="utf-8") as g:
        subprocess.run([dragoman, "parse", "--tier", "fast", "--plain", f.name], stdout=g, check=True)
    os.unlink(f.name)
    got = [s for s in D.read_conllu(g.name) if 3 <= len(s) <= 90]
    os.unlink(g.name)
    return got


def some_words(sents, words, rng):
    rng.shuffle(sents)
    out, n = [], 0
    for s in sents:
        if n >= words:
            break
        out.append(s)
        n += len(s.forms)
    return out


@torch.no_grad()
def encoded(m, pieces, work, rng, rate):
    """[(vectors, batch)], 16 bits"""
    out = []
    for sents in work:
        b = A.batch(pieces, sents, rng, rate, .5, "tree")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = m.encode(b)
        out.append((h.to(torch.float16), {k: b[k] for k in ("mask", "upos", "xpos", "feats", "rel", "head", "n")}))
    return out


@torch.no_grad()
def score(m, work):
    m.eval()
    n = u = x = a = l = 0
    for h, b in work:
        h = h.float()
        up, xp, _ = m.tags(h)
        arc = m.arcs(h, b["mask"]).argmax(-1)
        lab = m.labels(h, arc).argmax(-1)
        k = b["mask"]
        n += int(k.sum())
        u += int((up.argmax(-1) == b["upos"])[k].sum())
        x += int((xp.argmax(-1) == b["xpos"])[k].sum())
        right = arc == b["head"]
        a += int(right[k].sum())
        l += int((right & (lab == b["rel"]))[k].sum())
    m.train()
    return "UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f" % tuple(100 * v / n for v in (u, x, a, l))


def main():
    ap = argparse.ArgumentParser()
    for name in ("data", "dragoman", "like", "in", "out"):
        ap.add_argument("--" + name, dest="src" if name == "in" else name, required=True)
    ap.add_argument("--events", action="append", default=[])
    ap.add_argument("--minutes", type=float, default=6)
    ap.add_argument("--gold-words", type=int, default=200000)
    ap.add_argument("--event-words", type=int, default=260000)
    ap.add_argument("--lr", type=float, default=1e-3)
    a = ap.parse_args()
    start = time.time()
    torch.set_num_threads(1)
    torch.manual_seed(7)
    rng = random.Random(7)
    ck = torch.load(a.like, weights_only=False)
    vocab = Vocab.load(ck["vocab"], read_vectors(a.data)[0])
    m = MiniLM(vocab.counts())
    if a.src.endswith(".dgm"):
        from_file.load_accurate(a.src, m, vocab)
    else:
        m.load_state_dict(torch.load(a.src, weights_only=False)["model"])
    pieces = Pieces()
    ewt, gum = D.read_ud(a.data)
    gold = some_words(ud_sents(vocab, ewt, "ewt") + ud_sents(vocab, gum, "gum"), a.gold_words, rng)
    ud = os.path.join(a.data, "ud")
    dev = {k: ud_sents(vocab, D.read_conllu(os.path.join(ud, k + "-dev.conllu")), "neutral") for k in ("ewt", "gum")}
    records = E.read(E.find([os.path.join(a.data, "events")] + a.events), a.data)
    away = [r for r in records if A.held_out(r["id"])]
    records = [r for r in records if not A.held_out(r["id"])]
    rng.shuffle(records)
    silver = some_words(ud_sents(vocab, parsed(records[:24000], a.dragoman), "neutral"), a.event_words, rng)
    held = some_words(ud_sents(vocab, parsed(away, a.dragoman), "neutral"), 12000, rng)
    own = ud_sents(vocab, parsed([{"id": "x%d" % i, "date": "2000-01-01", "text": x} for i, x in enumerate(examples())], a.dragoman), "neutral")
    print(len(gold), "gold", len(silver), "event sentences", len(own), "examples", round(time.time() - start), "s", flush=True)
    m.eval()
    for p in m.parameters():
        p.requires_grad = False
    dev_h = {k: encoded(m, pieces, batches(v, 1500, rng), None, 0) for k, v in {**{x: y[:600] for x, y in dev.items()}, "events": held}.items()}
    for k, v in dev_h.items():
        print("before", k, score(m, v), flush=True)
    work = []
    for sents, rate in ((gold, .18), (silver, .06), (own, .02)):
        work += encoded(m, pieces, batches(sents, 1500, rng), rng, rate)
    print(len(work), "batches", round(time.time() - start), "s", flush=True)
    m.train()
    m.drop = .2
    params = [p for n, p in m.named_parameters() if n.split(".")[0] in HEADS]
    for p in params:
        p.requires_grad = True
    opt = torch.optim.AdamW(params, lr=a.lr, betas=(.9, .98), weight_decay=1e-3, fused=True)
    t0, step, total = time.time(), 0, 0.0
    order = []
    while time.time() - t0 < a.minutes * 60:
        p = (time.time() - t0) / (a.minutes * 60)
        for g in opt.param_groups:
            g["lr"] = a.lr * min(1, (step + 1) / 30) * (1 - p)
        if not order:
            order = list(range(len(work)))
            rng.shuffle(order)
        h, b = work[order.pop()]
        h = h.float()
        h = h * torch.empty(h.shape[0], 1, h.shape[2]).bernoulli_(1 - m.drop * .5).div_(1 - m.drop * .5)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = A.tree_loss(m, h, b)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        step += 1
        total += float(loss.detach())
        if step % 100 == 0:
            print("step %d %.0f%% loss %.3f" % (step, 100 * p, total / 100), flush=True)
            total = 0.0
    for k, v in dev_h.items():
        print("after", k, score(m, v), flush=True)
    ck["model"] = m.state_dict()
    for k in ("opt", "mean"):
        ck.pop(k, None)
    torch.save(ck, a.out)


if __name__ == "__main__":
    main()
