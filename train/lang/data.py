# SPDX-License-Identifier: Apache-2.0
"""Reads the corpora. Nothing of them is written anywhere but into weights and word lists."""
import copy
import csv
import glob
import os
import re

NC_GUM = ("GUM_whow_", "GUM_fiction_")      # non-commercial documents: left out


def read_conllu(path, keep=lambda doc: True):
    """Sentences as lists of [form, lemma, upos, xpos, feats, head, deprel]; multiword lines and empty nodes are skipped."""
    out, sent, doc = [], [], ""
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                doc = line.split(" = ", 1)[1]
            if not line:
                if sent and keep(doc):
                    out.append(sent)
                sent = []
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    sent.append([c[1], c[2], c[3], c[4], c[5], int(c[6]), c[7]])
    return out


def not_nc(doc):
    return not doc.startswith(NC_GUM)


def read_ud(data):
    ud = os.path.join(data, "ud")
    ewt = read_conllu(os.path.join(ud, "ewt-train.conllu"))
    gum = read_conllu(os.path.join(ud, "gum-train.conllu"), not_nc)
    return ewt, gum


# ---- names ---------------------------------------------------------------------------------------------------------

NER_TYPES = ["PER", "ORG", "LOC", "NORP", "EVENT", "MISC"]
NER_TAGS = ["O"] + [p + "-" + t for t in NER_TYPES for p in ("B", "I")]
IGNORE = -100
NOT_NAMED = -1      # no person, organisation or place, maybe something else: of sources that mark these three only

_TITLES = set("""president vice prime minister mr. mrs. ms. dr. sir king queen prince princess general gen. colonel col.
senator sen. representative rep. chancellor ambassador secretary justice judge chief pope sheikh ayatollah lord lady
lieutenant lt. captain capt. major admiral premier governor gov. mayor former spokesman deputy foreign defense the
secretary-general mr mrs ms dr professor prof. ex-president commander""".split())


def _countries(data):
    names = set()
    with open(os.path.join(data, "gazetteer", "countries.tsv"), encoding="utf-8") as f:
        for row in csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            names.update(x.lower() for x in row if len(x) > 3 and x[0].isupper() and not x.isupper())
    names.update(("u.s.", "us", "u.s", "uk", "u.k.", "usa", "russia", "iran", "syria", "south korea", "north korea",
                  "united states", "britain", "soviet union", "burma", "ivory coast", "palestine", "taiwan"))
    return names


def _spans(tags):
    """[(start, end, type)] of a BIO sequence."""
    out, start, kind = [], None, None
    for i, t in enumerate(tags + ["O"]):
        if start is not None and not (t.startswith("I-") and t[2:] == kind):
            out.append((start, i, kind))
            start = None
        if t.startswith("B-") or (t.startswith("I-") and start is None):
            start, kind = i, t[2:]
    return out


_CLITIC = ("'s", "'re", "'ve", "'ll", "'d", "'m", "’s", "’re", "’ve", "’ll", "’d", "’m", "n't", "n’t")


def _split_clitics(forms, tags):
    """NER corpora do not all split contractions; the tagger's words are."""
    f2, t2 = [], []
    for i, (f, t) in enumerate(zip(forms, tags)):
        low = f.lower()
        for c in _CLITIC:
            if low.endswith(c) and len(f) > len(c):
                f2 += [f[:-len(c)], f[-len(c):]]
                nxt = tags[i + 1] if i + 1 < len(tags) else "O"
                t2 += [t, "I-" + t[2:] if nxt.startswith("I-") and t != "O" else "O"]
                break
        else:
            f2.append(f)
            t2.append(t)
    return f2, t2


def read_ner(data, name, keep=lambda doc: True):
    """[(forms, tag ids)]; a tag id is IGNORE where the source cannot say."""
    path = os.path.join(data, "ner", name + ".tsv")
    countries = _countries(data)
    source = name.split("-")[0]
    out, forms, tags, doc = [], [], [], ""

    def flush():
        if not forms or not keep(doc):
            return
        f, t = _split_clitics(forms, tags)
        ids = [NOT_NAMED if source == "wnut17" else 0] * len(f)
        for s, e, kind in _spans(t):
            text = " ".join(f[s:e]).lower()
            if source in ("gmb", "re3d") and kind == "PER":
                while s < e and f[s].lower() in _TITLES:
                    s += 1
            if kind == "GPE" or (kind == "NORP" and text in countries):
                kind = "LOC"
            if source == "re3d" and not any(w[:1].isupper() for w in f[s:e]):
                ids[s:e] = [IGNORE] * (e - s)              # a description, not a name
                continue
            if kind in ("DATE", "MONEY") or (kind == "PRODUCT" and source == "re3d"):
                continue
            if kind == "PRODUCT":
                kind = "MISC"
            if kind in ("MISC", "PRODUCT") and source == "wnut17":
                continue
            if kind == "MISC" and source in ("wikigold", "uner"):
                ids[s:e] = [IGNORE] * (e - s)              # nationalities, events and works in one tag
                continue
            if kind == "MISC" and source == "gum":
                ids[s:e] = [IGNORE] * (e - s)
                continue
            if kind not in NER_TYPES:
                continue
            for k in range(s, e):
                ids[k] = NER_TAGS.index(("B-" if k == s else "I-") + kind)
        if len(f) <= 100:
            out.append((f, ids))

    with open(path, encoding="utf-8") as fh:
        for line in fh:
            line = line.rstrip("\n")
            if line.startswith("# doc = "):
                doc = line[8:]
            elif not line:
                flush()
                forms, tags = [], []
            else:
                c = line.split("\t")
                forms.append(c[0])
                tags.append(c[1])
    flush()
    return out


NAMES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "names")


def read_ewt_names(ewt, path=os.path.join(NAMES, "ewt.tsv")):
    """Our own marks of the names in EWT's training part (../names/README.md): [(forms, tag ids)]"""
    out = [([t[0] for t in s], [NOT_NAMED] * len(s)) for s in ewt]
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#"):
                continue
            n, words, spans = line.rstrip("\n").split("\t")
            forms, ids = out[int(n) - 1]
            assert len(forms) == int(words), "another version of EWT: sentence " + n
            for x in spans.split():
                a, z = (x[:-1].split("-") * 2)[:2]
                for k in range(int(a) - 1, int(z)):
                    ids[k] = _named(x[-1], k == int(a) - 1)
    return [x for x in out if len(x[0]) <= 100]


def _named(kind, first):
    if kind == "?":
        return IGNORE
    return NER_TAGS.index(("B-" if first else "I-") + {"P": "PER", "O": "ORG", "L": "LOC"}[kind[0]])


_MARK = re.compile(r"\[(PER|ORG|LOC) ([^\[\]]+)\]")


def bracketed(line):
    """A line of ../names/*.txt -> (text, [(from, to, kind)] in code points)"""
    text, marks, at = "", [], 0
    for m in _MARK.finditer(line):
        text += line[at:m.start()]
        marks.append((len(text), len(text) + len(m.group(2)), m.group(1)))
        text += m.group(2)
        at = m.end()
    return text + line[at:], marks


def read_written_names(dragoman, folder=NAMES):
    """Sentences of our own, in the program's own sentences and words: [(forms, tag ids)]"""
    import events
    records, marks = [], {}
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        with open(path, encoding="utf-8") as f:
            for i, line in enumerate(f):
                ident = "%s-%d" % (os.path.basename(path), i)
                text, marks[ident] = bracketed(line.strip())
                if text:
                    records.append({"id": ident, "date": "2015-01-01", "text": text})
    out = []
    for ident, sents in events.words_of(records, dragoman).items():
        for words in sents:
            ids = [NOT_NAMED] * len(words)
            for a, z, kind in marks[ident]:
                inside = [k for k, w in enumerate(words) if w[1] < z and w[2] > a]
                for k in inside:
                    ids[k] = _named(kind, k == inside[0])
            if 0 < len(words) <= 100:
                out.append(([w[0] for w in words], ids))
    return out


def read_all_ner(data, ewt=None, dragoman=None):
    """{source: sentences}. Left out: wikineural (NC), re3d's BBC part (NC), GUM's NC documents, UNER EWT dev (kept to measure)."""
    out = {
        "gmb": read_ner(data, "gmb-train"),
        "crossner": read_ner(data, "crossner-politics-train") + read_ner(data, "crossner-politics-dev"),
        "wikigold": read_ner(data, "wikigold-train"),
        "re3d": read_ner(data, "re3d-train", lambda d: "BBC" not in d),
        "meantime": read_ner(data, "meantime-named-train"),
        "gum": read_ner(data, "gum-named-train", not_nc),
        "wnut17": read_ner(data, "wnut17-train"),
    }
    if ewt:
        out["ewt"] = read_ewt_names(ewt)
    if dragoman:
        out["written"] = read_written_names(dragoman)
    return out


# of an epoch's words of names: how they are shared out
NAME_SHARES = {"gmb": .1, "crossner": .06, "wikigold": .06, "re3d": .03, "meantime": .02, "gum": .15, "wnut17": .08, "ewt": .35, "written": .15}


SWAPPED = .12       # of the sentences: every name becomes another of its kind, so that the words around it are learned too


def _swapped(s, names, rng):
    out = copy.copy(s)
    forms, ids, at = [], [], 0
    for a, z, kind in _spans([NER_TAGS[max(k, 0)] for k in s.ner]):
        name = rng.choice(names[kind]) if kind in names else s.forms[a:z]
        forms += s.forms[at:a] + name
        ids += s.ner[at:a] + [NER_TAGS.index(("I-" if k else "B-") + kind) for k in range(len(name))]
        at = z
    out.forms, out.ner = forms + s.forms[at:], ids + s.ner[at:]
    return out if len(out.forms) <= 100 else s


def pick_names(ner, words, rng):
    """[sentences of one epoch]; ner: {source: sentences}"""
    names = {"PER": [], "ORG": [], "LOC": []}
    for key in ("ewt", "written", "crossner", "wikigold"):
        for s in ner.get(key, []):
            for a, z, kind in _spans([NER_TAGS[max(k, 0)] for k in s.ner]):
                if kind in names:
                    names[kind].append(s.forms[a:z])
    out = []
    for key, pool in ner.items():
        left = words * NAME_SHARES[key]
        while left > 0:
            s = pool[rng.randrange(len(pool))]
            out.append(_swapped(s, names, rng) if key != "gmb" and rng.random() < SWAPPED else s)
            left -= len(s.forms)
    return out


# ---- augmentation --------------------------------------------------------------------------------------------------

def title_word(w):
    low = w.lower()
    return low if low in _CLITIC else w[:1].upper() + low[1:]


def augment_forms(forms, how):
    if how == "upper":
        return [f.upper() for f in forms]
    if how == "lower":
        return [f.lower() for f in forms]
    if how == "title":
        return [title_word(f) for f in forms]
    return forms
