#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The server, held against docs/openapi.json over a socket, and some thousand mutated requests (tests/serve/serve_test.py).
exec python3 "$SRC/tests/serve/serve_test.py" --dragoman "$DRAGOMAN" --fuzz "${FUZZ:-4000}" --seconds "${FUZZ_SECONDS:-10}"
