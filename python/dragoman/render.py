# SPDX-License-Identifier: Apache-2.0
"""Documents and boards as HTML, for notebooks and pages. All text of strangers is escaped."""
from __future__ import annotations

import html
from typing import TYPE_CHECKING, Iterable, Union

if TYPE_CHECKING:
    from .doc import Doc, Span
    from .store import Situation
    from .tables import Table

_STYLE = """<style>.dg{font-family:system-ui,sans-serif;line-height:1.7;max-width:50em}.dg .who{background:#e6ecf2;border-radius:.25em;padding:0 .15em}
.dg .ev{border-bottom:2px solid #b3401f;font-weight:600}.dg .no{border-bottom-style:dotted}.dg .said{background:#f6f0dc}
.dg small{opacity:.7}.dg table{border-collapse:collapse}.dg td,.dg th{text-align:left;padding:.2em .7em .2em 0;vertical-align:top;border-bottom:1px solid #8885}
.dg svg text{font:13px system-ui,sans-serif;fill:currentColor}.dg svg path{fill:none;stroke:currentColor}
@media (prefers-color-scheme:dark){.dg .who{background:#26303a}.dg .said{background:#35301f}.dg .ev{border-color:#e08a6a}}</style>"""


def _e(s: object) -> str:
    return html.escape(str(s), quote=True)


def _page(body: str) -> str:
    return f'{_STYLE}<div class="dg">{body}</div>'


def _marked(text: str, marks: list[tuple[int, int, str, str]]) -> str:
    """`text` with spans (start, end, class, title), which may overlap: cut where any of them begins or ends."""
    cuts = sorted({0, len(text)} | {p for s, e, _, _ in marks for p in (s, e) if 0 <= p <= len(text)})
    by_start = sorted(marks)
    out, on, k = [], [], 0
    for a, b in zip(cuts, cuts[1:]):
        while k < len(by_start) and by_start[k][0] <= a:
            on.append(by_start[k])
            k += 1
        on = [m for m in on if m[1] > a]
        piece = _e(text[a:b]).replace("\n", "<br>")
        if on:
            titles = "; ".join(dict.fromkeys(m[3] for m in on if m[3]))
            out.append(f'<span class="{" ".join(dict.fromkeys(m[2] for m in on))}" title="{_e(titles)}">{piece}</span>')
        else:
            out.append(piece)
    return "".join(out)


def document(doc: "Doc") -> str:
    """The text with events, their actors and what was said marked."""
    marks = []
    for s in doc.statements:
        marks += [(a, b, "said", f"said by {s.speaker or 'somebody'}") for a, b in s.content]
    for e in doc.events:
        marks.append((*e.trigger, "ev no" if e.negated or e.status in ("hypothetical", "future") else "ev", str(e)))
        marks += [(*a.span, "who", f"{a.id or a}") for a in e.source + e.target if a.span]
    head = f"<small>{_e(doc.published or '')} {_e(doc.publisher or '')}</small><br>" if doc.published or doc.publisher else ""
    return _page(head + _marked(doc.text, marks))


def entities(doc: "Doc") -> str:
    """The text with its names marked, as displacy's style "ent"."""
    return _page(_marked(doc.text, [(s.start_char, s.end_char, "who", f"{s.label_} {s.ent_id_}".strip()) for s in doc.ents]))


def tree(sent: "Span") -> str:
    """The dependency tree of a sentence as SVG, as displacy's style "dep"."""
    tokens = sent.tokens
    at, x = {}, 20.0
    for t in tokens:
        width = max(9 * len(t.text), 8 * len(t.pos_), 40) + 12
        at[t.i] = x + width / 2
        x += width
    levels = 1 + max((abs(t.i - t.head.i) for t in tokens), default=1)
    base = 30 + 14 * min(levels, 20)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{x + 20:.0f}" height="{base + 50:.0f}">']
    for t in tokens:
        out.append(f'<text x="{at[t.i]:.0f}" y="{base + 20:.0f}" text-anchor="middle">{_e(t.text)}</text>'
                   f'<text x="{at[t.i]:.0f}" y="{base + 38:.0f}" text-anchor="middle" opacity=".6">{_e(t.pos_)}</text>')
        if t.head.i == t.i or t.head.i not in at:
            continue
        a, b = at[t.head.i], at[t.i]
        top = base - 14 * min(abs(t.i - t.head.i), 20)
        out.append(f'<path d="M{a:.0f},{base:.0f} C{a:.0f},{top:.0f} {b:.0f},{top:.0f} {b:.0f},{base:.0f}"/>'
                   f'<text x="{(a + b) / 2:.0f}" y="{top + (base - top) * .25 - 3:.0f}" text-anchor="middle" opacity=".8">{_e(t.dep_)}</text>')
    return "".join(out) + "</svg>"


def board(s: "Situation") -> str:
    """A situation as a table."""
    rows = "".join(
        f"<tr><td>{_e(i.kind)}</td><td>{_e(' > '.join(str(p.actor) for p in i.parties))}</td><td>{_e(i.content or '')}"
        f"{'<br><small>if ' + _e(i.condition) + '</small>' if i.condition else ''}</td><td><b>{_e(i.status)}</b>{' (due)' if i.due else ''}</td>"
        f"<td>{_e(i.since or '')}</td><td>{i.sources}</td></tr>" for i in s.items)
    return _page(f"<small>as of {_e(s.as_of or '')}</small><table><tr><th>matter</th><th>parties</th><th>what</th><th>stands</th><th>since</th>"
                 f"<th>sources</th></tr>{rows}</table>")


def table(t: "Table", most: int = 20) -> str:
    """The first rows of a table."""
    try:
        rows = t.to_arrow().slice(0, most).to_pylist()
    except ImportError:
        return _page(_e(repr(t)))
    names = t.column_names
    head = "".join(f"<th>{_e(n)}</th>" for n in names)
    body = "".join("<tr>" + "".join(f"<td>{_e('' if r[n] is None else r[n])}</td>" for n in names) + "</tr>" for r in rows)
    more = f"<small>{len(t)} rows, {most} shown</small>" if len(t) > most else f"<small>{len(t)} rows</small>"
    return _page(f"<table><tr>{head}</tr>{body}</table>{more}")


def render(docs: Union["Doc", Iterable["Doc"]], style: str = "event", page: bool = False) -> str:
    """HTML of one document or several: style "event" (events, actors, what was said), "ent" (names) or "dep" (trees), as displacy.render().

    page: a whole HTML page instead of a piece of one."""
    how = {"event": document, "ent": entities, "dep": lambda d: _page("".join(f"<p>{tree(s)}</p>" for s in d.sents))}
    if style not in how:
        raise ValueError(f"unknown style {style!r} ({', '.join(how)})")
    body = "".join(how[style](d) for d in ([docs] if hasattr(docs, "_doc") else docs))
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>dragoman</title>{body}</html>' if page else body
