#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# dragoman.spark on a Spark of this machine, local[2]: make test-spark. The wheel, PySpark 4 (PyPI, 450 MB, once) in build/spark-venv, Java 17.
# DIST=FOLDER: take the wheel from there instead of building it. Where PySpark or Java cannot be had it says so and is skipped.
set -eu
cd "$(dirname "$0")/.."
dist=${DIST:-dist}
venv=build/spark-venv
skip() {
    echo "SKIPPED: $1" >&2
    exit 0
}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
v=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
[ "${v:-0}" -ge 17 ] || skip "Spark 4 needs Java 17 or later, and $java is ${v:-not there}"
if [ ! -f "$venv/complete" ]; then
    echo "getting PySpark (450 MB, the log is build/spark-venv.log)" >&2
    mkdir -p build
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'pyspark>=4.0,<5' 'pyarrow>=18' 'pandas>=2.2,<3' pytest >build/spark-venv.log 2>&1 ||
        skip "PySpark cannot be had: $(tail -n 1 build/spark-venv.log)"
    touch "$venv/complete"
fi
[ -n "${DIST:-}" ] || scripts/wheel.sh "$dist"
"$venv/bin/pip" install -q --disable-pip-version-check --force-reinstall --no-deps "$dist"/dragoman-*.whl
SPARK_LOCAL_IP=127.0.0.1 exec "$venv/bin/pytest" -q -p no:cacheprovider tests/python/test_spark.py
