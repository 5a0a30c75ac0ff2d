# SPDX-License-Identifier: Apache-2.0
"""Measures a model file and writes its card.

    python card.py --data DATA --ckpt parser.pt --model parser.dgm --bench lang_bench --out ../../models/parser.card.md

Scores the quantised file through the library (lang_bench), the float network through PyTorch.
"""
import argparse
import datetime
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "bench")]
import conll_eval

import numpy as np
import torch

import data as D
import train as T
from model import Parser

TEXT = """# Card of models/parser.dgm

- **What**: tags, features, lemmas, dependency trees and names of English words (docs/stages/tags.md, parse.md, names.md,
  lemma.md). Two BiLSTM layers of {h} units each way, 8-bit weights; format: docs/formats/model.md.
- **Date**: {date}. {epochs} epochs in two phases, {minutes:.0f} minutes on one core of a shared machine, seed {seed};
  the mean of the weights after both phases (train/README.md), chosen on EWT and GUM dev among five such mixtures that differ by 0.1 LAS.
- **Rebuild**: `make train DATA=../shared/data` (train/README.md). The schedule follows the clock, so a rebuilt file has other bytes
  and scores within about 0.2 of these.
- **Licence of the file**: weights, word lists and rules, no text of the corpora. Apache-2.0 as far as it is ours to give; the
  treebanks' CC BY-SA asks for attribution and, where weights count as adapted material, for the same licence.

## Data

| corpus | what for | licence |
|---|---|---|
| UD English EWT, commit 15d613d, train | tags, trees, lemmas | CC BY-SA 4.0 |
| UD English GUM, commit afb41ee, train without `GUM_whow_*` and `GUM_fiction_*` | tags, trees, lemmas | annotation CC BY-NC-SA as a whole; the documents used are CC BY, CC BY-SA or public domain |
| GloVe 6B 100d, 60,000 words in 8 bits | word vectors, in the file | PDDL 1.0 |
| WordNet 3.1 words and irregular forms | lemma rules | WordNet licence: docs/licences/WordNet.txt |
| GMB news | names | public domain annotations, freely redistributable texts |
| CrossNER politics, train and dev | names | MIT; texts Wikipedia, CC BY-SA |
| wikigold | names | CC BY 4.0 |
| MEANTIME (first six lines) | names | CC BY 4.0 |
| re3d without its BBC part | names | CC BY 3.0 AU, OGL 3.0, public domain, EU notice, CC BY-SA 3.0 by source |
| GUM named mentions, without how-to and fiction | names | as GUM |

Not used: GUM's how-to and fiction documents, re3d's BBC part, WikiNEuRal (all non-commercial). Watched while training: EWT dev, GUM
dev, UNER EWT dev. Never seen: both test sets, PUD, GENTLE.

## Scores

Gold tokens and sentences, predicted tags; CoNLL 2018 measures (`bench/conll_eval.py`); neutral style.

| | UPOS | XPOS | feats | lemma | UAS | LAS |
|---|---|---|---|---|---|---|
{rows}

Names, F1 on UNER EWT dev (web text, PER ORG LOC; float network): {names}.

## Known weaknesses

Trained on web text, Wikinews and encyclopaedia; news of 2000 to 2020. Word vectors of 2014: later names are known by
their letters only. Organisations are the weakest names. See the stage pages for the rest.
"""


def run(bench, model, path, style=0):
    with tempfile.NamedTemporaryFile("w", suffix=".conllu") as f:
        subprocess.run([bench, model, path, "-s", str(style)], stdout=f, check=True)
        return {k: conll_eval.f1(v) for k, v in conll_eval.score(path, f.name)[0].items()}


def main():
    ap = argparse.ArgumentParser()
    for name in ("data", "ckpt", "model", "bench", "out"):
        ap.add_argument("--" + name, required=True)
    a = ap.parse_args()
    torch.set_num_threads(1)
    vec_words, scale, raw = T.read_vectors(a.data)
    ck = torch.load(a.ckpt, weights_only=False)
    vocab = T.Vocab.load(ck["vocab"], vec_words)
    net = Parser(vocab.counts(), torch.from_numpy(raw.astype(np.float32) * scale[:, None]), h=ck["args"]["hidden"])
    net.load_state_dict(ck["model"])
    names = T.evaluate_ner(net, vocab, T.ner_sents(D.read_ner(a.data, "uner-ewt-dev"))).replace("names F1 ", "")
    rows = []
    robust = os.path.join(HERE, "..", "..", "bench", "robust.py")
    for k, style in (("ewt", 1), ("gum", 2)):
        path = os.path.join(a.data, "ud", k + "-dev.conllu")
        put = lambda what, r: rows.append("| %s dev%s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |" % (
            k.upper(), what, *(r[m] for m in ("UPOS", "XPOS", "AllFeats", "Lemmas", "UAS", "LAS"))))
        put("", run(a.bench, a.model, path))
        fl = T.evaluate(net, vocab, T.ud_sents(vocab, D.read_conllu(path), k)).split()
        rows.append("| %s dev, float network, heads not made a tree | %s | %s | %s | | %s | %s |" % (k.upper(), fl[1], fl[3], fl[5], fl[7], fl[9]))
        put(", the treebank's own style", run(a.bench, a.model, path, style))
        if k == "gum":
            with tempfile.NamedTemporaryFile("w", suffix=".conllu") as f:
                keep, block = True, []
                for line in open(path, encoding="utf-8"):
                    if line.startswith("# newdoc id = "):
                        keep = D.not_nc(line.strip().split(" = ")[1])
                    if keep and not line.startswith("#"):
                        f.write(line)
                f.flush()
                put(" without how-to and fiction", run(a.bench, a.model, f.name))
        for how, what in (("upper", "ALL CAPS"), ("lower", "lower case"), ("title", "Title Case"), ("nostop", "no final stop")):
            with tempfile.NamedTemporaryFile("w", suffix=".conllu") as f:
                subprocess.run([sys.executable, robust, how, path], stdout=f, check=True)
                put(", " + what, run(a.bench, a.model, f.name))
    text = TEXT.format(h=ck["args"]["hidden"], date=datetime.date.today().isoformat(), epochs=ck["epoch"], minutes=ck["spent"] / 60,
                       seed=ck["args"]["seed"], rows="\n".join(rows), names=names)
    with open(a.out, "w", encoding="utf-8") as f:
        f.write(text)
    print(text[text.index("## Scores"):])


if __name__ == "__main__":
    main()
