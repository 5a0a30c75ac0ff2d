#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages that a goal needs and that are missing: scripts/deps.sh build|test|train|bench|arm|web|doors|kafka|spark|pg; names GOAL: says which
set -eu
build="gcc libc6-dev cmake ninja-build pkg-config libxml2-dev libjson-c-dev libuchardet-dev libutf8proc-dev libsqlite3-dev libxxhash-dev
zlib1g-dev libzstd-dev libbz2-dev liblzma-dev libbrotli-dev libcsv-dev libarchive-dev libmicrohttpd-dev librdkafka-dev libpq-dev"
test="$build clang clang-format-14 libclang-rt-14-dev libcmocka-dev python3 g++ mandoc jq"
train="$build python3 python3-venv"
bench="$train util-linux"
arm="$build gcc-aarch64-linux-gnu qemu-user-static"
web="$build python3 chromium"
doors="$build python3 python3-dev python3-venv postgresql postgresql-client openssl"
command -v npm >/dev/null || doors="$doors npm"
kafka="$build libcmocka-dev python3 openjdk-17-jre-headless maven"
spark="$build python3 python3-dev python3-venv"
command -v java >/dev/null || spark="$spark openjdk-17-jre-headless"
pg="$build python3 postgresql postgresql-client openssl"
command -v node >/dev/null && command -v npm >/dev/null || web="$web nodejs npm"
say=
[ "${1:-}" != names ] || { say=1 && shift; }
case "${1:-build}" in
build) want=$build ;;
test) want=$test ;;
train) want=$train ;;
bench) want=$bench ;;
arm) want=$arm ;;
web) want=$web ;;
doors) want=$doors ;;
kafka) want=$kafka ;;
spark) want=$spark ;;
pg) want=$pg ;;
*)
    echo "deps.sh: build, test, train, bench, arm, web, doors, kafka, spark or pg" >&2
    exit 2
    ;;
esac
if [ -n "$say" ]; then
    echo "$want" | tr '\n' ' '
    exit
fi
missing=
for p in $want; do
    case "$(dpkg-query -W -f='${Status}' "$p" 2>/dev/null)" in
    *"ok installed"*) ;;
    *) missing="$missing $p" ;;
    esac
done
[ -n "$missing" ] || exit 0
echo "installing:$missing" >&2
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -q >&2
# shellcheck disable=SC2086 # a list of packages
$sudo apt-get install -q -y --no-install-recommends $missing >&2
