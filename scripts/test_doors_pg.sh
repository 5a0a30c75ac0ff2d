#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A store in PostgreSQL against one in a file: starts a server of its own from Debian's package (postgresql), ends it again. Also as
# root. scripts/test_doors_pg.sh [NAME...] runs single tests of tests/pg/doors_pg.py; BENCH=1 runs bench/stores.sh on it.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
if [ ! -x "$bin/initdb" ]; then
    echo "test_doors_pg.sh: no PostgreSQL here: scripts/deps.sh pg installs it" >&2
    exit 2
fi
T=$(mktemp -d)
as() { # the server refuses to be root
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}
ctl() {
    case $1 in
    start) as "$bin/pg_ctl" -D "$T/data" -l "$T/data/log" -w -t 180 start >/dev/null ;;
    stop) as "$bin/pg_ctl" -D "$T/data" -m fast -w -t 180 stop >/dev/null ;;
    kill) as "$bin/pg_ctl" -D "$T/data" -m immediate -w -t 180 stop >/dev/null ;;
    esac
}
if [ "${1:-}" = --ctl ]; then # how the tests stop and start it
    T=$2
    ctl "$3"
    exit
fi
trap 'ctl stop 2>/dev/null || true; rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
chmod 755 "$T"
mkdir "$T/data" "$T/sock"
[ "$(id -u)" != 0 ] || chown -R postgres "$T/data" "$T/sock"
as "$bin/initdb" -D "$T/data" -E UTF8 --locale=C.UTF-8 -A trust -U postgres >/dev/null
openssl req -new -x509 -days 2 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout "$T/key" -out "$T/cert" 2>/dev/null
cp "$T/key" "$T/data/server.key"
cp "$T/cert" "$T/data/server.crt"
chmod 600 "$T/data/server.key"
[ "$(id -u)" != 0 ] || chown postgres "$T/data/server.key" "$T/data/server.crt"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >>"$T/data/postgresql.conf" <<C
listen_addresses = 'localhost'
port = $port
unix_socket_directories = '$T/sock'
ssl = on
C
printf 'local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\nhostssl all all ::1/128 scram-sha-256\n' >"$T/data/pg_hba.conf"
ctl start
PATH=$bin:$PATH
export PATH PGHOST="$T/sock" PGPORT="$port" PGUSER=postgres DRAGOMAN_DATA="$build"
if [ -n "${BENCH:-}" ]; then
    bench/stores.sh "$build" "${RECORDS:-1500}"
    exit
fi
createdb -T template0 -E UTF8 seam
[ $# -gt 0 ] || for t in test_store_seam test_event_fields; do
    DRAGOMAN_TEST_PG=seam "$build/tests/$t" >"$T/out" 2>&1 || {
        cat "$T/out"
        exit 1
    }
    echo "$t on the server: passed"
done
python3 tests/pg/doors_pg.py --dragoman "$build/dragoman" --ctl "scripts/test_doors_pg.sh --ctl $T" --port "$port" --cert "$T/cert" ${1:+--only "$@"}
