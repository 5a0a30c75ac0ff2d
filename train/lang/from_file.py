# SPDX-License-Identifier: Apache-2.0
"""The weights of a model file of the fast network, back from 8 bits, to go on training from (train.py --init FILE.dgm).

A rounding of 1 in 254 of each row's largest weight is left in them, which training takes out. The three biases of the
first layer (one for each style) become a style vector of two numbers again.
"""
import numpy as np
import torch

import modelfile


def _matrix(A, name, n=None, k=None):
    q = A[name + ".w"].astype(np.float32)                       # [N/16, K/4, 16, 4]
    w = q.transpose(0, 2, 1, 3).reshape(q.shape[0] * 16, -1) * A[name + ".scale"][:, None]
    return w[:n, :k]


def _rows(A, name):
    return A[name + ".q"].astype(np.float32) * A[name + ".scale"][:, None]


def load(path, model, vocab):
    """Fills model (model.Parser); heads that the file lacks stay as they are. The vocabulary must be the file's."""
    A = modelfile.read(path)
    assert bytes(A["upos"]).decode().split() == vocab.upos and bytes(A["rel"]).decode().split() == vocab.rel, "other labels"
    slots = {(int(c), int(v)) for c, v in A["word.table"] if v}
    for i in (1, len(vocab.words) // 2, len(vocab.words) - 1):
        assert (modelfile.hash64(vocab.words[i].encode()) >> 32, i) in slots, "other words"
    h = model.h
    sd = {}
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
    put = lambda name, to, n: sd.update({to + ".weight": _matrix(A, name, n), to + ".bias": A[name + ".bias"][:n]})
    n_tag = model.tag_in.weight.shape[0]
    put("tag.in", "tag_in", n_tag)
    put("tag.out", "tag_out", model.tag_out.weight.shape[0])
    top, bias, at = _matrix(A, "top"), A["top.bias"], 0
    for name, n in (("arc_in", 2 * model.n_arc), ("lab_in", 2 * model.n_lab), ("ner_out", model.n["ner"])):
        sd[name + ".weight"], sd[name + ".bias"] = top[at:at + n], bias[at:at + n]
        at += n
    put("arc.u", "arc_u", model.n_arc)
    put("lab.out", "lab_out", model.n["rel"])
    sd["root_arc"], sd["root_lab"] = A["root.arc"], A["root.lab"]
    own = model.state_dict()
    for k, v in sd.items():
        assert tuple(own[k].shape) == v.shape, (k, own[k].shape, v.shape)
        own[k] = torch.from_numpy(np.array(v))
    model.load_state_dict(own)
