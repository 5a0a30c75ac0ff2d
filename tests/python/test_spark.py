# SPDX-License-Identifier: Apache-2.0
"""What dragoman.spark gives to mapInArrow, without Spark; with it where pyspark is installed."""
import datetime
import json
import os
import sys

import pyarrow
import pytest

import dragoman
from conftest import NEWS
from dragoman import spark


def table_of(docs, name):
    return dragoman.table(docs, name).to_arrow().replace_schema_metadata(None)


def news_batches(size=2):
    t = pyarrow.table({"id": [n["id"] for n in NEWS], "text": [n["text"] for n in NEWS],
                       "date": [datetime.date.fromisoformat(n["date"]) for n in NEWS],
                       "title": [n.get("title") for n in NEWS], "publisher": [n.get("publisher") for n in NEWS]})
    return t, t.to_batches(max_chunksize=size)


@pytest.mark.parametrize("name", dragoman.TABLES)
def test_batches_in_batches_out(docs, name):
    out = list(spark.coding(name)(iter(news_batches()[1])))
    assert pyarrow.Table.from_batches(out, spark.schema(name)).combine_chunks().equals(table_of(docs, name).combine_chunks())


def test_nothing_in(docs):
    assert sum(b.num_rows for b in spark.coding()(iter([]))) == 0


def test_the_model_is_opened_once(docs):
    spark._coders.clear()
    for _ in range(3):
        list(spark.coding("events", {"date": "2021-03-02"})(iter(news_batches()[1])))
    assert len(spark._coders) == 1


def test_a_text_that_is_none_is_left_out():
    b = pyarrow.record_batch({"text": ["", None, "France accused Russia of lying."], "published": ["2021-03-03T10:00", None, "2021-03-03T11:00Z"]})
    rows = pyarrow.Table.from_batches(spark.coding()(iter([b]))).to_pylist()
    assert len(rows) == 1 and rows[0]["reported"] == datetime.date(2021, 3, 3)


def test_files(jsonl, nlp, docs):
    b = pyarrow.record_batch({"path": [f"file://{jsonl}", str(jsonl)]})
    rows = pyarrow.Table.from_batches(spark.reading()(iter([b])))
    one = table_of(nlp.read(jsonl), "events")
    assert rows.num_rows == 2 * one.num_rows and rows.column_names[-1] == "path"
    assert rows.slice(one.num_rows).drop_columns(["path"]).combine_chunks().equals(one.combine_chunks())


@pytest.fixture(scope="module")
def session():
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable  # the workers' Python, too, must have the wheel
    b = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1")
    for k, v in spark.settings(2).items():
        b = b.config(k, v)
    s = b.getOrCreate()
    yield s
    s.stop()


def test_on_spark(session, docs, jsonl, tmp_path):
    news = news_batches()[0]
    df = session.createDataFrame(news.to_pandas()).repartition(3)
    want = sorted(map(str, table_of(docs, "events").to_pylist()))
    got = spark.code(df).toArrow()
    assert sorted(map(str, got.cast(spark.schema()).to_pylist())) == want
    assert spark.code(df, "items").count() == len(dragoman.table(docs, "items"))
    for i in range(3):
        (tmp_path / f"{i}.jsonl").write_text("".join(json.dumps({**n, "id": f"{i}{n['id']}"}) + "\n" for n in NEWS))
    paths = session.createDataFrame([(str(tmp_path / f"{i}.jsonl"),) for i in range(3)], ["path"])
    files = spark.code_files(paths)
    assert files.count() == 3 * len(want) and files.select("path").distinct().count() == 3
    with pytest.raises(ValueError):
        spark.code(paths)
