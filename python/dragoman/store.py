# SPDX-License-Identifier: Apache-2.0
"""A store: coded documents and where every matter stands, in one file."""
from __future__ import annotations

import datetime
import json
import os
from dataclasses import dataclass
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence, Union

from . import _core
from .coder import Coder, Model, _files, _told, default_model, log, progress_bar
from .doc import Doc
from .tables import Table, _COLUMNS, _export, _index, query
from .types import Day, Item, _date, to_day

_KINDS = {"items": 1, "statements": 2, "documents": 4}
_PERIODS = ("day", "week", "month", "year")
_BY = (None, "dyad", "type", "place")
_ROWS = ("documents", "statements", "events", "items", "actors", "places")


class Situation(Sequence):
    """Where matters stand on a day: a sequence of Item."""

    def __init__(self, record: Mapping[str, Any]):
        self.record = record
        self.as_of: Optional[datetime.date] = _date(record.get("as_of"))
        self.items = [Item._of(r) for r in record["items"]]

    def of_kind(self, *kinds: str) -> list[Item]:
        """Items of these kinds."""
        return [i for i in self.items if i.kind in kinds]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __str__(self) -> str:
        return "\n".join(map(str, self.items))

    def __repr__(self) -> str:
        return f"<Situation on {self.as_of}: {len(self)} items>"

    def _repr_html_(self) -> str:
        from .render import board
        return board(self)


@dataclass
class Ingested:
    """What became of the documents of an ingest."""

    new: int = 0
    same: int = 0
    corrected: int = 0
    refused: int = 0


def _parts(paths: Sequence[Union[str, os.PathLike]]) -> list[str]:
    """Files, and those below folders whose names are data's (_SUCCESS and .part.crc are not)."""
    given = {os.fspath(p) for p in paths}
    return [f for f in _files(paths, True) if f in given or os.path.basename(f)[0] not in "_."]


class Store:
    """One SQLite file of coded documents. One process writes at a time, any number read.

    >>> with dragoman.Store("crisis.db", write=True) as store:
    ...     store.ingest(dragoman.Coder().read("articles/", recursive=True))
    ...     for item in store.situation(open_only=True):
    ...         print(item)

    Questions take the filters of the command: start, end (days), as_of, known_on, actor, between=(A, B), kind, code, status, place,
    min_confidence, open_only, fold, acts, limit, offset. What there is not (a code, an actor) raises ArgumentError and says what would have been right."""

    def __init__(self, path: Union[str, os.PathLike], write: bool = False, *, model: Optional[Model] = None, wait: float = 60, no_text: bool = False):
        self.path, self.model = os.fspath(path), model or default_model()
        self._model_core = self.model._model
        self._store = _core.Store(self._model_core, self.path, write, int(wait * 1000), no_text)

    # ---- writing ----
    def ingest(self, docs: Union[Doc, Iterable[Doc]], *, sync: bool = True, progress: bool = False) -> Ingested:
        """Keep documents, one transaction each; the same again changes nothing, another text of the same address is a correction."""
        n = Ingested()
        for d in progress_bar([docs] if isinstance(docs, Doc) else docs, progress):
            what = self._store.ingest(d._doc)
            if what == 0:
                n.new += 1
            elif what == 1:
                n.same += 1
            else:
                n.corrected += 1
        if sync:
            self._store.sync()
        log.info("%s: %d new, %d corrected, %d already there", self.path, n.new, n.corrected, n.same)
        return n

    def ingest_coded(self, *paths: Union[str, os.PathLike], errors: str = "warn", sync: bool = True, progress: bool = False) -> Ingested:
        """Keep documents that were coded anywhere: files of lines of Doc.to_coded(), packed or not, and folders of such files, as
        Spark writes them. The board is the one of ingest(), whatever the order.

        errors: what becomes of a line that is damaged or of another version: "warn" logs it and goes on, "ignore" goes on, "raise"."""
        n = Ingested()
        for path in progress_bar(_parts(paths), progress):
            def told(e: Exception) -> None:
                e.file = path
                _told(e, errors)
            for name, more in zip(("new", "same", "corrected", "refused"), self._store.ingest_coded(path, told)):
                setattr(n, name, getattr(n, name) + more)
        if sync:
            self._store.sync()
        log.info("%s: %d new, %d corrected, %d already there, %d refused", self.path, n.new, n.corrected, n.same, n.refused)
        return n

    def sync(self) -> None:
        """Bring the board up to date (ingest does, unless told not to)."""
        self._store.sync()

    def withdraw(self, url_or_id: str, date: Day = None) -> None:
        """The publisher took a document back."""
        self._store.withdraw(url_or_id, to_day(date))
        self._store.sync()

    def recode(self, coder: Optional[Coder] = None) -> int:
        """Code those kept texts again that another model or lexicon has coded; how many."""
        return self._store.recode((coder or Coder(model=self.model))._take())

    def doctor(self, repair: bool = False) -> list[str]:
        """What is wrong with the store, and remarks."""
        return self._store.doctor(repair)[0]

    # ---- asking ----
    def situation(self, as_of: Day = None, **filters: Any) -> Situation:
        """Where matters stand."""
        return Situation(json.loads(self._store.ask("situation", query(as_of=as_of, **filters))))

    def timeline(self, **filters: Any) -> list[dict[str, Any]]:
        """Events in order of their days, a dict each (docs/formats/situation.md)."""
        return json.loads(self._store.ask("timeline", query(**filters)))["events"]

    def item(self, id: str) -> str:
        """The history of one item with its evidence, as text."""
        return self._store.item(id)

    def what_if(self, what: Union[Doc, str], **filters: Any) -> list[dict[str, Any]]:
        """What a sentence, if it came true, would bring due, carry out, keep or break."""
        doc = Coder(model=self.model).code(what) if isinstance(what, str) else what
        return json.loads(self._store.what_if(doc._doc, query(**filters)))["what_if"]

    def search(self, words: str, kinds: Union[str, Sequence[str]] = (), *, start: Day = None, end: Day = None, actor: Optional[str] = None,
               limit: int = 20) -> list[dict[str, Any]]:
        """Words in items, statements and documents, the best first. words: all must be there in any form; "a phrase", begin*, AND, OR, NOT."""
        wanted = 0
        for k in [kinds] if isinstance(kinds, str) else kinds:
            if k not in _KINDS:
                raise ValueError(f"unknown kind {k!r} ({', '.join(_KINDS)})")
            wanted |= _KINDS[k]
        return json.loads(self._store.search(words, wanted, to_day(start), to_day(end), actor, limit))["results"]

    def series(self, period: str = "month", by: Optional[str] = None, *, panel: bool = False, **filters: Any) -> list[dict[str, Any]]:
        """Events by period ("day", "week", "month", "year") and by "dyad", "type" or "place", a dict a row (docs/formats/series.md)."""
        if by not in _BY:
            raise ValueError(f"by: {by!r} is none of dyad, type, place")
        return json.loads(self._store.series(_index(_PERIODS, period, "period"), _BY.index(by), panel, query(**filters)))["rows"]

    def rows(self, of: str = "documents", **filters: Any) -> Iterator[dict[str, Any]]:
        """Documents, statements, events, items, actors or places, one by one, a dict each."""
        what, after = _index(_ROWS, of, "list"), ""
        while after is not None:
            page = json.loads(self._store.list(what, 200, after, query(**filters)))
            yield from page["rows"]
            after = page["next"]

    def document(self, url_or_id: str) -> dict[str, Any]:
        """The record of one document, with its text."""
        return json.loads(self._store.document(url_or_id))

    def explain(self, event: str, document: str = "") -> str:
        """Why a kept event was coded: its text is coded again."""
        return self._store.explain(Coder(model=self.model, trace=True)._take(), event, document)

    def sql(self, select: str, limit: int = 0) -> list[dict[str, Any]]:
        """One SELECT over the views (docs/formats/sql.md), a dict a row."""
        return json.loads(self._store.sql(select, limit))["rows"]

    def brief(self, html: bool = False, **filters: Any) -> str:
        """A report to read, Markdown or HTML."""
        return self._store.brief(1 if html else 0, query(**filters))

    def table(self, name: str = "events", **how: Any) -> Table:
        """Events, documents, statements, items, places or quantities as Arrow columns; keywords as tables() and filters."""
        x = _export(self._model_core, name, _COLUMNS, None, **how)
        x.store(self._store)
        return Table(x.take(), name)

    def export(self, path: Union[str, os.PathLike], format: Optional[str] = None, **how: Any) -> int:
        """Write to a file, as `dragoman export --db` does; how many rows."""
        from .tables import export
        return export(self, path, format, **how)

    # ---- its end ----
    def close(self) -> None:
        """Close it; again is fine."""
        self._store.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<dragoman.Store {self.path!r}>"
