#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Spark on local[N] against one process: bench/spark.py [NEWS.jsonl] [--documents N] [--cores N] [--pairs N]

The same documents, events as Arrow rows out, by the same function (dragoman.spark.coding): in this process over the batches of a Parquet file, and
by Spark's workers over the same file. Start of session, workers and model are left out: workers have coded 1,024 documents three times before
the clock starts. CPU time is deaf to others who use the machine. NEWS.jsonl: one object a line with "text", taken again
and again until there are N; without it the articles of tests/. Needs what `make test-spark` installs: build/spark-venv/bin/python bench/spark.py"""
import argparse
import glob
import json
import os
import statistics
import sys
import tempfile
import time

import pyarrow
import pyarrow.parquet
from dragoman import spark
from pyspark.sql import SparkSession

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def texts(path):
    if path:
        with open(path, encoding="utf-8") as f:
            return [r["text"] for r in map(json.loads, f) if r.get("text")]
    found = []
    for name in sorted(glob.glob(f"{ROOT}/tests/corpus/gold/*.txt") + glob.glob(f"{ROOT}/tests/fresh/[a-d]/*.txt")):
        with open(name, encoding="utf-8") as f:
            found.append(f.read())
    return found


def session(cores):
    os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    b = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").config("spark.driver.bindAddress", "127.0.0.1")
    for k, v in {**spark.settings(), "spark.sql.files.maxPartitionBytes": "1m"}.items():
        b = b.config(k, v)
    s = b.getOrCreate()
    s.sparkContext.setLogLevel("ERROR")
    return s


def cpu():
    """CPU seconds of this process and all below it: the JVM, the workers."""
    parents, took = {}, {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as f:
                x = f.read().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has ended
        parents[int(name)], took[int(name)] = int(x[1]), sum(map(int, x[11:15])) / os.sysconf("SC_CLK_TCK")
    ours, me = 0.0, os.getpid()
    for pid in took:
        up = pid
        while up and up != me:
            up = parents.get(up, 0)
        ours += took[pid] if up == me else 0
    return ours


def clocked(work):
    """Wall seconds, CPU seconds, rows."""
    t, c = time.perf_counter(), cpu()
    rows = work()
    return time.perf_counter() - t, cpu() - c, rows


def one(path):
    return clocked(lambda: sum(b.num_rows for b in spark.coding()(pyarrow.parquet.ParquetFile(path).iter_batches(256))))


def many(s, path, parts):
    """By Spark; the rows are taken to the driver as Arrow."""
    return clocked(lambda: spark.code(s.read.parquet(path).repartition(parts)).toArrow().num_rows)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("news", nargs="?")
    p.add_argument("--documents", type=int, default=20000)
    p.add_argument("--cores", type=int, default=2)
    p.add_argument("--pairs", type=int, default=1)
    p.add_argument("--parts", type=int, default=16, help="tasks (16)")
    a = p.parse_args()
    some = texts(a.news)
    news = [some[i % len(some)] for i in range(a.documents)]
    words = sum(len(t.split()) for t in news)
    print(f"{len(news)} documents ({len(some)} distinct), {words} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as d:
        path, few = f"{d}/news.parquet", f"{d}/few.parquet"
        table = pyarrow.table({"id": [str(i) for i in range(len(news))], "date": ["2021-03-05"] * len(news), "text": news})
        pyarrow.parquet.write_table(table, path, row_group_size=256)
        pyarrow.parquet.write_table(table.slice(0, 1024), few, row_group_size=32)
        s = session(a.cores)
        one(few)
        for _ in range(3):
            many(s, few, a.parts)
        ratios = []
        for i in range(a.pairs):
            x, y = one(path), many(s, path, a.parts)
            if x[2] != y[2]:
                sys.exit(f"{x[2]} rows of one process, {y[2]} of Spark")
            ratios.append((x[0] / y[0], x[1] / y[1]))
            for who, z in ("one process", x), (f"local[{a.cores}]", y):
                print(f"pair {i + 1}, {who}: {z[0]:.1f} s ({words / z[0]:.0f} words a second), {z[1]:.1f} s CPU ({words / z[1]:.0f}), {z[2]} rows, "
                      f"load {os.getloadavg()[0]:.1f}", flush=True)
        wall, work = (statistics.median(r) for r in zip(*ratios))
        print(f"local[{a.cores}] against one process: {wall:.2f} times, median of {len(ratios)}; words a second of CPU: {work:.2f} of one process's")
        s.stop()


if __name__ == "__main__":
    main()
