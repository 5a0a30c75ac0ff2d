# SPDX-License-Identifier: Apache-2.0
"""The weights of a model file, back from 8 bits, to go on training from (train.py and train_accurate.py, --init FILE.dgm).

A rounding of 1 in 254 of each row's largest weight is left in them, which training takes out. What the file has folded in is
taken apart again: of the fast network the three biases of the first layer (one for each style) become a style vector of two
numbers, of the accurate one the case vectors of each style become style and case.
"""
import numpy as np
import torch

import data as D
import modelfile
from labels import TRIGGERS
from minilm import HEADS


def _matrix(A, name, n=None, k=None):
    q = A[name + ".w"].astype(np.float32)                       # [N/16, K/4, 16, 4]
    w = q.transpose(0, 2, 1, 3).reshape(q.shape[0] * 16, -1) * A[name + ".scale"][:, None]
    return w[:n, :k]


def _rows(A, name):
    return A[name + ".q"].astype(np.float32) * A[name + ".scale"][:, None]


def _same_labels(A, vocab):
    for name, want in (("upos", vocab.upos), ("rel", vocab.rel), ("names", D.NER_TAGS), ("triggers", TRIGGERS)):
        assert name not in A or bytes(A[name]).decode().split() == want, "other labels: " + name


def _heads(A, model):
    """Weights by name of the heads that both networks have"""
    sd = {}

    def put(name, to, n):
        sd.update({to + ".weight": _matrix(A, name, n), to + ".bias": A[name + ".bias"][:n]})

    put("tag.in", "tag_in", model.tag_in.weight.shape[0])
    put("tag.out", "tag_out", model.tag_out.weight.shape[0])
    top, bias, at = _matrix(A, "top"), A["top.bias"], 0
    for name, n in (("arc_in", 2 * model.n_arc), ("lab_in", 2 * model.n_lab), ("ner_out", model.n["ner"])):
        sd[name + ".weight"], sd[name + ".bias"] = top[at:at + n], bias[at:at + n]
        at += n
    put("arc.u", "arc_u", model.n_arc)
    put("lab.out", "lab_out", model.n["rel"])
    sd["root_arc"], sd["root_lab"] = A["root.arc"], A["root.lab"]
    if "trig.in.w" in A:
        for name, to in (("trig.in", "trig_in"), ("trig.out", "trig_out"), ("role.in", "role_in"), ("role.out", "role_out")):
            put(name, to, getattr(model, to).weight.shape[0])
    return sd


def _fill(model, sd):
    own = model.state_dict()
    for k, v in sd.items():
        assert tuple(own[k].shape) == v.shape, (k, own[k].shape, v.shape)
        own[k] = torch.from_numpy(np.array(v))
    model.load_state_dict(own)


def load(path, model, vocab):
    """Fills model (model.Parser); heads that the file lacks stay as they are. The vocabulary must be the file's."""
    A = modelfile.read(path)
    _same_labels(A, vocab)
    slots = {(int(c), int(v)) for c, v in A["word.table"] if v}
    for i in (1, len(vocab.words) // 2, len(vocab.words) - 1):
        assert (modelfile.hash64(vocab.words[i].encode()) >> 32, i) in slots, "other words"
    h = model.h
    sd = _heads(A, model)
    sd["word.weight"], sd["aff.weight"], sd["shape.weight"] = _rows(A, "word"), _rows(A, "affix"), _rows(A, "shape")
    for layer in ("l1", "l2"):
        w, b = _matrix(A, layer + ".in", 8 * h), A[layer + ".in.bias"]
        if layer == "l1":
            b = b[:, :8 * h]
            style = np.zeros((w.shape[0], model.style.weight.shape[1]), np.float32)
            style[:, 0], style[:, 1] = b[1] - b[0], b[2] - b[0]
            w, b = np.concatenate([w, style], 1), b[0]
            sd["style.weight"] = np.zeros(tuple(model.style.weight.shape), np.float32)
            sd["style.weight"][1, 0] = sd["style.weight"][2, 1] = 1
        b = b[:8 * h]
        for i, d in enumerate(("fw", "bw")):
            part = slice(i * 4 * h, (i + 1) * 4 * h)
            sd["%s.%s.weight_ih_l0" % (layer, d)], sd["%s.%s.bias_ih_l0" % (layer, d)] = w[part], b[part]
            sd["%s.%s.weight_hh_l0" % (layer, d)] = _matrix(A, "%s.%s" % (layer, d), 4 * h)
            sd["%s.%s.bias_hh_l0" % (layer, d)] = np.zeros(4 * h, np.float32)
    _fill(model, sd)


def load_accurate(path, model, vocab):
    """Fills model (minilm.MiniLM), as load() does"""
    A = modelfile.read(path)
    _same_labels(A, vocab)
    sd = _heads(A, model)
    sd["piece.weight"], sd["position.weight"] = _rows(A, "piece"), _rows(A, "position")
    sd["case_in.weight"], sd["case_top.weight"] = A["case.in"][0], A["case.top"]
    sd["style.weight"] = (A["case.in"] - A["case.in"][:1]).mean(1)      # neutral is nought
    sd["ln0.weight"], sd["ln0.bias"] = A["ln.gamma"], A["ln.beta"]
    d, heads = sd["piece.weight"].shape[1], HEADS
    for k, layer in enumerate(model.layers):
        name, to = "b%d." % k, "layers.%d." % k
        for part in ("qkv", "out", "up", "down"):
            n = getattr(layer, part).weight.shape[0]
            w, b = _matrix(A, name + part, n), np.array(A[name + part + ".bias"][:n])
            if part == "qkv":
                w[:d], b[:d] = w[:d] * (d // heads) ** .5, b[:d] * (d // heads) ** .5
            sd[to + part + ".weight"], sd[to + part + ".bias"] = w, b
        for ln in ("ln1", "ln2"):
            sd[to + ln + ".weight"], sd[to + ln + ".bias"] = A[name + ln + ".gamma"], A[name + ln + ".beta"]
    _fill(model, sd)
