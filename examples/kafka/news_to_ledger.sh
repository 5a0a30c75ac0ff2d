#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# News of a topic to events and to a ledger: news_to_ledger.sh BROKERS STORE [OPTION]...
#
# Two workers share the partitions of the topic `news` and write `events`; what cannot be read goes to `news.dead`. A third one keeps the
# ledger of the same news in STORE. Each is told to end by ^C or SIGTERM and drains. Further options go to all three (--to-end: end
# with the log; --kafka-file F: TLS and credentials). Needs the topics: kafka-topics.sh --create --topic news --partitions 4 ...
#
#   examples/kafka/news_to_ledger.sh localhost:9092 crisis.db
#   dragoman situation --db crisis.db
set -eu
brokers=$1 store=$2
shift 2
dragoman=${DRAGOMAN:-dragoman}
for i in 1 2; do
    "$dragoman" stream --in "kafka://$brokers/news" --input jsonl --out "kafka://$brokers/events" --dead "kafka://$brokers/news.dead" \
        --group coders --instance "coder-$i" --metrics "$store.coder-$i.prom" "$@" &
    pids="${pids:-} $!"
done
"$dragoman" stream --in "kafka://$brokers/news" --input jsonl --db "$store" --dead "kafka://$brokers/ledger.dead" --group ledger --instance ledger \
    --metrics "$store.ledger.prom" "$@" &
pids="$pids $!"
trap 'kill $pids 2>/dev/null' INT TERM
status=0
for pid in $pids; do
    wait "$pid" || status=$?
    while kill -0 "$pid" 2>/dev/null; do wait "$pid" || status=$?; done # a signal breaks a wait off
done
exit $status
