# SPDX-License-Identifier: Apache-2.0
"""What codes: texts, many texts with threads, files."""
from __future__ import annotations

import json
import logging
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence, Union

from . import _core, errors as _errors
from .doc import Doc
from .types import Day, to_day

log = logging.getLogger("dragoman")
_core.set_error(_errors._make)

_DEPTHS = {"text": 0, "tokens": 1, "parse": 2, "code": 3}
_TIERS = {None: 0, "fast": 1, "accurate": 2}
_KERNELS = {"auto": 0, "scalar": 1, "avx2": 2, "avx512": 3, "avxvnni": 4, "neon": 5, "dotprod": 6}
_INPUTS = {"auto": 0, "text": 1, "html": 2, "jsonl": 3, "conllu": 4, "json": 5, "feed": 6, "csv": 7, "warc": 8, "export": 9}
_BATCH_ITEMS, _BATCH_CHARS = 32, 1 << 16


def _choice(table: Mapping, value, what: str) -> int:
    try:
        return table[value]
    except (KeyError, TypeError):
        raise ValueError(f"unknown {what} {value!r} ({', '.join(k for k in table if k)})") from None


class Model:
    """Trained models and lexicon, mapped from files; one serves any number of coders and threads."""

    def __init__(self, data: Union[str, os.PathLike, None] = None, *, tier: Optional[str] = None, kernel: str = "auto",
                 lexicon: Union[str, os.PathLike, Sequence[Union[str, os.PathLike]]] = (), copy: bool = False):
        if isinstance(lexicon, (str, os.PathLike)):
            lexicon = [lexicon]
        self._how = (os.fspath(data) if data is not None else None, tier, kernel, tuple(os.fspath(f) for f in lexicon), copy)
        self._model = _core.Model(self._how[0], _choice(_TIERS, tier, "tier"), _choice(_KERNELS, kernel, "kernel"), self._how[3] or None, copy)

    def __reduce__(self):
        data, tier, kernel, lexicon, copy = self._how
        return _model_again, (data, tier, kernel, lexicon, copy)

    @property
    def about(self) -> dict[str, Any]:
        """Version, tier, kernel, sums of models and lexicon, the model's card."""
        return self._model.about()

    def actor(self, phrase: str, date: Day = None) -> dict[str, Any]:
        """Who a name or role is on a day, as `dragoman actor` says."""
        return json.loads(self._model.lookup("actor", phrase, to_day(date)))

    def place(self, phrase: str, date: Day = None) -> dict[str, Any]:
        """Where a place is, as `dragoman place` says."""
        return json.loads(self._model.lookup("place", phrase, to_day(date)))

    def date(self, phrase: str, date: Day = None) -> dict[str, Any]:
        """What a time expression means on a day, as `dragoman date` says."""
        return json.loads(self._model.lookup("date", phrase, to_day(date)))

    def __repr__(self) -> str:
        a = self.about
        return f"<dragoman.Model {a['program']}, {a['tier']}, {a['kernel']}, {a['coder']:016x}>"


def _model_again(data, tier, kernel, lexicon, copy):
    return Model(data, tier=tier, kernel=kernel, lexicon=lexicon, copy=copy)


_default: Optional[Model] = None


def default_model() -> Model:
    """The model of the package, opened once."""
    global _default
    if _default is None:
        _default = Model()
    return _default


Text = Union[str, Mapping[str, Any], "_core.Record"]


def _job(item: Text):
    """What the core takes: a str, a Record, or a text with what is known of it."""
    if isinstance(item, (str, _core.Record)):
        return item
    if not isinstance(item, Mapping):
        raise TypeError(f"a str, a mapping with 'text', or a Record is expected, not {type(item).__name__}")
    day = item.get("date", item.get("published"))
    if isinstance(day, str):
        day = day[:10]
    get = item.get
    return (item["text"], get("id"), get("url"), get("title"), get("author"), get("publisher"), to_day(day or None), get("lang"))


def _length(job) -> int:
    if isinstance(job, str):
        return len(job)
    return job.where()[1] if isinstance(job, _core.Record) else len(job[0])


def progress_bar(items: Iterable, wanted: bool, total: Optional[int] = None) -> Iterable:
    """`items` behind tqdm's bar where that is installed and wanted."""
    if not wanted:
        return items
    try:
        from tqdm.auto import tqdm
    except ImportError:
        log.info("no progress bar: tqdm is not installed")
        return items
    return tqdm(items, total=total, unit="docs")


def records(path: Union[str, os.PathLike, bytes], *, input: str = "auto", name: Optional[str] = None, map: Optional[str] = None,
            max_bytes: int = 0, errors: str = "warn") -> Iterator["_core.Record"]:
    """The records of a file ("-": standard input) or of bytes, of any format that the command reads, packed or not.

    errors: what becomes of a record that cannot be read: "warn" logs it and goes on, "ignore" goes on, "raise" raises (the iterator
    is over then)."""
    given = _input(path, input, name, map, max_bytes)
    file = name if isinstance(path, bytes) else os.fspath(path)
    while True:
        try:
            record = next(given, None)
        except _errors.DragomanError as e:
            e.file = file
            _told(e, errors)
            continue
        if record is None:
            return
        yield record


def _input(path, input, name, map, max_bytes):
    how = _choice(_INPUTS, input, "input")
    if isinstance(path, bytes):
        return _core.Reader(name, path, how, max_bytes, map)
    return _core.Reader(os.fspath(path), None, how, max_bytes, map)


def _told(e: Exception, errors: str) -> None:
    if errors == "raise":
        raise e
    if errors == "warn":
        log.warning("%s", e)
    elif errors != "ignore":
        raise ValueError(f"errors: {errors!r} is none of raise, warn, ignore")


class Coder:
    """Reads English news and codes it.

    >>> nlp = dragoman.Coder()
    >>> for event in nlp.code("Peru demanded that Chile withdraw its patrol boats.", date="2021-03-02").events:
    ...     print(event.source[0].id, event.cameo, event.target[0].id)
    country:PER 1056 country:CHL

    tier: "fast" or "accurate" (some seven times slower). lexicon: folders with rows of one's own. depth: "text", "tokens", "parse" or
    "code", how far to go. trace: keep the reasons for Doc.explain(). plain: every paragraph is running text. date: day of publication of
    every document that is given none. since: what was published before is left out. One object may be used by many threads."""

    def __init__(self, *, tier: Optional[str] = None, kernel: str = "auto", data: Union[str, os.PathLike, None] = None,
                 lexicon: Union[str, os.PathLike, Sequence[Union[str, os.PathLike]]] = (), depth: str = "code", trace: bool = False,
                 plain: bool = False, date: Day = None, since: Day = None, max_bytes: int = 0, model: Optional[Model] = None):
        if model is None:
            model = Model(data, tier=tier, kernel=kernel, lexicon=lexicon) if (tier, kernel, data) != (None, "auto", None) or lexicon else default_model()
        self.model = model
        self._how = dict(depth=depth, trace=trace, plain=plain, date=date, since=since, max_bytes=max_bytes)
        self._options = (_choice(_DEPTHS, depth, "depth"), trace, max_bytes, to_day(date), plain, to_day(since))
        self._idle: deque = deque()  # coders that no thread is using
        self._give_back(self._take())

    def __reduce__(self):
        return _coder_again, (self.model, self._how)

    def _take(self) -> "_core.Coder":
        try:
            return self._idle.pop()
        except IndexError:
            return _core.Coder(self.model._model, *self._options)

    def _give_back(self, coder: "_core.Coder") -> None:
        self._idle.append(coder)

    def _batch(self, jobs: Sequence) -> list:
        coder = self._take()
        try:
            return coder.batch(jobs)
        finally:
            self._give_back(coder)

    def code(self, text: Text, *, date: Day = None, id: Optional[str] = None, url: Optional[str] = None, title: Optional[str] = None,
             author: Optional[str] = None, publisher: Optional[str] = None, lang: Optional[str] = None) -> Doc:
        """Code one text. date: its day of publication, which relative dates ("on Monday") count from."""
        job = _job(text) if not isinstance(text, str) else (text, id, url, title, author, publisher, to_day(date), lang)
        result = self._batch((job,))[0]
        if isinstance(result, Exception):
            raise result
        if result is None:
            raise _errors.ArgumentError("the document was published before `since`, or nobody knows when", 7)
        return self._doc(result)

    __call__ = code

    def code_bytes(self, page: bytes, *, input: str = "auto", name: Optional[str] = None) -> Doc:
        """Code one page as it came over HTTP, one line of JSON, one text in any encoding."""
        found = list(records(page, input=input, name=name, errors="raise"))
        if len(found) != 1:
            raise _errors.FormatError(f"{len(found)} records in it: one is expected", 2)
        return self.code(found[0])

    def _doc(self, core) -> Doc:
        doc = Doc(core)
        if log.isEnabledFor(logging.INFO) and doc.warning:
            log.info("%s: %s", doc.id, doc.warning)
        return doc

    def code_many(self, texts: Iterable[Text], *, threads: int = 1, errors: str = "raise", progress: bool = False,
                  batch: Optional[int] = None) -> Iterator[Doc]:
        """Code many texts, in their order, as spaCy's nlp.pipe(). Coding runs without the GIL.

        texts: str; mappings with "text" and, as far as known, "id", "date", "url", "title", "author", "publisher", "lang"; records().
        errors: what becomes of a text that cannot be coded: "raise", "warn" (logged and left out), "ignore".
        batch: texts that go to a thread at once, and so how far ahead `texts` is read: 2 * threads batches."""
        jobs = (_job(t) for t in progress_bar(texts, progress, len(texts) if hasattr(texts, "__len__") else None))
        results = self._one(jobs) if threads == 1 and not batch else self._threads(jobs, threads, batch or _BATCH_ITEMS)
        for result in results:
            if isinstance(result, Exception):
                _told(result, errors)
            elif result is not None:
                yield self._doc(result)

    def _one(self, jobs: Iterator) -> Iterator:
        coder = self._take()
        try:
            for job in jobs:
                yield coder.batch((job,))[0]
        finally:
            self._give_back(coder)

    @staticmethod
    def _batches(jobs: Iterator, most: int) -> Iterator[list]:
        batch: list = []
        size = 0
        for job in jobs:
            batch.append(job)
            size += _length(job)
            if len(batch) == most or size >= _BATCH_CHARS:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def _threads(self, jobs: Iterator, threads: int, most: int) -> Iterator:
        if threads < 1:
            raise ValueError("threads: at least 1")
        ahead: deque = deque()
        with ThreadPoolExecutor(threads, thread_name_prefix="dragoman") as pool:
            try:
                for batch in self._batches(jobs, most):
                    ahead.append(pool.submit(self._batch, batch))
                    if len(ahead) > 2 * threads:
                        yield from ahead.popleft().result()
                while ahead:
                    yield from ahead.popleft().result()
            finally:
                for work in ahead:
                    work.cancel()

    def read(self, *paths: Union[str, os.PathLike], input: str = "auto", map: Optional[str] = None, recursive: bool = False,
             threads: int = 1, errors: str = "warn", progress: bool = False, max_bytes: int = 0) -> Iterator[Doc]:
        """Code the documents of files: text, HTML, JSON, feeds, CSV, WARC, exports of news libraries, packed or not, told by content.

        recursive: the files below folders, in the order of their names. map: what columns are called ("text=body,date=pub")."""
        found = (r for f in _files(paths, recursive) for r in self._records(f, input, map, max_bytes, errors, recursive))
        return self.code_many(found, threads=threads, errors=errors, progress=progress)

    @staticmethod
    def _records(file: str, input: str, map: Optional[str], max_bytes: int, errors: str, found: bool) -> Iterator:
        try:
            yield from records(file, input=input, map=map, max_bytes=max_bytes, errors=errors)
        except _errors.ReadError as e:
            e.file = file
            _told(e, errors)

    def __repr__(self) -> str:
        return f"<dragoman.Coder of {self.model!r}>"


def _coder_again(model, how):
    return Coder(model=model, **how)


def _files(paths: Iterable, recursive: bool) -> Iterator[str]:
    for path in paths:
        path = os.fspath(path)
        if not (recursive and os.path.isdir(path)):
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders.sort()
            yield from (os.path.join(folder, n) for n in sorted(names))
