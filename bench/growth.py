#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench/growth.py: how cost grows with the length of a document and with the size of a store.

  bench/growth.py text KIND BYTES               writes one document of that kind to standard output
  bench/growth.py check DRAGOMAN                 100 kB against 1 MB on three kinds: the ratio of times must stay under 14
  bench/growth.py run DRAGOMAN OUT.csv [KIND...] times and memory of every kind at 10 kB, 100 kB, 1 MB and 8 MB
  bench/growth.py page OUT.csv DOCS              docs/performance.md and docs/performance.svg from the figures

Reads   ../shared/data/text (natural news), if it is there; else examples/ repeated
Writes  CSV lines: what,size,figure,value (bench/growth_store writes the same for stores)

Time is the user's and the system's seconds of the process, less those of an empty document, so that loading the model does
not count; memory is the peak resident set. Sizes are bytes of text."""
import json
import os
import platform
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
NEWS = os.path.join(ROOT, "..", "shared", "data", "text", "wikinews-2019-2020.jsonl")
SENTENCES = os.path.join(ROOT, "..", "shared", "data", "text", "gmb-sentences.txt")
SIZES = (10_000, 100_000, 1_000_000, 8_000_000)
MOST_TIMES = {1_000_000: 12, 8_000_000: 100}   # of the time of 100 kB

CHECKED = ("quotations", "persons", "places", "measures")    # each was quadratic once, in a stage of its own

COUNTRIES = "France Ghana Chile Norway Kenya Japan Peru Egypt Poland Turkey Brazil India Canada Sweden Jordan Vietnam".split()
CITIES = ("Paris Accra Santiago Oslo Nairobi Tokyo Lima Cairo Warsaw Ankara Recife Mumbai Toronto Stockholm Amman Hanoi Lyon Kumasi "
          "Bergen Mombasa Osaka Cusco Luxor Gdansk Izmir Belem Chennai Montreal Malmo Aqaba").split()
MONTHS = "January February March April May June July August September October November December".split()
FIRST = "Adam Berta Carl Dora Emil Frida Georg Hanna Ivan Julia Karl Lena Martin Nina Otto Paula Rudolf Sofia Tomas Vera".split()
SYLLABLES = "ba den dor fel gar hol jas kem lor mar nev por rud sil tan vol wen zar lin mot".split()


def natural(_):
    if os.path.exists(NEWS):
        for line in open(NEWS, encoding="utf-8"):
            yield json.loads(line)["text"].strip().replace("\n", "\n\n") + "\n\n"
        for block in open(SENTENCES, encoding="utf-8").read().split("\n\n"):
            lines = block.split("\n")
            for i in range(0, len(lines), 4):
                yield " ".join(lines[i:i + 4]) + "\n\n"
    folder = os.path.join(ROOT, "examples")
    files = sorted(os.path.join(d, f) for d, _, fs in os.walk(folder) for f in fs if f.endswith(".txt"))
    while True:
        for f in files:
            yield open(f, encoding="utf-8").read().strip() + "\n\n"


def html(r):
    yield "<!DOCTYPE html><html><head><title>News of the week</title></head><body><nav><a href='/'>Home</a></nav><article>\n"
    for text in natural(r):
        for par in text.split("\n\n"):
            if par.strip():
                yield "<p>" + par.strip().replace("&", "&amp;").replace("<", "&lt;") + "</p>\n"


def pronouns(r):
    while True:
        yield "Angela Merkel met Emmanuel Macron. " + "She praised him. He thanked her. They said it was theirs. " * r.randint(1, 9)


def demands(r):
    while True:
        a, b = r.sample(COUNTRIES, 2)
        yield f"{a} demanded that {b} withdraw its troops by {r.randint(1, 28)} {r.choice(MONTHS)}. {b} rejected the demand. "


def name(r):
    return r.choice(FIRST) + " " + ("".join(r.choice(SYLLABLES) for _ in range(3))).capitalize()


def persons(r):
    while True:
        yield f"{name(r)}, a minister of {r.choice(COUNTRIES)}, criticised {name(r)}. {name(r)} met {name(r)} in {r.choice(CITIES)}. "


def quotations(_):
    while True:
        yield "\u201cWe will attack,\u201d he said. \u201cThey reject our demand,\u201d Putin told Biden. "


def sentence(r):
    yield "Officials said "
    while True:
        a, b = r.sample(COUNTRIES, 2)
        yield f"that {a} attacked {b} and "


def no(_):
    while True:
        yield "No. "


def datelines(r):
    while True:
        a, b = r.sample(COUNTRIES, 2)
        yield (f"{r.choice(CITIES).upper()}, {r.choice(MONTHS)} {r.randint(1, 28)} (Reuters) - {a} accused {b} on Monday of "
               f"shelling a village.\n\n")


def numbers(r):
    while True:
        yield (f"At least {r.randint(2, 900)} people were killed and {r.randint(2, 4000):,} injured in {r.choice(CITIES)}; damage came "
               f"to ${r.randint(2, 90)}.{r.randint(0, 9)} million, {r.randint(2, 90)} percent more than in {r.randint(1950, 2020)}. ")


def places(r):
    while True:
        a, b, c = r.sample(CITIES, 3)
        yield f"Troops moved from {a} to {b} and shelled {c}, a city in {r.choice(COUNTRIES)}. "


def measures(r):
    while True:
        yield f"{r.choice(COUNTRIES)} widened its sanctions. Crowds marched in anger. Students held a protest. "


KINDS = {"natural": natural, "html": html, "pronouns": pronouns, "demands": demands, "persons": persons, "quotations": quotations,
         "sentence": sentence, "no": no, "datelines": datelines, "numbers": numbers, "places": places,
         "measures": measures}


def text(kind, n):
    """The same text for the same kind; a shorter one is the beginning of a longer one."""
    out, size = [], 0
    for piece in KINDS[kind](random.Random(8)):
        out.append(piece)
        size += len(piece.encode())
        if size >= n:
            break
    if kind == "html":
        out.append("</article></body></html>\n")
    return "".join(out).encode()[:n if kind != "html" else None].decode(errors="ignore").encode()


def measure(dragoman, path, command="code"):
    """(user + system seconds, peak resident bytes) of coding one file."""
    with open(os.devnull, "wb") as null:
        p = subprocess.Popen([dragoman, command, "--max-bytes", str(9 << 20), path], stdout=null, stderr=null)
        _, status, use = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode:
        sys.exit(f"growth: {dragoman} {command} {path} failed with status {p.returncode}")
    return use.ru_utime + use.ru_stime, use.ru_maxrss * 1024


def cost(dragoman, kind, n, folder, start):
    path = os.path.join(folder, kind + (".html" if kind == "html" else ".txt"))
    with open(path, "wb") as f: # by another process: a child's peak begins at its parent's
        subprocess.run([sys.executable, os.path.abspath(__file__), "text", kind, str(n)], stdout=f, check=True)
    seconds, memory = min(measure(dragoman, path) for _ in range(3 if n <= 100_000 else 1))
    return max(seconds - start, 0.001), memory


def at_rest(dragoman, folder):
    path = os.path.join(folder, "start.txt")
    with open(path, "w") as f:
        f.write("No.\n")
    return min(measure(dragoman, path)[0] for _ in range(5))


def check(dragoman):
    """The cheap test: nothing grows faster than the text."""
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        start = at_rest(dragoman, folder)
        for kind in CHECKED:
            small, _ = cost(dragoman, kind, 100_000, folder, start)
            large, memory = cost(dragoman, kind, 1_000_000, folder, start)
            ratio, per_byte = large / small, max(0, memory - 100e6) / 1e6
            ok = ratio < 14 and per_byte < 120
            bad += not ok
            print(f"{kind}: 100 kB {small:.2f} s, 1 MB {large:.2f} s, x{ratio:.1f}, {per_byte:.0f} bytes a byte above 100 MB"
                  f"{'' if ok else '  TOO MUCH'}")
    return 1 if bad else 0


def run(dragoman, out, kinds):
    """Rows what,size,figure,value for every kind and size; also whether the bars hold."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        start = at_rest(dragoman, folder)
        rows.append(("machine", 0, "cpu", cpu()))
        rows.append(("machine", 0, "commit", commit()))
        for kind in kinds or KINDS:
            base = None
            for n in SIZES:
                seconds, memory = cost(dragoman, kind, n, folder, start)
                base = seconds if n == 100_000 else base
                rows += [(kind, n, "seconds", f"{seconds:.3f}"), (kind, n, "megabytes", f"{memory / 1e6:.1f}")]
                most = MOST_TIMES.get(n)
                print(f"{kind:10} {n:8} B {seconds:8.2f} s {memory / 1e6:7.1f} MB"
                      + (f"  x{seconds / base:.1f}{'' if seconds <= most * base else '  TOO MUCH'}" if most else ""), flush=True)
    with open(out, "w", encoding="utf-8") as f:
        f.writelines(",".join(str(x) for x in row) + "\n" for row in rows)
    return 0


def cpu():
    try:
        names = [x.split(":", 1)[1].strip() for x in open("/proc/cpuinfo") if x.startswith("model name")]
        return f"{names[0].replace(',', ' ')}; {platform.system()} {platform.machine()}"
    except (OSError, IndexError):
        return platform.machine()


def commit():
    p = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return p.stdout.strip() or "unknown"


def read_rows(path):
    rows = {}
    for line in open(path, encoding="utf-8"):
        what, size, figure, value = line.rstrip("\n").split(",", 3)
        rows[what, int(size), figure] = value
    return rows


STORE_FIGURES = {"ingest_rate_all": "documents a second, ingest with the board", "ingest_rate_first_thousand": "the first thousand of them",
                 "ingest_rate_last_thousand": "the last thousand of them", "board": "whole board", "megabytes": "MB of file", "one_new_document": "one new document", "board_open": "whole board, open matters",
                 "dyad_open": "a dyad, open matters", "dyad_as_of": "a dyad on an earlier day",
                 "dyad_known_on": "a dyad as known on an earlier day", "what_if": "what if"}
NOT_SECONDS = ("ingest_rate_all", "ingest_rate_first_thousand", "ingest_rate_last_thousand", "megabytes")
# asked at the largest store: seconds at most
STORE_BARS = {"dyad_open": 0.2, "dyad_as_of": 0.2, "board": 1.0, "what_if": 0.3, "one_new_document": 0.1}


def store_figures(rows):
    have = {(w, f) for w, _, f in rows if w not in KINDS and w != "machine"}
    return [(w, f) for f in STORE_FIGURES for w in sorted({w for w, g in have if g == f})]


# ---- the picture: one panel a figure, both axes logarithmic, a dotted line for "in proportion" ----
COLOURS = "#1b6ca8 #c8553d #4f772d #8d5a97 #b8860b #2a9d8f #6c757d #d62839 #3a86ff #7f5539 #006d77".split()


def scale(lo, hi, a, b):
    from math import log10
    return lambda v: a + (log10(v) - log10(lo)) / (log10(hi) - log10(lo)) * (b - a)


def short(v):
    for step, unit in ((1e6, "M"), (1e3, "k")):
        if v >= step:
            return f"{v / step:g}{unit}"
    return f"{v:g}"


def panel(out, x0, y0, title, series, unit):
    """series: {name: [(size, value)]}."""
    from math import ceil, floor, log10
    w, h = 400, 300
    xs = [p[0] for s in series.values() for p in s]
    ys = [p[1] for s in series.values() for p in s]
    lo, hi = 10 ** floor(log10(min(ys))), 10 ** ceil(log10(max(ys)) + 1e-9)
    sx, sy = scale(min(xs), max(xs), x0 + 50, x0 + w - 10), scale(lo, hi, y0 + h - 30, y0 + 30)
    out.append(f'<text x="{x0 + 50}" y="{y0 + 18}" class="t">{title}</text>')
    for x in sorted(set(xs)):
        out.append(f'<line x1="{sx(x):.1f}" y1="{y0 + 30}" x2="{sx(x):.1f}" y2="{y0 + h - 30}" class="g"/>'
                   f'<text x="{sx(x):.1f}" y="{y0 + h - 14}" text-anchor="middle">{short(x)}</text>')
    v = lo
    while v <= hi * 1.001:
        out.append(f'<line x1="{x0 + 50}" y1="{sy(v):.1f}" x2="{x0 + w - 10}" y2="{sy(v):.1f}" class="g"/>'
                   f'<text x="{x0 + 44}" y="{sy(v) + 4:.1f}" text-anchor="end">{short(v)} {unit}</text>')
        v *= 10
    a, b = min(xs), max(xs)
    start = lo * 1.5
    end = start * b / a
    if end > hi:
        b, end = b * hi / end, hi
    out.append(f'<line x1="{sx(a):.1f}" y1="{sy(start):.1f}" x2="{sx(b):.1f}" y2="{sy(end):.1f}" class="p"/>')
    for i, (name, points) in enumerate(series.items()):
        line = " ".join(f"{sx(x):.1f},{sy(y):.1f}" for x, y in points)
        out.append(f'<polyline points="{line}" stroke="{COLOURS[i % len(COLOURS)]}" class="s"><title>{name}</title></polyline>')
    return h


def picture(rows, path):
    kinds = [k for k in KINDS if (k, SIZES[0], "seconds") in rows]
    stores = store_figures(rows)
    def points(what, figure):
        return [(s, float(rows[w, s, f])) for w, s, f in sorted(rows) if (w, f) == (what, figure) and s and float(rows[w, s, f]) > 0]
    out = []
    panel(out, 0, 0, "seconds to code one document, by bytes of text", {k: points(k, "seconds") for k in kinds}, "s")
    panel(out, 410, 0, "peak memory in MB, by bytes of text", {k: points(k, "megabytes") for k in kinds}, "")
    for i, k in enumerate(kinds):
        x, y = 50 + i % 6 * 128, 318 + i // 6 * 18
        out.append(f'<line x1="{x}" y1="{y - 4}" x2="{x + 18}" y2="{y - 4}" stroke="{COLOURS[i % len(COLOURS)]}" class="s"/>'
                   f'<text x="{x + 24}" y="{y}">{k}</text>')
    bottom = 350
    timed = {STORE_FIGURES[f]: points(w, f) for w, f in stores if f not in NOT_SECONDS}
    timed = {k: v for k, v in timed.items() if len(v) > 1}
    if timed:
        panel(out, 0, bottom, "seconds, by documents in the store", timed, "s")
        for i, k in enumerate(timed):
            y = bottom + 40 + i * 18
            out.append(f'<line x1="430" y1="{y - 4}" x2="448" y2="{y - 4}" stroke="{COLOURS[i % len(COLOURS)]}" class="s"/>'
                       f'<text x="454" y="{y}">{k}</text>')
        bottom += 310
    with open(path, "w", encoding="utf-8") as f:
        f.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 {bottom}" font-family="sans-serif" font-size="11">'
                "<style>.g{stroke:#ddd}.p{stroke:#999;stroke-dasharray:2 4}.s{fill:none;stroke-width:1.8}.t{font-size:13px;"
                'font-weight:bold}</style><rect width="100%" height="100%" fill="#fff"/>' + "".join(out) + "</svg>\n")


def page(csv, docs):
    rows = read_rows(csv)
    picture(rows, os.path.join(docs, "performance.svg"))
    kinds = [k for k in KINDS if (k, SIZES[0], "seconds") in rows]
    text = ["# How cost grows", "",
            "![seconds and memory by size; the dotted line grows in proportion](performance.svg)", "",
            "Written by `make bench-growth` (`bench/growth.py`); do not edit. Seconds are those of the processor, less a start; memory is",
            "the peak of the process. Texts are made up, except `natural` and `html` (Wikinews and Voice of America, joined).", "",
            f"Machine: {rows.get(('machine', 0, 'cpu'), 'unknown')}, one thread; commit {rows.get(('machine', 0, 'commit'), 'unknown')}.", "",
            "| one document of | " + " | ".join(f"{short(n)}B s" for n in SIZES) + " | 1 MB : 100 kB | 8 MB : 100 kB | "
            + " | ".join(f"{short(n)}B MB" for n in SIZES[1:]) + " | bytes a byte above 100 MB |",
            "|---" * (len(SIZES) * 2 + 3) + "|"]
    for k in kinds:
        s = [float(rows[k, n, "seconds"]) for n in SIZES]
        m = [float(rows[k, n, "megabytes"]) for n in SIZES]
        text.append(f"| {k} | " + " | ".join(f"{x:.2f}" for x in s) + f" | {s[2] / s[1]:.1f} | {s[3] / s[1]:.0f} | "
                    + " | ".join(f"{x:.0f}" for x in m[1:]) + f" | {max(0, m[3] - 100) / (SIZES[3] / 1e6):.0f} |")
    stores = store_figures(rows)
    sizes = sorted({n for w, n, f in rows if (w, f) in stores})
    if stores:
        text += ["", "A store of made-up coded events without text, some five a document (`bench/growth_store`):", "",
                 "| documents | " + " | ".join(short(n) for n in sizes) + " |", "|---" * (len(sizes) + 1) + "|"]
        text += [f"| {STORE_FIGURES[f]}{'' if f in NOT_SECONDS else ', s'} | " + " | ".join(
            f"{float(rows[w, n, f]):.4g}" if (w, n, f) in rows else "" for n in sizes) + " |" for w, f in stores]
    if sizes:
        at = lambda f: float(next((rows[w, sizes[-1], g] for w, g in stores if g == f and (w, sizes[-1], g) in rows), "nan"))
        share = at("ingest_rate_last_thousand") / at("ingest_rate_first_thousand")
        text += ["", f"Asked at {short(sizes[-1])} documents, processor time: " + "; ".join(
            f"{STORE_FIGURES[f]} {bar:g} s ({'held' if at(f) <= bar else 'MISSED'})" for f, bar in STORE_BARS.items())
            + f"; the last thousand at .9 of the first (it is {share:.2f}: {'held' if share >= .9 else 'MISSED'})."]
    text += ["", "Bars: 1 MB within 12 times 100 kB, 8 MB within 100 times; memory above 100 MB at most 60 bytes a byte of news, 120 of the",
             "densest text. `make test` holds the first on three kinds.", ""]
    with open(os.path.join(docs, "performance.md"), "w", encoding="utf-8") as f:
        f.write("\n".join(text))
    return 0


def main(argv):
    if len(argv) == 3 and argv[0] == "text" and argv[1] in KINDS:
        sys.stdout.buffer.write(text(argv[1], int(argv[2])))
        return 0
    if len(argv) == 2 and argv[0] == "check":
        return check(argv[1])
    if len(argv) >= 3 and argv[0] == "run" and all(k in KINDS for k in argv[3:]):
        return run(argv[1], argv[2], argv[3:])
    if len(argv) == 3 and argv[0] == "page":
        return page(argv[1], argv[2])
    sys.stderr.write(__doc__ + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
