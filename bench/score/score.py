#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Score `dragoman` against hand-annotated gold documents (see GUIDELINES.md for what the annotations mean).

    score.py --dragoman ./build/dragoman gold/dev/*.json gold/dev/*.jsonl     everything
    score.py --dragoman ./build/dragoman --show gold/dev/X.json   and every miss and false alarm
    score.py --records out.jsonl gold/dev/X.json                  score records already made (one document per line)

A gold file is either one article (NAME.json beside its text), a list of sentences (NAME.jsonl; without "plover" a
sentence has nothing to code, and false_alarm is the share of those that got an event), or a storyline: several articles
in order, with the situation asked for on given days (NAME.story.json).
Standard library only. Exit status 0; with --min NAME=VALUE (repeatable), 1 when a figure is below its value.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile

QUOTES = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2013": "-", "\u2014": "-", "\u2026": "..."}


def normalise(text):
    """Fold white space, quotes and dashes; return the folded text and, for each of its characters, the offset it came from."""
    out, where, space = [], [], True
    for i, ch in enumerate(text):
        ch = QUOTES.get(ch, ch)
        if ch.isspace():
            if not space:
                out.append(" "), where.append(i)
            space = True
        else:
            for c in ch:
                out.append(c), where.append(i)
            space = False
    where.append(len(text))
    return "".join(out), where


def locate(mark, folded, where, original=None):
    """A mark is `at`, a snippet of the article with one [bracketed] part, or `span`, two offsets into the text that `doc` names.
    Return the part's offsets in the program's own text, or None."""
    if "at" in mark:
        want, _ = normalise(mark["at"])
        left, rest = want.split("[", 1)
        mid, right = rest.rsplit("]", 1)
    else:
        a, b = mark["span"]
        left, mid, right = (normalise(x)[0] for x in (original[max(0, a - 30):a], original[a:b], original[b:b + 30]))
        right = (" " if original[b:b + 1].isspace() else "") + right
    i = folded.find(left + mid + right)
    if i < 0:                                     # boilerplate may have gone from around it: the bracketed part alone
        if len(mid) < 12 or folded.count(mid) != 1:
            return None
        i, left = folded.find(mid), ""
    a = i + len(left)
    return where[a], where[a + len(mid) - 1] + 1


def actor_keys(ref):
    """Every name under which a predicted actor may be matched."""
    if isinstance(ref, str):
        ref = {"actor": ref, "country": ref[8:] if ref.startswith("country:") else None}
    keys = {ref.get("actor") or "", ref.get("country") or "", ref.get("name") or ""}
    if ref.get("cameo"):
        keys.add(ref["cameo"][:3])
    return {k.lower() for k in keys if k}


def accepted(pattern, entities):
    """'RUS|NATO' with the file's entity table -> the set of keys accepted; '*' accepts anything, even nothing."""
    out, anything = set(), False
    for p in pattern.split("|"):
        if p == "*":
            anything = True
        else:
            for k in entities.get(p, [p]):
                out.add(k.lower())
                if re.fullmatch(r"[A-Z]{3}", k):
                    out.add("country:" + k.lower())
    return out, anything


def country_of(record):
    """Actor id -> country, from wherever the record says it, so that a speaker given by its id alone is known by its country."""
    refs = [x for e in record.get("events", []) for x in e.get("source", []) + e.get("target", [])]
    return {x["actor"]: x["country"] for x in record.get("entities", []) + refs if x.get("actor") and x.get("country")}


def with_country(actor, countries):
    country = countries.get(actor)
    for prefix in ("country:", "role:"):
        if not country and actor.startswith(prefix):
            country = actor[len(prefix):].split(":")[0] or None
    return {"actor": actor, "country": country}


def actors_match(gold, pred, entities):
    """Every gold actor is found among the predicted ones, and no predicted actor is outside what gold accepts."""
    pats = [accepted(g, entities) for g in gold]
    if any(anything for _, anything in pats):
        return True
    keys = [actor_keys(p) for p in pred]
    return all(any(k & want for k in keys) for want, _ in pats) and all(any(k & want for want, _ in pats) for k in keys)


class Tally(collections.Counter):
    def __init__(self):
        super().__init__()
        self.events = []    # (required, may or wrong; the event) of every event that was coded in a document

    def prf(self, name):
        tp, fp, fn = self[name + ".tp"], self[name + ".fp"], self[name + ".fn"]
        p, r = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    def rate(self, name):
        n = self[name + ".n"]
        return (self[name + ".ok"] / n if n else None), n


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def type_ok(gold, event):
    plover, neg = (event.get("plover") or {}).get("event"), bool(event.get("negated"))
    if (not gold.get("plover") or plover in gold["plover"]) and (gold.get("may") or neg == bool(gold.get("negated"))):
        return True
    return any(plover in a["plover"] and neg == bool(a.get("negated")) for a in gold.get("alt", []))


def score_events(gold, record, tally, show, text, folded, where):
    ents = gold.get("entities", {})
    countries = country_of(record)
    sents = [(s["start"], s["end"]) for s in record.get("sentences", [])]

    def sentence_of(span):
        return next((i for i, s in enumerate(sents) if overlap(s, span) > 0), -1)

    golds = []
    for g in gold.get("events", []):
        g = dict(g, span=locate(g, folded, where, gold.get("original")))
        if g["span"] is None and not g.get("may"):
            tally["anchor.lost"] += 1
        golds.append(g)
    preds, taken, match = record.get("events", []), set(), {}

    def both(g, p):
        s, t = p.get("source", []), p.get("target", [])
        ok = actors_match(g.get("source", ["*"]), s, ents) and actors_match(g.get("target", ["*"]), t, ents)
        if not ok and g.get("reciprocal"):
            ok = actors_match(g["source"], t, ents) and actors_match(g["target"], s, ents)
            if not ok:                            # PLOVER: all participants as source, no target
                every = [x for x in g["source"] + g["target"] if x != "*"]
                ok = actors_match(every or ["*"], s + t, ents)
        return ok

    for stage in ("trigger+actors", "trigger", "sentence"):
        for gi, g in enumerate(golds):
            if gi in match or g["span"] is None or g.get("may"):
                continue
            for pi, p in enumerate(preds):
                if pi in taken or not type_ok(g, p):
                    continue
                hit = overlap(p["trigger"], g["span"]) > 0
                if stage == "sentence":
                    hit = not hit and sentence_of(p["trigger"]) == sentence_of(g["span"]) and both(g, p) \
                        and not any(overlap(p["trigger"], h["span"]) > 0 for h in golds if h["span"] and h is not g)
                elif stage == "trigger+actors":
                    hit = hit and both(g, p)
                if hit:
                    match[gi] = pi
                    taken.add(pi)
                    break
    for gi, g in enumerate(golds):
        if g.get("may"):
            if g["span"]:
                taken.update(pi for pi, p in enumerate(preds) if overlap(p["trigger"], g["span"]) > 0 and type_ok(g, p))
            continue
        if gi not in match:
            tally["event.fn"] += 1
            tally["who.fn"] += 1
            tally["full.fn"] += 1
            tally["root." + g["plover"][0] + ".fn"] += 1
            if show:
                print(f"  MISS   {g['id']:5} {'/'.join(g['plover']):16} {marked(g, text)[:90]}")
            continue
        p = preds[match[gi]]
        tally["event.tp"] += 1
        tally["root." + g["plover"][0] + ".tp"] += 1
        who = both(g, p)
        status = p.get("status") in g["status"] if g.get("status") else True
        tally["who.tp" if who else "who.fn"] += 1
        tally["full.tp" if who and status else "full.fn"] += 1
        if not who:
            tally["who.fp"] += 1
        if not (who and status):
            tally["full.fp"] += 1
        checks = {"status": status if g.get("status") else None, "actors": who}
        if g.get("cameo"):
            checks["cameo"] = any((p.get("cameo") or "").startswith(c) for c in g["cameo"])
        if g.get("date"):
            d = p.get("date") or {}
            checks["date"] = [d.get("start"), d.get("end")] == g["date"]
        if g.get("place"):
            name = ((p.get("place") or {}).get("name") or "").lower()
            checks["place"] = any(x in name or x == "*" for x in g["place"].lower().split("|"))    # "Reading|Forbury Gardens", "*": or none
        if g.get("quantity"):
            q = g["quantity"]
            checks["quantity"] = any(x.get("value") == q["value"] and x.get("kind") in q["kind"].split("|") for x in p.get("quantities", []))
        if g.get("claimed_by"):
            checks["claimed_by"] = actors_match([g["claimed_by"]], [with_country(x, countries) for x in p.get("claimed_by", [])], ents)
        for link in ("content_of", "condition_of"):
            if g.get(link):
                parent = next((i for i, h in enumerate(golds) if h["id"] == g[link]), None)
                pp = preds[match[parent]] if parent in match else None
                checks["link"] = bool(pp) and (p["id"] in pp.get("content" if link == "content_of" else "condition", [])
                                               or p.get(link) == pp["id"])
        for k, v in checks.items():
            if v is not None:
                tally[k + ".n"] += 1
                tally[k + ".ok"] += bool(v)
        wrong = [k for k, v in checks.items() if v is False]
        if show and wrong:
            print(f"  WRONG  {g['id']:5} {'/'.join(g['plover']):16} {marked(g, text)[:70]}  [{', '.join(wrong)}] "
                  f"got {[a.get('actor') for a in p.get('source', [])]} -> {[a.get('actor') for a in p.get('target', [])]} {p.get('status')} {p.get('cameo')}")
    for pi, p in enumerate(preds):
        tally.events.append(("required" if pi in match.values() else "may" if pi in taken else "wrong", p))
        if pi not in taken:
            for k in ("event", "who", "full"):
                tally[k + ".fp"] += 1
            if show:
                print(f"  EXTRA  {(p.get('plover') or {}).get('event')!s:16} {p.get('trigger_text')!r} in: "
                      f"{text[max(0, p['trigger'][0] - 40):p['trigger'][1] + 40]!r}")


def marked(g, text):
    """What a mark stands on: its words, or its place in a text that is not kept beside it"""
    return g["at"] if "at" in g else " ".join(text[g["span"][0]:g["span"][1]].split())


def score_statements(gold, record, tally, show, text, folded, where):
    ents = gold.get("entities", {})
    countries = country_of(record)
    golds = [(g, locate(g, folded, where, gold.get("original"))) for g in gold.get("statements", [])]
    preds = record.get("statements", [])
    cover = [set(i for a, b in p.get("content", []) for i in range(a, b)) for p in preds]
    good = set()
    for g, span in golds:
        if span is None:
            if not g.get("may"):
                tally["statement.fn"] += 1
            continue
        want = set(range(*span))
        best = max(range(len(preds)), key=lambda i: (len(cover[i] & want), -len(cover[i])), default=None)
        whole = set()                             # one stretch cut in several, all given to the same speaker, is found too
        if best is not None:
            whole = set().union(*[c for i, c in enumerate(cover) if preds[i].get("speaker") == preds[best].get("speaker")])
        found = len(whole & want) >= 0.6 * len(want)
        for i, c in enumerate(cover):
            if c and len(c & want) >= 0.5 * len(c):
                good.add(i)
        if found:
            good.add(best)
        if g.get("may"):
            continue
        tally["statement.tp" if found else "statement.fn"] += 1
        if found:
            p = preds[best]
            ok = actors_match([g["speaker"]], [with_country(p["speaker"], countries)] if p.get("speaker") else [], ents)
            tally["speaker.n"] += 1
            tally["speaker.ok"] += ok
            tally["kind.n"] += 1
            tally["kind.ok"] += p.get("kind") in g["kind"].split("|")
            if show and not ok:
                print(f"  SPEAKER {g['speaker']} got {p.get('speaker')}: {marked(g, text)[:80]}")
        elif show:
            print(f"  MISS   statement {g['speaker']}: {marked(g, text)[:90]}")
    for i in range(len(preds)):
        if i not in good:
            tally["statement.fp"] += 1
            if show:
                print(f"  EXTRA  statement {preds[i].get('speaker')}: {[text[a:b][:60] for a, b in preds[i].get('content', [])]}")


def score_situation(wanted, items, ents, tally, show):
    used = set()
    for g in wanted:
        def parties(item, *roles):
            return [p for p in item.get("parties", []) if p.get("role") in roles]
        best, best_ok = None, -1
        for i, it in enumerate(items):
            if i in used or it.get("kind") != g["kind"]:
                continue
            words = " ".join([str(it.get("content") or ""), str(it.get("condition") or "")] +
                             [str((h.get("evidence") or {}).get("text") or "") for h in it.get("history", [])])
            a = parties(it, "issuer", "participant", "party", "holder", "member", "claimant")
            b = parties(it, "addressee", "participant", "party", "claimant", "organisation", "beneficiary")
            every = a + b

            def within(pats):
                return all(anything or any(actor_keys(x) & want for x in every)
                           for want, anything in (accepted(p, ents) for p in pats))
            if not (within(g.get("issuer", ["*"])) and within(g.get("addressee", ["*"]))):
                continue
            if g["kind"] in ("demand", "offer", "threat", "commitment", "sanction") and "*" not in g["issuer"][0]:
                if not actors_match(g["issuer"], [x for x in a if x.get("role") == "issuer"][:1], ents):
                    continue
            if g.get("about") and not re.search(g["about"], words, re.I):
                continue
            if g.get("place") and g["place"].lower() not in json.dumps(it.get("place") or {}).lower() + words.lower():
                continue
            if g.get("date") and (it.get("date") or {}).get("start") != g["date"]:
                continue
            count = g.get("quantity")  # a number, or {"value": number} as events have it
            count = count.get("value") if isinstance(count, dict) else count
            if count and not any(q.get("value") == count for q in it.get("quantities", [])):
                continue
            ok = it.get("status") in g["status"] and ("due" not in g or bool(it.get("due")) == g["due"])
            if ok > best_ok:
                best, best_ok = i, ok
        if best is not None:
            used.add(best)
        if g.get("may"):
            continue
        tally["item.tp" if best is not None else "item.fn"] += 1
        tally["item_status.tp" if best_ok == 1 else "item_status.fn"] += 1
        if show and best_ok != 1:
            got = f"status {items[best].get('status')}" if best is not None else "no such item"
            print(f"  ITEM   {g['as_of']} {g['kind']} {g['issuer']}->{g['addressee']} {g.get('about', '')} want {g['status']}: {got}")
    for i, it in enumerate(items):
        if i not in used:
            tally["item.fp"] += 1
            if show:
                print(f"  EXTRA  item {it.get('kind')} {it.get('status')} {[p.get('actor') for p in it.get('parties', [])]} {it.get('content')!r}")


def run(cmd, **kw):
    r = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600, **kw)
    if r.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(cmd)}: exit {r.returncode}\n{r.stderr[-2000:]}")
    return r.stdout


def text_of(base, gold):
    """The article's file. `doc` may name a text that is not kept beside the marks: "FILE.jsonl#ID", FILE beside them or in data/text."""
    if "#" not in gold["doc"]:
        return os.path.join(base, gold["doc"])
    name, key = gold["doc"].split("#", 1)
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in (base, os.path.join(here, "..", "..", "..", "shared", "data", "text"), os.environ.get("DRAGOMAN_TEXTS", "")):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            for line in open(path, encoding="utf-8"):
                r = json.loads(line)
                if r["id"] == key:
                    gold["original"] = r["text"]
                    tmp = os.path.join(tempfile.gettempdir(), "dragoman-text-%d-%s.txt" % (os.getpid(), re.sub(r"\W", "-", key)))
                    open(tmp, "w", encoding="utf-8", newline="").write(r["text"])
                    return tmp
    raise SystemExit(f"{gold['doc']}: no such text (DRAGOMAN_TEXTS names a folder)")


def code(dragoman, path, published):
    cmd = dragoman + ["code", "--format", "jsonl", "--with-text", path] + (["--date", published] if published else [])
    out = [json.loads(line) for line in run(cmd).splitlines() if line.strip()]
    return out[0] if out else {"text": "", "events": [], "statements": [], "sentences": []}


def score_document(gold, record, tally, show):
    text = record.get("text") or ""
    folded, where = normalise(text)
    score_statements(gold, record, tally, show, text, folded, where)
    score_events(gold, record, tally, show, text, folded, where)
    if gold.get("published"):
        tally["published.n"] += 1
        tally["published.ok"] += (record.get("doc") or {}).get("published") == gold["published"]


def score_story(gold, base, dragoman, tally, show):
    with tempfile.TemporaryDirectory() as tmp:
        db = os.path.join(tmp, "story.db")
        for part in gold["articles"]:
            path = text_of(base, part)
            run(dragoman + ["ingest", "--db", db] + (["--date", part["published"]] if part.get("pass_date", True) else []) + [path])
        days = collections.OrderedDict()
        for g in gold["situation"]:
            days.setdefault(g["as_of"], []).append(g)
        for day, wanted in days.items():
            out = json.loads(run(dragoman + ["situation", "--db", db, "--as-of", day, "--format", "json"]) or '{"items": []}')
            if show:
                print(f" as of {day}:")
            score_situation(wanted, out.get("items", []), gold.get("entities", {}), tally, show)


def sentence_golds(path):
    """One sentence a line: {"id", "text", "date", "plover": [...], "source": [...], "target": [...], ...}."""
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def score_sentences(path, dragoman, tally, show):
    golds = sentence_golds(path)
    for i, g in enumerate(golds):                 # ids need not be unique in the file
        g["id"] = f"{g['id']}#{i}"
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8", delete=False) as f:
        for g in golds:
            f.write(json.dumps({"id": g["id"], "text": g["text"], "published": g.get("date")}, ensure_ascii=False) + "\n")
    try:
        out = run(dragoman + ["code", "--input", "jsonl", "--format", "jsonl", f.name])
    finally:
        os.unlink(f.name)
    records = {(r.get("doc") or {}).get("id"): r for r in map(json.loads, filter(str.strip, out.splitlines()))}
    for g in golds:
        events = (records.get(g["id"]) or {}).get("events", [])
        if "plover" not in g:                     # a sentence with nothing to code
            tally["false_alarm.n"] += 1
            tally["false_alarm.ok"] += bool(events)
            if show and events:
                print(f"  FALSE  {[((e.get('plover') or {}).get('event'), e.get('trigger_text')) for e in events]}: {g['text'][:140]}")
            continue
        typed = [e for e in events if (e.get("plover") or {}).get("event") in g["plover"]]
        tally["sentence.n"] += 1
        tally["sentence.ok"] += bool(typed)

        def who(e):
            s, t = e.get("source", []), e.get("target", [])
            src, tgt = g.get("source") or ["*"], g.get("target") or ["*"]
            ents = g.get("entities", {})

            def has(pats, refs):
                keys = set().union(*[actor_keys(r) for r in refs]) if refs else set()
                return all(anything or keys & want for want, anything in (accepted(p, ents) for p in pats))
            return (has(src, s) and has(tgt, t)) or (g.get("reciprocal") and has(src + tgt, s + t))
        tally["sentence_who.n"] += 1
        tally["sentence_who.ok"] += any(who(e) for e in typed)
        tally["sentence_events.n"] += 1
        tally["sentence_events.ok"] += len(events)
        if show and not any(who(e) for e in typed):
            got = [f"{(e.get('plover') or {}).get('event')} {[a.get('actor') for a in e.get('source', [])]}->{[a.get('actor') for a in e.get('target', [])]}" for e in events]
            print(f"  {g['id']} want {'/'.join(g['plover'])} {g.get('source')}->{g.get('target')} got {got}\n      {g['text'][:160]}")


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("gold", nargs="+")
    ap.add_argument("--dragoman", default="dragoman", help="the command to run (may hold arguments)")
    ap.add_argument("--records", help="records already made, one document per line, in the order of the gold files")
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--events", metavar="FILE", help="write what was coded: required, may or wrong; confidence; frame; whether a side is named")
    ap.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    ap.add_argument("--min", action="append", default=[], metavar="NAME=VALUE")
    args = ap.parse_args()
    dragoman, tally = args.dragoman.split(), Tally()
    ready = [json.loads(x) for x in open(args.records, encoding="utf-8")] if args.records else None
    for path in args.gold:
        base = os.path.dirname(path)
        if args.show:
            print(path)
        if path.endswith(".jsonl"):
            score_sentences(path, dragoman, tally, args.show)
            continue
        gold = json.load(open(path, encoding="utf-8"))
        if "articles" in gold:
            for part in gold["articles"]:
                if part.get("events") or part.get("statements"):
                    record = code(dragoman, text_of(base, part), part["published"] if part.get("pass_date", True) else None)
                    score_document(dict(part, entities=gold.get("entities", {})), record, tally, args.show)
            score_story(gold, base, dragoman, tally, args.show)
            continue
        given = gold["published"] if gold.get("pass_date", True) else None
        record = ready.pop(0) if ready is not None else code(dragoman, text_of(base, gold), given)
        score_document(gold, record, tally, args.show)
        if gold.get("situation") and ready is None:
            score_story({"articles": [gold], "situation": gold["situation"], "entities": gold.get("entities", {})}, base, dragoman, tally, args.show)
    figures = {}
    for name in ("statement", "event", "who", "full", "item"):
        if tally[name + ".tp"] + tally[name + ".fn"] + tally[name + ".fp"]:
            p, r, f = tally.prf(name)
            figures.update({name + ".p": p, name + ".r": r, name + ".f1": f})
    if tally["item_status.tp"] + tally["item_status.fn"]:
        figures["item_status.r"] = tally["item_status.tp"] / (tally["item_status.tp"] + tally["item_status.fn"])
    for name in ("speaker", "kind", "actors", "status", "cameo", "date", "place", "quantity", "claimed_by", "link", "published", "sentence", "sentence_who", "false_alarm"):
        rate, n = tally.rate(name)
        if n:
            figures[name] = rate
            figures[name + ".n"] = n
    if tally["sentence_events.n"]:
        figures["events_per_sentence"] = tally["sentence_events.ok"] / tally["sentence_events.n"]
    figures["anchors_lost"] = tally["anchor.lost"]
    if args.events:
        with open(args.events, "w", encoding="utf-8") as f:
            for right, e in tally.events:
                print(right, e.get("confidence"), e.get("frame"), int(bool(e.get("source") or e.get("target"))), sep="\t", file=f)
    if args.json:
        print(json.dumps(figures, indent=1))
    else:
        for k, v in figures.items():
            print(f"{k:22} {v:.3f}" if isinstance(v, float) else f"{k:22} {v}")
    short = [m for m in args.min if figures.get(m.split("=")[0], 0) < float(m.split("=")[1])]
    if short:
        print("below: " + ", ".join(f"{m} (got {figures.get(m.split('=')[0], 0):.3f})" for m in short))
        sys.exit(1)


if __name__ == "__main__":
    main()
