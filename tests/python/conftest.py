# SPDX-License-Identifier: Apache-2.0
"""What the tests of the Python package share. make test-doors runs them against an installed wheel."""
import json
import os
import pathlib

import pytest

import dragoman

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEWS = [
    {"id": "a", "date": "2021-03-02", "title": "Egypt attacks", "publisher": "desk",
     "text": "Egypt attacked Sudan in Khartoum on Monday, killing 12 people. \"We reject it,\" the Sudanese president told reporters.\n\n"
             "On 5 March Kenya demanded that Egypt withdraw its troops by 9 March."},
    {"id": "b", "date": "2021-03-04", "text": "The café in Zürich \U0001F600 closed; Norway’s minister visited Málaga. About 300 soldiers left Kenya on Tuesday."},
    {"id": "c", "date": "2021-03-03", "text": "France and Germany criticised Russia and Belarus. France accused Russia of lying."},
    {"id": "d", "date": "2021-03-05", "text": "Brazil and Peru signed a treaty in Lima on Thursday. Chile will send envoys if Bolivia agrees to talks."},
]


@pytest.fixture(scope="session")
def nlp():
    return dragoman.Coder()


@pytest.fixture(scope="session")
def docs(nlp):
    return list(nlp.code_many(NEWS))


@pytest.fixture
def jsonl(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(n) + "\n" for n in NEWS), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def command():
    path = os.environ.get("DRAGOMAN")
    if not path:
        pytest.skip("DRAGOMAN does not name the command")
    return path
