# SPDX-License-Identifier: Apache-2.0
"""Coding on Spark (PySpark 4, Java 17): documents in a DataFrame, or files by their paths; events and the other tables out.

The board is made of coded documents, not of texts: the table "coded" has a row a document, with its events and with `coded`, the line that
Store.ingest_coded() takes.

A worker opens the model once and maps it, so that the workers of a machine share its pages. Rows go in and out as Arrow batches, and no text
passes through Python objects of rows: code() reads columns, code_files() reads the files itself and gives only what was found.

Events are coded anywhere and in any order; ids are made of the document, so that a task that runs twice gives the same rows."""
from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Optional, Sequence

import pyarrow

from .coder import Coder, Model, default_model, log
from .tables import TABLES, _COLUMNS as _ARROW, _export, batches

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COLUMNS = ("id", "url", "title", "author", "publisher", "lang")
_CODED = "coded"  # the table of whole documents, for a store
_CODED_BYTES, _CODED_DOCS = 16 << 20, 256  # of a batch of them
_coders: dict = {}  # of this worker: by what they were made with


def _coder(how: dict) -> Coder:
    """The coder of this worker, made once."""
    key = tuple(sorted((k, str(v)) for k, v in how.items()))
    if key not in _coders:
        model = Model(how.get("data"), tier=how.get("tier"), kernel=how.get("kernel", "auto"), lexicon=how.get("lexicon", ()))
        _coders[key] = Coder(model=model, **{k: v for k, v in how.items() if k in ("plain", "date", "since", "max_bytes")})
    return _coders[key]


def _texts(batch: pyarrow.RecordBatch) -> Iterator[dict[str, Any]]:
    columns = {n: batch.column(n).to_pylist() for n in (*_COLUMNS, "text") if n in batch.schema.names}
    day = next((n for n in ("date", "published") if n in batch.schema.names), None)
    if day:
        columns["date"] = [None if v is None else str(v)[:10] for v in batch.column(day).to_pylist()]
    for i in range(batch.num_rows):
        if columns["text"][i]:
            yield {n: c[i] for n, c in columns.items()}


def coding(table: str = "events", how: Optional[dict] = None, rows: Optional[dict] = None) -> Callable[[Iterable], Iterator]:
    """The function that code() gives to mapInArrow: batches of documents in, batches of rows out. Needs no Spark."""
    how, rows = dict(how or {}), dict(rows or {})

    def run(given: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        texts = (t for batch in given for t in _texts(batch))
        yield from _rows(_coder(how).code_many(texts, errors="warn"), table, rows)

    return run


def reading(column: str = "path", table: str = "events", how: Optional[dict] = None, rows: Optional[dict] = None,
            read: Optional[dict] = None) -> Callable[[Iterable], Iterator]:
    """The function that code_files() gives to mapInArrow: batches of paths in, batches of rows out. Needs no Spark."""
    how, rows, read = dict(how or {}), dict(rows or {}), dict(read or {})

    def run(given: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in given:
            for path in batch.column(column).to_pylist():
                log.info("reading %s", path)
                with open(_local(path), "rb"):
                    pass  # a file that is not there fails its task: what is not read must not count as done
                for out in _rows(_coder(how).read(_local(path), errors="warn", **read), table, rows):
                    name = pyarrow.array([path] * out.num_rows, pyarrow.string())
                    yield pyarrow.RecordBatch.from_arrays([*out.columns, name], schema=_with_path(out.schema, column))

    return run


def _local(path: str) -> str:
    """Spark's names of local files as the system's."""
    return "/" + path[len("file:"):].lstrip("/") if path.startswith("file:/") else path


def _with_path(schema: pyarrow.Schema, column: str) -> pyarrow.Schema:
    return schema.append(pyarrow.field(column, pyarrow.string())).remove_metadata()


def _rows(docs: Iterable, table: str, rows: dict) -> Iterator[pyarrow.RecordBatch]:
    if table == _CODED:
        yield from _coded(docs, rows)
        return
    for part in batches(docs, table, **rows):
        for out in part.to_arrow().to_batches():
            yield out.replace_schema_metadata(None)


def _coded(docs: Iterable, rows: dict) -> Iterator[pyarrow.RecordBatch]:
    """Whole documents: id, url, day, their events, the line for a store."""
    s, of = schema(_CODED, **rows), pyarrow.schema(schema("events", **rows))
    new: Any = None
    for doc in docs:
        if new is None:
            x, new, ends, size = _export(default_model()._model, "events", _ARROW, None, **rows), [], [0], 0
        ends.append(x.doc(doc._doc))
        new.append((doc.id, doc.url, doc.published, doc.to_coded()))
        size += len(new[-1][3])
        if size >= _CODED_BYTES or len(new) == _CODED_DOCS:
            yield _documents(new, ends, x, s, of)
            new = None
    if new:
        yield _documents(new, ends, x, s, of)


def _documents(new: list, ends: list, x: Any, s: pyarrow.Schema, of: pyarrow.Schema) -> pyarrow.RecordBatch:
    t = pyarrow.RecordBatchReader.from_stream(x.take()).read_all().combine_chunks()
    found = pyarrow.StructArray.from_arrays([_whole(c) for c in t.columns], fields=list(of))
    events = pyarrow.ListArray.from_arrays(pyarrow.array(ends, pyarrow.int32()), found, type=s.field("events").type)
    ids, urls, days, lines = zip(*new)
    return pyarrow.RecordBatch.from_arrays([pyarrow.array(ids, pyarrow.string()), pyarrow.array(urls, pyarrow.string()), pyarrow.array(days, pyarrow.date32()),
                                            events, pyarrow.array(lines, pyarrow.string())], schema=s)


def _whole(column: pyarrow.ChunkedArray) -> pyarrow.Array:
    return column.chunk(0) if column.num_chunks == 1 else pyarrow.concat_arrays(column.chunks) if column.num_chunks else pyarrow.array([], column.type)


def schema(table: str = "events", **rows: Any) -> pyarrow.Schema:
    """The columns of a table, as Arrow."""
    if table == _CODED:
        if rows.get("fold") or rows.get("one_a_day"):
            raise ValueError("fold and one_a_day look at many documents: 'coded' has a row a document")
        events = pyarrow.list_(pyarrow.struct(list(schema("events", **rows))))
        return pyarrow.schema([("id", pyarrow.string()), ("url", pyarrow.string()), ("day", pyarrow.date32()), ("events", events),
                               ("coded", pyarrow.string())])
    return next(batches([], table, **rows)).to_arrow().schema.remove_metadata()


def _spark_schema(s: pyarrow.Schema):
    from pyspark.sql.pandas.types import from_arrow_schema
    return from_arrow_schema(s)


def code(df: "DataFrame", table: str = "events", *, rows: Optional[dict] = None, **how: Any) -> "DataFrame":
    """Code the documents of a DataFrame; a DataFrame of rows of `table`: one of dragoman.TABLES, or "coded".

    df has a column text and, as far as known, id, url, title, author, publisher, lang and date or published (date or ISO text). Give each
    document an id or an address: events are named after it. rows: filters and options of tables(). how: tier, lexicon, data, plain, date,
    since, max_bytes of Coder. A text that cannot be coded is logged by its worker and left out."""
    if "text" not in df.columns:
        raise ValueError(f"no column 'text' ({', '.join(df.columns)})")
    _check(table)
    keep = [c for c in df.columns if c in (*_COLUMNS, "text", "date", "published")]
    return df.select(*keep).mapInArrow(coding(table, how, rows), _spark_schema(schema(table, **(rows or {}))))


def code_files(df: "DataFrame", table: str = "events", *, column: str = "path", rows: Optional[dict] = None, read: Optional[dict] = None,
               **how: Any) -> "DataFrame":
    """Code the files whose paths stand in a column: WARC, JSON Lines, feeds ... packed or not, told by content. One task a file.

    The files must be reachable by that path from every worker; one that cannot be opened fails its task, a record in it that cannot be read
    is logged. What comes back has the path as its last column. For a restart keep a list of the paths whose rows are written
    (examples/spark/cc_news.py): a file without events has no row. read: input, map, max_bytes of Coder.read()."""
    _check(table)
    paths = df.select(column).distinct()
    n = max(paths.count(), 1)
    return paths.repartitionByRange(n, column).mapInArrow(reading(column, table, how, rows, read), _spark_schema(_with_path(schema(table, **(rows or {})), column)))


def coded(df: "DataFrame", **how: Any) -> "DataFrame":
    """The documents of a DataFrame, coded: id, url, day (of publication), events (a list of rows of the table events), and `coded`, the line
    that Store.ingest_coded() and `dragoman ingest --coded` take. Keywords as code()."""
    return code(df, _CODED, **how)


def coded_files(df: "DataFrame", **how: Any) -> "DataFrame":
    """The documents of files, as coded(), and the path; keywords as code_files()."""
    return code_files(df, _CODED, **how)


def write_coded(docs: "DataFrame", to: str, *, by: Sequence[str] = ("day",), mode: str = "append") -> None:
    """Write the column coded as gzipped lines by day: `to`/day=2021-03-05/part-*.txt.gz. Store.ingest_coded(to) takes the folder as it is.

    by: columns that make the folders. mode: "append" (a line that is there twice does no harm), or "overwrite" those folders that docs has."""
    out = docs.select(*by, "coded").write.partitionBy(*by).mode(mode)
    out.option("partitionOverwriteMode", "dynamic").option("compression", "gzip").text(to)


def events(docs: "DataFrame") -> "DataFrame":
    """The rows of the table events out of what coded() gave, with nothing coded again."""
    return docs.selectExpr("inline(events)")


def _check(table: str) -> None:
    if table not in (*TABLES, _CODED):
        raise ValueError(f"unknown table {table!r} ({', '.join((*TABLES, _CODED))})")


def settings(batch: int = 256) -> dict[str, str]:
    """What a session should be set to: news are long, so that a batch has fewer rows than Spark's 10,000, and a task is one thread."""
    return {"spark.sql.execution.arrow.maxRecordsPerBatch": str(batch), "spark.task.cpus": "1",
            "spark.executorEnv.PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0")}
