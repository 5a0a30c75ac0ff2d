# SPDX-License-Identifier: Apache-2.0
"""Writes the tiny models of the loader tests: all layers, a few kilobytes, made-up numbers, nothing trained.

    python3 tiny.py ../../tests/data/tiny.dgm
    python3 tiny.py --minilm ../../tests/data/tiny-minilm.dgm      the accurate encoder, with the event reader's heads
    python tiny.py --pieces ../../tests/data                       tiny-pieces.txt (a vocabulary), tiny-pieces.tsv (words cut by it;
                                                                   needs torch and the package of minilm.py)
"""
import os
import re
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


FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "data")
D, HEADS, INNER, BLOCKS, POSITIONS, CASES, EV = 32, 2, 48, 2, 256, 12, 16
TRIGGERS = ["O", "B-CONSULT", "I-CONSULT", "B-ASSAULT", "I-ASSAULT"]
STATUS, ROLES = ["actual", "future"], ["none", "source", "target"]
WORDS = r"""Moscow moscow MOSCOW U.N. N.A.T.O. O'Brien O’Brien McDonald iPhone A A. a I UN U.S.-led re-elected don't n't 's ’s — “ `` '' … $ % # ##
2022 2022-01-12 1,500 3.5 24/7 ½ Ⅻ Ⓐ ² Élysée élysée ÉLYSÉE E\u0301lyse\u0301e İstanbul groß Čapek Ångström naïve Nguyễn Ho\u0302\u0323 Chí
北京 東京都 日本語 Москва Київ Ελλάδα الرياض تل\u200dأبيب हिन्दी ประเทศ 한국 🚀 👩‍👩‍👧 ✈️ a\u0300 \u0301 \u00a0 COVID-19 covid19 G7 MiG-29 unbelievableness
antidisestablishmentarianism supercalifragilisticexpialidocious zzzzzzzzzz qx ministers minister's peacekeeping ceasefire CEASEFIRE
http://example.org/a?b=c @user #tag snake_case tab\tin x=y aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa a.b.c.d.e.f.g.h.i.j.k.l.m"""


class Made:
    """Arrays of made-up numbers under their names"""

    def __init__(self):
        self.rng = np.random.default_rng(1)
        self.A = {}

    def i8(self, *s):
        return self.rng.integers(-127, 128, s, dtype=np.int8)

    def f(self, *s):
        return self.rng.normal(0, .3, s).astype(np.float32)

    def rows(self, name, n, d):
        self.A[name + ".q"], self.A[name + ".scale"] = self.i8(n, d), np.full(n, .01, np.float32)

    def mat(self, name, n, k, bias=True):
        n += -n % 64
        q = self.i8(n // 16, k // 4, 16, 4)
        self.A[name + ".w"], self.A[name + ".scale"] = q, np.full(n, .002, np.float32)
        self.A[name + ".corr"] = (-128 * q.astype(np.int32).sum((1, 3))).reshape(-1).astype(np.int32)
        if bias:
            self.A[name + ".bias"] = self.f(n)

    def heads(self, d):
        """On an encoder that is d wide; their lines of the layers text"""
        self.mat("tag.in", TAG, d)
        self.mat("tag.out", len(UPOS) + len(XPOS) + len(FEATS), TAG)
        self.mat("top", 2 * ARC + 2 * LAB + len(NAMES), d)
        self.mat("arc.u", ARC, ARC)
        self.mat("lab.out", len(REL), LAB)
        self.A["root.arc"], self.A["root.lab"] = self.f(ARC), self.f(LAB)
        self.A["feats.upos"] = np.array([UPOS.index(u) for u, _ in FEATS], np.uint8)
        self.A["lemma.suffix"] = modelfile.table({b"NN\tes": 2, b"NN\tie": 3})
        self.A["lemma.word"] = modelfile.table({b"VBD\tleft": 1})
        return ["tags l1 hidden %d upos %d xpos %d feats %d" % (TAG, len(UPOS), len(XPOS), len(FEATS)),
                "tree l2 arc %d label %d rel %d" % (ARC, LAB, len(REL)), "names l2 tags %d" % len(NAMES)]

    def write(self, path, layers, more=None):
        T = {"layers": lines(layers + ["lemma rules"]), "card": "A model without training, for tests.\n", "styles": "neutral\nother\n",
             "upos": lines(UPOS), "xpos": lines(XPOS), "feats": lines(x for _, x in FEATS), "rel": lines(REL), "names": lines(NAMES),
             "lemma.rules": "".join("%d\t%d\t%s\n" % r for r in RULES), **(more or {})}
        print(modelfile.write(path, self.A, T), "bytes")


def lines(xs):
    return "".join(x + "\n" for x in xs)


def bilstm(path):
    m = Made()
    d = VEC + WORD + AFF + SHAPE
    m.rows("vec", 4, VEC)
    m.rows("word", 4, WORD)
    m.rows("affix", 32, AFF)
    m.rows("shape", 8, SHAPE)
    m.A["vec.table"] = modelfile.table({w: i + 1 for i, w in enumerate((b"the", b"minister", b"left"))})
    m.A["word.table"] = modelfile.table({w: i + 1 for i, w in enumerate((b"the", b"0000", b"."))})
    m.mat("l1.in", 8 * H, d, False)
    m.mat("l2.in", 8 * H, 2 * H, False)
    m.A["l1.in.bias"], m.A["l2.in.bias"] = m.f(2, 8 * H), m.f(8 * H)
    for layer in ("l1", "l2"):
        for way in ("fw", "bw"):
            m.mat("%s.%s" % (layer, way), 4 * H, H, False)
    heads = m.heads(2 * H)
    m.write(path, ["words vec %d word %d affix %d shape %d" % (VEC, WORD, AFF, SHAPE), "bilstm l1 in %d out %d" % (d, H),
                   "bilstm l2 in %d out %d" % (2 * H, H)] + heads)


def minilm(path):
    m = Made()
    with open(os.path.join(FOLDER, "tiny-pieces.txt"), encoding="utf-8") as f:
        pieces = [w.rstrip("\n") for w in f]
    m.rows("piece", len(pieces), D)
    m.rows("position", POSITIONS, D)
    m.A["piece.table"] = modelfile.table({w.encode(): i for i, w in enumerate(pieces) if i})
    m.A["case.in"], m.A["case.top"] = m.f(2, CASES, D), m.f(CASES, D)
    norms = ["ln"]
    for k in range(BLOCKS):
        for name, n, w in (("qkv", 3 * D, D), ("out", D, D), ("up", INNER, D), ("down", D, INNER)):
            m.mat("b%d.%s" % (k, name), n, w)
        norms += ["b%d.ln1" % k, "b%d.ln2" % k]
    for name in norms:
        m.A[name + ".gamma"], m.A[name + ".beta"] = 1 + m.f(D), m.f(D)
    heads = m.heads(D)
    m.mat("trig.in", EV, D)
    m.mat("trig.out", len(TRIGGERS) + len(STATUS) + 1, EV)
    m.mat("role.in", 2 * EV, D)
    m.mat("role.out", len(ROLES), EV)
    longest = max(len(w.removeprefix("##").encode()) for w in pieces)
    m.write(path, ["minilm layers %d width %d heads %d inner %d pieces %d longest %d positions %d unk %d cls %d sep %d" % (
        BLOCKS, D, HEADS, INNER, len(pieces), longest, POSITIONS, *(pieces.index(x) for x in ("[UNK]", "[CLS]", "[SEP]")))] + heads + [
        "events l2 hidden %d triggers %d status %d roles %d" % (EV, len(TRIGGERS), len(STATUS), len(ROLES))],
        {"triggers": lines(TRIGGERS), "status": lines(STATUS), "roles": lines(ROLES)})


def cut_words(folder):
    """A vocabulary of the pieces of WORDS and some letters; then WORDS as it cuts them"""
    from minilm import Pieces, case_of
    point = lambda m: chr(int(m.group(1), 16))
    words = [re.sub(r"\\u([0-9a-f]{4})", point, w).replace("\\t", "\t") for w in WORDS.split()] + [""]
    whole = Pieces()
    used = {whole.list[i] for w in words for i in whole.of(w)} | set("abcxyz") | {"##" + c for c in "abcxyz12"}
    path = os.path.join(folder, "tiny-pieces.txt")
    with open(path, "w", encoding="utf-8") as f:
        f.write(lines(["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + sorted(used - {"[UNK]"})))
    small = Pieces(path)
    with open(os.path.join(folder, "tiny-pieces.tsv"), "w", encoding="utf-8") as f:
        f.write("# form, case_of, pieces of tiny-pieces.txt; made by train/lang/tiny.py --pieces\n")
        for w in words:
            f.write("%s\t%d\t%s\n" % (w.replace("\t", "\\t"), case_of(w), " ".join(small.list[i] for i in small.of(w))))


if __name__ == "__main__":
    {"--minilm": minilm, "--pieces": cut_words}.get(sys.argv[1], bilstm)(sys.argv[-1])
