# SPDX-License-Identifier: Apache-2.0
"""Coding on Spark (PySpark 4, Java 17): documents in a DataFrame, or files by their paths; events and the other tables out.

A worker opens the model once and maps it, so that the workers of a machine share its pages. Rows go in and out as Arrow batches, and no text
passes through Python objects of rows: code() reads columns, code_files() reads the files itself and gives only what was found.

Events are coded anywhere and in any order; ids are made of the document, so that a task that runs twice gives the same rows."""
from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator, Optional

import pyarrow

from .coder import Coder, Model, log
from .tables import TABLES, batches

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COLUMNS = ("id", "url", "title", "author", "publisher", "lang")
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
    for part in batches(docs, table, **rows):
        for out in part.to_arrow().to_batches():
            yield out.replace_schema_metadata(None)


def schema(table: str = "events", **rows: Any) -> pyarrow.Schema:
    """The columns of a table, as Arrow."""
    return next(batches([], table, **rows)).to_arrow().schema.remove_metadata()


def _spark_schema(s: pyarrow.Schema):
    from pyspark.sql.pandas.types import from_arrow_schema
    return from_arrow_schema(s)


def code(df: "DataFrame", table: str = "events", *, rows: Optional[dict] = None, **how: Any) -> "DataFrame":
    """Code the documents of a DataFrame; a DataFrame of rows of `table`.

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

    The files must be reachable by that path from every worker. What comes back has the path as its last column: a manifest of what is done is
    its distinct values, and a restart codes the paths that are not among them. read: input, map, max_bytes of Coder.read()."""
    _check(table)
    paths = df.select(column).distinct()
    n = max(paths.count(), 1)
    return paths.repartition(n, column).mapInArrow(reading(column, table, how, rows, read), _spark_schema(_with_path(schema(table, **(rows or {})), column)))


def _check(table: str) -> None:
    if table not in TABLES:
        raise ValueError(f"unknown table {table!r} ({', '.join(TABLES)})")


def settings(batch: int = 256) -> dict[str, str]:
    """What a session should be set to: news are long, so that a batch has fewer rows than Spark's 10,000, and a task is one thread."""
    return {"spark.sql.execution.arrow.maxRecordsPerBatch": str(batch), "spark.task.cpus": "1",
            "spark.executorEnv.PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0")}
