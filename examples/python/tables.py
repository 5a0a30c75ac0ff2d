# SPDX-License-Identifier: Apache-2.0
"""Events and statements as tables: pandas, and a Parquet file."""
import dragoman

texts = ["France and Germany criticised Russia on Monday.", '"We will answer in kind," the Russian foreign minister said.',
         "Brazil and Peru signed a treaty in Lima."]
docs = dragoman.Coder(date="2021-03-04").code_many(texts)
found = dragoman.tables(docs, ["events", "statements"])
events = found["events"].to_pandas()
print(events[["date", "source", "cameo_name", "target"]].to_string())
print(events.groupby("plover").size().to_string())
found["statements"].to_parquet("statements.parquet")
print(found["statements"].to_polars()["content"].to_list())
