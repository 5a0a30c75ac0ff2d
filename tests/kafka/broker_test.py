#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""dragoman stream on a real single-node Kafka 4: scripts/test_kafka.sh starts it.

    broker_test.py --dragoman PROGRAM --mock PROGRAM --libs FOLDER [--kills 12] [--rebalances 4] [--only NAME]

Kills are kill -9 of a worker, of the ledger's worker, or of the broker, at moments drawn by --seed, while news keep coming. Afterwards
every document must have one record, that of `code`, and the store must be the one of `ingest`."""
import argparse, glob, json, os, random, shutil, signal, socket, sqlite3, struct, subprocess, sys, tempfile, threading, time, traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from kit import Kit, by_key, end, news, wait_for

ap = argparse.ArgumentParser()
ap.add_argument("--dragoman", required=True)
ap.add_argument("--mock", required=True)
ap.add_argument("--libs", required=True, help="folder with the jars of Kafka")
ap.add_argument("--kills", type=int, default=12)
ap.add_argument("--rebalances", type=int, default=4)
ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--heap", default="512m")
ap.add_argument("--only")
args = ap.parse_args()
args.dragoman, args.mock = os.path.abspath(args.dragoman), os.path.abspath(args.mock)

SETTINGS = """process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{control}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.quorum.bootstrap.servers=127.0.0.1:{control}
log.dirs={folder}/data
num.partitions=4
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=3000
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Broker:
    def __init__(self, folder):
        self.folder, self.port, self.p = folder, free_port(), None
        self.conf = os.path.join(folder, "server.properties")
        open(self.conf, "w").write(SETTINGS.format(port=self.port, control=free_port(), folder=folder))
        self.java = ["java", f"-Xmx{args.heap}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", os.path.join(args.libs, "*")]
        tool = self.java + ["kafka.tools.StorageTool"]
        uuid = subprocess.run(tool + ["random-uuid"], capture_output=True, text=True, check=True).stdout.split()[-1]
        subprocess.run(tool + ["format", "--standalone", "-t", uuid, "-c", self.conf], capture_output=True, check=True)

    def start(self):
        self.log = open(os.path.join(self.folder, "broker.log"), "a")
        self.p = subprocess.Popen(self.java + ["kafka.Kafka", self.conf], stdout=self.log, stderr=self.log)

        def answers():
            assert self.p.poll() is None, "the broker ended; " + open(self.log.name).read()[-2000:]
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return True
            except OSError:
                return False
        assert wait_for(answers, 120, 0.2), "the broker does not answer"

    def kill(self, sig=signal.SIGKILL):
        if self.p:
            self.p.send_signal(sig)
            self.p.wait()
            self.log.close()
        self.p = None


class Worker(threading.Thread):
    """A worker that is started again whenever it ended, as a supervisor would."""
    def __init__(self, k, name, *opts, err):
        super().__init__(daemon=True)
        self.k, self.opts, self.err, self.on, self.p, self.starts = k, opts, open(err, "a"), True, None, 0
        self.start()

    def run(self):
        while self.on:
            self.p = self.k.start(*self.opts, err=self.err)
            self.starts += 1
            self.p.wait()
            time.sleep(0.05)

    def kill(self):
        if self.p and self.p.poll() is None:
            self.p.kill()

    def end(self):
        self.on = False
        time.sleep(0.2)
        self.p.send_signal(signal.SIGTERM)
        self.join(60)
        return self.p.returncode


def topics(k, *names):
    for name in names:
        k.client("topic", name, 4, "max.message.bytes=10485760")


def final(rows, want):
    got, twice, differ = by_key(rows)
    assert not differ, f"one key with two records: {sorted(differ)[:3]}"
    assert not set(want) - set(got), f"{len(set(want) - set(got))} of {len(want)} documents have no record: {sorted(set(want) - set(got))[:5]}"
    wrong = sorted(key for key in got if got[key] != want.get(key))
    assert not wrong, f"{len(wrong)} records that `code` does not make: {wrong[:3]} {got[wrong[0]][:300]} {str(want.get(wrong[0]))[:300]}"
    return twice


def codecs(folder, topic):
    """Compression of every batch of a topic, from its files: 4 is zstd."""
    seen = set()
    for path in glob.glob(os.path.join(folder, "data", topic + "-*", "*.log")):
        b = open(path, "rb").read()
        at = 0
        while at + 23 < len(b):
            size = struct.unpack(">i", b[at + 8:at + 12])[0]
            if size <= 0:
                break
            seen.add(struct.unpack(">h", b[at + 21:at + 23])[0] & 7)
            at += 12 + size
    return seen


def plain(k, broker):
    """zstd, three topics at once with a dead one; a group that comes again; a record that the broker finds too large."""
    topics(k, "p.a", "p.b", "p.events")
    k.client("topic", "p.small", 1, "max.message.bytes=4000")
    k.client("topic", "p.dead", 1)
    lines = news(600)
    k.put("p.a", lines[:300])
    k.put("p.b", lines[300:] + ["{\"text\": \"no"])
    o = ("--in", k.uri("p.a,p.b"), "--out", k.uri("p.events"), "--dead", k.uri("p.dead"), "--to-end", "--threads", "2")
    st, out, err = k.run(*o, "--group", "p")
    assert st == 0 and not err, (st, err)
    assert final(k.get("p.events"), k.code(lines)) == 0, "records came twice"
    assert codecs(broker.folder, "p.events") == {4}, f"batches are not zstd: {codecs(broker.folder, 'p.events')}"
    dead = k.get("p.dead")
    assert len(dead) == 1 and dead[0][1] == "{\"text\": \"no" and dead[0][2]["dragoman.topic"] == "p.b", dead
    st, out, err = k.run(*o, "--group", "p")
    assert st == 0 and len(k.get("p.events")) == 600, "a group that has read all reads it again"
    big = json.dumps({"id": "big", "published": "2019-03-01", "text": " ".join(json.loads(x)["text"] + f" {i} of them left." for i, x in enumerate(lines[:200]))})
    k.put("p.b", [big])
    st, out, err = k.run("--in", k.uri("p.a,p.b"), "--out", k.uri("p.small"), "--dead", k.uri("p.dead"), "--to-end", "--group", "p", "--threads", "1")
    dead = k.get("p.dead")
    assert st == 0 and len(dead) == 2 and "more than the broker takes" in dead[1][2]["dragoman.reason"] and dead[1][1] == big, (st, err, dead[1:])


def rebalances(k, broker):
    """Workers come and go by SIGTERM while news keep coming: every partition changes hands drained, so no record comes twice."""
    topics(k, "r.news", "r.events")
    n = 300 * (args.rebalances + 2)
    lines = news(n, 2)
    opts = ("--in", k.uri("r.news"), "--out", k.uri("r.events"), "--group", "r", "--kafka", "heartbeat.interval.ms=200")
    feed = subprocess.Popen([k.mock, "put", k.brokers, "r.news"], stdin=subprocess.PIPE, text=True)
    base, second, seen = k.start(*opts), None, 0
    rnd = random.Random(args.seed)
    for i in range(n):
        feed.stdin.write(f"k{i}\t{lines[i]}\n")
        if i % 10 == 0:
            feed.stdin.flush()
            time.sleep(0.02)
        if i % 300 == 299 and seen < args.rebalances:
            if second is None:
                second = k.start(*opts)
                time.sleep(rnd.uniform(0.5, 2))
            else:
                who = rnd.choice(["base", "second"])
                st, err = end(base if who == "base" else second)
                assert st == 0 and not err, (st, err)
                base, second = (second, None) if who == "base" else (base, None)
            seen += 1
    feed.stdin.close()
    assert feed.wait(120) == 0
    assert wait_for(lambda: k.committed("r", "r.news", 4) == n, 90, 0.5), f"{k.committed('r', 'r.news', 4)} of {n} are done"
    for p in (base, second):
        if p:
            st, err = end(p)
            assert st == 0 and not err, (st, err)
    twice = final(k.get("r.events"), k.code(lines))
    assert twice == 0, f"{twice} records came twice in {seen} rebalances"
    print(f"        {seen} joins and leaves, {n} documents, none twice", flush=True)


def kills(k, broker):
    """kill -9 of workers, of the ledger's worker and of the broker: nothing lost, one record a document, the store of `ingest`."""
    topics(k, "k.news", "k.events")
    rnd = random.Random(args.seed)
    db, tmp = os.path.join(k.tmp, "ledger.db"), k.tmp
    short = ("--kafka", "session.timeout.ms=6000", "--kafka", "heartbeat.interval.ms=500", "--kafka", "reconnect.backoff.max.ms=500")
    workers = [Worker(k, f"w{i}", "--in", k.uri("k.news"), "--out", k.uri("k.events"), "--group", "coders", "--instance", f"w{i}", *short,
                      err=os.path.join(tmp, f"w{i}.err")) for i in (1, 2)]
    workers.append(Worker(k, "ledger", "--in", k.uri("k.news"), "--db", db, "--group", "ledger", "--instance", "l1", *short, err=os.path.join(tmp, "ledger.err")))
    feed = subprocess.Popen([k.mock, "put", k.brokers, "k.news"], stdin=subprocess.PIPE, text=True)
    lines, of_broker, stop = [], 0, threading.Event()
    all_lines = news(150 * args.kills + 2000, 3)

    def feeding():
        for i, line in enumerate(all_lines):
            if stop.is_set():
                break
            feed.stdin.write(f"k{i}\t{line}\n")
            lines.append(line)
            if i % 20 == 19:
                feed.stdin.flush()
                time.sleep(0.1)
        feed.stdin.close()
    t = threading.Thread(target=feeding)
    t.start()
    for i in range(args.kills):
        time.sleep(rnd.uniform(0.2, 1.5))
        if rnd.random() < 0.2:
            broker.kill()
            of_broker += 1
            time.sleep(rnd.uniform(0.1, 1))
            broker.start()
        else:
            rnd.choice(workers).kill()
    stop.set()
    t.join()
    assert feed.wait(300) == 0, "the news could not be sent"
    n = len(lines)
    for group in ("coders", "ledger"):
        assert wait_for(lambda: k.committed(group, "k.news", 4) == n, 600, 1), f"{group}: {k.committed(group, 'k.news', 4)} of {n} are done"
    assert [w.end() for w in workers] == [0, 0, 0]
    twice = final(k.get("k.events"), k.code(lines))
    path, whole = os.path.join(tmp, "all.jsonl"), os.path.join(tmp, "whole.db")
    open(path, "w").write("".join(x + "\n" for x in lines))
    subprocess.run([k.dragoman, "ingest", "--quiet", "--db", whole, "--input", "jsonl", path], env=k.env, check=True)
    with sqlite3.connect(db) as c:
        rows = c.execute("select count(*), count(distinct key) from documents").fetchone()
        at = c.execute("select sum(next) from positions").fetchone()[0]
    assert rows == (n, n) and at == n, f"the store has {rows[0]} rows of {rows[1]} documents, position {at}; {n} came"
    for what in ("situation", "timeline"):
        a, b = (subprocess.run([k.dragoman, what, "--db", x, "--format", "json"], env=k.env, capture_output=True, check=True).stdout for x in (db, whole))
        assert a == b, f"{what} of the store is not that of `ingest`"
    r = subprocess.run([k.dragoman, "doctor", "--db", db], env=k.env, capture_output=True, text=True)
    assert r.returncode == 0, r.stdout
    print(f"        {args.kills} kills, {of_broker} of them of the broker; {n} documents; {twice} messages came again, with the same record; "
          f"workers started {[w.starts for w in workers]} times", flush=True)


def main():
    bad = 0
    tests = [t for t in (plain, rebalances, kills) if not args.only or t.__name__ == args.only]
    with tempfile.TemporaryDirectory() as tmp:
        broker, k = Broker(tmp), Kit(args.dragoman, args.mock, tmp)
        k.brokers = f"127.0.0.1:{broker.port}"
        try:
            broker.start()
            for fn in tests:
                t = time.time()
                try:
                    fn(k, broker)
                    print(f"ok      {fn.__name__} ({time.time() - t:.1f} s)", flush=True)
                except Exception as e:
                    bad += 1
                    print(f"FAILED  {fn.__name__}: {str(e)[:1500]}", flush=True)
                    if not isinstance(e, AssertionError):
                        traceback.print_exc()
                    for path in glob.glob(os.path.join(tmp, "*.err")):
                        print(f"--- {os.path.basename(path)}\n" + open(path).read()[-600:])
        finally:
            broker.kill(signal.SIGTERM)
    print(f"{len(tests)} tests, {bad} failed")
    return bad != 0


sys.exit(main())
