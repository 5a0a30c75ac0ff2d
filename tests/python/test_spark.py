# SPDX-License-Identifier: Apache-2.0
"""What dragoman.spark gives to mapInArrow, without Spark; with it where pyspark is installed."""
import datetime
import gzip
import json
import os
import subprocess
import sys
import uuid

import pyarrow
import pytest

import dragoman
from conftest import NEWS, ROOT
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


# ---- documents coded anywhere, one board ----
THREAT = [{"id": "t1", "date": "1999-03-01", "text": "Kenya threatened Uganda with sanctions if Uganda attacks Rwanda."},
          {"id": "t2", "date": "1999-03-09", "text": "Uganda attacked Rwanda on Monday."}]


def stories():
    """Many small stories and one whose second half is told elsewhere."""
    with open(ROOT / "tests/corpus/boards.jsonl", encoding="utf-8") as f:
        cases = [json.loads(line) for line in f]
    return THREAT[:1] + [{"id": f"{c['id']}-{i}", **d} for c in cases for i, d in enumerate(c["docs"])] + THREAT[1:]


def dump(path):
    """All that a store answers, as it answers."""
    with dragoman.Store(path) as s:
        rows = [s.sql("SELECT id, kind, status, opened, since, parties, content, condition, sources FROM item ORDER BY id"),
                s.sql("SELECT item, date, reported, status, due, event, rule, claimed_by, quantity FROM history ORDER BY 1,2,3,4,5,6,7"),
                s.sql("SELECT document, n, id, kind, speaker, addressee, content, start, sentence, negated FROM statement ORDER BY document, n"),
                s.sql("SELECT id, url, published, tokens, text FROM document ORDER BY id")]
        return [s._store.ask("situation"), s._store.ask("timeline"), json.dumps(rows), s.brief()]


@pytest.fixture(scope="module")
def alone(tmp_path_factory, nlp):
    """The store that one machine makes of the texts."""
    path = tmp_path_factory.mktemp("alone") / "board.db"
    with dragoman.Store(path, write=True) as s:
        s.ingest(nlp.code_many(stories()))
    return path


def test_coded_rows(docs, nlp, tmp_path):
    out = pyarrow.Table.from_batches(spark.coding("coded")(iter(news_batches()[1])), spark.schema("coded")).to_pylist()
    assert [r["id"] for r in out] == [d.id for d in docs] and [r["day"] for r in out] == [d.published for d in docs]
    assert [r["coded"] for r in out] == [d.to_coded() for d in docs]
    assert [e for r in out for e in r["events"]] == table_of(docs, "events").to_pylist()
    assert pyarrow.Table.from_batches(spark.coding("coded")(iter([])), spark.schema("coded")).num_rows == 0
    for wrong in ({"fold": True}, {"one_a_day": True}):
        with pytest.raises(ValueError):
            spark.schema("coded", **wrong)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(spark.reading()(iter([pyarrow.record_batch({"path": [str(tmp_path / "none.warc.gz")]})])))


def test_coded_lines_make_the_board(alone, nlp, tmp_path):
    given = list(nlp.code_many(stories()))
    parts = tmp_path / "coded"
    parts.mkdir()
    (parts / "_SUCCESS").write_text("no line")
    for i in range(3):
        with gzip.open(parts / f"part-{2 - i}.txt.gz", "wt", encoding="utf-8") as f:
            f.writelines(d.to_coded() + "\n" for d in given[i::3])
    with dragoman.Store(tmp_path / "board.db", write=True) as s:
        assert s.ingest_coded(parts) == dragoman.Ingested(new=len(given))
        assert s.ingest_coded(parts / "part-1.txt.gz").same == len(given[1::3])
        bad = tmp_path / "bad.jsonl"
        bad.write_text('{"coded":1}\n' + given[0].to_coded() + "\n")
        assert s.ingest_coded(bad) == dragoman.Ingested(same=1, refused=1)
        with pytest.raises(dragoman.FormatError) as e:
            s.ingest_coded(bad, errors="raise")
        assert e.value.record == 1 and e.value.file == str(bad)
        with pytest.raises(dragoman.ReadError):
            s.ingest_coded(tmp_path / "none")
    assert dump(tmp_path / "board.db") == dump(alone)


def test_board_on_spark(session, alone, tmp_path):
    news = stories()
    df = session.createDataFrame([(n["id"], n["date"], n["text"]) for n in news], "id string, date string, text string").repartition(4, "id")
    where = {r.id: r.pid for r in df.selectExpr("id", "spark_partition_id() AS pid").collect()}
    assert where["t1"] != where["t2"], "the threat and what makes it due must be coded apart"
    got = spark.coded(df)
    spark.write_coded(got, str(tmp_path / "coded"))
    spark.write_coded(got.where("id = 't1'"), str(tmp_path / "coded"))  # a task that ran twice
    assert (tmp_path / "coded/day=1999-03-01").is_dir()
    with dragoman.Store(tmp_path / "board.db", write=True) as s:
        assert s.ingest_coded(tmp_path / "coded") == dragoman.Ingested(new=len(news), same=1)
        due = [i for i in s.situation(kind="threat", between=("KEN", "UGA")) if i.record["content"] == "sanctions"]
        assert len(due) == 1 and due[0].record["due"] and due[0].history[-1].document == "t2", due
    assert dump(tmp_path / "board.db") == dump(alone)
    assert spark.events(got).count() == spark.code(df).count()


# ---- the example: WARC files, a manifest ----
def record(kind, uri, content_type, block, day="1999-03-01"):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {day}T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, uri)}>\r\n"
            f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n")
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0)


def warc(path, news):
    with open(path, "wb") as f:
        f.write(record("warcinfo", str(path), "application/warc-fields", b"software: test\r\n"))
        for n in news:
            page = (f"<!DOCTYPE html><html lang='en'><head><title>From the desk</title><meta property='article:published_time' content='{n['date']}T08:00:00Z'></head>"
                    f"<body><article><h1>From the desk</h1><p>{n['text']}</p><p>The report was read out in the evening by the desk on duty, as on every other day "
                    "of the week, and nothing was added to it by those who heard it.</p></article></body></html>")
            head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            f.write(record("response", f"http://{n['id']}.example/{n['id']}.html", "application/http; msgtype=response", (head + page).encode(), n["date"]))


def job(paths, out, *more):
    env = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    return subprocess.run([sys.executable, str(ROOT / "examples/spark/cc_news.py"), str(paths), str(out), "--master", "local[2]", *more], capture_output=True,
                          text=True, timeout=300, env=env)


def test_example_job(nlp, tmp_path):
    pytest.importorskip("pyspark.sql")
    import pyarrow.dataset
    files = [tmp_path / f"{i}.warc.gz" for i in range(4)]
    news = [[THREAT[0], NEWS[0]], [THREAT[1]], [], [NEWS[2], NEWS[3]]]
    for f, n in zip(files[:3], news):
        warc(f, n)
    paths, out = tmp_path / "paths", tmp_path / "out"
    paths.write_text("".join(f"{f}\n" for f in files))
    first = job(paths, out, "--batch", "2")
    assert first.returncode == 1 and "4 files to be coded" in first.stdout and str(files[3]) in first.stderr, first.stderr  # the last one is not there yet
    done = sorted(line for f in (out / "done").glob("part-*") for line in f.read_text().splitlines())
    assert done == [str(f) for f in files[:3]]  # also the one without an event
    warc(files[3], news[3])
    # a batch that was written, but not put into the manifest, is coded again and nothing is there twice
    for f in (out / "done").glob("part-*"):
        f.write_text("".join(line + "\n" for line in f.read_text().splitlines() if line != str(files[1])))
        (out / "done" / f".{f.name}.crc").unlink(missing_ok=True)
    second = job(paths, out, "--db", str(tmp_path / "board.db"))
    assert second.returncode == 0 and "2 files to be coded" in second.stdout, second.stderr
    third = job(paths, out)
    assert third.returncode == 0 and "0 files to be coded" in third.stdout, third.stderr
    rows = pyarrow.dataset.dataset(str(out / "events"), partitioning="hive").to_table()
    want = table_of(nlp.read(*map(str, files)), "events")
    assert sorted(rows["event_id"].to_pylist()) == sorted(want["event_id"].to_pylist()) and want.num_rows
    assert set(rows["path"].to_pylist()) == {str(f) for f, n in zip(files, news) if n}
    assert (out / "events/day=1999-03-09").is_dir()
    with dragoman.Store(tmp_path / "alone.db", write=True) as s:
        s.ingest(nlp.read(*map(str, files)))
    assert dump(tmp_path / "board.db") == dump(tmp_path / "alone.db")
