#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Python package's speed: bench/python_speed.py --dragoman build/dragoman NEWS.jsonl [--documents N] [--pairs N] [--spacy MODEL]

    code_many against `dragoman code`   bytes of text a second, 1 and 2 threads; the median of the pairs, each pair run one after the other, because
                                        others use the machine
    Arrow tables                        of all documents (every table), as a share of coding them
    spaCy                               the same documents in this process, one thread: nlp.pipe() as it comes and with its fastest pipeline

NEWS.jsonl: one object a line with "text". Start and opening of models are left out on all sides."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import dragoman

TABLES = ("events", "documents", "statements", "items", "times", "places", "quantities", "names")


def command(path, args, news, empty):
    """Seconds of the command, less those of a run over one short document."""
    def run(f):
        t = time.perf_counter()
        subprocess.run([path, "code", *args, "-i", "jsonl", f], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - t
    run(empty)
    return run(news) - min(run(empty) for _ in range(3))


def package(nlp, news, threads):
    t = time.perf_counter()
    n = sum(d.to_json() != "" for d in nlp.read(news, threads=threads, input="jsonl"))
    return time.perf_counter() - t, n


def pairs(a, n, news, empty, threads):
    nlp = dragoman.Coder()
    ratio = []
    for i in range(n):
        c = command(a.dragoman, ["-j", str(threads)] if threads > 1 else [], news, empty)
        p, docs = package(nlp, news, threads)
        ratio.append(c / p)
        print(f"  pair {i + 1}, {threads} thread(s): command {c:.2f} s, package {p:.2f} s, {c / p:.3f}", file=sys.stderr)
    return ratio


def scaling(n, news):
    nlp = dragoman.Coder()
    out = []
    for i in range(n):
        one, two = package(nlp, news, 1)[0], package(nlp, news, 2)[0]
        out.append(one / two)
        print(f"  pair {i + 1}: 1 thread {one:.2f} s, 2 threads {two:.2f} s, {one / two:.3f}", file=sys.stderr)
    return out


def arrow(texts):
    nlp = dragoman.Coder()
    coding = rows = making = 0.0
    n = 0
    import importlib
    mod = importlib.import_module("dragoman.tables")
    exports = {t: mod._export(dragoman.default_model()._model, t, mod._COLUMNS, None) for t in TABLES}
    docs = nlp.code_many(texts)
    while True:
        t0 = time.perf_counter()
        doc = next(docs, None)
        t1 = time.perf_counter()
        coding += t1 - t0
        if doc is None:
            break
        for x in exports.values():
            x.doc(doc._doc)
        making += time.perf_counter() - t1
        n += 1
    t0 = time.perf_counter()
    tables = [mod.Table(x.take(), t).to_arrow() for t, x in exports.items()]
    making += time.perf_counter() - t0
    rows = sum(t.num_rows for t in tables)
    return coding, making, n, rows


def spacy_seconds(name, texts, disable):
    import spacy
    nlp = spacy.load(name, disable=disable)
    list(nlp.pipe(texts[:20]))
    t = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - t


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("news")
    p.add_argument("--dragoman", default="build/dragoman")
    p.add_argument("--documents", type=int, default=10000)
    p.add_argument("--pairs", type=int, default=5)
    p.add_argument("--spacy", metavar="MODEL")
    p.add_argument("--only", default="command,scaling,arrow,spacy")
    a = p.parse_args()
    only = a.only.split(",")
    records = []
    with open(a.news, encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            if r.get("text"):
                records.append({k: r[k] for k in ("id", "text", "date", "published") if r.get(k)})
            if len(records) == a.documents:
                break
    texts = [r["text"] for r in records]
    words = sum(len(t.split()) for t in texts)
    print(f"{len(texts)} documents, {words} words, {sum(len(t.encode()) for t in texts) / 1e6:.1f} MB of text, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as d:
        news, empty = os.path.join(d, "news.jsonl"), os.path.join(d, "one.jsonl")
        with open(news, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r) + "\n" for r in records)
        with open(empty, "w", encoding="utf-8") as f:
            f.write(json.dumps({"text": "Peru met Chile."}) + "\n")
        for threads in (1, 2) if "command" in only else ():
            r = pairs(a, a.pairs, news, empty, threads)
            print(f"code_many and to_json against the command, {threads} thread(s): {statistics.median(r):.3f} of its speed (median of {len(r)}; {min(r):.3f} to {max(r):.3f})")
        if "scaling" in only:
            r = scaling(a.pairs, news)
            print(f"2 threads against 1: {statistics.median(r):.3f} times (median of {len(r)}; {min(r):.3f} to {max(r):.3f})")
    if "arrow" in only:
        c, m, n, rows = arrow(texts)
        print(f"Arrow tables of {n} documents: {rows} rows of {len(TABLES)} tables in {m:.2f} s, coding {c:.2f} s: {100 * m / c:.1f} %")
    if a.spacy and "spacy" in only:
        nlp = dragoman.Coder()
        ratios = {}
        t = time.perf_counter()
        n = sum(d.n_events for d in nlp.code_many(texts))
        ours = time.perf_counter() - t
        print(f"dragoman {dragoman.__version__} ({nlp.model.about['tier']}, {nlp.model.about['kernel']}): {ours:.2f} s, {words / ours:.0f} words a second, {n} events")
        for how, disable in (("as it comes", []), ("tagger, parser and names only", ["lemmatizer", "attribute_ruler"])):
            s = spacy_seconds(a.spacy, texts, disable)
            ratios[how] = s / ours
            print(f"spaCy {a.spacy}, {how}: {s:.2f} s, {words / s:.0f} words a second; dragoman is {s / ours:.1f} times as fast")


if __name__ == "__main__":
    main()
