#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws docs/architecture.svg from the rooms: scripts/rooms_svg.py [--check]

The order of the rooms is the one that tests/cli/rooms.sh holds; below each stand the rooms that its files include, as they are
now. --check compares with the kept picture (exit status 1), so the picture cannot fall behind the house."""
import glob, os, re, sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SVG = os.path.join(ROOT, "docs", "architecture.svg")
order = re.search(r'^order="(.*)"$', open(os.path.join(ROOT, "tests/cli/rooms.sh"), encoding="utf-8").read(), re.M)[1].split()
SAYS = {
    "base": "memory, strings, days, errors, tables", "doc": "one record of a document, one arena; classes of words", "io": "bytes to records",
    "text": "article, blocks, day; sentences, tokens", "lang": "tags, lemmas, trees, names", "clause": "one reading of each clause, repairs of the parser",
    "resolve": "actors, dates, places, amounts", "quote": "statements and speakers", "code": "frames to events", "event": "the resolved event, one table of its fields",
    "situation": "items and their history, pure rules", "store": "documents and the board, SQL behind one header", "export": "JSON, CoNLL-U, tables",
    "brief": "Markdown, HTML", "api": "include/dragoman.h: all that cli/, examples/ and tests/api see", "serve": "a store over HTTP; in the command alone", "stream": "a message log to a log or a store; in the command alone",
}
BEHIND = {"situation", "store", "export", "brief", "serve", "stream"}
kept = sorted(d for d in os.listdir(os.path.join(ROOT, "src")) if os.path.isdir(os.path.join(ROOT, "src", d)))
if sorted(order) != kept or set(SAYS) != set(order):
    sys.exit(f"rooms_svg.py: rooms of src/ {kept}, of tests/cli/rooms.sh {sorted(order)}, told of here {sorted(SAYS)}")


def sees(room):
    seen = set()
    for path in glob.glob(os.path.join(ROOT, "src", room, "*.[ch]")):
        seen |= set(re.findall(r'^#include "([a-z]+)/', open(path, encoding="utf-8").read(), re.M))
    return [r for r in order if r in seen and r != room]


STEP, TOP = 42, 56
out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 940 {TOP + STEP * len(order) + 20}" font-family="Helvetica, Arial, sans-serif" font-size="13">',
       "<!-- made by scripts/rooms_svg.py -->",
       "<style>.w{fill:#fff}.room{fill:#f6f3ec;stroke:#3b3a36}.b{fill:#e6ecf2}.t{fill:#1d1c19;font-weight:600}.s{fill:#5b574c;font-size:12px}"
       "@media (prefers-color-scheme: dark){.w{fill:#1d1c19}.room{fill:#2b2a26;stroke:#cfc8b5}.b{fill:#26303a}.t{fill:#f2eee2}.s{fill:#c2bba8}}</style>",
       '<rect class="w" width="100%" height="100%"/>',
       '<text class="t" x="20" y="28">room</text><text class="t" x="130" y="28">what it does</text><text class="t" x="520" y="28">rooms it includes (only those above it)</text>']
for i, room in enumerate(order):
    y = TOP + STEP * i
    out.append(f'<rect class="room{" b" if room in BEHIND else ""}" x="12" y="{y - 10}" width="916" height="34" rx="4"/><text class="t" x="24" y="{y + 12}">{room}</text>'
               f'<text class="s" x="130" y="{y + 12}">{SAYS[room]}</text><text class="s" x="520" y="{y + 12}">{" ".join(sees(room)) or "none"}</text>')
out.append(f'<text class="s" x="12" y="{TOP + STEP * len(order) + 8}">Blue: behind the event; these see what was coded and never a tree (export: but for the writer of CoNLL-U).</text>')
drawn = "\n".join(out + ["</svg>", ""])
if "--check" in sys.argv:
    if open(SVG, encoding="utf-8").read() != drawn:
        sys.exit("FAILED: docs/architecture.svg is not what scripts/rooms_svg.py draws; run it")
    print(f"{len(order)} rooms, picture up to date")
else:
    open(SVG, "w", encoding="utf-8").write(drawn)
