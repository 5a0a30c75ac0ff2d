# SPDX-License-Identifier: Apache-2.0
"""Turns a checkpoint of the accurate network (train_accurate.py) into the model file.

    python export_accurate.py --data ../../shared/data --in /tmp/accurate.pt --out ../../models/accurate.dgm --card ../../models/accurate.card.md

Sizes are read from the weights. What is constant at run time is folded in: the kind of segment into the positions (minilm.py does
that), the style into the case vectors, the divisor of the attention scores into the queries.
"""
import os
import sys

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import modelfile
from export import arguments, checkpoint, finish, heads, packed, rows
from minilm import HEADS, Pieces
from train import Vocab


def encoder(sd, pieces, n_heads):
    """(arrays, line of the layers text); pieces: list of the vocabulary, in the order of its numbers"""
    d, n_pos = sd["piece.weight"].shape[1], len(sd["position.weight"])
    n = 1 + max(int(k.split(".")[1]) for k in sd if k.startswith("layers."))
    assert len(pieces) == len(sd["piece.weight"]) and d % n_heads == 0
    A = {**rows("piece", sd["piece.weight"]), **rows("position", sd["position.weight"])}
    A["piece.table"] = modelfile.table({w.encode(): i for i, w in enumerate(pieces) if i})
    A["case.in"] = sd["style.weight"][:, None] + sd["case_in.weight"][None]
    A["case.top"] = sd["case_top.weight"]

    def norm(name, part):
        A[name + ".gamma"], A[name + ".beta"] = sd[part + ".weight"], sd[part + ".bias"]

    norm("ln", "ln0")
    by = np.ones(3 * d, np.float32)
    by[:d] = (d // n_heads) ** -.5
    for k in range(n):
        p, name = "layers.%d." % k, "b%d." % k
        A.update(packed(name + "qkv", sd[p + "qkv.weight"] * by[:, None], sd[p + "qkv.bias"] * by))
        for part in ("out", "up", "down"):
            A.update(packed(name + part, sd[p + part + ".weight"], sd[p + part + ".bias"]))
        norm(name + "ln1", p + "ln1")
        norm(name + "ln2", p + "ln2")
    number = {w: i for i, w in enumerate(pieces)}
    longest = max(len(w.removeprefix("##").encode()) for w in pieces)
    line = "minilm layers %d width %d heads %d inner %d pieces %d longest %d positions %d unk %d cls %d sep %d" % (
        n, d, n_heads, len(sd["layers.0.up.bias"]), len(pieces), longest, n_pos, number["[UNK]"], number["[CLS]"], number["[SEP]"])
    return {k: np.ascontiguousarray(v, v.dtype) for k, v in A.items()}, line


def main():
    a = arguments()
    ck, sd = checkpoint(a.src, a.inside)
    A, line = encoder(sd, Pieces().list, HEADS)
    ha, hl, ht = heads(sd, Vocab.load(ck["vocab"], []))
    finish(a.out, a.card, a.data, {**A, **ha}, [line] + hl, ht)


if __name__ == "__main__":
    main()
