#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server against its description, over a socket: tests/serve/serve_test.py --dragoman build/dragoman [--fuzz N] [--seconds S] [--seed S]

Makes a store of a few small reports, serves it and asks: every path and parameter of docs/openapi.json answers and nothing else
does; pages hold together while documents come in; who may ask; changes; the end. Then N mutated requests, S seconds at most: no
500, no crash, and the store is as it was."""
import argparse, atexit, gzip, hashlib, http.client, json, os, random, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time, urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ap = argparse.ArgumentParser()
ap.add_argument("--dragoman", required=True)
ap.add_argument("--fuzz", type=int, default=4000)
ap.add_argument("--seconds", type=float, default=10)
ap.add_argument("--seed", type=int, default=1)
args = ap.parse_args()
checks = failed = 0


def check(good, what):
    global checks, failed
    checks += 1
    if not good:
        failed += 1
        print("FAILED:", what, flush=True)


def report(i):
    """A small report of its own day; every third one lets a matter move."""
    a, b = [("Zambia", "Zimbabwe"), ("Kenya", "Uganda"), ("Peru", "Chile"), ("Norway", "Iceland")][i % 4]
    what = [f"{a} demanded that {b} withdraw its troops from the border.", f"{b} rejected {a}'s demand.", f"{a} threatened to impose sanctions on {b}.",
            f"{a} and {b} agreed to hold talks.", f'"We will not yield," the foreign minister of {a} said on Monday.'][i // 4 % 5]
    return {"id": f"r{i:03d}", "title": f"{a} and {b}, report {i}", "date": f"2001-{1 + i // 28:02d}-{1 + i % 28:02d}", "url": f"https://example.org/r/{i}?a=1&b=<b>",
            "text": f"{what} The two neighbours have quarrelled for years, report {i} says."}


class Server:
    def __init__(self, db, *more, env=None):
        self.p = subprocess.Popen([args.dragoman, "serve", "--db", db, "--port", "0", *more], stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
        atexit.register(self.p.kill)
        line = self.p.stderr.readline()
        m = re.search(r"http://(?:127\.0\.0\.1|0\.0\.0\.0):(\d+)/", line)
        if not m:
            sys.exit(f"FAILED: the server did not start: {line}{self.p.stderr.read()}")
        self.port = int(m[1])

    def ask(self, path, method="GET", body=None, headers=None, raw=False):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        c.request(method, path, body=body, headers=headers or {})
        r = c.getresponse()
        data = r.read()
        c.close()
        if raw:
            return r.status, data, r
        return r.status, json.loads(data) if data and "json" in (r.getheader("Content-Type") or "") else data

    def end(self, what):
        self.p.send_signal(signal.SIGTERM)
        try:
            check(self.p.wait(30) == 0, f"{what}: ended with {self.p.returncode}: {self.p.stderr.read()[:2000]}")
        except subprocess.TimeoutExpired:
            self.p.kill()
            check(False, f"{what}: did not end")


def ingest(db, docs):
    subprocess.run([args.dragoman, "ingest", "--db", db, "-i", "jsonl", "-"], input="".join(json.dumps(d) + "\n" for d in docs), text=True, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def pages(s, path, limit):
    rows, cursor, n = [], None, 0
    while True:
        got, page = s.ask(path + ("&" if "?" in path else "?") + f"limit={limit}" + (f"&cursor={cursor}" if cursor else ""))
        if got != 200:
            check(False, f"{path}: {page}")
            return rows
        rows += page["rows"]
        cursor, n = page["next"], n + 1
        if not cursor or n > 1000:
            return rows


# ---- the description and the server ----
EXAMPLE = {"actor": "ZMB", "between": "ZMB,ZWE", "code": "13", "status": "actual,future", "place": "Zambia", "kind": "demand,threat", "q": "demand", "document": "r000", "cursor": None}


def value(p, spec):
    sch = p["schema"]
    if p["name"] in EXAMPLE:
        return EXAMPLE[p["name"]]
    if sch.get("format") == "date":
        return "2001-03-01"
    if "enum" in sch:
        return sch["enum"][-1]
    return {"integer": str(sch.get("maximum")), "number": "0.5", "boolean": "true"}[sch["type"]]


def held_against(s, db):
    kept = json.load(open(os.path.join(HERE, "..", "..", "docs", "openapi.json"), encoding="utf-8"))
    got, spec = s.ask("/openapi.json")
    check(got == 200 and spec == kept, "docs/openapi.json is what the server says ('dragoman serve --openapi' writes it)")
    event = s.ask("/api/v1/events?limit=1")[1]["rows"][0]
    item = s.ask("/api/v1/items?limit=1")[1]["rows"][0]
    stands = {"{document}": urllib.parse.quote("https://example.org/r/0?a=1&b=<b>", safe=""), "{item}": item["id"], "{event}": event["id"]}
    methods = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}
    for path, ops in kept["paths"].items():
        real = path
        for k, v in stands.items():
            real = real.replace(k, v)
        for m in methods - {k.upper() for k in ops}:
            got, data, r = s.ask(real, m, raw=True)
            check(got == 405 and {x.strip() for x in r.getheader("Allow").split(",")} == {k.upper() for k in ops}, f"{m} {real}: {got}")
        for m, op in ops.items():
            if op["operationId"] in ("changes", "ingest"):
                continue
            body = "Zambia rejected the demand." if m == "post" else None
            head = {"Content-Type": "text/plain"} if body else {}
            need = "?q=demand" if any(p["required"] and p["in"] == "query" for p in op["parameters"]) else ""
            got, data, r = s.ask(real + need, m.upper(), body, head, raw=True)
            check(got == 200, f"{m} {real}: {got} {data[:200]}")
            check(r.getheader("X-Content-Type-Options") == "nosniff" and "default-src 'none'" in r.getheader("Content-Security-Policy"), f"{real}: headers")
            check(r.getheader("Access-Control-Allow-Origin") is None, f"{real}: no other site may read")
            check(s.ask(real + (need + "&" if need else "?") + "nosuch=1", m.upper(), body, head)[0] == 400, f"{real}: a parameter that is none is refused")
            for p in op["parameters"]:
                if p["in"] != "query" or p["name"] == "cursor":
                    continue
                q = {} if not need else {"q": "demand"}
                q[p["name"]] = "open,rejected" if p["name"] == "status" and real.startswith("/api/v1/items") else value(p, spec)
                got, data, _ = s.ask(real + "?" + urllib.parse.urlencode(q), m.upper(), body, head, raw=True)
                check(got == 200, f"{m} {real} {q}: {got} {data[:200]}")
                q[p["name"]] = ""
                check(s.ask(real + "?" + urllib.parse.urlencode(q), m.upper(), body, head)[0] == 400, f"{real}: {p['name']} without a value is refused")
    for path in ("/api", "/api/v1", "/api/v1/", "/api/v2/events", "/api/v1/event", "/api/v1/events/", "/index.html", "/../etc/passwd", "/%2e%2e/etc/passwd", "/app.css/..", "/api/v1/sql",
                 "/api/v1/documents/", "/.git/config", "//", "/health/"):
        check(s.ask(path)[0] == 404, f"nothing is at {path}")
    got, said = s.ask("/api/v1/series?per=moth")
    check(got == 400 and "did you mean 'month'?" in said["detail"], f"the nearest word: {said}")
    got, said = s.ask("/api/v1/events?from=2001-02-30")
    check(got == 400 and "no day" in said["detail"], f"a day that is none: {said}")
    got, said = s.ask("/api/v1/documents/nosuch")
    check(got == 404 and "nosuch" in said["detail"], f"no such document: {said}")
    for bad in ("e1.2", "d0.0000000000000000", "x", "e99999999999999999999.0000000000000000"):
        check(s.ask("/api/v1/events?cursor=" + bad)[0] == 400, f"cursor {bad}")
    got, doc = s.ask("/api/v1/documents/r000")
    check(got == 200 and doc["text"].startswith("Zambia demanded") and doc["events"] and "statements" in doc, "a document with its text and events")
    got, why = s.ask("/api/v1/explain/" + event["id"])
    check(got == 200 and "frame" in why["text"], f"why: {str(why)[:200]}")
    # the library's own answer
    own = json.loads(subprocess.run([args.dragoman, "timeline", "--db", db, "--format", "json"], capture_output=True, text=True).stdout)
    check(pages(s, "/api/v1/events", 1000) == own["events"], "events as the command gives them")
    own = json.loads(subprocess.run([args.dragoman, "situation", "--db", db, "--format", "json"], capture_output=True, text=True).stdout)
    check(pages(s, "/api/v1/items", 1000) == own["items"], "items as the command gives them")
    some, since = own["items"][0]["status"], own["items"][0]["since"]
    own = json.loads(subprocess.run([args.dragoman, "situation", "--db", db, "--format", "json", "--status", some, "--since", since], capture_output=True, text=True).stdout)
    check(own["items"] and pages(s, f"/api/v1/items?status={some}&since={since}", 1000) == own["items"], "items by status and day as the command gives them")
    check(s.ask("/api/v1/items?status=opne")[0] == 400, "an unknown status is refused")


def paging(s, db):
    for what in ("documents", "events", "statements", "items", "actors", "places"):
        all_rows = pages(s, f"/api/v1/{what}", 1000)
        check(all_rows and pages(s, f"/api/v1/{what}", 3) == all_rows or what == "places", f"{what}: pages of three are the whole")
    # a page, then more documents, then the next page: nothing is hidden, nothing comes twice
    first = s.ask("/api/v1/events?limit=5")[1]
    ingest(db, [report(i) for i in range(60, 80)])
    for _ in range(100):
        if len(pages(s, "/api/v1/documents", 1000)) == 80:
            break
        time.sleep(0.05)
    rest, cursor = [], first["next"]
    while cursor:
        page = s.ask(f"/api/v1/events?limit=7&cursor={cursor}")[1]
        rest += page["rows"]
        cursor = page["next"]
    now = pages(s, "/api/v1/events", 1000)
    check(first["rows"] + rest == now, "pages hold together while documents come in")


def transport(s):
    path = "/api/v1/events?limit=50"
    got, data, r = s.ask(path, raw=True)
    tag = r.getheader("ETag")
    got, packed, z = s.ask(path, headers={"Accept-Encoding": "br;q=0, gzip"}, raw=True)
    check(z.getheader("Content-Encoding") == "gzip" and gzip.decompress(packed) == data and z.getheader("ETag") != tag, "gzip when it is asked for")
    got, small, b = s.ask(path, headers={"Accept-Encoding": "gzip, br;q=0.9"}, raw=True)
    check(b.getheader("Content-Encoding") == "br" and len(small) < len(data) / 2 and b.getheader("ETag") not in (tag, z.getheader("ETag")), "brotli where it is taken")
    check(subprocess.run(["brotli", "-d"], input=small, capture_output=True).stdout == data if shutil.which("brotli") else True, "brotli unpacks to the same")
    check(s.ask(path, headers={"Accept-Encoding": "gzip;q=0"}, raw=True)[2].getheader("Content-Encoding") is None, "no gzip where it is refused")
    got, none, r = s.ask(path, headers={"If-None-Match": tag}, raw=True)
    check(got == 304 and not none and r.getheader("ETag") == tag, "304")
    check(s.ask(path, headers={"If-None-Match": 'W/"x", W/' + tag}, raw=True)[0] == 304, "304 from a list")
    check(s.ask(path, headers={"If-None-Match": '"other"'}, raw=True)[0] == 200, "another tag")
    got, none, r = s.ask(path, "HEAD", raw=True)
    check(got == 200 and not none and int(r.getheader("Content-Length")) == len(data), "HEAD")
    for head in (b"Content-Length: 1100000", b"Transfer-Encoding: chunked"):
        with socket.create_connection(("127.0.0.1", s.port), timeout=30) as c:
            c.sendall(b"POST /api/v1/code HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n" + head + b"\r\n\r\n")
            if b"chunked" in head:
                c.sendall((b"fffff\r\n" + b"x" * 0xfffff + b"\r\n") * 2 + b"0\r\n\r\n")
            check(b" 413 " in c.recv(100), f"a text over a megabyte, {head}")
    check(s.ask("/api/v1/code", "POST", b"\x89PNG\r\n\x1a\n", {"Content-Type": "image/png"})[0] == 415, "an image")
    check(s.ask("/api/v1/code", "POST", "", {"Content-Type": "text/plain"})[0] == 422, "no text")
    got, rec = s.ask("/api/v1/code", "POST", json.dumps({"text": "Kenya rejected Uganda's demand.", "date": "2002-02-02"}), {"Content-Type": "application/json"})
    check(got == 200 and rec["doc"]["published"] == "2002-02-02" and rec["events"], "a JSON record is coded")
    check(s.ask("/api/v1/events?" + "x" * 9000)[0] == 414, "an address of 9000 bytes")
    check(s.ask("/api/v1/documents", "POST", "A text.", {"Content-Type": "text/plain"})[0] == 403, "not writable")


def doors(db):
    for more, what in ((["--listen", "0.0.0.0"], "needs --token"), (["--listen", "nowhere.example"], "no address"), (["--token", "short"], "at least")):
        p = subprocess.run([args.dragoman, "serve", "--db", db, "--port", "0", *more], capture_output=True, text=True, timeout=60)
        check(p.returncode == 2 and what in p.stderr, f"{more}: {p.returncode} {p.stderr}")
    p = subprocess.run([args.dragoman, "serve", "--db", db + ".none"], capture_output=True, text=True, timeout=60)
    check(p.returncode in (1, 2) and "serve" not in p.stdout and p.stderr, f"no store: {p.returncode} {p.stderr}")
    token = "0123456789abcdef0123"
    s = Server(db, "--listen", "0.0.0.0", env={"DRAGOMAN_TOKEN": token})
    check(s.ask("/health")[0] == 200 and s.ask("/")[0] == 200, "health and the page need no token")
    for h in ({}, {"Authorization": "Bearer"}, {"Authorization": "Bearer " + token[:-1]}, {"Authorization": "Bearer " + token + "x"}, {"Authorization": "Basic " + token}):
        for path in ("/api/v1/items", "/metrics", "/api/v1/changes"):
            got, data, r = s.ask(path, headers=h, raw=True)
            check(got == 401 and r.getheader("WWW-Authenticate") == "Bearer", f"{path} {h}: {got}")
    check(s.ask("/api/v1/items", headers={"Authorization": "Bearer " + token})[0] == 200, "the token")
    s.end("with a token")


def watching(s, db):
    c = http.client.HTTPConnection("127.0.0.1", s.port, timeout=30)
    c.request("GET", "/api/v1/changes")
    r = c.getresponse()
    check(r.getheader("Content-Type") == "text/event-stream", "a stream")
    seen = []

    def read():
        for line in r:
            seen.append(line.decode())

    t = threading.Thread(target=read, daemon=True)
    t.start()
    time.sleep(0.8)
    got, made = s.ask("/api/v1/documents", "POST", json.dumps(report(90)), {"Content-Type": "application/json"})
    check(got == 200 and made["result"] == "new" and made["id"] == "r090", f"a document is kept: {made}")
    check(s.ask("/api/v1/documents", "POST", json.dumps(report(90)), {"Content-Type": "application/json"})[1]["result"] == "same", "the same again")
    check(s.ask("/api/v1/documents", "POST", json.dumps({**report(90), "text": "Peru rejected the demand."}), {"Content-Type": "application/json"})[1]["result"] == "corrected", "a correction")
    check(s.ask("/api/v1/documents", "POST", "x", {"Content-Type": "text/plain", "Origin": "https://evil.example"})[0] == 403, "a page of another site may not send")
    got, made = s.ask("/api/v1/documents", "POST", json.dumps(report(92)), {"Content-Type": "application/json"})
    check(got == 200, f"another document: {made}")
    for _ in range(200):
        text = "".join(seen)
        if "event: item" in text and '"r092"' in text:
            break
        time.sleep(0.05)
    check("event: document" in text and '"r090"' in text and '"r092"' in text, f"a new document is told: {text[:500]}")
    check("event: item" in text, "an item that moved is told")
    check(any(row["id"] == "r092" for row in pages(s, "/api/v1/documents", 1000)), "and the next question knows it")
    return t


def ending(db):
    """What was asked before the end is answered."""
    s = Server(db)
    body = " ".join(report(i)["text"] for i in range(60)) * 2
    got = []
    ts = [threading.Thread(target=lambda: got.append(s.ask("/api/v1/code", "POST", body, {"Content-Type": "text/plain"})[0])) for _ in range(4)]
    for t in ts:
        t.start()
    time.sleep(0.3)
    s.end("draining")
    for t in ts:
        t.join(30)
    check(got == [200] * 4, f"what was asked is answered: {got}")


# ---- mutated requests ----
def fuzz(s, n, seconds):
    rng = random.Random(args.seed)
    spec = s.ask("/openapi.json")[1]
    names = sorted({p["name"] for ops in spec["paths"].values() for op in ops.values() for p in op["parameters"]})
    paths = sorted(spec["paths"]) + ["/", "/app.js", "/x"]
    bits = ["%00", "%", "%zz", "%ff%fe", "'", "\"", "' OR 1=1--", "<script>alert(1)</script>", "../../etc/passwd", "%2e%2e%2f", ";", "\\", "{{7*7}}", "%0d%0aX-Evil: 1", "\xe9", "%e2%80%ae", "*", "(", "NEAR(", "a" * 3000,
            "-1", "1e309", "NaN", "9" * 40, "0x10", "2001-02-30", "9999-12-31", "0000-00-00", "demand", "ZMB", "ZMB,ZWE", ",", "RUS,,UKR", "e1.0000000000000000", "true", "null", "[]", "$(id)", "`id`", "\t", "1' UNION SELECT * FROM documents--"]
    heads = ["Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked", "Host:", "Host: evil.example", "Accept-Encoding: gzip, " + "x" * 500, "If-None-Match: " + "\"a\"," * 200, "Range: bytes=0-1",
             "Expect: 100-continue", "Authorization: Bearer " + "x" * 300, "X: " + "y" * 9000, "Content-Type: application/json", "Content-Type: text/html", "Cookie: a=b", ": x", "Origin: null", "Last-Event-ID: zzz", "Connection: Upgrade"]
    codes, sent, until, lost = {}, 0, time.time() + seconds, 0
    sock = None
    while sent < n and time.time() < until:
        path = rng.choice(paths)
        path = re.sub(r"\{\w+\}", lambda m: rng.choice(bits + ["r000", "e0"]), path)
        if path.startswith("/api/v1/changes") and rng.random() < 0.9:
            continue
        q = [(rng.choice(names + ["nosuch", ""]) if rng.random() < 0.9 else rng.choice(bits)) + rng.choice(["=", "==", "", "="]) + rng.choice(bits) for _ in range(rng.choice([0, 1, 1, 2, 3, 30]))]
        target = path + ("?" + "&".join(q) if q else "")
        if rng.random() < 0.1:
            i = rng.randrange(len(target) + 1)
            target = target[:i] + rng.choice(bits) + target[i:]
        target = re.sub(r"[ \t\r\n]", lambda m: "%%%02x" % ord(m[0]) if rng.random() < 0.95 else m[0], target)
        method = rng.choices(["GET", "POST", "HEAD", "PUT", "DELETE", "BREW", "get", ""], [60, 20, 5, 3, 3, 3, 3, 3])[0]
        body = b""
        if method == "POST":
            body = rng.choice([b"", b"Zambia rejected the demand.", b"{\"text\": \"Kenya demanded that Uganda withdraw.\"}", b"{", b"\xff\xfe\x00", b"<html><p>Peru <b>rejected", b"[" * 5000, os.urandom(200), b"%PDF-1.4", b"PK\x03\x04"])
        lines = [f"{method} {target} HTTP/1.{rng.choice('0111111')}"] + (["Host: localhost"] if rng.random() < 0.9 else []) + rng.sample(heads, rng.choice([0, 0, 1, 2]))
        if body and not any(h.startswith("Content-Length") for h in lines):
            lines.append(f"Content-Length: {len(body)}")
        raw = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
        cut = rng.random() < 0.03
        if cut:
            raw = raw[: rng.randrange(1, len(raw))]
        try:
            sock = socket.create_connection(("127.0.0.1", s.port), timeout=5)
            sock.sendall(raw)
            sock.shutdown(socket.SHUT_WR)
            sock.settimeout(0.2 if cut or "changes" in path or b"hunked" in raw or b"Content-Length: 9" in raw else 15)
            got = sock.recv(200)
            m = re.match(rb"HTTP/1\.[01] (\d+)", got)
            codes[m[1].decode() if m else "closed"] = codes.get(m[1].decode() if m else "closed", 0) + 1
            if m and m[1] == b"500":
                check(False, f"500 to {raw[:300]!r}")
        except OSError:
            lost += 1
        finally:
            sock.close()
        sent += 1
    check(s.p.poll() is None, f"the server lives after {sent} mutated requests")
    check(s.ask("/health")[0] == 200, "and answers")
    check(sent >= min(n, 300), f"only {sent} requests in {seconds} s")
    print(f"{sent} mutated requests, answers {dict(sorted(codes.items()))}, {lost} given up")


def main():
    with tempfile.TemporaryDirectory() as d:
        db = os.path.join(d, "t.db")
        ingest(db, [report(i) for i in range(60)])
        s = Server(db)
        held_against(s, db)
        paging(s, db)
        transport(s)
        got, text, _ = s.ask("/metrics", raw=True)
        check(got == 200 and b"dragoman_requests_total{route=\"events\"" in text and b"le=\"+Inf\"" in text, "metrics")
        c = http.client.HTTPConnection("127.0.0.1", s.port, timeout=30)
        c.putrequest("GET", "/api/v1/items", skip_host=True)
        c.putheader("Host", "evil.example")
        c.endheaders()
        check(c.getresponse().status == 421, "a foreign name that points here")
        s.end("read-only")
        doors(db)
        s = Server(db, "--writable", "--threads", "2")
        waiting = watching(s, db)
        s.end("with a feed open")
        waiting.join(10)
        check(not waiting.is_alive(), "the feed ends with the server")
        ending(db)
        before = hashlib.sha256(subprocess.run([args.dragoman, "situation", "--db", db, "--format", "json"], capture_output=True).stdout).digest()
        s = Server(db, "--threads", "2")
        fuzz(s, args.fuzz, args.seconds)
        s.end("after mutated requests")
        after = hashlib.sha256(subprocess.run([args.dragoman, "situation", "--db", db, "--format", "json"], capture_output=True).stdout).digest()
        check(before == after, "the store is as it was")
        check(sorted(os.listdir(d)) == ["t.db", "t.db-lock"] or sorted(os.listdir(d)) == ["t.db"], f"nothing is left beside the store: {os.listdir(d)}")
    print(f"{checks} checks, {failed} failed")
    sys.exit(1 if failed else 0)


main()
