#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The rate of `stream` from log to log against that of `code` from file to file: bench/stream.sh [PAIRS [THREADS]] (bench/stream.py).
set -eu
cd "$(dirname "$0")/.."
[ -x build/dragoman ] && [ -x build/tests/kafka_mock ] || {
    echo "stream.sh: build first: cmake --preset dev && cmake --build build" >&2
    exit 2
}
exec python3 bench/stream.py "$@"
