# SPDX-License-Identifier: Apache-2.0
# The short way in. Each goal installs the Debian packages it lacks (scripts/deps.sh). Presets: CMakePresets.json.
#
#   make run      build, then read a sample article into a report (ARTICLE=FILE: another one)
#   make help     these lines
#   make test     build and run every test (also with sanitizers, clang, and the fuzz corpora)
#   make build    build/dragoman, build/libdragoman.so, the compiled lexicon build/world.lex, build/en.lex
#   make test-long  every n-th failing allocation and write, 200 kills, growth to 8 MB (about an hour)
#   make test-arm   build for 64-bit ARM, run it under an emulator, compare bytes (some minutes; docs/platforms.md)
#   make test-web   10,000 mutated requests to the server, then Chromium walks through its page (Node from Debian or nodesource)
#   make wheel    the Python package, dist/*.whl: models, lexicon and libraries inside, nothing to compile where it is installed
#   make test-doors  that wheel in a clean environment; its tests; Arrow and Parquet read back by pyarrow, polars, DuckDB (PyPI and npm)
#   make test-kafka  `dragoman stream` on a Kafka 4 of one node, killed and killed again (Java 17; KILLS=100 REBALANCES=20: more of it)
#   make test-spark  dragoman.spark and examples/spark on a Spark of this machine, local[2] (Java 17; gets PySpark once)
#   make bench    accuracy and speed, to bench/results.csv, docs/figures.md and the README (needs ../shared beside the checkout)
#   make bench-growth   how cost grows with length and with the store, to docs/performance.md (some minutes)
#   make train DATA=../shared/data    train both tiers again (some seven hours of one core)
#   make accurate  the model of --tier accurate where the command finds it, or how it is made
#   make tables DATA=../shared/data   make the generated tables of lexicon/ again (half a minute)
#   make install PREFIX=/usr/local
#   make deb      a Debian package of the build, build/dragoman_VERSION_ARCH.deb (Containerfile makes an image of it)
#   make deps     install what a build needs;  make fuzz    run the fuzzers (docs/fuzzing.md)
#   make clean    remove what was built

PREFIX ?= /usr/local
DATA ?= ../shared/data
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
ARTICLE ?= examples/articles/strait-talks.txt

.PHONY: all help build run test test-arm test-web test-doors test-kafka test-spark wheel bench train accurate tables install clean fuzz deps deb

all: build

help:
	@sed -n 's/^#   //p' Makefile

build: deps
	@echo "building build/dragoman (the log is build/build.log)" >&2
	@cmake --preset release >build.log 2>&1 || { cat build.log; exit 1; }
	@cmake --build build -j $(JOBS) >>build.log 2>&1 || { tail -n 60 build.log; exit 1; }
	@mv build.log build/build.log

deps:
	@scripts/deps.sh build

run: build
	@echo "reading $(ARTICLE): build/dragoman code --format report $(ARTICLE)" >&2
	@build/dragoman code --format report $(ARTICLE)

test: build
	@scripts/deps.sh test
	@scripts/test.sh $(JOBS)

bench-growth: build
	@python3 bench/growth.py run build/dragoman bench/growth.csv
	@cmake --build build --target growth_store
	@t=$$(mktemp -d) && for n in 1000 10000 100000; do build/growth_store "$$t" $$n --data build >>bench/growth.csv; rm -f "$$t"/*; done; rm -rf "$$t"
	@python3 bench/growth.py page bench/growth.csv docs

test-long: build
	@scripts/deps.sh test
	@scripts/test_long.sh $(JOBS)

test-arm: build
	@scripts/test_arm.sh $(JOBS)

test-web: build
	@scripts/deps.sh web
	@scripts/test_web.sh

wheel:
	@scripts/deps.sh doors
	@scripts/wheel.sh

test-doors: build
	@scripts/deps.sh doors
	@scripts/test_doors.sh

test-kafka: build
	@scripts/deps.sh kafka
	@scripts/test_kafka.sh $(JOBS)

test-spark:
	@scripts/deps.sh spark
	@scripts/test_spark.sh

bench: build
	@scripts/deps.sh bench
	@bench/run.sh

fuzz:
	@scripts/deps.sh test
	@scripts/fuzz.sh

train: build
	@scripts/deps.sh train
	@train/train_all.sh $(DATA)

accurate:
	@scripts/accurate.sh

tables:
	@train/tables.sh $(DATA)

install: build
	cmake --install build --prefix $(PREFIX)

deb: build
	@scripts/deb.sh build build

clean:
	rm -rf build build-asan build-tsan build-clang build-fuzz build-arm build.log
