# SPDX-License-Identifier: Apache-2.0
"""Writes the tiny model of the loader tests: all layers, a few kilobytes, made-up numbers, nothing trained.

    python3 tiny.py ../../tests/data/tiny.dgm
"""
import os
import sys

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import modelfile

H, VEC, WORD, AFF, SHAPE, TAG, ARC, LAB = 16, 20, 12, 16, 16, 16, 16, 16
UPOS = ["NOUN", "PUNCT", "VERB"]
XPOS = [".", "NN", "VBD"]
FEATS = [("NOUN", "Number=Plur"), ("NOUN", "Number=Sing"), ("PUNCT", "_"), ("VERB", "Tense=Past")]
REL = ["nsubj", "obj", "punct", "root"]
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]
RULES = [(0, 0, ""), (0, 2, ""), (0, 1, "y")]


def main():
    rng = np.random.default_rng(1)
    i8 = lambda *s: rng.integers(-127, 128, s, dtype=np.int8)
    f = lambda *s: rng.normal(0, .3, s).astype(np.float32)
    A = {}

    def rows(name, n, d):
        A[name + ".q"], A[name + ".scale"] = i8(n, d), np.full(n, .01, np.float32)

    def mat(name, n, k, bias=True):
        n += -n % 64
        q = i8(n // 16, k // 4, 16, 4)
        A[name + ".w"], A[name + ".scale"] = q, np.full(n, .002, np.float32)
        A[name + ".corr"] = (-128 * q.astype(np.int32).sum((1, 3))).reshape(-1).astype(np.int32)
        if bias:
            A[name + ".bias"] = f(n)

    d = VEC + WORD + AFF + SHAPE
    rows("vec", 4, VEC)
    rows("word", 4, WORD)
    rows("affix", 32, AFF)
    rows("shape", 8, SHAPE)
    A["vec.table"] = modelfile.table({w: i + 1 for i, w in enumerate((b"the", b"minister", b"left"))})
    A["word.table"] = modelfile.table({w: i + 1 for i, w in enumerate((b"the", b"0000", b"."))})
    mat("l1.in", 8 * H, d, False)
    mat("l2.in", 8 * H, 2 * H, False)
    A["l1.in.bias"], A["l2.in.bias"] = f(2, 8 * H), f(8 * H)
    for layer in ("l1", "l2"):
        for way in ("fw", "bw"):
            mat("%s.%s" % (layer, way), 4 * H, H, False)
    mat("tag.in", TAG, 2 * H)
    mat("tag.out", len(UPOS) + len(XPOS) + len(FEATS), TAG)
    mat("top", 2 * ARC + 2 * LAB + len(NAMES), 2 * H)
    mat("arc.u", ARC, ARC)
    mat("lab.out", len(REL), LAB)
    A["root.arc"], A["root.lab"] = f(ARC), f(LAB)
    A["feats.upos"] = np.array([UPOS.index(u) for u, _ in FEATS], np.uint8)
    A["lemma.suffix"] = modelfile.table({b"NN\tes": 2, b"NN\tie": 3})
    A["lemma.word"] = modelfile.table({b"VBD\tleft": 1})
    lines = lambda xs: "".join(x + "\n" for x in xs)
    T = {"layers": lines(("words vec %d word %d affix %d shape %d" % (VEC, WORD, AFF, SHAPE), "bilstm l1 in %d out %d" % (d, H),
                          "bilstm l2 in %d out %d" % (2 * H, H),
                          "tags l1 hidden %d upos %d xpos %d feats %d" % (TAG, len(UPOS), len(XPOS), len(FEATS)),
                          "tree l2 arc %d label %d rel %d" % (ARC, LAB, len(REL)), "names l2 tags %d" % len(NAMES), "lemma rules")),
         "card": "A model without training, for tests.\n", "styles": "neutral\nother\n", "upos": lines(UPOS), "xpos": lines(XPOS),
         "feats": lines(x for _, x in FEATS), "rel": lines(REL), "names": lines(NAMES),
         "lemma.rules": "".join("%d\t%d\t%s\n" % r for r in RULES)}
    print(modelfile.write(sys.argv[1], A, T), "bytes")


if __name__ == "__main__":
    main()
