# SPDX-License-Identifier: Apache-2.0
"""A coded document. What is asked for is made when it is asked for, and kept."""
from __future__ import annotations

import datetime
import json
from functools import cached_property
from typing import Any, Iterator, Optional, Sequence, Union

from . import _core
from .types import Attribution, Entity, Event, Place, Quantity, Statement, Time, from_day

_SENTENCES, _ENTITIES, _STATEMENTS, _TIMES, _PLACES, _QUANTITIES, _NAMES, _EVENTS, _ALL, _ATTRIBUTIONS = 2, 4, 8, 16, 32, 64, 128, 256, 1022, 1024


class Span:
    """A stretch of a document: a sentence or a name. Named as in spaCy."""

    __slots__ = ("doc", "start_char", "end_char", "label_", "entity")

    def __init__(self, doc: "Doc", start: int, end: int, label: str = "", entity: Optional[Entity] = None):
        self.doc, self.start_char, self.end_char, self.label_, self.entity = doc, start, end, label, entity

    @property
    def text(self) -> str:
        """Its words."""
        return self.doc.text[self.start_char:self.end_char]

    @property
    def ent_id_(self) -> str:
        """Who that is, as an actor id; "" where nobody knows."""
        return (self.entity.actor.id or "") if self.entity else ""

    @property
    def tokens(self) -> list["Token"]:
        """Its tokens."""
        return [t for t in self.doc.tokens if t.idx >= self.start_char and t.end_char <= self.end_char]

    def __iter__(self) -> Iterator["Token"]:
        return iter(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{self.text!r}{' ' + self.label_ if self.label_ else ''}>"

    def __eq__(self, other) -> bool:
        return isinstance(other, Span) and (self.doc, self.start_char, self.end_char, self.label_) == (other.doc, other.start_char, other.end_char, other.label_)

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start_char, self.end_char, self.label_))


class Token:
    """A syntactic word. Names end in _ as in spaCy."""

    __slots__ = ("doc", "i", "text", "lemma_", "pos_", "tag_", "morph", "dep_", "_head", "sent_i", "idx", "end_char")

    def __init__(self, doc: "Doc", i: int, row: tuple):
        self.doc, self.i = doc, i
        self.text, self.lemma_, self.pos_, self.tag_, self.morph, self.dep_, self._head, self.sent_i, self.idx, self.end_char = row

    @property
    def head(self) -> "Token":
        """What it depends on; the root of a sentence: itself."""
        return self if self._head is None else self.doc.tokens[self._head]

    @property
    def children(self) -> list["Token"]:
        """What depends on it."""
        return [t for t in self.sent.tokens if t._head == self.i]

    @property
    def sent(self) -> Span:
        """Its sentence."""
        return self.doc.sents[self.sent_i]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{self.text!r} {self.pos_} {self.dep_}>"


class Doc:
    """A coded document.

    >>> doc = dragoman.Coder().code("Egypt and Sudan signed a treaty on Monday.", date="2021-03-03")
    >>> print(doc.events[0])
    """

    __slots__ = ("_doc", "__dict__", "__weakref__")

    def __init__(self, core: "_core.Doc"):
        self._doc = core

    @property
    def _head(self) -> tuple:
        h = self.__dict__.get("head")
        if h is None:
            h = self.__dict__["head"] = self._doc.head()
        return h

    def _list(self, which: int, key: str) -> list:
        return json.loads(self._doc.lists(which))[key]

    # ---- what is known of it ----
    @cached_property
    def text(self) -> str:
        """What all offsets point into."""
        return self._doc.text()

    @property
    def id(self) -> str:
        """Its id: as given, else made of its address or text."""
        return self._head[0]

    @property
    def url(self) -> Optional[str]:
        return self._head[1]

    @property
    def title(self) -> Optional[str]:
        return self._head[2]

    @property
    def author(self) -> Optional[str]:
        return self._head[3]

    @property
    def publisher(self) -> Optional[str]:
        return self._head[4]

    @property
    def lang(self) -> Optional[str]:
        """BCP 47: as given, else as the words say."""
        return self._head[5]

    @property
    def published(self) -> Optional[datetime.date]:
        """Day of publication."""
        return from_day(self._head[6])

    @property
    def published_from(self) -> str:
        """Who says so: meta, url, dateline, option, feed; none."""
        return self._head[7]

    @property
    def warning(self) -> Optional[str]:
        """What was wrong with the input, and what became of it."""
        return self._head[8] or None

    @property
    def foreign(self) -> bool:
        """In another language than the models': nothing was coded."""
        return self._head[9]

    @property
    def record_number(self) -> int:
        """Of which record of an input with many it was made, from 1; 0: of no such."""
        return self._head[10]

    @property
    def byte(self) -> int:
        """Where that record begins."""
        return self._head[11]

    @property
    def n_events(self) -> int:
        """How many events; nothing is made for it."""
        return self._doc.counts()[3]

    # ---- what was found ----
    @cached_property
    def events(self) -> list[Event]:
        """Who did what to whom."""
        return [Event._of(r) for r in self._list(_EVENTS, "events")]

    @cached_property
    def statements(self) -> list[Statement]:
        """Who said what."""
        r = json.loads(self._doc.lists(_STATEMENTS | _ENTITIES))
        known = {e["actor"]: e for e in r["entities"] if e["actor"]}
        return [Statement._of(s, self.text, known) for s in r["statements"]]

    @cached_property
    def attributions(self) -> list[Attribution]:
        """What is said, and also what is wanted, planned, feared, praised, blamed or shown, and by whom."""
        r = json.loads(self._doc.lists(_ATTRIBUTIONS | _ENTITIES))
        known = {e["actor"]: e for e in r["entities"] if e["actor"]}
        return [Attribution._of(a, self.text, known) for a in r["attributions"]]

    @cached_property
    def entities(self) -> list[Entity]:
        """Who is spoken of, with every mention."""
        return [Entity._of(r) for r in self._list(_ENTITIES, "entities")]

    @cached_property
    def times(self) -> list[Time]:
        """Time expressions."""
        return [Time._of(r) for r in self._list(_TIMES, "times")]

    @cached_property
    def places(self) -> list[Place]:
        """Places that are named."""
        return [Place._of(r) for r in self._list(_PLACES, "places")]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Numbers."""
        return [Quantity._of(r) for r in self._list(_QUANTITIES, "quantities")]

    @cached_property
    def situation(self) -> "Situation":
        """Where the matters of this one document stand on its day."""
        from .store import Situation
        return Situation(json.loads(self._doc.situation()))

    @property
    def record(self) -> dict[str, Any]:
        """The whole record as `dragoman code` prints it (schema dragoman/1), as a dict."""
        return json.loads(self._doc.format(0))

    def to_json(self, text: bool = False) -> str:
        """The record as one line of JSON, with the article's text if `text`."""
        return self._doc.format(1 if text else 0)

    def to_coded(self) -> str:
        """All that a store keeps of it, as one line for Store.ingest_coded() anywhere (docs/formats/coded.md)."""
        return self._doc.format(6)

    def to_conllu(self, names: bool = False) -> str:
        """Tokens and trees as CoNLL-U, with names in its last column if `names`."""
        return self._doc.format(3 if names else 2)

    def to_timeml(self) -> str:
        """The text with times and events marked."""
        return self._doc.format(4)

    def to_brat(self) -> str:
        """Standoff annotation of brat over `text`."""
        return self._doc.format(5)

    def explain(self, event: Union[int, Event, None] = None) -> str:
        """Why an event (its number, or itself) was coded; None: why not more was. Needs Coder(trace=True)."""
        if isinstance(event, Event):
            event = [e.id for e in self.events].index(event.id)
        return self._doc.explain(event)

    # ---- as spaCy has it ----
    @cached_property
    def tokens(self) -> list[Token]:
        """Syntactic words."""
        return [Token(self, i, row) for i, row in enumerate(self._doc.tokens())]

    @cached_property
    def sents(self) -> list[Span]:
        """Sentences."""
        return [Span(self, a, b) for a, b in self._doc.sentences()]

    @cached_property
    def ents(self) -> list[Span]:
        """Names of the text: PER ORG LOC GPE NORP FAC EVENT PRODUCT MISC. Titles, names within names and nominals are in `record["names"]`."""
        known = {e.id: e for e in self.entities}
        return [Span(self, n["span"][0], n["span"][1], n["type"], known.get(n["entity"]))
                for n in self._list(_NAMES, "names") if n["level"] == "name"]

    def __len__(self) -> int:
        return self._doc.counts()[0]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        t, s, q, e = self._doc.counts()
        return f"<Doc {self.id}: {t} tokens, {s} sentences, {q} statements, {e} events>"

    def _repr_html_(self) -> str:
        from .render import document
        return document(self)


def core_docs(docs: Union[Doc, Sequence[Doc]]):
    """Handles of one document or of many."""
    for d in (docs,) if isinstance(docs, Doc) else docs:
        yield d._doc
