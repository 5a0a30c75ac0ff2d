# SPDX-License-Identifier: Apache-2.0
"""What a further run of the fast network must not forget: the labels of silver.py with the trees of its predecessor in them.

    python keep.py --data DATA --old OLD.dgm --like CHECKPOINT --silver silver.pt --dragoman ../../build/dragoman --out kept.pt [--part .25]

The rows of the lexicon were written beside the predecessor's trees; a network that learns only events anew should read the rest as before. Raw sentences
get tags, heads and relations as the old file reads them and keep the accurate network's chances of names and triggers; the examples of the lexicon
are added with everything as the old file reads it, so often that they make up PART of the sentences. CHECKPOINT: any of the fast tier, for its vocabulary.
"""
import argparse

import numpy as np
import torch

import events as E
import from_file
import train as T
from model import Parser
from settle import examples

SURE, UNSURE = .5, -100


@torch.no_grad()
def label(net, vocab, sents, all_of_it):
    for s in sents:
        s.events = []
    b = T.batch(vocab, sents, kind="events")
    h1, h2 = net.encode(b)
    up, xp, fe = (z.float().softmax(-1).max(-1) for z in net.tags(h1))
    arc = net.arcs(h2, b["mask"]).softmax(-1).max(-1)
    lab = net.labels(h2, arc.indices).softmax(-1).max(-1)
    ner, trig = net.names(h2).softmax(-1).transpose(0, 1), net.triggers(h2)[0].softmax(-1)
    least = 0 if all_of_it else SURE
    hard = lambda z: torch.where(z.values >= least, z.indices, UNSURE).to(torch.int16)
    got = {"upos": hard(up).t(), "xpos": hard(xp).t(), "feats": hard(fe).t(), "head": hard(arc), "rel": hard(lab)}
    for k, s in enumerate(sents):
        n = len(s.forms)
        for key, v in got.items():
            setattr(s, key, v[k, :n].numpy().copy())
        if all_of_it:
            s.ner, s.trig = ner[k, :n].to(torch.float16).numpy(), trig[k, :n].to(torch.float16).numpy()


def main():
    ap = argparse.ArgumentParser()
    for name in ("data", "old", "like", "silver", "dragoman", "out"):
        ap.add_argument("--" + name, required=True)
    ap.add_argument("--part", type=float, default=.25)
    a = ap.parse_args()
    torch.set_num_threads(1)
    words, scale, raw = T.read_vectors(a.data)
    ck = torch.load(a.like, weights_only=False)
    vocab = T.Vocab.load(ck["vocab"], words)
    net = Parser(vocab.counts(), torch.from_numpy(raw.astype(np.float32) * scale[:, None]), h=ck["args"]["hidden"])
    from_file.load(a.old, net, vocab)
    net.eval()
    silver = T.silver_sents(a.silver)
    of = E.words_of([{"id": "x%d" % i, "date": "2000-01-01", "text": x} for i, x in enumerate(examples())], a.dragoman)
    own = []
    for words_of_one in (s for doc in of.values() for s in doc):
        if 3 <= len(words_of_one) <= 60:
            x = T.Sent()
            x.forms, x.style, x.head, x.ner = [w[0] for w in words_of_one], 0, [], []
            own.append(x)
    for some, all_of_it in ((silver, False), (own, True)):
        some.sort(key=lambda s: len(s.forms))
        for i in range(0, len(some), 64):
            label(net, vocab, some[i:i + 64], all_of_it)
    times = max(1, round(a.part / (1 - a.part) * len(silver) / len(own)))
    print(len(silver), "raw sentences,", len(own), "examples,", times, "times")
    keys = ("forms", "upos", "xpos", "feats", "head", "rel", "ner", "trig")
    torch.save([{k: getattr(s, k) for k in keys} for s in silver + own * times], a.out)


if __name__ == "__main__":
    main()
