# SPDX-License-Identifier: Apache-2.0
import datetime
import threading

import pytest

import dragoman
from conftest import ROOT


@pytest.fixture(scope="module")
def store(tmp_path_factory, nlp):
    path = tmp_path_factory.mktemp("s") / "beagle.db"
    with dragoman.Store(path, write=True) as s:
        n = s.ingest(nlp.read(ROOT / "examples/storyline", recursive=True))
        assert n.new == 4 and s.ingest(nlp.read(ROOT / "examples/storyline", recursive=True)).same == 4
    with dragoman.Store(path) as s:
        yield s


def test_situation(store):
    s = store.situation()
    assert len(s) > 5 and s.as_of == max(datetime.date.fromisoformat(d["published"]) for d in store.rows("documents"))
    assert len(store.situation(open_only=True)) < len(s)
    assert {i.kind for i in store.situation(kind=["demand", "offer"])} <= {"demand", "offer"}
    early = store.situation(as_of=s.as_of - datetime.timedelta(days=20))
    assert 0 < len(early) <= len(s)
    assert s[0].history and s[0].id in store.item(s[0].id) or store.item(s[0].id)
    assert "<table>" in s._repr_html_() and str(s[0]).startswith(s[0].kind.upper())


def test_questions(store):
    line = store.timeline(between=("ARG", "CHL"))
    assert line and line == sorted(line, key=lambda e: e["day"] or "")
    assert store.timeline(limit=2) == store.timeline()[:2]
    hit = store.search("islands")[0]
    assert hit["kind"] in ("item", "statement", "document") and hit["snippet"]
    assert all(h["kind"] == "statement" for h in store.search("islands OR talks", "statements"))
    assert store.series("week", by="dyad") and store.series(panel=True, actor="ARG")
    assert store.sql("SELECT count(*) AS n FROM events")[0]["n"] > 10
    assert len(list(store.rows("documents"))) == 4 and list(store.rows("actors"))[0]["events"] >= 1
    doc = next(store.rows("documents"))
    assert store.document(doc["id"])["doc"]["id"] == doc["id"]
    event = store.table("events").to_arrow().column("event_id")[0].as_py()
    assert store.explain(event)
    assert store.brief().startswith("#") and "<html" in store.brief(html=True)
    assert isinstance(store.what_if("Chile sent its fleet to the Beagle Channel."), list)
    assert store.doctor() is not None


def test_wrong_questions(store, tmp_path):
    for wrong in (lambda: store.timeline(code="99"), lambda: store.situation(kind="toad"), lambda: store.timeline(actor="country:ZZZ"),
                  lambda: store.sql("DELETE FROM events"), lambda: store.document("none")):
        with pytest.raises(dragoman.ArgumentError):
            wrong()
    for wrong in (lambda: store.series("hour"), lambda: store.series(by="toad"), lambda: store.search("x", "toads"), lambda: store.timeline(start="x")):
        with pytest.raises(ValueError):
            wrong()
    with pytest.raises(dragoman.ReadError):
        dragoman.Store(tmp_path / "none.db")
    (tmp_path / "x.db").write_text("no store")
    with pytest.raises(dragoman.StoreError):
        dragoman.Store(tmp_path / "x.db")


def test_closed_and_changed(tmp_path, nlp):
    s = dragoman.Store(tmp_path / "s.db", write=True)
    s.ingest(nlp.code("France accused Russia of lying.", id="1", date="2021-03-03"))
    again = s.ingest(nlp.code("France accused Serbia of lying.", id="1", date="2021-03-05"))
    assert again.corrected == 1 and len(s.timeline()) == 1
    s.withdraw("1", "2021-03-07")
    assert not s.timeline() and s.recode() == 0
    with pytest.raises(dragoman.StoreError):
        dragoman.Store(tmp_path / "s.db", write=True, wait=0)
    s.close()
    s.close()
    with pytest.raises(ValueError, match="closed"):
        s.timeline()
    with pytest.raises(ValueError, match="closed"):
        s.table()


def test_two_threads_are_refused_or_served(store):
    wrong = []

    def ask():
        for _ in range(20):
            try:
                store.situation()
            except RuntimeError as e:
                assert "another thread" in str(e)
            except BaseException as e:  # noqa: BLE001
                wrong.append(e)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert not wrong
