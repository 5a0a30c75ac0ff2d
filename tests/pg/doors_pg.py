#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""tests/pg/doors_pg.py: a store in PostgreSQL beside one in a file, by the command.

    scripts/test_doors_pg.sh        starts a server for it and ends it

Reads   --dragoman, PGHOST and PGUSER of a server of its own, --ctl (a command that starts and stops it: start, stop, kill)
Checks  the same answers to every question, byte for byte, for every storyline of tests/ and examples/; dump and restore; two writers;
        kill -9 of the client; the server killed and stopped in the middle; readers while it is written; TLS and a password

Standard library only; psql, pg_dump, pg_restore of the server's own package."""
import argparse
import glob
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
faults, checks = [], 0


def check(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)
        print("FAILED:", what, flush=True)


class Place:
    """Runs the command; strips what names the store, so that two can be compared."""
    def __init__(self, dragoman, folder):
        self.dragoman, self.folder, self.n = dragoman, folder, 0

    def fresh(self):
        self.n += 1
        sh("createdb", "-T", "template0", "-E", "UTF8", f"s{self.n}")
        return f"postgresql:///s{self.n}", os.path.join(self.folder, f"s{self.n}.db")

    def run(self, *args, stdin=None, env=None):
        p = subprocess.run([self.dragoman, *args], input=stdin, capture_output=True, env={**os.environ, "NO_COLOR": "1", **(env or {})})
        return p.returncode, p.stdout, p.stderr.decode()


def sh(*args, **more):
    p = subprocess.run(args, capture_output=True, **more)
    if p.returncode:
        raise SystemExit(f"{' '.join(args)}: {p.stdout.decode()[-2000:]} {p.stderr.decode()[-2000:]}")
    return p


# ---- stories ----
def days(path):
    return re.findall(r"\d{4}-\d\d-\d\d", os.path.basename(path))


def stories():
    """name -> [(day or None, file)]"""
    by = {}
    for folder in ("tests/corpus/gold", "examples/storyline", "tests/fresh/a", "tests/fresh/b", "tests/fresh/c", "tests/fresh/d"):
        for f in sorted(glob.glob(os.path.join(ROOT, folder, "*.txt"))):
            if days(f):
                name = re.sub(r"-\d{4}-\d\d-\d\d.*", "", os.path.basename(f))
                by.setdefault(f"{folder}/{name}", []).append((days(f)[0], f))
    for f in sorted(glob.glob(os.path.join(ROOT, "tests/corpus/*.txt"))):
        by[os.path.relpath(f, ROOT)] = cases(f)
    return by


def cases(path):
    """The texts of a corpus file, each a record of its own."""
    out, text, title, day, inside = [], [], None, None, False
    for raw in open(path, encoding="utf-8").read().split("\n") + ["=== end"]:
        if raw.startswith("=== "):
            if title and text:
                out.append({"id": f"{os.path.basename(path)}-{len(out)}", "title": title, "date": day or "2001-01-01", "text": "\n".join(text)})
            title, text, day, inside = raw[4:], [], None, True
        elif raw.startswith("---"):
            inside = False
        elif raw.startswith("published ") and inside and not text:
            day = raw.split()[1]
        elif inside and not raw.startswith("#"):
            text.append(raw)
    return out


def ingest(at, db, story, order=None):
    told = []
    if story and isinstance(story[0], dict):
        lines = "".join(json.dumps(r) + "\n" for r in (story if order is None else [story[i] for i in order])).encode()
        told.append(at.run("ingest", "--db", db, "--input", "jsonl", "-", stdin=lines))
    else:
        for day, f in story if order is None else [story[i] for i in order]:
            told.append(at.run("ingest", "--db", db, "--date", day, f))
    check(all(t[0] in (0, 1) for t in told), f"{db}: ingest: {told[-1]}")
    return [re.sub(r"^dragoman: .*", "", t[2]) for t in told]


def questions(at, db):
    """name -> arguments; what they are about is taken from the file's own board."""
    _, out, _ = at.run("situation", "--db", db, "--format", "json")
    items = json.loads(out)["items"] if out.strip() else []
    asked = {
        "board": ["situation", "--format", "json"],
        "open board": ["situation", "--open", "--format", "json"],
        "timeline": ["timeline", "--format", "json"],
        "folded timeline": ["timeline", "--fold", "--format", "json"],
        "brief": ["brief"],
        "series": ["series", "--format", "csv"],
        "quotes of the store": ["sql", "SELECT id, kind, speaker, content, published FROM statement ORDER BY document, n"],
        "events in SQL": ["sql", "SELECT id, day, cameo, plover, status, source, target, goldstein, quad, sentence_text FROM event WHERE negated=0 ORDER BY id"],
        "dyads in SQL": ["sql", "SELECT source, target, cameo_name(cameo) AS what, count(*) AS n, sum(goldstein) AS g FROM dyad WHERE source IS NOT NULL AND target IS NOT NULL "
                                "GROUP BY source, target, cameo ORDER BY source, target, cameo"],
        "items in SQL": ["sql", "SELECT id, kind, status, opened, since, parties, countries, content, condition, sources FROM item ORDER BY id"],
        "history in SQL": ["sql", "SELECT item, date, reported, status, due, event, document, rule, claimed_by, quantity FROM history ORDER BY item, event, rule, date"],
        "quantities in SQL": ["sql", "SELECT event, i, kind, value, low, high, unit, noun FROM quantity ORDER BY event, i"],
    }
    for f in ("jsonl", "csv", "gdelt", "icews", "acled"):
        asked["export " + f] = ["export", "--format", f]
    for q in ("government", "said", "the minister", '"the government"', "troops OR talks", "talk*", "army NOT police", "NEAR(said government, 5)", "a b AND", "'", "who said what"):
        asked["search " + q] = ["search", q, "--limit", "7"]
    asked["search by days"] = ["search", "the", "--from", "1976-01-01", "--to", "1999-12-31"]
    for item in items[:3]:
        asked["item " + item["id"]] = ["explain", item["id"]]
    who = sorted({p["actor"] for i in items for p in i.get("parties", []) if p.get("actor")})[:2]
    for w in who:
        asked["actor " + w] = ["situation", "--actor", w, "--format", "json"]
        asked["search of " + w] = ["search", "said", "--actor", w]
    if len(who) == 2:
        asked["between"] = ["situation", "--between", ",".join(who), "--format", "json"]
    known = sorted({h["reported"] for i in items for h in i.get("history", []) if h.get("reported")})
    for day in known[: 1] + known[len(known) // 2:][:1]:
        asked["as of " + day] = ["situation", "--as-of", day, "--format", "json"]
        asked["known on " + day] = ["situation", "--known-on", day, "--format", "json"]
        asked["timeline known on " + day] = ["timeline", "--known-on", day, "--format", "json"]
    if len(known) > 1:
        asked["diff"] = ["diff", known[0], known[-1]]
    asked["what if"] = ["situation", "--what-if", "Argentina attacks Chile.", "--format", "json"]
    return asked


FEW = ("board", "timeline", "brief", "export jsonl", "search government", "history in SQL")


def same_answers(at, server, file, what, few=False):
    sizes = 0
    for name, args in questions(at, file).items():
        if few and name not in FEW:
            continue
        a, b = (at.run(args[0], "--db", db, *args[1:]) for db in (server, file))
        err = [x[2].replace(db, "STORE") for x, db in ((a, server), (b, file))]
        check(a[:2] == b[:2], f"{what}: {name}: {a[0]} {len(a[1])} bytes on the server, {b[0]} {len(b[1])} in the file; {err}")
        if name.startswith("search"):
            check(err[0] == err[1], f"{what}: {name}: messages differ: {err}")
        sizes += len(b[1])
    for db in (server, file):
        st, out, err = at.run("doctor", "--db", db)
        check(st == 0, f"{what}: doctor of {db}: {out} {err}")
    return sizes


# ---- the tests ----
def boards(at):
    total = 0
    for name, story in stories().items():
        server, file = at.fresh()
        check(ingest(at, server, story) == ingest(at, file, story), f"{name}: ingest tells other things")
        total += same_answers(at, server, file, name, few="gold/cod" not in name)
    check(total > 2_000_000, f"the boards hold too little to compare ({total} bytes)")


def mixed(at):
    """All of a folder, out of order, corrected, withdrawn, coded again, without text."""
    story = [s for name, docs in stories().items() if "corpus/gold" in name for s in docs]
    order = sorted(range(len(story)), key=lambda i: hash((i * 2654435761) & 0xffff))
    server, file = at.fresh()
    for db in (server, file):
        ingest(at, db, story, order)
        text = b'{"id":"x1","date":"1976-02-01","text":"Iceland rejected the British demand."}\n{"id":"x2","date":"1976-02-03","text":"Britain threatened Iceland with sanctions."}\n'
        at.run("ingest", "--db", db, "--input", "jsonl", "-", stdin=text)
        at.run("ingest", "--db", db, "--input", "jsonl", "-", stdin=text.replace(b"rejected", b"accepted"))
        st, _, err = at.run("withdraw", "--db", db, "x2", "--date", "1976-03-01")
        check(st == 0, f"withdraw in {db}: {err}")
        st, _, err = at.run("withdraw", "--db", db, "no such", "--date", "1976-03-01")
        check(st == 1, f"withdraw of nothing in {db}: {st} {err}")
    same_answers(at, server, file, "mixed")
    for db in (server, file):
        st, out, err = at.run("recode", "--db", db)
        check(st == 0, f"recode of {db}: {err}")
    same_answers(at, server, file, "recoded", few=True)
    server, file = at.fresh()
    for db in (server, file):
        st, _, err = at.run("ingest", "--quiet", "--no-text", "--db", db, *[f for _, f in story[:6]])
        check(st == 0, f"--no-text: {err}")
    same_answers(at, server, file, "without the text", few=True)


def say(at, server, file):
    """The same verdicts in both: an item's, an event's, one taken back, one that is refused; what was said shows alike."""
    items = json.loads(at.run("situation", "--db", file, "--format", "json")[1])["items"]
    event = items[0]["history"][0]["event"]
    said = ([items[0]["id"], "accept"], [items[1]["id"], "strike", "--reason", "it isn't \"so\""], ["1", "undo"], [event, "accept"], ["99", "undo"])
    for words in said:
        a, b = (at.run("judge", "--db", db, *words, "--by", "R. Eader", "--date", "1999-01-01") for db in (server, file))
        check(a[:2] == b[:2] and a[2].replace(server, "S") == b[2].replace(file, "S"), f"judge {words}: {a} {b}")
    for words in (["--list"], ["--gold"]):
        a, b = (at.run("judge", "--db", db, *words) for db in (server, file))
        check(a == b and a[0] == 0 and len(a[1]) > 20, f"judge {words}: {a} {b}")


def dump_and_restore(at):
    empty, _ = at.fresh()
    st, _, err = at.run("judge", "--db", empty, "x", "accept", "--by", "x")
    check(st == 2 and "nothing was ingested here yet" in err, f"a verdict makes no store: {st} {err}")
    check(at.run("situation", "--db", empty)[0] == 2, "a verdict made a store")
    server, file = at.fresh()
    story = [s for name, docs in stories().items() if "corpus/gold/cod-war" in name or "storyline" in name for s in docs]
    ingest(at, server, story)
    ingest(at, file, story)
    say(at, server, file)
    kept = os.path.join(at.folder, "dump")
    sh("pg_dump", "-Fc", "-f", kept, server.rsplit("/", 1)[1])
    back, _ = at.fresh()
    sh("pg_restore", "--exit-on-error", "-d", back.rsplit("/", 1)[1], kept)
    same_answers(at, back, file, "dumped and restored")
    plain = sh("pg_dump", server.rsplit("/", 1)[1]).stdout
    again, _ = at.fresh()
    sh("psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", again.rsplit("/", 1)[1], input=plain)
    same_answers(at, again, file, "dumped as SQL and restored", few=True)
    check(at.run("judge", "--db", again, "--list") == at.run("judge", "--db", file, "--list"), "verdicts are lost with a dump as SQL")
    check(at.run("judge", "--db", back, "--list") == at.run("judge", "--db", file, "--list"), "verdicts are lost with a dump")
    more = b'{"id":"after","date":"1979-02-01","text":"Chile threatened Argentina with war."}\n'
    for db in (back, file):
        at.run("ingest", "--db", db, "--input", "jsonl", "-", stdin=more)
    same_answers(at, back, file, "restored and gone on", few=True)
    for db in (back, file):
        check(at.run("judge", "--db", db, "4", "undo", "--by", "x", "--date", "1999-01-02")[:2] == (0, b"verdict 5\n"), f"{db}: verdicts are counted on after a restore")


def records(n):
    """Short reports that go on where the one before ended, for what is to be killed."""
    what = ("{a} demanded that {b} withdraw its troops from the border.", "{b} rejected the demand of {a}.", "{a} threatened {b} with sanctions.",
            "The presidents of {a} and {b} met in Geneva.", "{b} and {a} signed a ceasefire.", "{a} accused {b} of shelling a village and killing {n} people.")
    lands = ("Peru", "Ecuador", "Chile", "Bolivia", "Brazil", "Kenya", "Chad", "Sudan")
    for i in range(n):
        a, b = lands[i % 8], lands[(i // 8 + 1 + i) % 8]
        text = " ".join(what[(i + k) % 6].format(a=a, b=b if b != a else "Norway", n=i % 50 + 2) for k in range(3))
        yield {"id": f"r{i:05d}", "date": f"19{60 + i // 300:02d}-{i // 25 % 12 + 1:02d}-{i % 25 + 1:02d}", "text": text}


def written(at, name, n):
    path = os.path.join(at.folder, name)
    with open(path, "w") as f:
        f.writelines(json.dumps(r) + "\n" for r in records(n))
    return path


def two_writers(at):
    server, file = at.fresh()
    path = written(at, "long.jsonl", 3000)
    first = subprocess.Popen([at.dragoman, "ingest", "--quiet", "--db", server, "--input", "jsonl", path], stderr=subprocess.PIPE)
    deadline = time.time() + 20
    while time.time() < deadline and first.poll() is None:
        if at.run("sql", "--db", server, "SELECT count(*) AS n FROM document")[0] == 0:
            break
    check(first.poll() is None, "the first writer ended too early to be in the way")
    st, _, err = at.run("ingest", "--wait", "0", "--db", server, "--input", "jsonl", path)
    check(st == 2 and "another process is writing to it; nothing was changed" in err and err.count("\n") == 1, f"the second writer: {st} {err}")
    for _ in range(5):  # readers in the meantime: a board that hangs together
        st, out, err = at.run("situation", "--db", server, "--format", "json")
        check(st in (0, 1) and (not out or json.loads(out)), f"a reader during an ingest: {st} {err}")
    check(first.wait() == 0, f"the first writer: {first.stderr.read()}")
    at.run("ingest", "--quiet", "--db", file, "--input", "jsonl", path)
    same_answers(at, server, file, "written while it was read")


def kills(at, ctl):
    server, file = at.fresh()
    path = written(at, "kill.jsonl", 1500)
    at.run("ingest", "--quiet", "--db", file, "--input", "jsonl", path)
    cut = 0
    for k in range(12):
        p = subprocess.Popen([at.dragoman, "ingest", "--quiet", "--db", server, "--input", "jsonl", path], stderr=subprocess.PIPE)
        time.sleep(0.15 + 0.11 * k)
        if k in (4, 9):  # the server goes away instead, once at a stroke and once in peace
            sh(*ctl, "kill" if k == 4 else "stop")
            _, err = p.communicate(timeout=60)
            err = err.decode()
            check(p.returncode == 0 or (p.returncode == 2 and ("connection" in err or "shutting down" in err or "No such file" in err) and "Traceback" not in err),
                  f"the server went away: {p.returncode} {err}")
            sh(*ctl, "start")
        else:
            p.send_signal(signal.SIGKILL)
            p.communicate()
        cut += p.returncode != 0
        # whatever is there is whole
        st, out, err = at.run("doctor", "--db", server)
        check(st == 0 or "nothing was ingested" in err, f"doctor after kill {k}: {out} {err}")
    check(cut >= 4, f"only {cut} of 12 were cut off in the middle")
    st, _, err = at.run("ingest", "--db", server, "--input", "jsonl", path)
    check(st == 0 and " 0 corrected" in err, f"ingest after the kills: {err}")
    same_answers(at, server, file, "after kills", few=True)
    st, _, err = at.run("ingest", "--db", server, "--input", "jsonl", path)
    check(err.startswith("0 new, 0 corrected"), f"ingest twice: {err}")


class Serving:
    def __init__(self, at, db):
        self.p = subprocess.Popen([at.dragoman, "serve", "--writable", "--db", db, "--port", "0"], stderr=subprocess.PIPE, text=True)
        self.url = None
        for line in self.p.stderr:
            m = re.search(r"http://\S+?(?= serves)", line)
            if m:
                self.url = m.group(0).rstrip("/")
                break

    def get(self, path, data=None):
        import urllib.request
        q = urllib.request.Request(self.url + "/api/v1/" + path, data=data, headers={"Content-Type": "application/json"} if data else {})
        with urllib.request.urlopen(q, timeout=30) as r:
            return r.read().decode()

    def end(self):
        self.p.send_signal(signal.SIGTERM)
        st = self.p.wait(timeout=30)
        self.p.stderr.close()
        return st


def served(at, ctl):
    """serve over the server answers as over the file, keeps what is posted, and goes on when the server was restarted."""
    server, file = at.fresh()
    for db in (server, file):
        ingest(at, db, [s for name, docs in stories().items() if "storyline" in name for s in docs])
    both = [Serving(at, server), Serving(at, file)]
    asked = ("items", "events", "documents", "statements", "series", "search?q=mediate", "actors", "places", "items?limit=2", "items?as_of=1978-12-10")
    try:
        def compare(when):
            for q in asked:
                a, b = (s.get(q) for s in both)
                check(a == b and len(a) > 20, f"serve: {q} {when}: {a[:200]} {b[:200]}")
        compare("at first")
        said = json.dumps({"text": "Chile threatened Argentina with war.", "date": "1979-02-01"}).encode()
        a, b = (s.get("documents", said) for s in both)
        check(a == b and '"new"' in a, f"serve: a document is sent: {a} {b}")
        time.sleep(3)  # what was written shows at the next look, for either store
        compare("after it")
        sh(*ctl, "stop")
        try:
            both[0].get("items?limit=3")
            check(False, "serve: no server, and yet an answer that was not asked for before")
        except Exception as e:
            check(getattr(e, "code", 0) in (500, 503), f"serve: no server: {e!r}")
        sh(*ctl, "start")
        compare("after the server was restarted")
    except Exception as e:  # told as a fault, so that the servers are ended
        check(False, f"serve: {e!r}")
    check([s.end() for s in both] == [0, 0], "serve ends")


def foreign(at):
    """What is no store is left alone; a newer store too; one with fewer columns is brought up to date."""
    server, _ = at.fresh()
    db = server.rsplit("/", 1)[1]
    sh("psql", "-qX", "-d", db, "-c", "CREATE TABLE documents(a int)")
    record = b'{"id":"a","date":"1979-02-01","text":"Chile threatened Argentina with war."}\n'
    st, _, err = at.run("ingest", "--db", server, "--input", "jsonl", "-", stdin=record)
    check(st == 2 and "belongs to another program; nothing was changed" in err, f"somebody's table: {st} {err}")
    server, file = at.fresh()
    db = server.rsplit("/", 1)[1]
    for x in (server, file):
        at.run("ingest", "--db", x, "--input", "jsonl", "-", stdin=record)
    sh("psql", "-qX", "-d", db, "-c", "UPDATE dragoman_store SET schema=99")
    for args in (["situation"], ["ingest", "--input", "jsonl", "-"]):
        st, _, err = at.run(*args, "--db", server, stdin=record)
        check(st == 2 and "schema 99 is newer than this program (1); nothing was changed" in err, f"a newer schema: {st} {err}")
    sh("psql", "-qX", "-d", db, "-c", "UPDATE dragoman_store SET schema=1, fields=7, views=1; ALTER TABLE events DROP COLUMN same_as CASCADE")
    st, _, err = at.run("situation", "--db", server)
    check(st == 2 and "an ingest brings it up to date" in err, f"an older store: {st} {err}")
    at.run("ingest", "--db", server, "--input", "jsonl", "-", stdin=record)
    same_answers(at, server, file, "brought up to date", few=True)
    latin = "latin"
    sh("createdb", "-T", "template0", "-E", "LATIN1", "--locale", "C", latin)
    st, _, err = at.run("ingest", "--db", f"postgresql:///{latin}", "--input", "jsonl", "-", stdin=record)
    check(st == 2 and "encoding is LATIN1" in err, f"another encoding: {st} {err}")
    for q in ("DELETE FROM documents", "SELECT 1; SELECT 2", "COPY documents TO PROGRAM 'cat'", "WITH x AS (DELETE FROM documents RETURNING 1) SELECT * FROM x", "SET search_path=x",
              "SELECT nothing FROM event", "SELECT pg_catalog.setval('x',1)", ""):
        st, out, err = at.run("sql", "--db", server, q)
        check(st == 2 and not out and err.count("\n") == 1, f"sql {q!r}: {st} {out} {err}")
    check(at.run("sql", "--db", server, "SELECT count(*) AS n FROM documents")[1] == b'{"n":1}\n', "sql changed something")
    st, _, err = at.run("ingest", "--db", server, "--input", "jsonl", "-", stdin=json.dumps({"id": "y" * 3000, "date": "1979-02-01", "text": "Chile attacked Peru."}).encode())
    check(st == 1 and "more than PostgreSQL's indexes hold" in err, f"a long id: {st} {err}")


def secrets(at, tls):
    """A password is never on a command line or in a message; libpq's own ways work; TLS is looked at."""
    server, _ = at.fresh()
    db = server.rsplit("/", 1)[1]
    record = b'{"id":"a","date":"1979-02-01","text":"Chile threatened Argentina with war."}\n'
    sh("psql", "-qX", "-d", db, "-c", "CREATE ROLE writer LOGIN PASSWORD 'Xyzzy9secret'; GRANT ALL ON SCHEMA public TO writer")
    base = f"writer@localhost:{tls['port']}/{db}"
    for url in (f"postgresql://writer:Xyzzy9secret@localhost:{tls['port']}/{db}", f"postgresql://{base}?password=Xyzzy9secret",
                f"postgres://writer:Xyzzy9secret@localhost:{tls['port']}x/{db}", f"postgresql://{base}?sslpassword=Xyzzy9secret"):
        for args in (["situation"], ["ingest", "--input", "jsonl", "-"], ["doctor"], ["sql", "SELECT 1"]):
            st, out, err = at.run(*args, "--db", url, stdin=record)
            check(st == 2 and "Xyzzy9secret" not in err and b"Xyzzy9secret" not in out and "password" in err or "cannot be read" in err, f"{url}: {st} {err}")
            check("Xyzzy9secret" not in err, "a password is shown")
    env = {"PGHOST": "", "PGUSER": ""}
    secure = f"postgresql://{base}?sslmode=verify-full&sslrootcert={tls['cert']}"
    st, _, err = at.run("ingest", "--db", secure, "--input", "jsonl", "-", stdin=record, env=env)
    check(st == 2 and "no password supplied" in err, f"no password: {st} {err}")
    passfile = os.path.join(at.folder, "pass")
    with open(os.open(passfile, os.O_WRONLY | os.O_CREAT, 0o600), "w") as f:
        f.write(f"localhost:{tls['port']}:*:writer:Xyzzy9secret\n")
    st, _, err = at.run("ingest", "--db", secure, "--input", "jsonl", "-", stdin=record, env={**env, "PGPASSFILE": passfile})
    check(st == 0, f"passfile and TLS: {st} {err}")
    service = os.path.join(at.folder, "service")
    with open(service, "w") as f:
        f.write(f"[news]\nhost=localhost\nport={tls['port']}\nuser=writer\ndbname={db}\nsslmode=verify-full\nsslrootcert={tls['cert']}\npassfile={passfile}\n")
    st, out, err = at.run("situation", "--db", "postgresql:///?service=news", "--format", "json", env={**env, "PGSERVICEFILE": service})
    check(st == 0 and b'"threat"' in out, f"a service: {st} {err}")
    st, _, err = at.run("situation", "--db", secure.replace(tls["cert"], "/etc/hostname"), env={**env, "PGPASSFILE": passfile})
    check(st == 2, f"a wrong root certificate: {st} {err}")
    # a role that may only read
    sh("psql", "-qX", "-d", db, "-c", "CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    read = f"postgresql://reader@/{db}"
    st, out, err = at.run("situation", "--db", read, "--format", "json")
    check(st == 0 and b'"threat"' in out, f"a reader: {st} {err}")
    check(at.run("search", "--db", read, "war")[0] == 0 and at.run("sql", "--db", read, "SELECT goldstein(cameo) AS g FROM event")[0] == 0, "a reader searches and asks")
    item = json.loads(out)["items"][0]["id"]
    check(at.run("judge", "--db", server, item, "accept", "--by", "R. Eader")[0] == 0, "a verdict after readers were granted what is there")
    check(b'"judged":[{"no":1' in at.run("situation", "--db", read, "--format", "json")[1], "a reader sees a verdict")
    st, _, err = at.run("judge", "--db", read, item, "strike", "--by", "x")
    check(st == 2 and "permission denied" in err, f"a reader that judges: {st} {err}")
    # a store from before there were verdicts
    sh("psql", "-qX", "-d", db, "-c", "DROP TABLE verdicts")
    check(b'"judged"' not in at.run("situation", "--db", read, "--format", "json")[1], "a store without the table of verdicts is read")
    check(at.run("judge", "--db", secure, item, "accept", "--by", "x", env={**env, "PGPASSFILE": passfile})[1] == b"verdict 1\n", "the first verdict makes its table")
    st, _, err = at.run("ingest", "--db", read, "--input", "jsonl", "-", stdin=record.replace(b'"a"', b'"b"'))
    check(st == 2 and "permission denied" in err and err.count("\n") == 1 and " new," not in err, f"a reader that writes: {st} {err}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--dragoman", required=True)
    p.add_argument("--ctl", required=True, help="a command; start, stop or kill is added")
    p.add_argument("--port", required=True, help="of TLS and passwords on localhost")
    p.add_argument("--cert", required=True, help="the server's certificate")
    p.add_argument("--only", nargs="*", help="names of tests")
    a = p.parse_args()
    ctl, tls = a.ctl.split(), {"port": a.port, "cert": a.cert}
    tests = {"boards": lambda at: boards(at), "mixed": lambda at: mixed(at), "dump": lambda at: dump_and_restore(at), "writers": lambda at: two_writers(at),
             "foreign": lambda at: foreign(at), "secrets": lambda at: secrets(at, tls), "kills": lambda at: kills(at, ctl), "serve": lambda at: served(at, ctl)}
    with tempfile.TemporaryDirectory() as folder:
        at = Place(os.path.abspath(a.dragoman), folder)
        for name, test in tests.items():
            if not a.only or name in a.only:
                began, before = time.time(), checks
                test(at)
                print(f"{name}: {checks - before} checks, {time.time() - began:.0f} s", flush=True)
    print(f"{checks} checks, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
