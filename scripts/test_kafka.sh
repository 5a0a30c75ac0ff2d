#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# dragoman stream on a real Kafka 4 of one node (KRaft), from Maven's jars; needs Java 17. KILLS and REBALANCES say how much of it.
#   KILLS=100 REBALANCES=20 scripts/test_kafka.sh [JOBS]
set -eu
cd "$(dirname "$0")/.."
jobs=${1:-2}
cmake --preset dev >/dev/null
cmake --build build -j "$jobs" --target dragoman_cli kafka_mock >/dev/null
libs=$PWD/build/kafka-libs
if [ ! -f "$libs/complete" ] || [ tests/kafka/pom.xml -nt "$libs/complete" ]; then
    rm -rf "$libs"
    echo "getting Kafka's jars (45 MB) to build/kafka-libs"
    mvn -q -f tests/kafka/pom.xml dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$libs"
    touch "$libs/complete"
fi
exec python3 tests/kafka/broker_test.py --dragoman build/dragoman --mock build/tests/kafka_mock --libs "$libs" \
    --kills "${KILLS:-12}" --rebalances "${REBALANCES:-4}"
