#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""News crawls on Spark: WARC files in; events as Parquet by day, and coded lines for the ledger by day out. May be ended and started again.

    spark-submit examples/spark/cc_news.py PATHS OUT [--batch N] [--db FILE]

PATHS: a file with the path of a WARC file a line, readable by that path on every worker.
    OUT/events/day=2021-03-05/part=...   rows of the table events (docs/formats/tables.md), Parquet
    OUT/coded/day=2021-03-05/part=...    lines for Store.ingest_coded() (docs/formats/coded.md), gzipped
    OUT/done                             the manifest: a path a line, also of files without an event
--db FILE: at the end, on the driver, the board of all that was coded.

Files go through in batches. A batch is written, then put into the manifest; one that was cut off between the two is coded again and
overwrites its own parts (part is made of the path), so that nothing is there twice. A batch that fails goes again file by file, and a
file that fails is named, left out of the manifest and makes the exit status 1: the next start tries it again."""
import argparse
import sys

import dragoman
from dragoman import spark
from pyspark import StorageLevel
from pyspark.sql import SparkSession


def arguments():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("paths", metavar="PATHS")
    p.add_argument("out", metavar="OUT")
    p.add_argument("--batch", type=int, default=64, metavar="N", help="files between two entries of the manifest: a few times the number of cores (64)")
    p.add_argument("--master", help="where to run, if spark-submit does not say: local[2], yarn, k8s://...")
    p.add_argument("--db", metavar="FILE", help="at the end, the board: a store, or the address of one in PostgreSQL")
    return p.parse_args()


def session(master):
    b = SparkSession.builder.appName("dragoman cc_news")
    for k, v in {**spark.settings(), **({"spark.master": master} if master else {})}.items():
        b = b.config(k, v)
    return b.getOrCreate()


def missing(s, paths, done):
    """The paths that are not in the manifest, in order."""
    folder = s._jvm.org.apache.hadoop.fs.Path(done)
    given = s.read.text(paths).where("trim(value) <> ''").selectExpr("trim(value) AS path").distinct()
    if folder.getFileSystem(s._jsc.hadoopConfiguration()).exists(folder):
        given = given.join(s.read.text(done).withColumnRenamed("value", "path"), "path", "left_anti")
    return sorted(row.path for row in given.collect())


def code(s, batch, out):
    """Code these files, write what was found, then say that they are done."""
    files = s.createDataFrame([(p,) for p in batch], "path string")
    docs = spark.coded_files(files).selectExpr("*", "left(sha2(path, 256), 16) AS part").persist(StorageLevel.DISK_ONLY)
    try:
        rows = docs.selectExpr("day", "part", "path", "inline(events)")
        rows.write.partitionBy("day", "part").mode("overwrite").option("partitionOverwriteMode", "dynamic").parquet(f"{out}/events")
        spark.write_coded(docs, f"{out}/coded", by=("day", "part"), mode="overwrite")
        files.coalesce(1).write.mode("append").text(f"{out}/done")
    finally:
        docs.unpersist()


def main():
    a = arguments()
    s = session(a.master)
    todo = missing(s, a.paths, f"{a.out}/done")
    print(f"{len(todo)} files to be coded", flush=True)
    failed = []
    batches = [todo[i:i + a.batch] for i in range(0, len(todo), a.batch)]
    while batches:
        batch = batches.pop(0)
        try:
            code(s, batch, a.out)
        except Exception as e:  # of a worker or of the file system: Spark has its own kinds of both
            if len(batch) > 1:
                batches[:0] = [[p] for p in batch]
            else:
                failed += batch
                print(f"{batch[0]}: {str(e).strip().splitlines()[-1]}", file=sys.stderr, flush=True)
    s.stop()
    if a.db:
        with dragoman.Store(a.db, write=True) as store:
            print(store.ingest_coded(f"{a.out}/coded"))
    print(f"{len(todo) - len(failed)} files done, {len(failed)} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
