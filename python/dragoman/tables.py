# SPDX-License-Identifier: Apache-2.0
"""Documents and stores as tables: Arrow columns in memory, and files for other programs."""
from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping, Optional, Sequence, Union

from . import _core
from .coder import default_model
from .doc import Doc, core_docs
from .types import to_day

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from .store import Store

#: What is a row. docs/formats/tables.md has the columns.
TABLES = ("events", "documents", "statements", "items", "times", "places", "quantities", "names")
#: What export() writes, besides "parquet" (by pyarrow).
FORMATS = ("csv", "tsv", "jsonl", "gdelt1", "gdelt2", "gdelt2-mentions", "icews", "phoenix", "polecat", "geojson", "plover", "acled", "arrow",
           "arrow-stream")
_COLUMNS = 14
_SCHEMES = ("iso", "cow", "fips", "cameo")


def _index(names: Sequence[str], name: str, what: str) -> int:
    if name not in names:
        raise ValueError(f"unknown {what} {name!r} ({', '.join(names)})")
    return names.index(name)


def query(start=None, end=None, as_of=None, known_on=None, between: Optional[Sequence[str]] = None, kind: Union[str, Sequence[str], None] = None,
          status: Union[str, Sequence[str], None] = None, **rest: Any) -> dict[str, Any]:
    """Filters as the library has them. start, end: first and last day; between: two actors."""
    q = {"from": to_day(start), "to": to_day(end), "as_of": to_day(as_of), "known_on": to_day(known_on)}
    q["kind"] = ",".join(kind) if kind is not None and not isinstance(kind, str) else kind
    q["status"] = ",".join(status) if status is not None and not isinstance(status, str) else status
    if between is not None:
        q["actor"], q["other"] = between
    q.update(rest)
    return {k: v for k, v in q.items() if v is not None}


class Table:
    """Rows as Arrow columns. pyarrow, polars, DuckDB, pandas 3 take it as it is, without a copy: polars.DataFrame(table)."""

    def __init__(self, rows: "_core.Rows", name: str = ""):
        self._rows, self.name = rows, name

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self._rows.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._rows.__arrow_c_schema__()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def column_names(self) -> list[str]:
        return [name for name, _ in self._rows.columns()]

    def to_arrow(self) -> "pyarrow.Table":
        """As a pyarrow.Table, without a copy."""
        import pyarrow
        return pyarrow.RecordBatchReader.from_stream(self).read_all()

    def to_pandas(self, **how: Any) -> "pandas.DataFrame":
        """As a pandas.DataFrame (through pyarrow, which takes the keywords)."""
        return self.to_arrow().to_pandas(**how)

    def to_polars(self) -> "polars.DataFrame":
        """As a polars.DataFrame."""
        import polars
        return polars.DataFrame(self)

    def to_pylist(self) -> list[dict[str, Any]]:
        """A dict a row (through pyarrow)."""
        return self.to_arrow().to_pylist()

    def to_parquet(self, path: Union[str, os.PathLike], **how: Any) -> None:
        """To a Parquet file (by pyarrow, which takes the keywords)."""
        import pyarrow.parquet
        how.setdefault("compression", "zstd")
        pyarrow.parquet.write_table(self.to_arrow(), os.fspath(path), **how)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} rows, {len(self.column_names)} columns>"

    def _repr_html_(self) -> str:
        from .render import table
        return table(self)


def _model_of(what):
    return what._model_core if hasattr(what, "_model_core") else None


def _export(model, name: str, format_number: int, sink, *, lists: bool = False, one_a_day: bool = False, fold: bool = False, raw: bool = False,
            header: bool = True, scheme: str = "iso", **filters: Any) -> "_core.Export":
    return _core.Export(model, query(**filters), format_number, _index(TABLES, name, "table"), _index(_SCHEMES, scheme, "scheme"), lists, one_a_day,
                        fold, raw, not header, sink)


def tables(docs: Iterable[Doc], names: Sequence[str] = TABLES, **how: Any) -> dict[str, Table]:
    """Several tables in one pass over documents; each document may be forgotten as soon as the next is taken.

    >>> t = dragoman.tables(nlp.code_many(texts), ["events", "statements"])
    >>> t["events"].to_pandas()

    how: of events: lists (a row an event, lists of actors), one_a_day, fold, scheme ("iso", "cow", "fips", "cameo"), and filters: start,
    end, actor, between, code, status, place, min_confidence ..."""
    exports: dict[str, _core.Export] = {}
    model = default_model()._model
    for n in names:
        exports[n] = _export(model, n, _COLUMNS, None, **how)
    for core in core_docs(docs):
        for x in exports.values():
            x.doc(core)
    return {n: Table(x.take(), n) for n, x in exports.items()}


def table(docs: Union[Doc, Iterable[Doc]], name: str = "events", **how: Any) -> Table:
    """One table of documents; see tables()."""
    return tables(docs, [name], **how)[name]


def batches(docs: Iterable[Doc], name: str = "events", *, rows: int = 16384, **how: Any) -> Iterator[Table]:
    """The same in pieces of about so many rows, for inputs without end."""
    x = _export(default_model()._model, name, _COLUMNS, None, **how)
    given = 0
    for core in core_docs(docs):
        n = x.doc(core)
        if n - given >= rows:
            given = n
            yield Table(x.take(), name)
    last = Table(x.take(), name)
    if len(last) or not given:
        yield last


def export(what: Union[Doc, Iterable[Doc], "Store"], path: Union[str, os.PathLike], format: Optional[str] = None, *, table: str = "events",
           **how: Any) -> int:
    """Write documents or a store to a file, as `dragoman export` does; how many rows. format: by the ending of the path, else "csv"."""
    if format is None:
        ending = os.fspath(path).rsplit(".", 1)[-1].lower()
        format = {"feather": "arrow", "ndjson": "jsonl", "pq": "parquet"}.get(ending, ending if ending in FORMATS + ("parquet",) else "csv")
    if format == "parquet":
        t = what.table(table, **how) if hasattr(what, "table") else _table(what, table, how)
        t.to_parquet(path)
        return len(t)
    with open(path, "wb") as f:
        x = _export(_model_of(what) or default_model()._model, table, _index(FORMATS, format, "format"), f.write, **how)
        if hasattr(what, "_store"):
            x.store(what._store)
        else:
            for core in core_docs(what):
                x.doc(core)
        return x.end()


def _table(docs, name, how):
    return tables(docs, [name], **how)[name]


def codebook(table: str = "events", format: str = "csv", **how: Any) -> str:
    """What stands in the columns of a table or format, as Markdown."""
    number = _index(FORMATS, format, "format")
    return _export(default_model()._model, table, number, (lambda b: None), **how).codebook()
