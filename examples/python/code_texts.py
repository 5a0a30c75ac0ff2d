# SPDX-License-Identifier: Apache-2.0
"""Who did what to whom, who said it, and where it stands, of a few texts."""
import dragoman

TEXTS = [
    {"id": "1", "date": "2021-03-04", "text": "Peru demanded on Tuesday that Chile withdraw its patrol boats by Sunday."},
    {"id": "2", "date": "2021-03-05", "text": 'Chile rejected the demand. "Our ships stay where they are," its foreign minister told reporters.'},
]

nlp = dragoman.Coder()
for doc in nlp.code_many(TEXTS, threads=2):
    for event in doc.events:
        print(doc.published, event)
    for said in doc.statements:
        print(doc.published, said.speaker, "said:", said.text)
    for item in doc.situation:
        print(doc.published, item)
