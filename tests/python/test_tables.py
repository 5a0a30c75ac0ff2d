# SPDX-License-Identifier: Apache-2.0
"""Arrow tables: every table equals the same as JSON Lines, in pyarrow, polars, DuckDB and pandas; lifetimes."""
import datetime
import gc
import json
import subprocess

import duckdb
import polars
import pyarrow
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet
import pytest

import dragoman

KEPT = [t for t in dragoman.TABLES if t not in ("times", "names")]


def plain(rows):
    def value(v):
        return v.isoformat() if isinstance(v, datetime.date) else None if isinstance(v, float) and v != v else v
    return [{k: value(v) for k, v in r.items()} for r in rows]


def lines(path):
    return [json.loads(x) for x in open(path, encoding="utf-8")]


@pytest.mark.parametrize("name", dragoman.TABLES)
def test_a_table_is_its_json(docs, tmp_path, name):
    t = dragoman.table(docs, name)
    assert dragoman.export(docs, tmp_path / "t.jsonl", table=name) == len(t) > 0
    want = lines(tmp_path / "t.jsonl")
    a = t.to_arrow()
    a.validate(full=True)
    assert plain(a.to_pylist()) == want and a.column_names == t.column_names == list(want[0])
    assert plain(t.to_polars().to_dicts()) == want
    assert plain(polars.DataFrame(t).to_dicts()) == want
    rel = duckdb.connect().from_arrow(a)
    assert plain(dict(zip(rel.columns, r)) for r in rel.fetchall()) == want
    assert a.schema.metadata[b"table"] == name.encode()
    frame = t.to_pandas()
    assert len(frame) == len(want) and list(frame.columns) == t.column_names


@pytest.mark.parametrize("name", dragoman.TABLES)
def test_files_read_back(docs, tmp_path, name):
    dragoman.export(docs, tmp_path / "t.jsonl", table=name)
    want = lines(tmp_path / "t.jsonl")
    for ending in ("arrow", "parquet"):
        dragoman.export(docs, tmp_path / f"t.{ending}", table=name)
    assert plain(pyarrow.feather.read_table(tmp_path / "t.arrow").to_pylist()) == want
    assert plain(polars.read_ipc(tmp_path / "t.arrow").to_dicts()) == want
    assert plain(pyarrow.parquet.read_table(tmp_path / "t.parquet").to_pylist()) == want
    rel = duckdb.connect().read_parquet(str(tmp_path / "t.parquet"))
    assert plain(dict(zip(rel.columns, r)) for r in rel.fetchall()) == want


def test_the_command_writes_the_same(nlp, tmp_path, command, jsonl):
    """IPC file, stream and Parquet of the command, each read by three readers."""
    for name in dragoman.TABLES:
        got = {}
        for f in ("jsonl", "arrow", "arrow-stream", "parquet"):
            path = got[f] = str(tmp_path / f"{name}.{f}")
            with open(path, "wb") as out:
                subprocess.run([command, "export", "--table", name, "--format", f, str(jsonl)], check=True, stdout=out)
        want = lines(got["jsonl"])
        file = pyarrow.ipc.open_file(got["arrow"]).read_all()
        file.validate(full=True)
        assert plain(file.to_pylist()) == want
        assert pyarrow.ipc.open_stream(got["arrow-stream"]).read_all().equals(file)
        assert plain(polars.read_ipc(got["arrow"]).to_dicts()) == want == plain(polars.read_ipc_stream(got["arrow-stream"]).to_dicts())
        assert plain(pyarrow.parquet.read_table(got["parquet"]).to_pylist()) == want
        rel = duckdb.connect().read_parquet(got["parquet"])
        assert plain(dict(zip(rel.columns, r)) for r in rel.fetchall()) == want
        assert plain(dragoman.table(nlp.read(jsonl), name).to_arrow().to_pylist()) == want


def test_many_batches_read_back(tmp_path, command, nlp):
    """More rows than a batch has, and a list of each length; the file's footer names every batch."""
    news = tmp_path / "n.jsonl"
    text = "France, Germany and Spain criticised Russia, Belarus and Serbia. " * 6
    news.write_text("".join(json.dumps({"id": str(i), "date": "2021-03-03", "text": text}) + "\n" for i in range(400)))
    with open(tmp_path / "t.arrow", "wb") as out:
        subprocess.run([command, "export", "--format", "arrow", str(news)], check=True, stdout=out)
    with open(tmp_path / "t.parquet", "wb") as out:
        subprocess.run([command, "export", "--format", "parquet", str(news)], check=True, stdout=out)
    reader = pyarrow.ipc.open_file(tmp_path / "t.arrow")
    assert reader.num_record_batches > 1
    a = reader.read_all()
    assert a.num_rows == 400 * 6 * 9 and polars.read_ipc(tmp_path / "t.arrow").height == a.num_rows
    assert pyarrow.parquet.read_table(tmp_path / "t.parquet").column("event_id").to_pylist() == a.column("event_id").to_pylist()
    parts = list(dragoman.batches(nlp.read(news), rows=5000))
    assert len(parts) == 5 and sum(map(len, parts)) == a.num_rows
    assert pyarrow.concat_tables(p.to_arrow() for p in parts).equals(a)


def test_asked_more_than_once_and_after_all_is_gone(nlp):
    doc = nlp.code("France accused Russia of lying.")
    t = dragoman.table(doc)
    del doc
    one, two = t.to_arrow(), t.to_arrow()
    capsule = t.__arrow_c_stream__()
    del capsule
    column = one.column("source")
    del t, one
    gc.collect()
    assert two.column("source").to_pylist() == ["France"] == column.to_pylist()
    assert two.num_rows == 1


def test_no_copy(docs):
    t = dragoman.table(docs)
    a, b = t.to_arrow(), t.to_arrow()
    assert a.column("goldstein").chunk(0).buffers()[1].address == b.column("goldstein").chunk(0).buffers()[1].address


def test_nothing_is_a_table(nlp):
    t = dragoman.table([], "events")
    assert len(t) == 0 and t.to_arrow().num_columns == 54 and t.to_polars().shape == (0, 54) and "0 rows" in t._repr_html_()
    assert [len(p) for p in dragoman.batches([])] == [0]


def test_options(docs, tmp_path):
    many = dragoman.table(docs, lists=True)
    assert many.to_arrow().schema.field("source").type == pyarrow.list_(pyarrow.string())
    assert len(many) == sum(d.n_events for d in docs)
    assert set(dragoman.table(docs, actor="FRA").to_arrow().column("source_country").to_pylist()) == {"FRA"}
    assert dragoman.table(docs, start="2021-03-03", end="2021-03-03").to_arrow().column("document").unique().to_pylist() == ["c"]
    with pytest.raises(dragoman.ArgumentError):
        dragoman.table(docs, code="99x")
    with pytest.raises(ValueError, match="table"):
        dragoman.table(docs, "toads")
    with pytest.raises(TypeError, match="filter"):
        dragoman.table(docs, nonsense=1)
    with pytest.raises(dragoman.ArgumentError):
        dragoman.export(docs, tmp_path / "x", "gdelt1", table="times")
    assert dragoman.export(docs, tmp_path / "x.tsv", "gdelt2") > 0
    assert "| event_id |" in dragoman.codebook() and "| speaker |" in dragoman.codebook("statements")


def test_an_error_of_the_writer_is_passed_on(docs):
    from dragoman import _core

    def full(piece):
        raise OSError(28, "no space left")
    x = _core.Export(dragoman.default_model()._model, None, 2, 0, 0, False, False, False, False, False, full)
    with pytest.raises(OSError, match="no space left"):
        for d in docs * 100:
            x.doc(d._doc)
        x.end()


def test_several_in_one_pass(nlp):
    texts = iter(["France accused Russia of lying.", "\"We reject it,\" the Sudanese president said."])
    t = dragoman.tables(nlp.code_many(texts), ["events", "statements", "documents"])
    assert [len(t[n]) > 0 for n in t] == [True] * 3 and len(t["documents"]) == 2


@pytest.mark.parametrize("name", KEPT)
def test_of_a_store(docs, tmp_path, name):
    with dragoman.Store(tmp_path / "s.db", write=True) as store:
        store.ingest(docs)
        t = store.table(name)
        assert store.export(tmp_path / "t.jsonl", table=name) == len(t) > 0
        assert plain(t.to_arrow().to_pylist()) == lines(tmp_path / "t.jsonl")
        if name == "events":
            key = sorted(map(str, plain(t.to_arrow().to_pylist())))
            assert key == sorted(map(str, plain(dragoman.table(docs).to_arrow().to_pylist())))
