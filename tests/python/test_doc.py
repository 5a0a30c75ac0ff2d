# SPDX-License-Identifier: Apache-2.0
import gc

import pytest

import dragoman


def test_offsets_are_those_of_str(docs):
    for d in docs:
        for e in d.events:
            assert d.text[slice(*e.trigger)] == e.trigger_text
            for a in e.source + e.target:
                if a.span:
                    assert d.text[slice(*a.span)].strip()
        for t in d.tokens:
            assert d.text[t.idx:t.end_char] == t.text or t.text not in d.text
        for s in d.sents:
            assert s.text and s.text == s.text.strip()
    assert [s.text for s in docs[1].ents if s.ent_id_] == ["Norway", "Málaga", "Kenya"]


def test_the_record_is_the_same(docs):
    for d in docs:
        r = d.record
        assert [e.id for e in d.events] == [e["id"] for e in r["events"]]
        assert [e.record for e in d.events] == r["events"]
        assert [s.id for s in d.statements] == [s["id"] for s in r["statements"]]
        assert [t.value for t in d.times] == [t["value"] for t in r["times"]]
        assert [p.name for p in d.places] == [p["name"] for p in r["places"]]
        assert [q.value for q in d.quantities] == [q["value"] for q in r["quantities"]]
        assert [e.id for e in d.entities] == [e["id"] for e in r["entities"]]
        assert len(d.events) == d.n_events and len(d) == len(d.tokens)


def test_statements(docs):
    s = docs[0].statements[0]
    assert (s.text, s.kind, s.speaker.country) == ("We reject it,", "direct", "SDN")


def test_attributions():
    d = dragoman.Coder().code("Togo hopes to rebuild the port. \"We are broke,\" Finance Minister Ama Tetteh said.")
    hope, said = d.attributions
    assert (hope.text, hope.sense, hope.kind, hope.statement) == ("to rebuild the port", "want", "indirect", None)
    assert hope.speaker.country == "TGO" and d.text[slice(*hope.source)] == "Togo" and d.text[slice(*hope.cue)] == "hopes"
    assert said.statement == d.statements[0].id and 0.5 <= said.confidence <= 1


def test_as_spacy_has_it(docs):
    d = docs[2]
    assert [t.text for t in d][:4] == ["France", "and", "Germany", "criticised"]
    verb = d[3]
    assert verb.pos_ == "VERB" and verb.head is verb and verb.lemma_ == "criticise" and verb.sent == d.sents[0]
    assert "France" in [t.text for t in verb.children]
    assert [s.label_ for s in d.ents][:2] == ["GPE", "GPE"] and d.ents[0].ent_id_ == "country:FRA"
    assert len(d.sents[0]) == len(list(d.sents[0])) > 5


def test_formats(docs):
    assert docs[2].to_conllu(names=True).count("B-GPE") >= 4
    assert docs[0].to_timeml().startswith("<?xml") and "T1\t" in docs[0].to_brat()
    assert '"text":' in docs[0].to_json(text=True)


def test_explain():
    doc = dragoman.Coder(trace=True).code("France accused Russia of lying.")
    assert "accused" in doc.explain(0) and doc.explain(doc.events[0]) == doc.explain(0)
    assert doc.explain(None)
    with pytest.raises(IndexError):
        doc.explain(99)


def test_situation_of_a_document(docs):
    s = docs[0].situation
    demand, = s.of_kind("demand")
    assert [p.actor.country for p in demand.parties] == ["KEN", "EGY"] and str(demand.deadline) == "2021-03-09"
    assert demand.history[0].text.startswith("On 5 March Kenya") and str(s.as_of) == "2021-03-02"


def test_html_is_escaped(nlp):
    doc = nlp.code("France accused <script>alert(1)</script> Russia of \"lying\". \"It is <b>so</b>,\" the minister said.", publisher="<i>x")
    for html in (doc._repr_html_(), doc.situation._repr_html_(), *(dragoman.render(doc, s, page=True) for s in ("event", "ent", "dep"))):
        assert "<script>" not in html and "<b>so" not in html and "<i>x" not in html
    assert 'class="ev' in doc._repr_html_() and "<svg" in dragoman.render(doc, "dep")
    with pytest.raises(ValueError):
        dragoman.render(doc, "none")


def test_marks_lose_no_text(docs):
    import html as h
    import re
    for d in docs:
        for style in ("event", "ent"):
            shown = dragoman.render(d, style)
            body = re.sub(r"<style>.*?</style>|<small>.*?</small><br>", "", shown, flags=re.S)
            assert h.unescape(re.sub(r"<[^>]*>", "", body.replace("<br>", "\n"))) == d.text


def test_what_a_document_gave_outlives_it(nlp):
    doc = nlp.code("France accused Russia of lying.")
    event, token = doc.events[0], doc.tokens[0]
    text = doc.text
    del doc
    gc.collect()
    assert str(event).startswith("France > Russia") and token.doc.text == text
