# SPDX-License-Identifier: Apache-2.0
"""Mean of the weights of two networks: average.py --data DATA A B OUT [--share .75] [--head-share .9]

A and B are checkpoints of one run, the end of the first phase and of the second; or A is the model file that the run B began with, which keeps
what a short run on other data would forget. --share: how much of it is B's (default a half); --head-share: of the heads for names and events.
"""
import argparse
import os
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import from_file
from minilm import MiniLM
from model import Parser
from train import Vocab, read_vectors


def weights_of(path, other, data):
    """Weights by name of a checkpoint, or of a model file in the form of the checkpoint `other`"""
    if not path.endswith(".dgm"):
        ck = torch.load(path, weights_only=False)
        assert ck["vocab"] == other["vocab"], "the checkpoints do not belong together"
        return ck["model"]
    words, scale, raw = read_vectors(data)
    vocab = Vocab.load(other["vocab"], words)
    if "piece.weight" in other["model"]:
        net = MiniLM(vocab.counts())
        from_file.load_accurate(path, net, vocab)
    else:
        net = Parser(vocab.counts(), torch.from_numpy(raw.astype(np.float32) * scale[:, None]), h=other["args"]["hidden"])
        from_file.load(path, net, vocab)
    return net.state_dict()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--share", type=float, default=.5)
    ap.add_argument("--head-share", type=float, help="default: as --share")
    ap.add_argument("files", nargs=3)
    a = ap.parse_args()
    b = torch.load(a.files[1], weights_only=False)
    old = weights_of(a.files[0], b, a.data)
    head = a.share if a.head_share is None else a.head_share
    for k, v in b["model"].items():
        part = head if k.startswith(("trig", "role", "ner_out")) else a.share
        if k != "ner_own" or not a.files[0].endswith(".dgm"):          # that one is not in a model file
            b["model"][k] = v * part + old[k] * (1 - part)
    b.pop("opt", None)
    b.pop("mean", None)
    torch.save(b, a.files[2])


if __name__ == "__main__":
    main()
