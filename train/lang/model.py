# SPDX-License-Identifier: Apache-2.0
"""The network: word features, two BiLSTM layers, tag heads on the first, tree and name heads on the second."""
import torch
from torch import nn
import torch.nn.functional as F

import features
from labels import EVENT_ROLES, NAME_SOURCES, STATUS, TRIGGERS

D_VEC, D_WORD, D_AFF, D_SHAPE, D_STYLE = 100, 60, 64, 32, 8
STYLES = ["neutral", "ewt", "gum"]


def shared_drop(x, p, training):
    """One mask for all words of a sentence. x: [T,B,D]"""
    if not training or p == 0:
        return x
    m = torch.empty(1, x.shape[1], x.shape[2]).bernoulli_(1 - p).div_(1 - p)
    return x * m


class BiLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.fw, self.bw = nn.LSTM(d, h), nn.LSTM(d, h)
        for m in (self.fw, self.bw):
            nn.init.xavier_uniform_(m.weight_ih_l0)
            for k in range(4):
                nn.init.orthogonal_(m.weight_hh_l0.data[k * h:(k + 1) * h])
            m.bias_ih_l0.data.zero_()
            m.bias_hh_l0.data.zero_()
            m.bias_ih_l0.data[h:2 * h].fill_(1.0)

    def forward(self, x, rev):
        """rev [T,B]: index of the mirrored word, padding stays at the end, so that both directions start on words."""
        a, _ = self.fw(x)
        xr = torch.gather(x, 0, rev[:, :, None].expand(-1, -1, x.shape[2]))
        b, _ = self.bw(xr)
        b = torch.gather(b, 0, rev[:, :, None].expand(-1, -1, b.shape[2]))
        return torch.cat([a, b], -1)


class Parser(nn.Module):
    def __init__(self, n, vec, h=160, tag=128, arc=128, lab=112, ev=64, drop=0.25):
        """n: dict of counts (word, upos, xpos, feats, rel, ner); vec: [V,100] fixed, row 0 is zero"""
        super().__init__()
        self.h, self.drop = h, drop
        self.register_buffer("vec", vec, persistent=False)
        self.word = nn.Embedding(n["word"], D_WORD)
        self.aff = nn.Embedding(features.AFFIX_ROWS, D_AFF)
        self.shape = nn.Embedding(features.SHAPE_ROWS, D_SHAPE)
        self.style = nn.Embedding(len(STYLES), D_STYLE)
        for e, s in ((self.word, .1), (self.aff, .1), (self.shape, .3), (self.style, .3)):
            nn.init.normal_(e.weight, std=s)
        self.l1 = BiLayer(D_VEC + D_WORD + D_AFF + D_SHAPE + D_STYLE, h)
        self.l2 = BiLayer(2 * h, h)
        self.tag_in = nn.Linear(2 * h, tag)
        self.tag_out = nn.Linear(tag, n["upos"] + n["xpos"] + n["feats"])
        self.arc_in = nn.Linear(2 * h, 2 * arc)          # dependent, head
        self.arc_u = nn.Linear(arc, arc)                 # weight: bilinear; bias: score of a head by itself
        self.lab_in = nn.Linear(2 * h, 2 * lab)          # dependent, head; added, then relu
        self.lab_out = nn.Linear(lab, n["rel"])
        self.ner_out = nn.Linear(2 * h, n["ner"])
        self.ner_own = nn.Parameter(torch.zeros(len(NAME_SOURCES), n["ner"], 2 * h))      # minilm.py, names()
        self.root_arc = nn.Parameter(torch.randn(arc) * .1)
        self.root_lab = nn.Parameter(torch.randn(lab) * .1)
        self.trig_in = nn.Linear(2 * h, ev)              # one hidden layer for trigger, status, negation
        self.trig_out = nn.Linear(ev, len(TRIGGERS) + len(STATUS) + 1)
        self.role_in = nn.Linear(2 * h, 2 * ev)          # trigger's first word, any word; added, then relu
        self.role_out = nn.Linear(ev, len(EVENT_ROLES))
        self.n, self.n_arc, self.n_lab, self.n_ev = n, arc, lab, ev
        with torch.no_grad():
            nn.init.orthogonal_(self.arc_u.weight)
            self.arc_u.bias.zero_()

    def encode(self, b):
        tr = self.training
        v, w, a, s = b["vec"], b["word"], b["aff"], b["shape"]
        if tr:
            v = torch.where(torch.rand(v.shape) < .08, 0, v)
            w = torch.where(torch.rand(w.shape) < .25, 0, w)
        st = self.style(b["style"])[None].expand(v.shape[0], -1, -1)
        x = torch.cat([self.vec[v], self.word(w), self.aff(a).sum(2), self.shape(s), st], -1)
        x = shared_drop(x, self.drop * .8, tr)
        h1 = self.l1(x, b["rev"])
        h1 = shared_drop(h1.float(), self.drop, tr)
        h2 = self.l2(h1, b["rev"])
        return h1, shared_drop(h2.float(), self.drop, tr)

    def tags(self, h1):
        z = F.relu(self.tag_in(h1))
        z = self.tag_out(F.dropout(z, self.drop, self.training))
        return torch.split(z, [self.n["upos"], self.n["xpos"], self.n["feats"]], -1)

    def arcs(self, h2, mask):
        """[B,T,T+1]: score of each head (0 the root) for each word. mask [B,T] true on words"""
        a = F.relu(self.arc_in(h2).transpose(0, 1))
        d, hd = a.chunk(2, -1)
        d = F.dropout(d, self.drop, self.training)
        hd = F.dropout(hd, self.drop, self.training)
        hd = torch.cat([self.root_arc.to(hd.dtype).expand(hd.shape[0], 1, -1), hd], 1)
        s = torch.bmm(self.arc_u(d), hd.transpose(1, 2)).float()
        s = s.masked_fill(~F.pad(mask, (1, 0), value=True)[:, None], -1e9)
        t = torch.arange(s.shape[1])
        s[:, t, t + 1] = -1e9
        return s

    def labels(self, h2, head):
        """[B,T,R] for the given heads [B,T] (0 the root)"""
        a = self.lab_in(h2).transpose(0, 1)
        d, hd = a.chunk(2, -1)
        hd = torch.cat([self.root_lab.to(hd.dtype).expand(hd.shape[0], 1, -1), hd], 1)
        z = F.relu(d + torch.gather(hd, 1, head[:, :, None].expand(-1, -1, hd.shape[2])))
        return self.lab_out(F.dropout(z, self.drop, self.training)).float()

    def names(self, h2, source=None):
        z = self.ner_out(h2)
        if source is not None:
            z = z + torch.einsum("tbd,bnd->tbn", h2, self.ner_own[source] * (source > 0)[:, None, None])
        return z.float()

    def triggers(self, h2):
        """[B,T,33] trigger tags, [B,T,4] status, [B,T] negation"""
        z = F.relu(self.trig_in(h2.transpose(0, 1)))
        z = self.trig_out(F.dropout(z, self.drop * .5, self.training)).float()
        return z[..., :len(TRIGGERS)], z[..., len(TRIGGERS):-1], z[..., -1]

    def roles(self, h2, rows, words):
        """[N,T,7] for N triggers: rows [N] their sentence, words [N] their first word"""
        t, w = self.role_in(h2.transpose(0, 1)).chunk(2, -1)
        z = F.relu(t[rows, words][:, None] + w[rows])
        return self.role_out(F.dropout(z, self.drop * .5, self.training)).float()
