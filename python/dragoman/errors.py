# SPDX-License-Identifier: Apache-2.0
"""What can go wrong. Every error of the library is a DragomanError; those that Python has a name for are that, too."""
from __future__ import annotations


class DragomanError(Exception):
    """An error of the library.

    status: what it came to (DG_E_... of dragoman.h). record: which record of the input, from 1; 0: not about one.
    byte: where in the input, from 0. file: its name, where it was read from one."""

    def __init__(self, message: str, status: int = 0, record: int = 0, byte: int = 0):
        super().__init__(message)
        self.message, self.status, self.record, self.byte = message, status, record, byte
        self.file: str | None = None

    def __str__(self) -> str:
        where = f"record {self.record}, byte {self.byte}: " if self.record else ""
        return f"{self.file + ': ' if self.file else ''}{where}{self.message}"

    def __reduce__(self):
        return _again, (type(self), self.message, self.status, self.record, self.byte, self.file)


class ReadError(DragomanError, OSError):
    """A file could not be opened, read or written."""

    __str__ = DragomanError.__str__


class FormatError(DragomanError, ValueError):
    """The input is not what it says it is, or of a kind that holds no news."""


class ModelError(DragomanError):
    """Model or lexicon missing, damaged or of another version; a bad row of a lexicon."""


class LimitError(DragomanError, ValueError):
    """Larger than a limit allows."""


class StoreError(DragomanError):
    """The store cannot be used."""


class ArgumentError(DragomanError, ValueError):
    """An argument makes no sense: a date that is none, an unknown code or actor."""


class Cancelled(DragomanError):
    """Somebody said stop."""


class NoMemory(DragomanError, MemoryError):
    """Out of memory."""


_BY_STATUS = {1: ReadError, 2: FormatError, 3: ModelError, 4: NoMemory, 5: LimitError, 6: StoreError, 7: ArgumentError,
              8: ModelError, 9: Cancelled, 10: FormatError}


def _make(status: int, message: str, record: int, byte: int) -> DragomanError:
    return _BY_STATUS.get(status, DragomanError)(message, status, record, byte)


def _again(kind, message, status, record, byte, file):
    e = kind(message, status, record, byte)
    e.file = file
    return e
