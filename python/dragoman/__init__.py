# SPDX-License-Identifier: Apache-2.0
"""Reads English news: who did what to whom, who said what, and where every matter stands.

>>> import dragoman
>>> nlp = dragoman.Coder()
>>> doc = nlp.code("Peru demanded on Tuesday that Chile withdraw its patrol boats.", date="2021-03-04")
>>> for event in doc.events:
...     print(event)

Many texts: Coder.code_many(); files: Coder.read(); tables for pandas, polars, DuckDB: table(), tables(); a store: Store."""
from . import _core
from .coder import Coder, Model, default_model, records
from .doc import Doc, Span, Token
from .errors import (ArgumentError, Cancelled, DragomanError, FormatError, LimitError, ModelError, NoMemory, ReadError,
                     StoreError)
from .render import render
from .store import Ingested, Situation, Store
from .tables import FORMATS, TABLES, Table, batches, codebook, export, table, tables
from .types import Actor, Attribution, Date, Entity, Event, Item, Line, Mention, Party, Place, Quantity, Statement, Time

Record = _core.Record
__version__ = _core.version
__all__ = ["Actor", "ArgumentError", "Attribution", "Cancelled", "Coder", "Date", "Doc", "DragomanError", "Entity", "Event", "FORMATS",
           "FormatError", "Ingested", "Item", "LimitError", "Line", "Mention", "Model", "ModelError", "NoMemory", "Party", "Place",
           "Quantity", "ReadError", "Record", "Situation", "Span", "Statement", "Store", "StoreError", "TABLES", "Table", "Time", "Token",
           "batches", "codebook", "default_model", "export", "records", "render", "table", "tables"]
