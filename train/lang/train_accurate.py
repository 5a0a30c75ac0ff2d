# SPDX-License-Identifier: Apache-2.0
"""Trains the accurate network with all its heads: tags, trees, names, and the event reader's triggers, status and roles.

    python train_accurate.py --data ../../shared/data --events ../events --dragoman ../../build/dragoman --minutes 80 --out /tmp/accurate.pt

TASKS says what is learned from what: a further task is a reader of sentences and a loss. The learning rate rises for a while
and falls in a line to zero at the end of the minutes. A checkpoint after each epoch (--out); the event folders and
the names written by hand are read again at each (--resume goes on).
"""
import argparse
import math
import os
import random
import sys
import time
import zlib

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data as D
import events as E
import from_file
import gmb
from minilm import MiniLM, Pieces, POSITIONS, case_of
from train import (Vocab, augment, batches, best_tags, event_loss, event_sents, event_targets, events_found, events_said, name_loss, ner_sents,
                   read_vectors, ud_sents)


def batch(pieces, sents, rng=None, rate=0.0, neutral=1.0, kind="tree"):
    forms, lens = [], []
    for s in sents:
        if rng and kind == "tree":
            f, n = augment(s, rng, rate)
        elif rng and rng.random() < rate:
            f, n = D.augment_forms(s.forms, rng.choice(("lower", "upper", "title"))), len(s.forms)
        else:
            f, n = s.forms, len(s.forms)
        forms.append(f)
        lens.append(n)
    B, T = len(sents), max(lens)
    ids, first = [], np.zeros((B, T), np.int64)
    case = np.zeros((B, T), np.int64)
    for b, (f, n) in enumerate(zip(forms, lens)):
        row = [pieces.cls]
        got = [pieces.of(w) for w in f[:n]]
        if sum(map(len, got)) > POSITIONS - 2:
            got = [g[:1] for g in got]
        for t in range(n):
            first[b, t] = len(row)
            case[b, t] = case_of(f[t])
            row += got[t]
        ids.append(row + [pieces.sep])
    P = max(map(len, ids))
    pc = np.zeros((B, P), np.int64)
    keep = np.zeros((B, P), bool)
    for b, row in enumerate(ids):
        pc[b, :len(row)] = row
        keep[b, :len(row)] = True
    t = torch.from_numpy
    st = [0 if (rng is None or rng.random() < neutral) else s.style for s in sents]
    out = {"pieces": t(pc), "keep": t(keep), "first": t(first), "case": t(case), "style": torch.tensor(st),
           "mask": t(np.arange(T)[None] < np.array(lens)[:, None]), "n": sum(lens)}
    trees = sents if kind == "tree" else [s.tree for s in sents] if kind == "events" else [None]
    if all(trees):
        for k in ("upos", "xpos", "feats", "rel", "head"):
            y = np.full((B, T), -100, np.int64)
            for b, (s, n) in enumerate(zip(trees, lens)):
                y[b, :n] = getattr(s, k)[:n]
            out[k] = t(y)
    if kind == "names":
        y = np.full((B, T), -100, np.int64)
        for b, (s, n) in enumerate(zip(sents, lens)):
            y[b, :n] = s.ner[:n]
        out["ner"] = t(y)
        out["source"] = torch.tensor([s.source for s in sents])
    elif kind == "events":
        out.update(event_targets(sents, lens, T))
    return out


def tree_loss(m, h, b):
    up, xp, fe = m.tags(h)
    arc = m.arcs(h, b["mask"])
    lab = m.labels(h, b["head"].clamp(min=0))
    ce = lambda z, y: F.cross_entropy(z.float().flatten(0, 1), y.flatten())
    return (.5 * ce(up, b["upos"]) + .5 * ce(xp, b["xpos"]) + .35 * ce(fe, b["feats"]) +
            ce(arc, b["head"]) + ce(lab, b["rel"]))


def names_loss(m, h, b):
    return name_loss(m.names(h, b["source"]), b["ner"])


def read_loss(m, h, b):
    return event_loss(m.triggers(h), lambda r, w: m.roles(h, r, w), b["mask"], b)


# what is learned: its loss, and its share of the words of an epoch
TASKS = {"tree": tree_loss, "names": names_loss, "events": read_loss}


@torch.no_grad()
def evaluate(m, pieces, vocab, sents):
    m.eval()
    uni = [r.split(":")[0] for r in vocab.rel]
    n = ok_u = uas = las = 0
    order = sorted(sents, key=lambda s: len(s.forms))
    for i in range(0, len(order), 64):
        b = batch(pieces, order[i:i + 64])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = m.encode(b)
            up = m.tags(h)[0].argmax(-1)
            arc = m.arcs(h, b["mask"]).argmax(-1)
            lab = m.labels(h, arc).argmax(-1)
        k = b["mask"]
        n += int(k.sum())
        ok_u += int((up == b["upos"])[k].sum())
        right = (arc == b["head"])[k]
        uas += int(right.sum())
        got = [uni[r] for r in lab[k].tolist()]
        want = [uni[r] if r >= 0 else "" for r in b["rel"][k].tolist()]
        las += sum(1 for r, g, w in zip(right.tolist(), got, want) if r and g == w)
    m.train()
    return "UPOS %.2f UAS %.2f LAS %.2f" % tuple(100 * x / n for x in (ok_u, uas, las))


@torch.no_grad()
def evaluate_ner(m, pieces, sents, kinds=("PER", "ORG", "LOC")):
    m.eval()
    tp, npred, ngold = ({k: 0 for k in kinds} for _ in range(3))
    order = sorted(sents, key=lambda s: len(s.forms))
    for i in range(0, len(order), 64):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            z = m.names(m.encode(batch(pieces, order[i:i + 64], kind="names")))
        for k, s in enumerate(order[i:i + 64]):
            n = len(s.forms)
            p = D._spans(best_tags(z[k, :n]))
            g = set(x for x in D._spans([D.NER_TAGS[max(j, 0)] for j in s.ner]) if x[2] in kinds)
            for x in p:
                if x[2] in kinds and all(s.ner[q] >= 0 for q in range(x[0], x[1])):
                    npred[x[2]] += 1
                    tp[x[2]] += x in g
            for x in g:
                ngold[x[2]] += 1
    m.train()
    f = lambda a, b, c: 200 * a / max(b + c, 1)
    return "names F1 %.1f (%s)" % (f(sum(tp.values()), sum(npred.values()), sum(ngold.values())),
                                   " ".join("%s %.1f" % (k, f(tp[k], npred[k], ngold[k])) for k in kinds))


@torch.no_grad()
def evaluate_events(m, pieces, sents):
    """As train.evaluate_events"""
    m.eval()
    c = np.zeros(8)
    order = sorted(sents, key=lambda s: len(s.forms))
    for i in range(0, len(order), 64):
        some = order[i:i + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = m.encode(batch(pieces, some, kind="events"))
            c += events_found(some, *m.triggers(h), lambda r, w: m.roles(h, r, w))
    m.train()
    return events_said(c)


def is_real(ident):
    """A sentence of news, not one of our own"""
    return ident.startswith("gmb-")


def held_out(ident):
    """Every twentieth of our own; some blocks of the news, to set lexicon/en/reader.tsv by"""
    if is_real(ident):
        return gmb.held_out(int(ident[4:]))
    return zlib.crc32(ident.encode()) % 20 == 0


def groups(m, lr, head_lr, decay, frozen=0):
    """The top layer at lr, each one below at .85 of it; the heads at head_lr; what is trained from nothing (case, style) with them.
    frozen: that many layers from below, and the pieces, stay as they are"""
    out = []
    for name, p in m.named_parameters():
        part = name.split(".")
        if part[0] == "layers" and int(part[1]) < frozen or frozen and part[0] in ("piece", "position", "ln0", "case_in", "style"):
            p.requires_grad = False
            continue
        if part[0] == "layers":
            r = lr * decay ** (len(m.layers) - 1 - int(part[1]))
        elif part[0] in ("piece", "position", "ln0"):
            r = lr * decay ** len(m.layers)
        else:
            r = head_lr
        out.append({"params": [p], "lr": r, "base": r, "weight_decay": 0.0 if p.ndim < 2 else .01})
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--events", action="append", default=[], help="further folders of event sentences")
    ap.add_argument("--dragoman", required=True, help="the program, for its sentences and tokens")
    ap.add_argument("--out", required=True)
    ap.add_argument("--minutes", type=float, default=80)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--resume", action="store_true")
    ap.add_argument("--init", help="go on from the weights of this model file, instead of those of MiniLM")
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--words", type=int, default=1200)
    ap.add_argument("--lr", type=float, default=3e-4)
    ap.add_argument("--head-lr", type=float, default=1.5e-3)
    ap.add_argument("--decay", type=float, default=.85)
    ap.add_argument("--freeze", type=int, default=0, help="layers from below that stay as they are (a short run on few cores)")
    ap.add_argument("--augment", type=float, default=.18)
    ap.add_argument("--name-words", type=int, default=200000, help="words of name corpora seen in one epoch")
    ap.add_argument("--event-times", type=float, default=1.0, help="event sentences seen in one epoch, of all")
    ap.add_argument("--real-times", type=int, default=2, help="how often each sentence of real news with events (gmb.py) is seen in one epoch")
    ap.add_argument("--tree-times", type=float, default=1.0, help="trees seen in one epoch, of all")
    ap.add_argument("--event-trees", type=float, default=.3,
                    help="weight of the trees that DRAGOMAN, fast tier, reads of the event sentences; with none (0) what is learned of events spoils the trees there")
    ap.add_argument("--eval-every", type=int, default=2)
    a = ap.parse_args()
    start = time.time()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    ewt, gum = D.read_ud(a.data)
    vocab = Vocab(ewt, gum, read_vectors(a.data)[0])
    train = ud_sents(vocab, ewt, "ewt") + ud_sents(vocab, gum, "gum")
    ud = os.path.join(a.data, "ud")
    dev = {k: ud_sents(vocab, D.read_conllu(os.path.join(ud, k + "-dev.conllu")), k) for k in ("ewt", "gum")}
    ner = {k: ner_sents(v, k) for k, v in D.read_all_ner(a.data, ewt, a.dragoman).items()}
    ner_dev = {k: ner_sents(D.read_ner(a.data, k + "-dev")) for k in ("uner-ewt", "gum-named")}
    pieces = Pieces()
    seen = {}

    def load_events():
        """(to learn, held out); files that grew since are read again"""
        paths = E.find([os.path.join(a.data, "events")] + a.events)
        for p in paths:
            key = (p, os.path.getsize(p))
            if key not in seen:
                got, lost = E.sentences(E.read([p], a.data), a.dragoman)
                for k in [k for k in seen if k[0] == p]:
                    del seen[k]
                seen[key] = event_sents(got)
                if a.event_trees:
                    for x, tree in zip(seen[key], ud_sents(vocab, [g[3] for g in got], "neutral")):
                        x.tree = tree
                print(p, len(got), "sentences", lost, "events lost", flush=True)
        every = [s for v in seen.values() for s in v]
        return [s for s in every if not held_out(s.xpos)], [s for s in every if held_out(s.xpos)]

    ev, ev_dev = load_events()
    m = MiniLM(vocab.counts())
    opt_of = lambda: torch.optim.AdamW(groups(m, a.lr, a.head_lr, a.decay, a.freeze), betas=(.9, .98), fused=True)
    epoch, spent0 = 0, 0.0
    if a.resume:
        ck = torch.load(a.out, weights_only=False)
        m.load_state_dict(ck["model"])
        opt = opt_of()
        opt.load_state_dict(ck["opt"])
        epoch, spent0 = ck["epoch"], ck["spent"]
    else:
        if a.init:
            from_file.load_accurate(a.init, m, vocab)
        else:
            m.load_pretrained()
        opt = opt_of()
    print(vocab.counts(), len(train), "trees", len(ev), "event sentences", {k: len(v) for k, v in ner.items()}, flush=True)
    budget = a.minutes * 60
    spent = lambda: spent0 + time.time() - start
    step, done, losses = 0, False, ck.get("losses", []) if a.resume else []
    m.train()
    while not done:
        ner["written"] = ner_sents(D.read_written_names(a.dragoman), "written")
        pick = D.pick_names(ner, a.name_words, rng)
        ev, ev_dev = load_events()
        some = [s for s in ev if not is_real(s.xpos) and rng.random() < a.event_times] + [s for s in ev if is_real(s.xpos)] * a.real_times
        trees = train if a.tree_times >= 1 else [s for s in train if rng.random() < a.tree_times]
        work = [(x, "tree") for x in batches(trees, a.words, rng)] + [(x, "names") for x in batches(pick, a.words, rng)]
        work += [(x, "events") for x in batches(some, a.words, rng)]
        rng.shuffle(work)
        total, count, t0, words = {k: 0.0 for k in TASKS}, {k: 0 for k in TASKS}, time.time(), 0
        for k, (sents, kind) in enumerate(work):
            p = spent() / budget
            if p >= 1:
                done = True
                break
            rise = min(1, (step + 1) / 200) if not a.resume else 1
            for g in opt.param_groups:
                g["lr"] = g["base"] * rise * (1 - p)
            b = batch(pieces, sents, rng, a.augment, .5, kind)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                h = m.encode(b)
                loss = TASKS[kind](m, h, b)
                if kind == "events" and "head" in b:
                    loss = loss + a.event_trees * tree_loss(m, h, b)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(m.parameters(), 1.0)
            opt.step()
            total[kind] += float(loss.detach())
            count[kind] += 1
            words += b["n"]
            step += 1
            if step % 25 == 0:
                print("step %d %.0f%% %.0f words/s %s" % (step, 100 * p, words / (time.time() - t0), {
                    k: round(total[k] / max(count[k], 1), 3) for k in total}), flush=True)
        epoch += 1
        losses.append(sum(total.values()) / max(sum(count.values()), 1))
        print("epoch %d %.0f s %s" % (epoch, time.time() - t0, {k: round(total[k] / max(count[k], 1), 3) for k in total}), flush=True)
        torch.save({"model": m.state_dict(), "opt": opt.state_dict(), "vocab": vocab.state(), "epoch": epoch, "spent": spent(),
                    "args": vars(a), "done": done, "losses": losses}, a.out + ".tmp")
        os.replace(a.out + ".tmp", a.out)
        if epoch % a.eval_every == 0 or done:
            print("   EWT", evaluate(m, pieces, vocab, dev["ewt"]), "| GUM", evaluate(m, pieces, vocab, dev["gum"]), flush=True)
            print("   " + " | ".join(k + " " + evaluate_ner(m, pieces, v) for k, v in ner_dev.items()), flush=True)
            for what, keep in (("invented", lambda s: not is_real(s.xpos)), ("real", lambda s: is_real(s.xpos))):
                print("   " + what, evaluate_events(m, pieces, [s for s in ev_dev if keep(s)]), flush=True)


if __name__ == "__main__":
    main()
