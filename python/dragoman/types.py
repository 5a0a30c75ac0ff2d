# SPDX-License-Identifier: Apache-2.0
"""What is found in a text and kept in a store. Offsets count code points, as str does: text[start:end] is the words."""
from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Union

Day = Union[datetime.date, str, None]
_EPOCH = datetime.date(1970, 1, 1).toordinal()


def to_day(day: Day) -> Optional[int]:
    """A date, "2022-01-12" or None as days since 1970-01-01."""
    if day is None:
        return None
    if isinstance(day, str):
        try:
            day = datetime.date.fromisoformat(day)
        except ValueError:
            raise ValueError(f"'{day}' is no date: YYYY-MM-DD") from None
    return day.toordinal() - _EPOCH


def from_day(day: Optional[int]) -> Optional[datetime.date]:
    """Days since 1970-01-01 as a date."""
    return None if day is None else datetime.date.fromordinal(day + _EPOCH)


def _date(iso: Optional[str]) -> Optional[datetime.date]:
    return datetime.date.fromisoformat(iso) if iso else None


def _pair(span) -> Optional[tuple[int, int]]:
    return (span[0], span[1]) if span else None


@dataclass(frozen=True)
class Actor:
    """Who fills a slot, speaks, claims, or is party to a matter."""

    id: Optional[str]  #: "country:RUS", "org:NATO", "person:Wendy Sherman", "role:RUS:MIL"
    name: Optional[str]
    country: Optional[str] = None  #: ISO 3166-1 alpha-3
    cameo: Optional[str] = None  #: CAMEO actor code
    sectors: tuple[str, ...] = ()  #: of PLOVER: GOV, MIL, REB ...
    span: Optional[tuple[int, int]] = None  #: where it stands; None: implied
    implied_by: Optional[str] = None  #: "discourse": its clause does not name it

    def __str__(self) -> str:
        return self.name or self.id or ""

    @classmethod
    def _of(cls, r: Mapping[str, Any]) -> "Actor":
        return cls(r.get("actor"), r.get("name"), r.get("country") or None, r.get("cameo") or None, tuple(r.get("sector") or ()),
                   _pair(r.get("span")), r.get("from"))


@dataclass(frozen=True)
class Place:
    """A place, resolved."""

    name: Optional[str]
    country: Optional[str] = None  #: ISO 3166-1 alpha-3
    admin1: Optional[str] = None
    lat: Optional[float] = None
    lon: Optional[float] = None
    geonames: Optional[int] = None
    precision: Optional[str] = None  #: city, admin1, country, region
    span: Optional[tuple[int, int]] = None
    feature: Optional[str] = None  #: GeoNames' code
    alternatives: tuple["Place", ...] = ()  #: what else the name may be, the likelier first
    told_by: Optional[str] = None  #: of an event's place: syntax, clause, discourse or dateline ("from" in the record)

    def __str__(self) -> str:
        return self.name or ""

    @classmethod
    def _of(cls, r: Mapping[str, Any]) -> "Place":
        return cls(r.get("name"), r.get("country") or None, r.get("admin1"), r.get("lat"), r.get("lon"), r.get("geonames"),
                   r.get("precision"), _pair(r.get("span")), r.get("feature"),
                   tuple(cls._of(a) for a in r.get("alternatives") or ()), r.get("from"))


@dataclass(frozen=True)
class Quantity:
    """A number and what it counts."""

    kind: str  #: troops, deaths, injured, displaced, detained, money, weapons, other
    value: Optional[float]
    low: Optional[float] = None
    high: Optional[float] = None
    approx: bool = False
    unit: Optional[str] = None
    of: Optional[str] = None  #: lemma of what is counted
    total: Optional[bool] = None  #: a sum, no addition
    span: Optional[tuple[int, int]] = None
    event: Optional[str] = None  #: id of the event that takes it

    @classmethod
    def _of(cls, r: Mapping[str, Any]) -> "Quantity":
        return cls(r["kind"], r.get("value"), r.get("low"), r.get("high"), bool(r.get("approx")), r.get("unit"), r.get("of"), r.get("total"),
                   _pair(r.get("span")), r.get("event"))


@dataclass(frozen=True)
class Time:
    """A time expression of the text, as TIMEX3."""

    id: str
    type: str  #: DATE, TIME, DURATION, SET
    value: Optional[str]  #: "2014-05", "P3W" ...
    start: Optional[datetime.date]
    end: Optional[datetime.date]
    precision: Optional[str]
    mod: Optional[str]
    kind: Optional[str]
    relative_to: Optional[str]
    span: tuple[int, int]

    @classmethod
    def _of(cls, r: Mapping[str, Any]) -> "Time":
        return cls(r["id"], r["type"], r.get("value"), _date(r.get("start")), _date(r.get("end")), r.get("precision"), r.get("mod"),
                   r.get("kind"), r.get("relative_to"), (r["span"][0], r["span"][1]))


@dataclass(frozen=True)
class Mention:
    """Where an entity is named."""

    start: int
    end: int
    kind: str  #: name, nominal, pronoun
    head: str


@dataclass(frozen=True)
class Entity:
    """Somebody or something that a document speaks of."""

    id: str
    actor: Actor
    type: str  #: country, org, person, group, role, place, other
    title: Optional[str]
    mentions: tuple[Mention, ...]

    @classmethod
    def _of(cls, r: Mapping[str, Any]) -> "Entity":
        return cls(r["id"], Actor._of(r), r["type"], r.get("title"),
                   tuple(Mention(m["start"], m["end"], m["kind"], m["head"]) for m in r["mentions"]))


@dataclass(frozen=True)
class Date:
    """When: first and last day, and how exactly that is known."""

    start: Optional[datetime.date]
    end: Optional[datetime.date]
    precision: Optional[str] = None
    origin: Optional[str] = None  #: "text": a time expression says it; "publication"
    span: Optional[tuple[int, int]] = None

    def __str__(self) -> str:
        if self.start is None:
            return ""
        return str(self.start) if self.start == self.end or self.end is None else f"{self.start}/{self.end}"

    @classmethod
    def _of(cls, r: Optional[Mapping[str, Any]]) -> Optional["Date"]:
        return None if r is None else cls(_date(r.get("start")), _date(r.get("end")), r.get("precision"), r.get("from"), _pair(r.get("span")))


@dataclass(frozen=True)
class Statement:
    """Who said what."""

    id: str
    kind: str  #: direct, indirect, mixed
    speaker: Optional[Actor]
    addressee: Optional[str]  #: actor id
    text: str
    content: tuple[tuple[int, int], ...]  #: stretches of what was said
    cue: Optional[tuple[int, int]]
    sentence: int
    negated: bool
    outer: Optional[str]  #: id of the statement that quotes it

    @classmethod
    def _of(cls, r: Mapping[str, Any], text: str, known: Mapping[str, Any]) -> "Statement":
        who = None
        if r.get("speaker") or r.get("speaker_name"):
            e = known.get(r.get("speaker"), {})
            who = Actor(r.get("speaker"), r.get("speaker_name"), e.get("country") or None, e.get("cameo") or None, tuple(e.get("sector") or ()),
                        _pair(r.get("speaker_span")))
        parts = tuple((s[0], s[1]) for s in r["content"])
        return cls(r["id"], r["kind"], who, r.get("addressee"), " ".join(" ".join(text[a:b].split()) for a, b in parts), parts,
                   _pair(r.get("cue")), r["sentence"], r["negated"], r.get("outer"))


@dataclass(frozen=True)
class Attribution:
    """What somebody says, wants, plans, fears, praises, blames or shows, as PARC and PolNeAR mark it."""

    id: str
    kind: str  #: direct, indirect, mixed
    sense: Optional[str]  #: want, aim, fear, believe, praise, blame, topic, show ..., or the class of a verb of saying
    speaker: Optional[Actor]  #: None: nobody in particular
    source: Optional[tuple[int, int]]  #: the whole phrase of who it is
    cue: Optional[tuple[int, int]]
    text: str
    content: tuple[tuple[int, int], ...]  #: stretches of it
    sentence: int
    negated: bool
    statement: Optional[str]  #: id of the statement that it is
    confidence: float

    @classmethod
    def _of(cls, r: Mapping[str, Any], text: str, known: Mapping[str, Any]) -> "Attribution":
        s = Statement._of({**r, "speaker_span": r["source"]}, text, known)
        return cls(s.id, s.kind, r.get("sense"), s.speaker, _pair(r.get("source")), s.cue, s.text, s.content, s.sentence, s.negated,
                   r.get("statement"), r["confidence"])


@dataclass(frozen=True)
class Event:
    """Who did what to whom, as CAMEO and PLOVER name it."""

    id: str
    sentence: int
    trigger: tuple[int, int]
    trigger_text: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    reciprocal: bool
    cameo: str
    root: str
    goldstein: Optional[float]
    quad: int
    plover: str
    mode: Optional[str]
    contexts: tuple[str, ...]
    score: Optional[float]
    status: str  #: actual, historical, future, hypothetical
    negated: bool
    statement: Optional[str]
    claimed_by: tuple[str, ...]
    content_of: Optional[str]
    condition_of: Optional[str]
    content: tuple[str, ...]
    condition: tuple[str, ...]
    content_span: Optional[tuple[int, int]]
    condition_span: Optional[tuple[int, int]]
    date: Optional[Date]
    deadline: Optional[Date]
    place: Optional[Place]
    quantities: tuple[Quantity, ...]
    confidence: float
    same_as: Optional[str]
    frame: str
    record: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)  #: as the record has it
    act: Optional[str] = None  #: id of the act, the same in other documents that report it

    def __str__(self) -> str:
        who, whom = (", ".join(map(str, side)) or "-" for side in (self.source, self.target))
        return f"{who} > {whom}: {self.cameo} {self.plover}{' not' if self.negated else ''} ({self.status}) {self.trigger_text!r}"

    @classmethod
    def _of(cls, r: Mapping[str, Any]) -> "Event":
        p = r["plover"]
        return cls(r["id"], r["sentence"], (r["trigger"][0], r["trigger"][1]), r["trigger_text"],
                   tuple(map(Actor._of, r["source"])), tuple(map(Actor._of, r["target"])), r["reciprocal"], r["cameo"], r["root"],
                   r.get("goldstein"), r["quad"], p["event"], p.get("mode"), tuple(p.get("contexts") or ()), p.get("score"), r["status"],
                   r["negated"], r.get("statement"), tuple(r.get("claimed_by") or ()), r.get("content_of"), r.get("condition_of"),
                   tuple(r.get("content") or ()), tuple(r.get("condition") or ()), _pair(r.get("content_span")),
                   _pair(r.get("condition_span")), Date._of(r.get("date")), Date._of(r.get("deadline")),
                   Place._of(r["place"]) if r.get("place") else None, tuple(map(Quantity._of, r.get("quantities") or ())),
                   r["confidence"], r.get("same_as"), r["frame"], r, r.get("act"))


@dataclass(frozen=True)
class Party:
    """Who has to do with a matter."""

    role: str  #: issuer, addressee, participant, party, holder, claimant, member, organisation, beneficiary
    actor: Actor


@dataclass(frozen=True)
class Line:
    """One line of a matter's history, with its evidence."""

    date: Optional[datetime.date]
    status: Optional[str]
    change: str  #: opened, updated, reported, silence
    event: Optional[str]
    document: Optional[str]
    text: Optional[str]
    record: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)

    @classmethod
    def _of(cls, r: Mapping[str, Any]) -> "Line":
        return cls(_date(r.get("date")), r.get("status"), r["change"], r.get("event"), r.get("document"), (r.get("evidence") or {}).get("text"), r)


@dataclass(frozen=True)
class Item:
    """A matter: a demand, an offer, a threat, a meeting ... and how it stands."""

    id: str
    kind: str
    status: str
    due: bool
    stale: bool
    since: Optional[datetime.date]
    opened: Optional[datetime.date]
    parties: tuple[Party, ...]
    content: Optional[str]
    condition: Optional[str]
    deadline: Optional[datetime.date]
    date: Optional[Date]
    place: Optional[Place]
    quantities: tuple[Quantity, ...]
    sources: int
    history: tuple[Line, ...]
    record: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind.upper()} {' > '.join(str(p.actor) for p in self.parties)}: {self.content or ''} [{self.status} since {self.since}]"

    @classmethod
    def _of(cls, r: Mapping[str, Any]) -> "Item":
        deadline = r.get("deadline")
        if isinstance(deadline, Mapping):
            deadline = deadline.get("end") or deadline.get("start")
        return cls(r["id"], r["kind"], r["status"], r["due"], r["stale"], _date(r.get("since")), _date(r.get("opened")),
                   tuple(Party(p["role"], Actor._of(p)) for p in r["parties"]), r.get("content"), r.get("condition"), _date(deadline),
                   Date._of(r.get("date")), Place._of(r["place"]) if r.get("place") else None,
                   tuple(map(Quantity._of, r.get("quantities") or ())), r["sources"], tuple(map(Line._of, r["history"])), r)
