# SPDX-License-Identifier: Apache-2.0
"""Raw sentences labelled by the accurate network, for the fast one to learn from.

    python silver.py --data ../../shared/data --events ../events --dragoman ../../build/dragoman --teacher /tmp/accurate.pt --out /tmp/silver.pt

Text: DATA/text/gmb-sentences.txt, in the program's own sentences and words, and the words of the treebanks and name corpora that we train on, whose
own marks of names follow other rules or none. Left out is what we measure on: the lines of events/gmb_kept.txt and gmb_held_out.txt, and Wikinews as a whole
(gold/dev and the fresh sets are drawn from it). Kept of each word: tags, head
and relation where the teacher is sure (else nothing), the chances of every name tag and every trigger tag.
"""
import argparse
import random
import time

import numpy as np
import torch

import data as D
import events as E
import gmb
import train_accurate as A
from minilm import MiniLM, Pieces
from train import Sent, Vocab, read_vectors

SURE = .5       # of a tag; of a head; of a relation
UNSURE = -100


def texts(data):
    keep = gmb.kept()
    for i, line in enumerate(gmb.lines_of(data), 1):
        if line.strip() and i not in keep and not gmb.held_out(i):
            yield {"id": "g%d" % i, "date": "2010-01-01", "text": line.strip()}


def corpora(data):
    """Words of the sentences of other corpora"""
    ewt, gum = D.read_ud(data)
    named = D.read_all_ner(data)
    return [[t[0] for t in s] for s in ewt + gum] + [s[0] for k in ("wnut17", "wikigold", "crossner", "meantime", "re3d") for s in named[k]]


@torch.no_grad()
def label(m, pieces, sents):
    b = A.batch(pieces, sents, kind="none")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = m.encode(b)
        up, xp, fe = (z.float().softmax(-1).max(-1) for z in m.tags(h))
        arc = m.arcs(h, b["mask"]).softmax(-1).max(-1)
        lab = m.labels(h, arc.indices).softmax(-1).max(-1)
        ner = m.names(h).softmax(-1)
        trig = m.triggers(h)[0].softmax(-1)
    hard = lambda z: torch.where(z.values >= SURE, z.indices, UNSURE).to(torch.int16).numpy()
    got = {k: hard(z) for k, z in (("upos", up), ("xpos", xp), ("feats", fe), ("head", arc), ("rel", lab))}
    for k, s in enumerate(sents):
        n = len(s.forms)
        for key, v in got.items():
            setattr(s, key, v[k, :n].copy())
        s.ner = ner[k, :n].to(torch.float16).numpy()
        s.trig = trig[k, :n].to(torch.float16).numpy()


def some_of(every, words, length):
    """Of a list so many words, drawn at random; 0: all"""
    if not words:
        return every
    random.Random(7).shuffle(every)
    total, k = 0, 0
    while k < len(every) and total < words:
        total += length(every[k])
        k += 1
    return every[:k]


def main():
    ap = argparse.ArgumentParser()
    for name in ("data", "dragoman", "teacher", "out"):
        ap.add_argument("--" + name, required=True)
    ap.add_argument("--limit", type=int, default=0, help="of the texts")
    ap.add_argument("--words", type=int, default=0, help="so many words of the texts, and of the corpora, drawn at random; 0: all")
    a = ap.parse_args()
    torch.set_num_threads(1)
    ck = torch.load(a.teacher, weights_only=False)
    vocab = Vocab.load(ck["vocab"], read_vectors(a.data)[0])
    m = MiniLM(vocab.counts())
    m.load_state_dict(ck["model"])
    m.eval()
    pieces = Pieces()
    records = some_of(list(texts(a.data)), a.words, lambda r: r["text"].count(" ") + 1)
    if a.limit:
        records = records[:a.limit]
    t0 = time.time()
    sents = []
    for sent in (s for doc in E.words_of(records, a.dragoman).values() for s in doc):
        if 3 <= len(sent) <= 80:
            x = Sent()
            x.forms, x.style = [w[0] for w in sent], 0
            sents.append(x)
    for forms in some_of(corpora(a.data), a.words, len):
        if 3 <= len(forms) <= 80:
            x = Sent()
            x.forms, x.style = forms, 0
            sents.append(x)
    sents.sort(key=lambda s: len(s.forms))
    print(len(sents), "sentences", sum(len(s.forms) for s in sents), "words", round(time.time() - t0), "s", flush=True)
    for i in range(0, len(sents), 48):
        label(m, pieces, sents[i:i + 48])
        if i % 4800 == 0:
            print(i, round(time.time() - t0), flush=True)
    torch.save([{k: getattr(s, k) for k in ("forms", "upos", "xpos", "feats", "head", "rel", "ner", "trig")} for s in sents], a.out)


if __name__ == "__main__":
    main()
