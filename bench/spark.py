#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Spark on local[N] against one process: bench/spark.py [NEWS.jsonl] [--documents N] [--cores N] [--pairs N]

The same documents, events as Arrow rows out, by the same function (dragoman.spark.coding): in this process over the batches of a Parquet file, and
by Spark's workers over the same file. Start of session, workers and model are left out: each worker has coded something before the clock
starts. NEWS.jsonl: one object a line with "text", taken again and again until there are N; without it the articles of tests/. Needs what
`make test-spark` installs: build/spark-venv/bin/python bench/spark.py"""
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
    b = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1")
    for k, v in {**spark.settings(), "spark.sql.files.maxPartitionBytes": "1m"}.items():
        b = b.config(k, v)
    s = b.getOrCreate()
    s.sparkContext.setLogLevel("ERROR")
    return s


def one(path):
    """Seconds and rows of one process."""
    t = time.perf_counter()
    rows = sum(b.num_rows for b in spark.coding()(pyarrow.parquet.ParquetFile(path).iter_batches(256)))
    return time.perf_counter() - t, rows


def many(s, path, parts):
    """Seconds and rows of Spark. The parts were made before; rows are counted where they are made, and taken to the driver as Arrow."""
    t = time.perf_counter()
    rows = spark.code(s.read.parquet(path).repartition(parts)).toArrow().num_rows
    return time.perf_counter() - t, rows


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("news", nargs="?")
    p.add_argument("--documents", type=int, default=20000)
    p.add_argument("--cores", type=int, default=2)
    p.add_argument("--pairs", type=int, default=1)
    p.add_argument("--parts", type=int, default=32, help="tasks")
    a = p.parse_args()
    some = texts(a.news)
    news = [some[i % len(some)] for i in range(a.documents)]
    words = sum(len(t.split()) for t in news)
    print(f"{len(news)} documents ({len(some)} distinct), {words} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as d:
        path, few = f"{d}/news.parquet", f"{d}/few.parquet"
        table = pyarrow.table({"id": [str(i) for i in range(len(news))], "date": ["2021-03-05"] * len(news), "text": news})
        pyarrow.parquet.write_table(table, path, row_group_size=256)
        pyarrow.parquet.write_table(table.slice(0, 64), few, row_group_size=8)
        s = session(a.cores)
        one(few)
        for _ in range(2):
            many(s, few, 4 * a.cores)
        ratios = []
        for i in range(a.pairs):
            x, y = one(path), many(s, path, a.parts)
            if x[1] != y[1]:
                sys.exit(f"{x[1]} rows of one process, {y[1]} of Spark")
            ratios.append(x[0] / y[0])
            print(f"pair {i + 1}: one process {x[0]:.1f} s ({words / x[0]:.0f} words a second), local[{a.cores}] {y[0]:.1f} s ({words / y[0]:.0f}), {x[1]} rows, "
                  f"load {os.getloadavg()[0]:.1f}: {ratios[-1]:.2f} times", flush=True)
        print(f"local[{a.cores}] against one process: {statistics.median(ratios):.2f} times (median of {len(ratios)})")
        s.stop()


if __name__ == "__main__":
    main()
