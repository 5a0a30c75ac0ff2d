# SPDX-License-Identifier: Apache-2.0
"""A store of a crisis: what stands open, what changed, who is named with whom."""
import pathlib
import tempfile

import dragoman

articles = pathlib.Path(__file__).parents[1] / "storyline"
with tempfile.TemporaryDirectory() as folder, dragoman.Store(f"{folder}/beagle.db", write=True) as store:
    store.ingest(dragoman.Coder().read(articles, recursive=True))
    for item in store.situation(open_only=True):
        print(item)
    for hit in store.search("islands", limit=3):
        print(hit["kind"], hit["snippet"])
    for row in store.series("week", by="dyad")[:5]:
        print(row)
    print(store.sql("SELECT plover, count(*) AS n FROM events GROUP BY plover ORDER BY n DESC LIMIT 3"))
