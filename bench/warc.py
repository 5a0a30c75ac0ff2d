#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast gzipped archives of pages are read: bench/warc.py [DRAGOMAN] [--pages N] [--threads J] [--out FILE]

Makes an archive of N pages of 60 to 150 KB as news crawls write them (one gzip member a record, a request before each response), of
pages of our own making: navigation, scripts, teasers, comments and 300 to 900 words of article each, from sentences put together
out of lists. Then times `text` and `code` over it and prints MB of HTML, compressed MB and words a second and the most memory.
Standard library only."""
import argparse
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time

WHO = "Kenya Ethiopia Sudan Egypt Chad Niger Mali Ghana Togo Benin France Germany Poland Hungary Brazil Peru Chile Bolivia Japan Vietnam".split()
HOLD = ["the foreign ministry", "the government", "the army", "the opposition", "the central bank", "a court", "the union of teachers", "officials"]
ACT = ["said on {day} that talks with {b} would go on in the capital", "accused {b} of holding back water from the upper river", "signed an agreement on trade and fishing with {b}",
       "recalled its ambassador from {b} after the vote", "offered to send doctors and {n} tonnes of grain to {b}", "rejected a demand by {b} to open the northern crossing",
       "closed its border with {b} until further notice", "expects growth of {n} per cent this year, less than in the year before", "arrested {n} people after protests over the price of bread",
       "will hold elections in the autumn, the commission announced"]
MORE = ["Prices of maize rose by {n} per cent in the market of the capital.", "The road to the coast has been closed since the floods.", "Farmers in the south said they had waited {n} days for seed.",
        "Observers expect a decision before the end of the month.", "The ministers are to meet again in the spring.", "A spokesman declined to comment on the report."]
DAY = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def sentence(r):
    a, b = r.sample(WHO, 2)
    if r.random() < .4:
        return r.choice(MORE).format(n=r.randint(2, 90))
    subject = a if r.random() < .5 else f"{r.choice(HOLD)} of {a}"
    s = subject + " " + r.choice(ACT).format(b=b, n=r.randint(2, 90), day=r.choice(DAY))
    return s[0].upper() + s[1:] + "."


def page(r, i):
    a, b = r.sample(WHO, 2)
    title = f"{a} and {b} " + r.choice(["meet over the river", "sign a treaty", "trade accusations", "postpone talks"])
    pars = []
    words = 0
    want = r.randint(300, 900)
    while words < want:
        p = " ".join(sentence(r) for _ in range(r.randint(2, 4)))
        words += len(p.split())
        pars.append(p)
    nav = "".join(f'<li class="menu-item item-{k}"><a href="/section/{k}/" data-track="nav-{k}" title="Section {k}">Section {k}</a></li>' for k in range(60))
    teasers = "".join(f'<div class="teaser card card--{k % 5}"><a href="/news/{i}-{k}.html"><img src="/img/{r.getrandbits(64):x}.jpg" srcset="/img/a-{k}.jpg 300w, /img/b-{k}.jpg 600w" alt=""/>'
                      f'<h3>{sentence(r)[:70]}</h3></a><p class="teaser-text">{sentence(r)}</p></div>' for k in range(r.randint(30, 60)))
    script = "".join(f'window.cfg{k}={{"id":"{r.getrandbits(96):x}","slots":[{",".join(str(r.getrandbits(20)) for _ in range(40))}]}};' for k in range(r.randint(60, 240)))
    style = "".join(f".c{k}{{margin:0 {k % 9}px;color:#{k:06x};display:flex}}" for k in range(400))
    body = "".join(f"<p>{p}</p>\n" for p in pars)
    html = (f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Bench Post</title><meta property="og:title" content="{title}">'
            f'<meta property="article:published_time" content="2021-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}T08:00:00Z"><style>{style}</style><script>{script}</script></head>'
            f'<body><header><nav><ul>{nav}</ul></nav></header><main><article><h1>{title}</h1><p class="byline">By Ann Poe</p>{body}</article></main>'
            f'<aside class="related">{teasers}</aside><footer><ul>{nav}</ul><p>Copyright The Bench Post</p></footer></body></html>')
    return html.encode()


def record(kind, uri, content_type, block):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2021-05-03T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(hash((kind, uri))) % 10 ** 12:012d}>\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n")
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0)


def make(path, n):
    r = random.Random(14)
    html = 0
    with open(path, "wb") as f:
        f.write(record("warcinfo", "bench", "application/warc-fields", b"software: bench\r\n"))
        for i in range(n):
            uri = f"http://bench.example/{i}.html"
            p = page(r, i)
            html += len(p)
            f.write(record("request", uri, "application/http; msgtype=request", b"GET / HTTP/1.1\r\nHost: bench.example\r\n\r\n"))
            f.write(record("response", uri, "application/http; msgtype=response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + p))
    return html


def timed(args, out):
    t = time.time()
    with open(out, "wb") as f:
        p = subprocess.Popen(args, stdout=f)
        _, st, usage = os.wait4(p.pid, 0)
    if st:
        sys.exit(f"{args[1]}: exit status {st}")
    return time.time() - t, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    p = argparse.ArgumentParser()
    p.add_argument("dragoman", nargs="?", default="build/dragoman")
    p.add_argument("--pages", type=int, default=200)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--out")
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as d:
        path = a.out or os.path.join(d, "bench.warc.gz")
        html = make(path, a.pages)
        size = os.path.getsize(path)
        out = os.path.join(d, "out")
        print(f"{a.pages} pages, {html / 1e6:.1f} MB of HTML ({html / a.pages / 1e3:.0f} KB a page), {size / 1e6:.2f} MB compressed, {a.threads} thread(s)")
        for what in ("text", "code"):
            s, cpu, mem = timed([a.dragoman, what, "--threads", str(a.threads), path], out)
            words = len(open(out, "rb").read().split()) if what == "text" else words
            print(f"{what}: {s:.2f} s, {html / 1e6 / s:.1f} MB of HTML, {size / 1e6 / s:.2f} MB compressed, {words / s:.0f} words a second; "
                  f"{html / 1e6 / cpu:.1f} MB of HTML a second of processor ({cpu:.2f} s); {mem:.0f} MB of memory")


if __name__ == "__main__":
    main()
