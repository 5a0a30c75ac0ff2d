# SPDX-License-Identifier: Apache-2.0
"""Turns a checkpoint into the model file: quantised, packed for the kernels, laid out for mapping.

    python export.py --data ../../shared/data --in /tmp/parser.pt --out ../../models/parser.dgm --card ../../models/parser.card.md
"""
import argparse
import os
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data as D
import features
import lemma
import modelfile
from minilm import EVENT_ROLES, STATUS, TRIGGERS
from model import D_AFF, D_SHAPE, D_VEC, D_WORD, STYLES
from train import Vocab, read_vectors

PAD_N = 64     # rows of a packed matrix come in groups of 64


def quantise_rows(w):
    """int8 with one symmetric scale per row"""
    w = np.asarray(w, np.float32)
    amax = np.abs(w).max(1)
    scale = np.where(amax > 0, amax / np.float32(127), np.float32(0)).astype(np.float32)
    q = np.rint(w / np.where(scale > 0, scale, 1)[:, None]).clip(-127, 127).astype(np.int8)
    return q, scale


def packed(name, w, bias=None):
    """w [N,K] -> name.w int8 [N/16,K/4,16,4], name.scale, name.corr (-128 x row sum), name.bias; N padded to 64"""
    n, k = w.shape
    assert k % 4 == 0
    pad = -n % PAD_N
    q, scale = quantise_rows(np.pad(np.asarray(w, np.float32), ((0, pad), (0, 0))))
    q4 = q.reshape((n + pad) // 16, 16, k // 4, 4).transpose(0, 2, 1, 3)
    out = {name + ".w": np.ascontiguousarray(q4), name + ".scale": scale,
           name + ".corr": (-128 * q.astype(np.int32).sum(1)).astype(np.int32)}
    if bias is not None:
        b = np.asarray(bias, np.float32)
        out[name + ".bias"] = np.pad(b, [(0, 0)] * (b.ndim - 1) + [(0, pad)])
    return out


def rows(name, w):
    q, scale = quantise_rows(w)
    return {name + ".q": q, name + ".scale": scale}


def lines(xs):
    return "".join(x + "\n" for x in xs)


def heads(sd, vocab):
    """(arrays, lines of the layers text, texts) of what stands on an encoder, whichever it is"""
    A = {}
    linear = lambda name, *parts: A.update(packed(name, np.concatenate([sd[p + ".weight"] for p in parts]),
                                                  np.concatenate([sd[p + ".bias"] for p in parts])))
    linear("tag.in", "tag_in")
    linear("tag.out", "tag_out")
    linear("top", "arc_in", "lab_in", "ner_out")
    linear("arc.u", "arc_u")
    linear("lab.out", "lab_out")
    A["root.arc"], A["root.lab"] = sd["root_arc"], sd["root_lab"]
    A["feats.upos"] = np.array([vocab.upos.index(f.split("|")[0]) for f in vocab.feats], np.uint8)
    layers = ["tags l1 hidden %d upos %d xpos %d feats %d" % (len(sd["tag_in.bias"]), len(vocab.upos), len(vocab.xpos), len(vocab.feats)),
              "tree l2 arc %d label %d rel %d" % (len(sd["root_arc"]), len(sd["root_lab"]), len(vocab.rel)),
              "names l2 tags %d" % len(D.NER_TAGS)]
    T = {"upos": lines(vocab.upos), "xpos": lines(vocab.xpos), "feats": lines(f.split("|", 1)[1] for f in vocab.feats),
         "rel": lines(vocab.rel), "names": lines(D.NER_TAGS)}
    if "trig_in.weight" in sd:
        linear("trig.in", "trig_in")
        linear("trig.out", "trig_out")
        linear("role.in", "role_in")
        linear("role.out", "role_out")
        layers.append("events l2 hidden %d triggers %d status %d roles %d" % (
            len(sd["trig_in.bias"]), len(TRIGGERS), len(STATUS), len(EVENT_ROLES)))
        T.update(triggers=lines(TRIGGERS), status=lines(STATUS), roles=lines(EVENT_ROLES))
    return A, layers, T


def finish(out, card, data, A, layers, T):
    """Adds what every model has and writes the file"""
    ewt, gum = D.read_ud(data)
    la, lt = lemma.arrays(lemma.learn(ewt + gum, data))
    A.update(la)
    T.update(lt)
    T["layers"] = lines(layers + ["lemma rules"])
    T["styles"] = lines(STYLES)
    T["card"] = open(card, encoding="utf-8").read() if card and os.path.exists(card) else "-\n"
    first = ("layers", "card", "styles")                 # the order of the file
    texts = {k: T[k] for k in sorted(T, key=lambda k: first.index(k) if k in first else len(first))}
    size = modelfile.write(out, A, texts)
    print("%s: %.2f MB, %d arrays\n%s" % (out, size / 1e6, len(A) + len(texts), T["layers"]))


def arguments():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--in", dest="src", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--card", default=None)
    ap.add_argument("--inside", type=float, default=.5, help="added to the score of a name's going on (I-): whole names are found more often")
    return ap.parse_args()


def checkpoint(path, inside=0.0):
    """(its file, weights by name)"""
    ck = torch.load(path, map_location="cpu", weights_only=False)
    sd = {k: v.float().numpy() for k, v in ck["model"].items()}
    sd["ner_out.bias"] = sd["ner_out.bias"] + np.array([inside * t.startswith("I-") for t in D.NER_TAGS], np.float32)
    return ck, sd


def main():
    a = arguments()
    vec_words, vscale, raw = read_vectors(a.data)
    ck, sd = checkpoint(a.src, a.inside)
    vocab = Vocab.load(ck["vocab"], vec_words)
    h = sd["l1.fw.weight_hh_l0"].shape[1]
    d_in = D_VEC + D_WORD + D_AFF + D_SHAPE

    A = {}
    A["vec.q"], A["vec.scale"] = raw, vscale
    A["vec.table"] = modelfile.table({w.encode(): i for i, w in enumerate(vec_words) if i})
    A["word.table"] = modelfile.table({w.encode(): i for i, w in enumerate(vocab.words) if i})
    A.update(rows("word", sd["word.weight"]))
    A.update(rows("affix", sd["aff.weight"]))
    A.update(rows("shape", sd["shape.weight"]))
    for layer in ("l1", "l2"):
        ih = np.concatenate([sd[layer + ".fw.weight_ih_l0"], sd[layer + ".bw.weight_ih_l0"]])
        b = np.concatenate([sd["%s.%s.bias_ih_l0" % (layer, d)] + sd["%s.%s.bias_hh_l0" % (layer, d)] for d in ("fw", "bw")])
        if layer == "l1":     # the style vector is constant at run time: one bias per style
            st = sd["style.weight"] @ ih[:, d_in:].T
            b = b[None] + st
            ih = ih[:, :d_in]
        A.update(packed(layer + ".in", ih, b))
        for d in ("fw", "bw"):
            A.update(packed("%s.%s" % (layer, d), sd["%s.%s.weight_hh_l0" % (layer, d)]))
    layers = ["words vec %d word %d affix %d shape %d" % (D_VEC, D_WORD, D_AFF, D_SHAPE),
              "bilstm l1 in %d out %d" % (d_in, h), "bilstm l2 in %d out %d" % (2 * h, h)]
    ha, hl, ht = heads(sd, vocab)
    finish(a.out, a.card, a.data, {**A, **ha}, layers + hl, ht)


if __name__ == "__main__":
    main()
