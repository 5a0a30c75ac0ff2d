# SPDX-License-Identifier: Apache-2.0
"""Trains the tagger, parser and name finder on one thread within a given number of minutes.

    python train.py --data ../../shared/data --minutes 60 --out /tmp/parser.pt

Writes a checkpoint after each epoch (--out) and goes on from it with --resume. The learning rate falls on a cosine that
ends with the minutes, so that a busy machine gets fewer epochs, not an unfinished schedule.
"""
import argparse
import collections
import math
import os
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data as D
import features
from model import Parser, STYLES
from labels import NAME_SOURCES, TRIGGERS


def read_vectors(data):
    words = ["\0"]
    scale = [0.0]
    with open(os.path.join(data, "vectors", "glove100-60k.tsv"), encoding="utf-8") as f:
        for line in f:
            w, s = line.rstrip("\n").split("\t")
            words.append(w)
            scale.append(float(s))
    raw = np.fromfile(os.path.join(data, "vectors", "glove100-60k.i8"), dtype=np.int8).reshape(-1, 100)
    raw = np.concatenate([np.zeros((1, 100), np.int8), raw])
    return words, np.array(scale, np.float32), raw


class Vocab:
    """Everything that turns strings into ids; saved with the weights."""

    def __init__(self, ewt, gum, vec_words):
        count = lambda it: collections.Counter(it)
        words = count(features.word_keys(t[0])[1] for s in ewt + gum for t in s)
        self.words = ["\0"] + sorted(w for w, c in words.items() if c >= 2)
        self.upos = sorted(count(t[2] for s in ewt + gum for t in s))
        self.xpos = sorted(count(t[3] for s in ewt + gum for t in s))
        fe = count(t[2] + "|" + t[4] for s in ewt + gum for t in s)
        self.feats = sorted(f for f, c in fe.items() if c >= 5)
        self.rel = sorted(count(t[6] for s in ewt + gum for t in s))
        self.vec_words = vec_words
        self.index()

    def index(self):
        self.word_id = {w: i for i, w in enumerate(self.words)}
        self.vec_id = {w: i for i, w in enumerate(self.vec_words)}
        self.cache = {}

    def counts(self):
        return {"word": len(self.words), "upos": len(self.upos), "xpos": len(self.xpos), "feats": len(self.feats),
                "rel": len(self.rel), "ner": len(D.NER_TAGS)}

    def word(self, form):
        w = self.cache.get(form)
        if w is None:
            low, key, aff, shp = features.word_keys(form)
            w = (self.vec_id.get(low, 0), self.word_id.get(key, 0), aff, shp)
            if len(self.cache) < 400000:
                self.cache[form] = w
        return w

    def state(self):
        return {k: getattr(self, k) for k in ("words", "upos", "xpos", "feats", "rel")}

    @classmethod
    def load(cls, st, vec_words):
        v = cls.__new__(cls)
        v.__dict__.update(st)
        v.vec_words = vec_words
        v.index()
        return v


class Sent:
    """One of treebank (head), name corpus (ner, source), event sentence (events), or silver (all but events, ner and trig as chances)"""
    __slots__ = ("forms", "upos", "xpos", "feats", "head", "rel", "ner", "source", "style", "trig", "events", "tree")


def ud_sents(vocab, sents, style):
    out = []
    idx = {k: {x: i for i, x in enumerate(getattr(vocab, k))} for k in ("upos", "xpos", "feats", "rel")}
    for s in sents:
        x = Sent()
        x.forms = [t[0] for t in s]
        x.upos = [idx["upos"].get(t[2], -100) for t in s]
        x.xpos = [idx["xpos"].get(t[3], -100) for t in s]
        x.feats = [idx["feats"].get(t[2] + "|" + t[4], -100) for t in s]
        x.head = [t[5] for t in s]
        x.rel = [idx["rel"].get(t[6], idx["rel"].get(t[6].split(":")[0], -100)) for t in s]
        x.ner, x.style = None, STYLES.index(style)
        out.append(x)
    return out


def ner_sents(pairs, source=""):
    out = []
    for forms, ids in pairs:
        x = Sent()
        x.forms, x.ner, x.style, x.head = forms, ids, 0, None
        x.source = NAME_SOURCES.index(source) if source in NAME_SOURCES else 0
        out.append(x)
    return out


def augment(s, rng, rate):
    """(forms, cut): cut is the number of words left; sometimes another case, sometimes without the last full stop"""
    n = len(s.forms)
    if rng.random() >= rate or n < 2:
        return s.forms, n
    how = rng.choices(("nostop", "lower", "upper", "title"), (30, 22, 26, 22))[0]
    if how == "nostop":
        if s.forms[-1] in (".", "!", "?", ";", ":") and not (s.head is not None and n in s.head):
            return s.forms[:-1], n - 1
        return s.forms, n
    return D.augment_forms(s.forms, how), n


def silver_sents(path):
    out = []
    for r in torch.load(path, weights_only=False):
        x = Sent()
        for k, v in r.items():
            setattr(x, k, v)
        x.style = 0
        out.append(x)
    return out


def event_sents(listed):
    """Of events.sentences()"""
    out = []
    for forms, trig, ident, _ in listed:
        x = Sent()
        x.forms, x.events, x.style, x.head, x.ner, x.xpos, x.tree = forms, trig, 0, None, None, ident, None
        out.append(x)
    return out


def event_targets(sents, lens, T):
    """tag [B,T,33] chances; of every trigger its row, first word, status, negation, and the role of each word [N,T]"""
    tag = np.zeros((len(sents), T, len(TRIGGERS)), np.float32)
    tag[:, :, 0] = 1
    rows, word, status, neg, role = [], [], [], [], []
    for b, (s, n) in enumerate(zip(sents, lens)):
        for a, z, types, st, ng, roles in s.events:
            if z > n:
                continue
            for i in range(a, z):
                tag[b, i] = 0
                for ty, v in types.items():
                    tag[b, i, TRIGGERS.index(("B-" if i == a else "I-") + ty)] = v
            rows.append(b), word.append(a), status.append(st), neg.append(float(ng))
            y = np.full(T, -100, np.int64)
            y[:n] = 0
            for i, r in roles.items():
                if i < n:
                    y[i] = r
            role.append(y)
    t = torch.from_numpy
    out = {"tag": t(tag)}
    if rows:
        out.update(rows=torch.tensor(rows), at=torch.tensor(word), status=torch.tensor(status),
                   neg=torch.tensor(neg), role=t(np.stack(role)))
    return out


def event_loss(triggers, roles, mask, b):
    """triggers: what the network's triggers() gave; roles: a function of rows and words. For both tiers"""
    tag, status, neg = triggers
    loss = F.cross_entropy(tag[mask], b["tag"][mask]) * 3
    if "rows" in b:
        r, w = b["rows"], b["at"]
        loss = loss + .4 * F.cross_entropy(status[r, w], b["status"])
        loss = loss + .3 * F.binary_cross_entropy_with_logits(neg[r, w], b["neg"])
        loss = loss + 1.5 * F.cross_entropy(roles(r, w).flatten(0, 1), b["role"].flatten())
    return loss


def batch(vocab, sents, rng=None, rate=0.0, neutral=1.0, kind=None):
    forms, lens = [], []
    for s in sents:
        f, n = augment(s, rng, rate) if rng else (s.forms, len(s.forms))
        forms.append(f)
        lens.append(n)
    B, T = len(sents), max(lens)
    vec = np.zeros((T, B), np.int64)
    word = np.zeros((T, B), np.int64)
    aff = np.zeros((T, B, 6), np.int64)
    shp = np.zeros((T, B), np.int64)
    rev = np.tile(np.arange(T)[:, None], (1, B))
    lab = {k: np.full((B, T), -100, np.int64) for k in ("upos", "xpos", "feats", "rel", "head", "ner")}
    if kind == "silver":
        soft_ner = np.zeros((B, T, len(D.NER_TAGS)), np.float32)
        soft_trig = np.zeros((B, T, len(TRIGGERS)), np.float32)
    for b, (s, f, n) in enumerate(zip(sents, forms, lens)):
        for t in range(n):
            vec[t, b], word[t, b], aff[t, b], shp[t, b] = vocab.word(f[t])
        rev[:n, b] = np.arange(n - 1, -1, -1)
        if kind == "silver":
            for k in ("upos", "xpos", "feats", "rel", "head"):
                lab[k][b, :n] = getattr(s, k)[:n]
            lab["head"][b, :n][lab["head"][b, :n] > n] = -100
            soft_ner[b, :n], soft_trig[b, :n] = s.ner[:n], s.trig[:n]
        elif kind == "events":
            pass
        elif s.ner is not None:
            lab["ner"][b, :n] = s.ner[:n]
        else:
            for k in ("upos", "xpos", "feats", "rel", "head"):
                lab[k][b, :n] = getattr(s, k)[:n]
    st = [0 if (rng is None or rng.random() < neutral) else s.style for s in sents]
    t = torch.from_numpy
    out = {"vec": t(vec), "word": t(word), "aff": t(aff), "shape": t(shp), "rev": t(rev), "style": torch.tensor(st),
           "mask": t(np.arange(T)[None] < np.array(lens)[:, None]), "n": sum(lens)}
    out.update({k: t(v) for k, v in lab.items()})
    if kind == "silver":
        out.update(soft_ner=t(soft_ner), soft_trig=t(soft_trig))
    elif kind == "names":
        out["source"] = torch.tensor([s.source for s in sents])
    elif kind == "events":
        out.update(event_targets(sents, lens, T))
    return out


def batches(sents, words, rng):
    """Lists of sentences of about the same length, about `words` words each, in random order"""
    order = sorted(sents, key=lambda s: len(s.forms) + rng.random() * 2)
    out, cur = [], []
    for s in order:
        if cur and (len(cur) + 1) * len(s.forms) > words:
            out.append(cur)
            cur = []
        cur.append(s)
    out.append(cur)
    rng.shuffle(out)
    return out


OTHER = [k for k, t in enumerate(D.NER_TAGS) if t[2:] not in ("PER", "ORG", "LOC")]


def name_loss(z, y):
    """z scores, y tags in the same order, or IGNORE, or NOT_NAMED: then any tag that is none of the three"""
    lp, y = z.float().flatten(0, 1).log_softmax(-1), y.flatten()
    known, other = y >= 0, y == D.NOT_NAMED
    loss = -lp[known].gather(1, y[known][:, None]).sum() - lp[other][:, OTHER].logsumexp(-1).sum()
    return loss / (known.sum() + other.sum()).clamp(min=1)


def cross(z, y):
    """Mean cross entropy where y is known; 0 where nothing is"""
    z, y = z.float().flatten(0, 1), y.flatten()
    return F.cross_entropy(z, y, reduction="sum") / (y >= 0).sum().clamp(min=1)


def loss_of(model, b, kind):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h1, h2 = model.encode(b)
        if kind == "names":
            return .6 * name_loss(model.names(h2, b["source"]), b["ner"].t())
        if kind == "events":
            return .5 * event_loss(model.triggers(h2), lambda r, w: model.roles(h2, r, w), b["mask"], b)
        up, xp, fe = model.tags(h1)
        arc = model.arcs(h2, b["mask"])
        head = b["head"].clamp(min=0)
        lab = model.labels(h2, head)
    ce = lambda z, y: cross(z, y.t())
    loss = .5 * ce(up, b["upos"]) + .5 * ce(xp, b["xpos"]) + .35 * ce(fe, b["feats"])
    loss = loss + cross(arc, b["head"]) + cross(lab, b["rel"])
    if kind == "silver":
        m = b["mask"]
        loss = loss + .6 * F.cross_entropy(model.names(h2).transpose(0, 1)[m], b["soft_ner"][m])
        loss = loss + F.cross_entropy(model.triggers(h2)[0][m], b["soft_trig"][m])
    return loss


@torch.no_grad()
def evaluate(model, vocab, sents, style=0):
    """Best head per word, no tree: a quick look only. bench/conll_eval.py scores the shipped file."""
    model.eval()
    uni = [r.split(":")[0] for r in vocab.rel]
    n = ok_u = ok_x = ok_f = uas = las = 0
    order = sorted(sents, key=lambda s: len(s.forms))
    for i in range(0, len(order), 64):
        b = batch(vocab, order[i:i + 64])
        b["style"][:] = style
        h1, h2 = model.encode(b)
        up, xp, fe = (z.argmax(-1).t() for z in model.tags(h1))
        arc = model.arcs(h2, b["mask"]).argmax(-1)
        lab = model.labels(h2, arc).argmax(-1)
        m = b["mask"]
        n += int(m.sum())
        ok_u += int((up == b["upos"])[m].sum())
        ok_x += int((xp == b["xpos"])[m].sum())
        ok_f += int((fe == b["feats"])[m].sum())
        right = (arc == b["head"])[m]
        uas += int(right.sum())
        got = [uni[r] for r in lab[m].tolist()]
        want = [uni[r] if r >= 0 else "" for r in b["rel"][m].tolist()]
        las += sum(1 for r, g, w in zip(right.tolist(), got, want) if r and g == w)
    model.train()
    return "UPOS %.2f XPOS %.2f feats %.2f UAS %.2f LAS %.2f" % tuple(100 * x / n for x in (ok_u, ok_x, ok_f, uas, las))


def best_tags(z):
    """z [n, tags] -> names of the best sequence in which I-X follows B-X or I-X only, as src/lang/decode.c finds it"""
    tags = D.NER_TAGS
    z = z.double().numpy()
    bad = np.array([[t[0] == "I" and u[1:] != t[1:] for t in tags] for u in tags]) * -1e9
    score, back = z[0] + [-1e9 if t[0] == "I" else 0 for t in tags], []
    for row in z[1:]:
        every = score[:, None] + bad
        back.append(every.argmax(0))
        score = every.max(0) + row
    best = [int(score.argmax())]
    for b in back[::-1]:
        best.append(int(b[best[-1]]))
    return [tags[k] for k in best[::-1]]


@torch.no_grad()
def evaluate_ner(model, vocab, sents):
    model.eval()
    tp = np.zeros(8)
    npred, ngold = np.zeros(8), np.zeros(8)
    order = sorted(sents, key=lambda s: len(s.forms))
    for i in range(0, len(order), 64):
        b = batch(vocab, order[i:i + 64])
        _, h2 = model.encode(b)
        z = model.names(h2).transpose(0, 1)
        for k, s in enumerate(order[i:i + 64]):
            n = len(s.forms)
            p = D._spans(best_tags(z[k, :n]))
            g = set(D._spans([D.NER_TAGS[max(j, 0)] for j in s.ner]))
            p = [x for x in p if x[2] in ("PER", "ORG", "LOC") and all(s.ner[q] >= 0 for q in range(x[0], x[1]))]
            g = [x for x in g if x[2] in ("PER", "ORG", "LOC")]
            for x in p:
                npred[D.NER_TYPES.index(x[2])] += 1
                tp[D.NER_TYPES.index(x[2])] += x in g
            for x in g:
                ngold[D.NER_TYPES.index(x[2])] += 1
    model.train()
    f = lambda a, b, c: 200 * a / max(b + c, 1)
    return "names F1 %.1f (PER %.1f ORG %.1f LOC %.1f)" % (
        f(tp.sum(), npred.sum(), ngold.sum()), *(f(tp[i], npred[i], ngold[i]) for i in range(3)))


@torch.no_grad()
def events_found(some, tag, status, neg, roles):
    """Counts of one batch: (right, found, to find, sides right, sides, status right, sentences with nothing, of them with a trigger)"""
    c = np.zeros(8)
    best = tag.argmax(-1)
    for k, s in enumerate(some):
        spans = D._spans([TRIGGERS[j] for j in best[k, :len(s.forms)].tolist()])
        c += (0, len(spans), len(s.events), 0, 0, 0, not s.events, bool(spans) and not s.events)
        for a, z, types, st, ng, want in s.events:
            hit = [x for x in spans if x[0] < z and x[1] > a and x[2] in types]
            if not hit:
                continue
            w = hit[0][0]
            c[0] += 1
            c[5] += int(status[k, w].argmax()) == st and (float(neg[k, w]) > 0) == ng
            r = roles(torch.tensor([k]), torch.tensor([w]))[0, :len(s.forms)].argmax(-1).tolist()
            for role in (1, 2):
                gold, got = {q for q, v in want.items() if v == role}, {q for q, v in enumerate(r) if v == role}
                if gold or got:
                    c[4] += 1
                    c[3] += bool(gold & got)
    return c


def events_said(c):
    p, r = c[0] / max(c[1], 1), c[0] / max(c[2], 1)
    return "events P %.3f R %.3f F1 %.3f status %.3f sides %.3f false alarm %.3f" % (
        p, r, 2 * p * r / max(p + r, 1e-9), c[5] / max(c[0], 1), c[3] / max(c[4], 1), c[7] / max(c[6], 1))


@torch.no_grad()
def evaluate_events(model, vocab, sents):
    """Triggers found with an accepted type (by overlap), status and sides of those; sentences with nothing where one is seen"""
    model.eval()
    c = np.zeros(8)
    order = sorted(sents, key=lambda s: len(s.forms))
    for i in range(0, len(order), 64):
        some = order[i:i + 64]
        h2 = model.encode(batch(vocab, some, kind="events"))[1]
        c += events_found(some, *model.triggers(h2), lambda r, w: model.roles(h2, r, w))
    model.train()
    return events_said(c)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--resume", action="store_true")
    ap.add_argument("--init", help="begin with the weights of this checkpoint, on a schedule of its own (second phase)")
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--hidden", type=int, default=160)
    ap.add_argument("--words", type=int, default=1500)
    ap.add_argument("--lr", type=float, default=2.5e-3)
    ap.add_argument("--drop", type=float, default=.33)
    ap.add_argument("--augment", type=float, default=.18)
    ap.add_argument("--ner-words", type=int, default=160000, help="words of name corpora seen in one epoch")
    ap.add_argument("--silver", help="sentences labelled by the accurate network (silver.py)")
    ap.add_argument("--silver-words", type=int, default=0, help="words of them seen in one epoch")
    ap.add_argument("--tree-times", type=float, default=1.0, help="trees seen in one epoch, of all")
    ap.add_argument("--events", action="append", default=[], help="folders of event sentences")
    ap.add_argument("--event-times", type=float, default=.5, help="of all event sentences, how many are seen in one epoch")
    ap.add_argument("--real-times", type=int, default=2, help="how often each sentence of real news with events (gmb.py) is seen in one epoch")
    ap.add_argument("--dragoman", help="the program, for the words of event sentences")
    ap.add_argument("--eval-every", type=int, default=4)
    a = ap.parse_args()
    start = time.time()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)

    vec_words, scale, raw = read_vectors(a.data)
    ewt, gum = D.read_ud(a.data)
    ck = torch.load(a.out, weights_only=False) if a.resume else None
    from_model = a.init and a.init.endswith(".dgm")
    first = torch.load(a.init, weights_only=False) if a.init and not ck and not from_model else None
    vocab = Vocab.load((ck or first)["vocab"], vec_words) if ck or first else Vocab(ewt, gum, vec_words)
    train = ud_sents(vocab, ewt, "ewt") + ud_sents(vocab, gum, "gum")
    ud = os.path.join(a.data, "ud")
    dev = {k: ud_sents(vocab, D.read_conllu(os.path.join(ud, k + "-dev.conllu")), k) for k in ("ewt", "gum")}
    ner = {k: ner_sents(v, k) for k, v in D.read_all_ner(a.data, ewt, a.dragoman).items()}
    ner_dev = ner_sents(D.read_ner(a.data, "uner-ewt-dev"))
    print({k: len(v) for k, v in ner.items()}, vocab.counts(), len(train), "sentences", flush=True)

    model = Parser(vocab.counts(), torch.from_numpy(raw.astype(np.float32) * scale[:, None]), h=a.hidden, drop=a.drop)
    opt = torch.optim.AdamW(model.parameters(), lr=a.lr, betas=(.9, .95), weight_decay=1e-3, fused=True)
    epoch, spent0 = 0, 0.0
    if first:
        model.load_state_dict(first["model"], strict=False)      # a first phase may have been without event heads
        epoch = first["epoch"]
    if from_model and not ck:
        import from_file
        from_file.load(a.init, model, vocab)
    silver = silver_sents(a.silver) if a.silver else []
    events, events_dev = [], []
    if a.events:
        import events as E
        from train_accurate import held_out, is_real
        got, lost = E.sentences(E.read(E.find(a.events), a.data), a.dragoman)
        events = event_sents([x for x in got if not held_out(x[2])])
        events_dev = event_sents([x for x in got if held_out(x[2])])
        print(len(got), "event sentences,", lost, "events lost;", len(silver), "silver", flush=True)
    mean, n_mean = (ck["mean"], ck["n_mean"]) if ck else ({}, 0)
    if ck:
        model.load_state_dict(ck["model"])
        opt.load_state_dict(ck["opt"])
        epoch, spent0 = ck["epoch"], ck["spent"]
    budget = a.minutes * 60
    spent = lambda: spent0 + time.time() - start
    step, done, losses = 0, False, ck.get("losses", []) if ck else []
    model.train()
    while not done:
        pick = D.pick_names(ner, a.ner_words, rng)
        trees = train if a.tree_times >= 1 else [s for s in train if rng.random() < a.tree_times]
        work = [(x, None) for x in batches(trees, a.words, rng)] + [(x, "names") for x in batches(pick, a.words, rng)]
        if silver:
            some, left = [], a.silver_words
            while left > 0:
                some.append(silver[rng.randrange(len(silver))])
                left -= len(some[-1].forms)
            work += [(x, "silver") for x in batches(some, a.words, rng)]
        if events:
            some = [s for s in events if not is_real(s.xpos) and rng.random() < a.event_times]
            some += [s for s in events if is_real(s.xpos)] * a.real_times
            work += [(x, "events") for x in batches(some, a.words, rng)]
        rng.shuffle(work)
        total, t0, c0 = 0.0, time.time(), time.process_time()
        for sents, kind in work:
            p = spent() / budget
            if p >= 1:
                done = True
                break
            lr = a.lr * min(1, (step + 1) / 150 if not ck else 1) * (.5 + .5 * math.cos(math.pi * p))
            for g in opt.param_groups:
                g["lr"] = lr
            b = batch(vocab, sents, rng, a.augment, .5, kind)
            loss = loss_of(model, b, kind)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            opt.step()
            total += float(loss.detach())
            step += 1
            if p > .5 and step % 20 == 0:      # mean of the weights over the second half
                n_mean += 1
                for k, v in model.state_dict().items():
                    mean[k] = v.clone() if n_mean == 1 else mean[k].lerp_(v, 1 / n_mean)
        epoch += 1
        losses.append(total / max(len(work), 1))
        print("epoch %d loss %.3f %.0f s (%.0f cpu) %.0f%%" % (
            epoch, total / len(work), time.time() - t0, time.process_time() - c0, 100 * spent() / budget), flush=True)
        if epoch % a.eval_every == 0 or done:
            print("   EWT", evaluate(model, vocab, dev["ewt"]), "| GUM", evaluate(model, vocab, dev["gum"]), "|",
                  evaluate_ner(model, vocab, ner_dev), flush=True)
            if events_dev:
                for what, keep in (("invented", lambda s: not is_real(s.xpos)), ("real", lambda s: is_real(s.xpos))):
                    print("   " + what, evaluate_events(model, vocab, [s for s in events_dev if keep(s)]), flush=True)
        torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "vocab": vocab.state(), "epoch": epoch,
                    "spent": spent(), "args": vars(a), "done": done, "mean": mean, "n_mean": n_mean, "losses": losses}, a.out + ".tmp")
        os.replace(a.out + ".tmp", a.out)


if __name__ == "__main__":
    main()
