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
import itertools
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
NEWS = os.path.join(ROOT, "..", "shared", "data", "text", "wikinews-2019-2020.jsonl")
SENTENCES = os.path.join(ROOT, "..", "shared", "data", "text", "gmb-sentences.txt")
SIZES = (10_000, 100_000, 1_000_000, 8_000_000)
MOST_TIMES = {1_000_000: 12, 8_000_000: 100}   # of the time of 100 kB
MOST_MEMORY = {"no": 120, None: 60}            # bytes of memory above 100 MB a byte of text; "no" has the shortest tokens

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


KINDS = {"natural": natural, "html": html, "pronouns": pronouns, "demands": demands, "persons": persons, "quotations": quotations,
         "sentence": sentence, "no": no, "datelines": datelines, "numbers": numbers, "places": places}


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
        p = subprocess.Popen([dragoman, command, "--max-bytes", str(9 << 20), path], stdout=null)
        _, status, use = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode:
        sys.exit(f"growth: {dragoman} {command} {path} failed with status {p.returncode}")
    return use.ru_utime + use.ru_stime, use.ru_maxrss * 1024


def cost(dragoman, kind, n, folder, start):
    path = os.path.join(folder, kind + (".html" if kind == "html" else ".txt"))
    with open(path, "wb") as f:
        f.write(text(kind, n))
    seconds, memory = min(measure(dragoman, path) for _ in range(3 if n <= 100_000 else 1))
    return max(seconds - start, 0.001), memory


def at_rest(dragoman, folder):
    path = os.path.join(folder, "start.txt")
    with open(path, "w") as f:
        f.write("No.\n")
    return min(measure(dragoman, path)[0] for _ in range(5))


if __name__ == "__main__":
    if sys.argv[1] == "text":
        sys.stdout.buffer.write(text(sys.argv[2], int(sys.argv[3])))
