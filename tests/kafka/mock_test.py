#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""dragoman stream on librdkafka's mock cluster: tests/kafka/mock_test.py --dragoman PROGRAM --mock PROGRAM [--only NAME]

Each test has a cluster of its own; they run side by side, since most of the time a group waits for its members. What the mock cluster
cannot do (elect leaders, make topics, sessions that really end, transactions over a restart) is tests/kafka/broker_test.py's."""
import argparse, concurrent.futures, json, os, re, signal, socket, sqlite3, subprocess, sys, tempfile, time, traceback, urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from kit import Kit, by_key, end, news, wait_for

ap = argparse.ArgumentParser()
ap.add_argument("--dragoman", required=True)
ap.add_argument("--mock", required=True)
ap.add_argument("--only")
args = ap.parse_args()
args.dragoman, args.mock = os.path.abspath(args.dragoman), os.path.abspath(args.mock)
TESTS = []


class Cluster(Kit):
    def start(self, *args, **kw):
        """A member that left is missed by the mock cluster as long as one that was killed: its session is made short."""
        return super().start(*args, "--kafka", "session.timeout.ms=6000", "--kafka", "heartbeat.interval.ms=300", **kw)

    def __enter__(self):
        self.p = subprocess.Popen([self.mock, "cluster"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.brokers = self.p.stdout.readline().strip()
        return self

    def say(self, line):
        self.p.stdin.write(line + "\n")
        self.p.stdin.flush()
        assert self.p.stdout.readline().strip() == "ok", line

    def __exit__(self, *_):
        self.p.stdin.close()
        self.p.wait()


def test(fn):
    TESTS.append(fn)
    return fn


def same(rows, want, twice=0):
    got, n, differ = by_key(rows)
    assert not differ, f"one key with two records: {sorted(differ)[:3]}"
    assert got == want, f"{len(got)} records, {len(want)} wanted; missing {sorted(set(want) - set(got))[:5]}"
    assert twice is None or n == twice, f"{n} records came more than once, {twice} may"


@test
def as_code_does(k):
    """Two threads, four partitions: the records of `code`, keyed by document, each once; all is committed. A replay changes nothing."""
    lines = news(300)
    k.say("topic news 4")
    k.say("topic events 3")
    k.put("news", lines)
    st, out, err = k.run("--in", k.uri("news"), "--out", k.uri("events"), "--group", "g", "--to-end", "--threads", "2")
    assert st == 0 and not err, (st, err)
    want = k.code(lines)
    same(k.get("events"), want)
    assert k.committed("g", "news", 4) == 300
    st, out, err = k.run("--in", k.uri("news"), "--out", k.uri("events"), "--group", "other", "--to-end")
    assert st == 0, err
    same(k.get("events"), want, twice=300)
    st, out, err = k.run("--in", k.uri("news"), "--out", "-", "--group", "g", "--to-end")
    assert st == 0 and not out, "a group that has read all reads it again"


@test
def dead_letters(k):
    """What cannot be read goes to a topic of its own, as it came, with the reason; the rest is done; nothing is read twice."""
    lines = news(20)
    bad = ["{\"text\": \"no end", "\\x89PNG\\x0d\\x0a\\x1a\\x0a\\x00\\x00", "[{\"text\": \"Peru attacked Chile.\", \"id\": \"good\"}, {\"id\": 7", "", "-"]
    k.say("topic news 1")
    k.say("topic events 1")
    k.say("topic dead 1")
    k.put("news", lines[:10] + bad + lines[10:])
    st, out, err = k.run("--in", k.uri("news"), "--out", k.uri("events"), "--dead", k.uri("dead"), "--group", "g", "--to-end")
    assert st == 0 and not err, (st, err)
    rows = k.get("events")
    assert len(rows) == 21 and "good" in {r[0] for r in rows}, len(rows)
    dead = k.get("dead")
    assert len(dead) == 4, dead
    assert [d[0] for d in dead] == ["k10", "k11", "k12", "k13"], dead
    assert [d[1] for d in dead] == bad[:4], dead
    for i, d in enumerate(dead):
        h = d[2]
        assert h["dragoman.topic"] == "news" and h["dragoman.partition"] == "0" and h["dragoman.offset"] == str(10 + i), h
        assert h["dragoman.reason"] and h["dragoman.status"] in ("format", "kind"), h
    assert dead[2][2]["dragoman.record"] == "2" and dead[2][2]["dragoman.byte"] == "49" and "(and 1 more)" in dead[2][2]["dragoman.reason"], dead[2][2]
    assert k.committed("g", "news", 1) == 25
    # the same into a file; told where there is none
    path = os.path.join(k.tmp, "dead.jsonl")
    st, out, err = k.run("--in", k.uri("news"), "--out", "/dev/null", "--dead", path, "--group", "f", "--to-end")
    got = [json.loads(x) for x in open(path)]
    assert st == 0 and [g["offset"] for g in got] == [10, 11, 12, 13], (st, got)
    assert got[0]["value"] == bad[0] and "value_base64" in got[1], got
    st, out, err = k.run("--in", k.uri("news"), "--out", "/dev/null", "--group", "t", "--to-end")
    assert st == 1 and len(err.splitlines()) == 4 and "news, partition 0, offset 10: " in err, (st, err)


@test
def too_large(k):
    """A record that is larger than the log takes makes its message a dead one; the others go through."""
    lines = news(10)
    want = k.code(lines)
    sizes = sorted(len(x) for x in want.values())
    k.say("topic news 1")
    k.say("topic events 1")
    k.say("topic dead 1")
    k.put("news", lines)
    limit = (sizes[4] + sizes[5]) // 2
    st, out, err = k.run("--in", k.uri("news"), "--out", k.uri("events"), "--dead", k.uri("dead"), "--to-end", "--kafka", f"out.message.max.bytes={limit}")
    dead, rows = k.get("dead"), k.get("events")
    assert st == 0 and len(dead) + len(rows) == 10 and 4 <= len(dead) <= 6, (st, err, len(dead), len(rows))
    assert all("more than message.max.bytes" in d[2]["dragoman.reason"] for d in dead), dead


@test
def broker_away(k):
    """The broker goes away in the middle and comes back: nothing is lost, nothing comes twice, and nobody restarted anything."""
    lines = news(400)
    k.say("topic news 2")
    k.say("topic events 2")
    k.put("news", lines[:200])
    p = k.start("--in", k.uri("news"), "--out", k.uri("events"), "--group", "g", "--kafka", "reconnect.backoff.max.ms=500")
    assert wait_for(lambda: len(k.get("events")) >= 50, 30), "nothing came"
    k.say("down")
    time.sleep(2)
    k.say("up")
    k.put("news", lines[200:], key=lambda i: f"k{200 + i}")
    assert wait_for(lambda: len(k.get("events")) >= 400, 40, 0.5), f"{len(k.get('events'))} of 400 came"
    st, err = end(p)
    assert st == 0, (st, err)
    same(k.get("events"), k.code(lines))
    assert k.committed("g", "news", 2) == 400


@test
def refused_requests(k):
    """Produce requests that fail after they may have been written (a time-out) are sent again: the idempotent producer lets none in twice."""
    lines = news(200)
    k.say("topic news 1")
    k.say("topic events 1")
    k.put("news", lines)
    k.say("errors 0 7 5")  # Produce: request timed out
    k.say("errors 0 6 3")  # Produce: not leader
    k.say("errors 1 6 3")  # Fetch: not leader
    st, out, err = k.run("--in", k.uri("news"), "--out", k.uri("events"), "--group", "g", "--to-end", "--kafka", "out.retry.backoff.ms=50")
    assert st == 0, (st, err)
    same(k.get("events"), k.code(lines))


@test
def rebalance(k):
    """A second worker comes, the first one goes, and no record comes twice. (The mock cluster takes no commit while a group meets, as brokers
    do, so all is committed before: broker_test.py has partitions handed over in the middle of the work.)"""
    k.say("topic news 4")
    k.say("topic events 2")
    lines = news(600)
    opts = ("--in", k.uri("news"), "--out", k.uri("events"), "--group", "g")
    m = [os.path.join(k.tmp, f"{i}.prom") for i in (1, 2)]

    def send(i):
        k.put("news", lines[i * 200:(i + 1) * 200], key=lambda j: f"k{i * 200 + j}")
        assert wait_for(lambda: k.committed("g", "news", 4) == (i + 1) * 200, 60, 0.3), f"{k.committed('g', 'news', 4)} of {(i + 1) * 200} are done"

    def parts(i):
        return (re.findall(r"^dragoman_stream_partitions (\d)", open(m[i]).read(), re.M) or ["0"])[0] if os.path.exists(m[i]) else "0"
    a = k.start(*opts, "--metrics", m[0])
    send(0)
    b = k.start(*opts, "--metrics", m[1])
    assert wait_for(lambda: parts(0) == "2" and parts(1) == "2", 60, 0.3), f"the partitions were not shared: {parts(0)}, {parts(1)}"
    send(1)
    st, err = end(a)
    assert st == 0 and not err, (st, err)
    send(2)
    st, err = end(b)
    assert st == 0 and not err, (st, err)
    same(k.get("events"), k.code(lines))


@test
def sigterm(k):
    """SIGTERM in the middle: what was read is written and committed, the status is 0, and the next run goes on there: nothing twice."""
    lines = news(1500)
    k.say("topic news 2")
    k.say("topic events 2")
    k.put("news", lines)
    for i in range(2):
        p = k.start("--in", k.uri("news"), "--out", k.uri("events"), "--group", "g", "--ahead", "20000")
        before = len(k.get("events"))
        wait_for(lambda: len(k.get("events")) > before, 30, 0.02)
        st, err = end(p)
        assert st == 0 and not err, (st, err)
        assert k.committed("g", "news", 2) == len(k.get("events")), "committed is not what was written"
    st, out, err = k.run("--in", k.uri("news"), "--out", k.uri("events"), "--group", "g", "--to-end")
    assert st == 0, err
    same(k.get("events"), k.code(lines))


@test
def killed(k):
    """kill -9 in the middle: the next run reads some of it again, and makes the same records of it."""
    lines = news(1500)
    k.say("topic news 2")
    k.say("topic events 2")
    k.put("news", lines)
    for i in range(2):
        p = k.start("--in", k.uri("news"), "--out", k.uri("events"), "--group", "g")
        before = len(k.get("events"))
        wait_for(lambda: len(k.get("events")) > before, 30, 0.02)
        p.kill()
        p.wait()
    st, out, err = k.run("--in", k.uri("news"), "--out", k.uri("events"), "--group", "g", "--to-end")
    assert st == 0, err
    same(k.get("events"), k.code(lines), twice=None)


def board(k, db):
    return [subprocess.run([k.dragoman, c, "--db", db, "--format", "json"], env=k.env, capture_output=True, text=True, check=True).stdout for c in ("situation", "timeline")]


@test
def into_a_store(k):
    """One worker keeps the ledger: killed and started again, the store is the one of `ingest`; its own positions go before the log's."""
    lines = news(400)
    k.say("topic news 2")
    k.put("news", lines)
    db, whole, path = (os.path.join(k.tmp, x) for x in ("s.db", "w.db", "all.jsonl"))
    open(path, "w").write("".join(x + "\n" for x in lines))
    subprocess.run([k.dragoman, "ingest", "--quiet", "--db", whole, "--input", "jsonl", path], env=k.env, check=True)

    def kept():
        try:
            with sqlite3.connect(f"file:{db}?mode=ro", uri=True, timeout=1) as c:
                return c.execute("select count(*) from documents").fetchone()[0]
        except sqlite3.Error:
            return 0
    for i in range(2):
        before = kept()
        p = k.start("--in", k.uri("news"), "--db", db, "--group", "ledger")
        wait_for(lambda: kept() > before, 30, 0.01)
        p.kill()
        p.wait()
    n = kept()
    assert n > 0
    st, out, err = k.run("--in", k.uri("news"), "--db", db, "--group", "ledger", "--to-end")
    assert st == 0, (st, err)
    assert board(k, db) == board(k, whole), "the store is not the one that `ingest` makes"
    with sqlite3.connect(db) as c:
        at = c.execute("select sum(next) from positions").fetchone()[0]
    assert at == 400, at
    # a group that never read goes on where the store stands
    m = os.path.join(k.tmp, "m.prom")
    st, out, err = k.run("--in", k.uri("news"), "--db", db, "--group", "new", "--to-end", "--metrics", m)
    assert st == 0 and "\ndragoman_stream_messages_total 0\n" in open(m).read(), (st, err)


@test
def coded_into_a_store(k):
    """Two workers code, one keeps the ledger of what they wrote, and is killed on the way: the store is the one of `ingest`. What is no coded
    document is dead with the reason."""
    lines = news(300)
    k.say("topic news 4")
    k.say("topic coded 2")
    k.say("topic dead 1")
    k.put("news", lines)
    db, whole, path = (os.path.join(k.tmp, x) for x in ("s.db", "w.db", "all.jsonl"))
    open(path, "w").write("".join(x + "\n" for x in lines))
    subprocess.run([k.dragoman, "ingest", "--quiet", "--db", whole, "--input", "jsonl", path], env=k.env, check=True)
    coders = [k.start("--in", k.uri("news"), "--out", k.uri("coded"), "--format", "coded", "--group", "coders") for _ in range(2)]
    take = ("--in", k.uri("coded"), "--coded", "--db", db, "--dead", k.uri("dead"), "--group", "ledger")
    p = k.start(*take)
    assert wait_for(lambda: len(k.get("coded")) >= 150, 60), "nothing was coded"
    p.kill()
    p.wait()
    assert wait_for(lambda: k.committed("coders", "news", 4) == 300, 60, 0.3), "not all was coded"
    for p in coders:
        assert end(p)[0] == 0
    k.put("coded", ['{"id":"x","text":"Peru attacked Chile."}', '{"coded":1,', " "])
    st, out, err = k.run(*take, "--to-end")
    assert st == 0 and not err, (st, err)
    assert board(k, db) == board(k, whole), "the store is not the one that `ingest` makes"
    dead = k.get("dead")
    assert len(dead) == 2 and all(d[2]["dragoman.status"] == "format" and d[2]["dragoman.topic"] == "coded" for d in dead), dead
    st, out, err = k.run(*take[:5], "--group", "other", "--to-end")
    assert st == 0 and board(k, db) == board(k, whole), (st, err)


@test
def metrics_and_credentials(k):
    """Metrics over HTTP; a secret that the environment or a file brings shows nowhere."""
    lines = news(30)
    k.say("topic news 1")
    k.put("news", lines)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    conf = os.path.join(k.tmp, "k.properties")
    open(conf, "w").write("# secrets\nssl.key.password = hunter2\nclient.id=tester\n")
    errs = open(os.path.join(k.tmp, "err"), "w+")
    p = k.start("--in", k.uri("news"), "--out", "/dev/null", "--group", "g", "--metrics", str(port), "--kafka-file", conf,
                "--kafka", "debug=all", "--kafka", "log_level=7", env={"DRAGOMAN_KAFKA_SASL_PASSWORD": "opensesame"}, err=errs)
    url = f"http://127.0.0.1:{port}/metrics"

    def text():
        try:
            return urllib.request.urlopen(url, timeout=5).read().decode()
        except OSError:
            return ""
    assert wait_for(lambda: "dragoman_stream_documents_total 30\n" in text() and 'lag{topic="news",partition="0"} 0' in text(), 30), text()
    assert 'dragoman_stream_position{topic="news",partition="0"} 30' in text(), text()
    for line in text().splitlines():
        assert line.startswith("#") or re.fullmatch(r'dragoman_stream_[a-z_]+(\{topic="news",partition="0"\})? [0-9.]+', line), line
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/etc", timeout=5)
        assert False, "an address that is none is answered"
    except urllib.error.HTTPError as e:
        assert e.code == 404
    assert end(p)[0] == 0
    errs.seek(0)
    said = errs.read()
    assert "hunter2" not in said and "opensesame" not in said, "a secret stands in the log"


@test
def no_such_topic(k):
    """A topic that is not there, a broker that does not answer: told, and it ends when it is told to."""
    path = os.path.join(k.tmp, "said")
    p = k.start("--in", "kafka://127.0.0.1:1/news", "--out", "/dev/null", err=open(path, "w"))
    assert wait_for(lambda: "Connection refused" in open(path).read(), 60), open(path).read()
    assert end(p)[0] == 0
    p = k.start("--in", "kafka://127.0.0.1:1/news", "--db", os.path.join(k.tmp, "x.db"))
    assert p.wait(90) == 1, "a store without the name of its cluster"


@test
def examples(k):
    """What --help shows runs as it stands but for the broker's address."""
    lines = news(40)
    for topic in ("news", "events", "coded", "news.dead", "ledger.dead"):
        k.say(f"topic {topic} 2")
    k.put("news", lines)
    open(os.path.join(k.tmp, "secrets.properties"), "w").write("ssl.key.password=x\n")
    text = subprocess.run([k.dragoman, "stream", "--help"], env=k.env, capture_output=True, text=True, check=True).stdout
    shown = [x.strip() for x in text.split("Examples\n")[1].splitlines() if "kafka://" in x]
    assert len(shown) == 5, shown
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    for i, line in enumerate(shown):
        line = line.replace("broker:9092", k.brokers).replace("dragoman stream", f"{k.dragoman} stream --to-end").replace("9101", str(port))
        if "--group" not in line:
            line += f" --group g{i}"
        r = subprocess.run(line, shell=True, cwd=k.tmp, env=k.env, capture_output=True, text=True, timeout=90)
        assert r.returncode == 0 and "40 messages: 40 documents" in r.stderr, (line, r.stderr)


@test
def example_script(k):
    """examples/kafka/news_to_ledger.sh: two workers and the ledger's."""
    for topic in ("news", "events", "news.dead", "ledger.dead"):
        k.say(f"topic {topic} 2")
    k.put("news", news(40))
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "kafka", "news_to_ledger.sh")
    db = os.path.join(k.tmp, "example.db")
    r = subprocess.run([script, k.brokers, db, "--to-end", "--kafka", "session.timeout.ms=6000"], env={**k.env, "DRAGOMAN": k.dragoman}, capture_output=True, text=True, timeout=90)
    assert r.returncode == 0 and "40 new, 0 corrected" in r.stderr, (r.returncode, r.stderr)


def main():
    bad = 0
    tests = [t for t in TESTS if not args.only or t.__name__ == args.only]

    def one(fn):
        with tempfile.TemporaryDirectory() as tmp, Cluster(args.dragoman, args.mock, tmp) as k:
            t = time.time()
            fn(k)
            return time.time() - t
    with concurrent.futures.ThreadPoolExecutor(len(tests) or 1) as pool:
        jobs = [(fn, pool.submit(one, fn)) for fn in tests]
        for fn, job in jobs:
            try:
                print(f"ok      {fn.__name__} ({job.result():.1f} s)")
            except Exception as e:
                bad += 1
                print(f"FAILED  {fn.__name__}: {str(e)[:1500]}")
                if not isinstance(e, AssertionError):
                    traceback.print_exc()
    print(f"{len(tests)} tests, {bad} failed")
    return bad != 0


sys.exit(main())
