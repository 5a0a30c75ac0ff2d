# SPDX-License-Identifier: Apache-2.0
"""Averages the weights of two checkpoints of one run, the end of the first phase and of the second: average.py A B OUT"""
import sys

import torch


def main():
    a, b = (torch.load(p, weights_only=False) for p in sys.argv[1:3])
    assert a["vocab"] == b["vocab"], "the checkpoints do not belong together"
    a["model"] = {k: (v + b["model"][k]) / 2 for k, v in a["model"].items()}
    a["epoch"], a["spent"] = b["epoch"], a["spent"] + b["spent"]
    a.pop("opt", None)
    a.pop("mean", None)
    torch.save(a, sys.argv[3])


if __name__ == "__main__":
    main()
