#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Text of real saved pages against the text that two public test suites expect, beside trafilatura.

    bench/page_eval.py [--dragoman build/dragoman] [--dir DIR] [--show N]

Pages   118 of Mozilla Readability's test pages, as the Go module go-shiori/go-readability carries them (what is expected there is the article
        as that program cuts it, without its headline), and 23 of newspaper4k's source archive. Fetched once into DIR (default: a
        folder of that name below /tmp; not part of the project: the pages are their publishers').
Score   bags of four words in a row, lower case: precision, recall, F1, mean over pages
Halves  open: looked at while the rules were written (crc32 of the name modulo 4 is 0 or 2); half: names and scores seen (1); shut: never looked at (3)
Peer    trafilatura (PyPI), without comments, when it is installed; htmldate for the days, counted as agreement
"""
import argparse, collections, glob, html, io, json, logging, os, re, subprocess, sys, tarfile, urllib.request, zipfile, zlib

HERE = os.path.dirname(os.path.abspath(__file__))
GO = "https://proxy.golang.org/github.com/go-shiori/go-readability/@v/v0.0.0-20251205110129-5db1dc9836f0.zip"
PY = ("https://files.pythonhosted.org/packages/b6/20/733d9dd3adfb6295454e6ba81f6407d96bf66bfda36c75c99b1f99accbf0/"
      "newspaper4k-0.9.6.tar.gz")


def fetch(folder):
    """name -> page bytes, expected text; written below folder once."""
    if not os.path.isdir(folder):
        os.makedirs(folder)
        with zipfile.ZipFile(io.BytesIO(urllib.request.urlopen(GO, timeout=300).read())) as z:
            for n in z.namelist():
                m = re.search(r"/test-pages/([^/]+)/(source|expected)\.html$", n)
                if m:
                    open(os.path.join(folder, f"{m[1]}.{m[2]}"), "wb").write(z.read(n))
        with tarfile.open(fileobj=io.BytesIO(urllib.request.urlopen(PY, timeout=300).read())) as t:
            for n in t:
                m = re.search(r"/tests/data/(html|txt)/([^/]+)\.(html|txt)$", n.name)
                if m:
                    kind = "source" if m[1] == "html" else "txt"
                    open(os.path.join(folder, f"nk-{m[2]}.{kind}"), "wb").write(t.extractfile(n).read())
    for p in sorted(glob.glob(os.path.join(folder, "*.source"))):
        base = p[:-len(".source")]
        if os.path.exists(base + ".expected"):
            yield os.path.basename(base), p, plain(open(base + ".expected", encoding="utf-8", errors="replace").read())
        elif os.path.exists(base + ".txt"):
            yield os.path.basename(base), p, open(base + ".txt", encoding="utf-8").read()


def plain(markup):
    markup = re.sub(r"(?is)<(script|style|noscript)\b.*?</\1>", " ", markup)
    markup = re.sub(r"(?i)</?(p|div|br|li|td|tr|th|h[1-6]|figcaption|blockquote|pre|section)\b[^>]*>", " ", markup)
    return html.unescape(re.sub(r"(?s)<[^>]*>", "", markup))


def grams(text, n=4):
    w = re.findall(r"\w+", text.lower())
    return collections.Counter(tuple(w[i:i + n]) for i in range(max(1, len(w) - n + 1)))


def score(gold, out):
    a, b = grams(gold), grams(out)
    hit = sum((a & b).values())
    p, r = hit / max(1, sum(b.values())), hit / max(1, sum(a.values()))
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dragoman", default=os.path.join(HERE, "..", "build", "dragoman"))
    ap.add_argument("--dir", default="/tmp/dragoman-pages")
    ap.add_argument("--show", type=int, default=0, help="the N worst open pages")
    o = ap.parse_args()
    try:
        import htmldate, trafilatura
        logging.disable(logging.CRITICAL)
    except ImportError:
        trafilatura = htmldate = None
    rows, days = [], collections.Counter()
    for name, path, gold in fetch(o.dir):
        ours = subprocess.run([o.dragoman, "text", "-i", "html", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        half = {0: "open", 2: "open", 1: "half", 3: "shut"}[zlib.crc32(name.replace("nk-", "nk:").encode()) % 4]
        raw = open(path, "rb").read()
        rows.append((half, name, score(gold, ours.decode("utf-8", "replace")),
                     score(gold, trafilatura.extract(raw, include_comments=False) or "") if trafilatura else None))
        if htmldate:
            out = subprocess.run([o.dragoman, "code", "-i", "html", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
            day = json.loads(out.split(b"\n")[0])["doc"].get("published") if out.strip() else None
            peer = htmldate.find_date(raw.decode("utf-8", "replace"), original_date=True)
            days["same" if day == peer and day else "none" if not day and not peer else
                 "only htmldate" if not day else "only ours" if not peer else "differ"] += 1
    for half in ("open", "half", "shut"):
        for who, k in (("dragoman", 2), ("trafilatura", 3)):
            got = [r[k] for r in rows if r[0] == half and r[k]]
            if got:
                print("%-5s %3d pages  %-12s P %.3f R %.3f F1 %.3f" % ((half, len(got), who) + tuple(sum(x[i] for x in got) / len(got) for i in range(3))))
    if days:
        print("days: " + ", ".join(f"{k} {v}" for k, v in sorted(days.items())))
    for r in sorted((r for r in rows if r[0] == "open"), key=lambda r: r[2][2])[:o.show]:
        print("  %-40s P %.2f R %.2f" % (r[1], r[2][0], r[2][1]))


if __name__ == "__main__":
    sys.exit(main())
