# SPDX-License-Identifier: Apache-2.0
import datetime
import gzip
import json
import logging
import pickle
import threading
import time

import pytest

import dragoman
from conftest import NEWS

MANY = [f"Minister number {i} of Kenya met the president of Uganda in Nairobi on Tuesday. Peru demanded that Chile withdraw {i + 2} ships." for i in range(150)]


def test_one_text(nlp):
    doc = nlp.code("Peru demanded on Tuesday that Chile withdraw its patrol boats.", date="2021-03-04", id="x", url="https://n.example/1",
                   title="Peru", author="A", publisher="P")
    assert (doc.id, doc.url, doc.author, doc.publisher) == ("x", "https://n.example/1", "A", "P")
    assert doc.published == datetime.date(2021, 3, 4)
    e = doc.events[0]
    assert (e.source[0].id, e.cameo[:2], e.target[0].id) == ("country:PER", "10", "country:CHL")
    assert e.date.start == datetime.date(2021, 3, 2) and e.date.origin == "text"
    assert doc.text[slice(*e.trigger)] == e.trigger_text == "demanded"
    assert nlp(doc.text, date=datetime.date(2021, 3, 4)).events[0].date == e.date


def test_what_a_mapping_says(nlp):
    doc = nlp.code({"text": "France accused Russia of lying.", "published": "2021-03-03T10:00:00Z", "id": "m"})
    assert doc.id == "m" and doc.published == datetime.date(2021, 3, 3)


def test_many_keep_their_order(nlp):
    one = [d.to_json() for d in nlp.code_many(MANY)]
    assert len(one) == len(MANY)
    for threads, batch in ((2, None), (3, 1), (4, 7)):
        assert [d.to_json() for d in nlp.code_many(MANY, threads=threads, batch=batch)] == one


def test_many_are_read_as_they_are_needed(nlp):
    read = []

    def texts():
        for i in range(10000):
            read.append(i)
            yield "France accused Russia of lying."

    many = nlp.code_many(texts(), threads=2, batch=4)
    next(many)
    assert len(read) <= 4 * 8
    many.close()
    assert len(read) <= 4 * 8
    one = nlp.code_many(texts())
    read.clear()
    next(one)
    assert len(read) == 1


def test_coding_leaves_the_gil(nlp):
    text = " ".join(MANY)
    ticks, over = [], threading.Event()

    def tick():
        while not over.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    t = threading.Thread(target=tick)
    t.start()
    start = time.perf_counter()
    nlp.code(text)
    end = time.perf_counter()
    over.set()
    t.join()
    during = [x for x in ticks if start < x < end]
    assert end - start < 0.02 or len(during) > 3, (len(during), end - start)


def test_one_coder_many_threads(nlp):
    want = [d.to_json() for d in nlp.code_many(MANY[:20])]
    got = [None] * 8

    def work(i):
        got[i] = [nlp.code(t).to_json() for t in MANY[:20]]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert all(g == want for g in got)


def test_errors_are_exceptions(nlp, caplog):
    with pytest.raises(dragoman.FormatError) as e:
        nlp.code("")
    assert isinstance(e.value, ValueError) and e.value.status == 2
    with pytest.raises(ValueError):
        nlp.code("x", date="2021-02-30")
    with pytest.raises(TypeError):
        nlp.code(7)
    with pytest.raises(TypeError):
        list(nlp.code_many([b"bytes"]))
    with pytest.raises(dragoman.LimitError):
        dragoman.Coder(max_bytes=10).code("France accused Russia of lying.")
    with pytest.raises(dragoman.ModelError):
        dragoman.Coder(data="/nowhere")
    with pytest.raises(ValueError, match="tier"):
        dragoman.Coder(tier="slow")
    texts = ["France accused Russia of lying.", "", "Peru met Chile."]
    for threads in (1, 2):
        with pytest.raises(dragoman.FormatError):
            list(nlp.code_many(texts, threads=threads))
        with caplog.at_level(logging.WARNING, "dragoman"):
            caplog.clear()
            assert len(list(nlp.code_many(texts, threads=threads, errors="warn"))) == 2
            assert len(caplog.records) == 1
        assert len(list(nlp.code_many(texts, threads=threads, errors="ignore"))) == 2
    assert pickle.loads(pickle.dumps(e.value)).status == 2


def test_files(nlp, tmp_path, jsonl):
    assert [d.id for d in nlp.read(jsonl)] == [n["id"] for n in NEWS]
    packed = tmp_path / "news.jsonl.gz"
    packed.write_bytes(gzip.compress(jsonl.read_bytes()))
    assert [d.to_json() for d in nlp.read(packed, threads=2)] == [d.to_json() for d in nlp.read(jsonl)]
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.txt").write_text("France accused Russia of lying.")
    (tmp_path / "sub" / "p.html").write_text("<html><body><article><h1>Talks</h1><p>France accused Russia of lying on Monday in Paris.</p></article></body></html>")
    found = list(nlp.read(tmp_path / "sub", recursive=True))
    assert len(found) == 2 and all(d.n_events for d in found)
    table = tmp_path / "t.csv"
    table.write_text("pub,body\n2021-03-03,France accused Russia of lying.\n")
    doc, = nlp.read(table, map="text=body,date=pub")
    assert doc.published == datetime.date(2021, 3, 3) and doc.n_events == 1
    doc = nlp.code_bytes(b'{"id":"q","text":"France accused Russia of lying."}', input="jsonl")
    assert doc.id == "q"


def test_a_bad_record_is_named(nlp, tmp_path, caplog):
    f = tmp_path / "bad.jsonl"
    f.write_text('{"id":"1","text":"France accused Russia of lying."}\n{"id":"2","te\n{"id":"3","text":"Peru met Chile."}\n')
    with caplog.at_level(logging.WARNING, "dragoman"):
        assert [d.id for d in nlp.read(f)] == ["1", "3"]
    assert "bad.jsonl" in caplog.text and "record 2" in caplog.text
    with pytest.raises(dragoman.DragomanError) as e:
        list(nlp.read(f, errors="raise"))
    assert e.value.record == 2 and 52 <= e.value.byte <= 66 and e.value.file == str(f)
    with pytest.raises(dragoman.ReadError) as e:
        list(nlp.read(tmp_path / "none", errors="raise"))
    assert isinstance(e.value, OSError)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    with pytest.raises(dragoman.FormatError):
        list(nlp.read(tmp_path / "a.png", errors="raise"))


def test_since(tmp_path, jsonl):
    late = dragoman.Coder(since="2021-03-04")
    assert sorted(d.id for d in late.read(jsonl)) == ["b", "d"]
    with pytest.raises(dragoman.ArgumentError):
        late.code("France accused Russia of lying.", date="2020-01-01")


def test_depth_and_model(nlp):
    shallow = dragoman.Coder(depth="tokens").code("France accused Russia of lying.")
    assert len(shallow) == 6 and not shallow.events
    assert nlp.model.actor("the Russian foreign minister", "2020-01-01")["country"] == "RUS"
    assert nlp.model.place("Khartoum")["country"] == "SDN"
    assert nlp.model.date("last Monday", "2021-03-04")["start"] == "2021-03-01"
    assert nlp.model.about["program"] == dragoman.__version__


def test_pickle(nlp):
    again = pickle.loads(pickle.dumps(dragoman.Coder(trace=True, date="2021-03-04")))
    assert again.code("Peru met Chile.").published == datetime.date(2021, 3, 4)


def test_progress(nlp):
    assert len(list(nlp.code_many(MANY[:3], progress=True))) == 3


def test_equal_to_the_command(nlp, command, jsonl):
    import subprocess
    lines = subprocess.run([command, "code", str(jsonl)], check=True, capture_output=True, text=True).stdout.splitlines()
    assert [d.record for d in nlp.read(jsonl, threads=2)] == [json.loads(x) for x in lines]
