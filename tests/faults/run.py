#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bad weather: the n-th allocation, the n-th read or write fails, over code, ingest, text of every format, situation and brief.

    tests/faults/run.py --dragoman build/dragoman --shim build/tests/libfail.so [--mallocs 150] [--ios 60] [--every] [--command NAME]

Each run must end by itself with exit status 0, 1 or 2; a status other than 0 needs a message on standard error; no crash. After a
failed ingest the same ingest without failures must leave the store that an undisturbed one leaves. A crash whose innermost frame
outside libc lies in a library of somebody else is allowed only where known-library-faults.tsv lists that library with the upstream
version installed (a rebuild by Debian of the same version changes nothing here). --mallocs and --ios are drawn evenly over all calls with a fixed seed, the first 40 always among them; --every takes each
one up to 2,000 and 500. Standard library only. Linux with glibc.
"""
import argparse, bz2, collections, gzip, lzma, os, random, re, shutil, subprocess, sys, tempfile, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TIMEOUT = 60  # seconds; a run takes about 0.05


def known_libraries():
    rows = [x.rstrip("\n").split("\t") for x in open(os.path.join(HERE, "known-library-faults.tsv")) if x[:1] not in "#\n"]
    return {r[0]: (r[1], r[2]) for r in rows}


def version(package):
    r = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return r.stdout


class Weather:
    def __init__(self, args, tmp):
        self.args, self.tmp, self.known = args, tmp, known_libraries()
        self.failed, self.in_library = [], collections.Counter()
        self.runs = 0
        self.articles = sorted(os.path.join(ROOT, "examples/storyline", f) for f in os.listdir(os.path.join(ROOT, "examples/storyline")))
        self.page = os.path.join(tmp, "page.html")
        text = open(os.path.join(ROOT, "examples/articles/strait-talks.txt"), encoding="utf-8").read()
        with open(self.page, "w", encoding="utf-8") as f:
            f.write("<html><head><title>Talks</title></head><body><article>%s</article></body></html>" %
                    "".join("<p>%s</p>" % p for p in text.split("\n\n")))
        self.json = os.path.join(tmp, "a.jsonl")
        with open(self.json, "w", encoding="utf-8") as f:
            f.write('{"id": "a", "date": "2019-03-14", "text": "Turkey rejected a Greek demand to withdraw its ships."}\n')
        self.mixed = self.inputs(tmp)
        self.store = os.path.join(tmp, "whole.db")
        self.run(["ingest", "--quiet", "--db", self.store] + self.articles)
        self.want = self.dump(self.store)

    def inputs(self, tmp):
        """One small input of each format that is read, packed in each way."""
        said = "Turkey rejected a Greek demand to withdraw its ships."
        page = "<html><body><article><p>%s</p></article></body></html>" % said
        http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        warc = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/1\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(http), http)
        files = {"feed": bz2.compress(("<rss><channel><title>D</title><item><title>T</title><description>%s</description></item></channel></rss>" % said).encode()),
                 "table": lzma.compress(("title,text\nT,\"%s\"\n" % said).encode()), "list": ('{"articles":[{"title":"T","body":"%s"}]}' % said).encode(),
                 "pages": gzip.compress(warc.encode()) * 2,
                 "export": ("T\nThe Desk\nMarch 5, 2019\n\nLength: 9 words\n\nBody\n\n%s\n\nLoad-Date: March 6, 2019\n\nEnd of Document\n" % said).encode(),
                 "rtf": ("{\\rtf1 %s\\par}" % said).encode()}
        with zipfile.ZipFile(os.path.join(tmp, "docx"), "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("word/document.xml", '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>' % said)
        with zipfile.ZipFile(os.path.join(tmp, "zip"), "w") as z:
            z.writestr("a.txt", said)
            z.writestr("b.html", page)
        for name, data in files.items():
            with open(os.path.join(tmp, name), "wb") as f:
                f.write(data)
        return [os.path.join(tmp, name) for name in sorted(files) + ["docx", "zip"]]

    def run(self, words, kind=None, at=0, count=None):
        env = dict(os.environ, LC_ALL="C.UTF-8", NO_COLOR="1")
        if kind:
            env.update(LD_PRELOAD=self.args.shim, FAIL_KIND=kind, FAIL_AT=str(at))
            if count:
                env["FAIL_COUNT"] = count
        try:
            p = subprocess.run([self.args.dragoman] + words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
                               timeout=TIMEOUT)
            return p.returncode, p.stdout.decode("utf-8", "replace"), p.stderr.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            return 124, "", "no end within %d s" % TIMEOUT

    def dump(self, db):
        out = ""
        for words in (["timeline", "--db", db, "--format", "json"], ["situation", "--db", db, "--format", "json"]):
            rc, text, err = self.run(words)
            if rc:
                return "%s: exit %d: %s" % (words[0], rc, err)
            out += text
        return out

    def calls(self, words, kind):
        f = os.path.join(self.tmp, "count")
        self.fresh()
        self.run(words, kind, 0, f)
        return int(open(f).read())

    def fresh(self):
        for end in ("", "-wal", "-shm", "-lock"):
            if os.path.exists(os.path.join(self.tmp, "cut.db" + end)):
                os.unlink(os.path.join(self.tmp, "cut.db" + end))

    def points(self, total, most, every):
        if every:
            return list(range(1, min(total, most) + 1))
        first = list(range(1, min(total, 40) + 1))
        rest = random.Random(7).sample(range(41, total + 1), min(max(0, most - 40), max(0, total - 40)))
        return first + sorted(rest)

    def judge(self, name, kind, at, rc, err):
        where = "%s, %s %d" % (name, kind, at)
        if rc == 99 or rc < 0 or rc == 124:
            frames = [x for x in err.splitlines() if "(" in x and "libfail" not in x and not re.search(r"/(libc|ld-linux)[.-]", x)]
            inner = frames[0] if frames else ""
            lib = next((k for k in self.known if k in os.path.basename(inner.split("(")[0])), None)
            if lib and re.split(r"[-+~]", version(self.known[lib][0]))[0] == self.known[lib][1]:
                self.in_library[lib + " " + version(self.known[lib][0])] += 1
                return
            self.failed.append("%s: crash or no end (%d): %s" % (where, rc, " | ".join(frames[:4]) or err[:200]))
        elif rc not in (0, 1, 2):
            self.failed.append("%s: exit status %d" % (where, rc))
        elif rc and not err.strip():
            self.failed.append("%s: exit status %d without a word" % (where, rc))

    def command(self, name, words, kind, most):
        total = self.calls(words, kind)
        points = self.points(total, most, self.args.every)
        for at in points:
            self.fresh()
            rc, out, err = self.run(words, kind, at)
            self.runs += 1
            self.judge(name, kind, at, rc, err)
            if name == "ingest" and (kind == "io" or at % 10 == 0):
                rc, out, err = self.run(words)
                got = self.dump(os.path.join(self.tmp, "cut.db")) if rc == 0 else "ingest again: exit %d: %s" % (rc, err)
                if got != self.want:
                    self.failed.append("%s, %s %d: the store differs after the same ingest again: %s" % (name, kind, at, got[:200] if len(got) < 400 else ""))
        print("%-10s %-6s %5d of %d calls made to fail" % (name, kind, len(points), total), flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--dragoman", required=True)
    ap.add_argument("--shim", required=True)
    ap.add_argument("--mallocs", type=int, default=150)
    ap.add_argument("--ios", type=int, default=60)
    ap.add_argument("--every", action="store_true")
    ap.add_argument("--command", default="")
    args = ap.parse_args()
    if args.every:
        args.mallocs, args.ios = 2000, 500
    tmp = tempfile.mkdtemp()
    try:
        w = Weather(args, tmp)
        cut = os.path.join(tmp, "cut.db")
        commands = [("code", ["code", "--format", "jsonl", w.articles[0], w.page, w.json]), ("ingest", ["ingest", "--quiet", "--db", cut] + w.articles),
                    ("text", ["text", "--stats"] + w.mixed),
                    ("situation", ["situation", "--db", w.store, "--format", "json"]),
                    ("brief", ["brief", "--db", w.store, "--output", os.path.join(tmp, "b.html")])]
        for name, words in commands:
            if args.command in ("", name):
                w.command(name, words, "malloc", max(args.mallocs, 500) if name == "code" else args.mallocs) # code has few
                w.command(name, words, "io", args.ios)
        for k, n in sorted(w.in_library.items()):
            print("inside %s: %d (listed in known-library-faults.tsv)" % (k, n))
        for x in w.failed[:40]:
            print("FAILED " + x)
        print("%d runs, %d failed" % (w.runs, len(w.failed)))
        return 1 if w.failed or not w.runs else 0
    finally:
        shutil.rmtree(tmp)


sys.exit(main())
