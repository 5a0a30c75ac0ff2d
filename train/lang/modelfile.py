# SPDX-License-Identifier: Apache-2.0
"""Writes and reads models: packs of kind "model"; docs/formats/pack.md is the container, docs/formats/model.md what is in it."""
import struct

import numpy as np
import xxhash

MAGIC = b"DGPACK\r\n"
KIND, KIND_VERSION = b"model", 2
FORMAT, ORDER = 1, 0x01020304
HEAD, ENTRY = "<8sIIQQ8sII16x", "<48sII4QQQ"
TYPES = {"uint8": 1, "int8": 2, "uint16": 3, "uint32": 4, "int32": 5, "uint64": 6, "float32": 7, "float64": 8}
M64 = (1 << 64) - 1
K1 = 0x9E3779B97F4A7C15


def hash64(data):
    """FNV-1a, 64 bits, finished; used by every string table of the file."""
    h = 0xCBF29CE484222325
    for b in data:
        h = ((h ^ b) * 0x100000001B3) & M64
    h ^= h >> 32
    h = (h * K1) & M64
    return h ^ (h >> 29)


def table(items, load=0.5):
    """{bytes key: value >= 1} -> uint32 [slots,2] of (check, value); open addressing, linear, check = upper hash half."""
    n = 16
    while n * load < len(items):
        n *= 2
    t = np.zeros((n, 2), np.uint32)
    seen = set()
    for key, value in items.items():
        h = hash64(key)
        assert value >= 1 and h not in seen, key
        seen.add(h)
        i = h & (n - 1)
        while t[i, 1]:
            i = (i + 1) & (n - 1)
        t[i] = (h >> 32, value)
    return t


def write(path, arrays, texts):
    """Texts are arrays of bytes. Returns the size of the file."""
    items = [(k, np.frombuffer(v.encode("utf-8"), np.uint8)) for k, v in texts.items()] + list(arrays.items())
    entries, body = [], []
    off = 64 + struct.calcsize(ENTRY) * len(items)
    for name, arr in items:
        arr = np.ascontiguousarray(arr)
        body.append(b"\0" * (-off % 64))
        off += -off % 64
        shape = list(arr.shape) + [1] * (4 - arr.ndim)
        entries.append(struct.pack(ENTRY, name.encode(), TYPES[str(arr.dtype)], arr.ndim, *shape, off, arr.nbytes))
        body.append(arr.tobytes())
        off += arr.nbytes
    data = b"".join(entries) + b"".join(body)
    head = struct.pack(HEAD, MAGIC, FORMAT, ORDER, off, xxhash.xxh3_64_intdigest(data), KIND, KIND_VERSION, len(items))
    with open(path, "wb") as f:
        f.write(head + data)
    return off


def read(path):
    """{name: array}; texts come as bytes."""
    data = open(path, "rb").read()
    magic, fmt, order, size, check, kind, version, n = struct.unpack_from(HEAD, data)
    assert magic == MAGIC and fmt == FORMAT and order == ORDER and size == len(data), "not a pack"
    assert kind.rstrip(b"\0") == KIND and version == KIND_VERSION, "not such a model"
    assert check == xxhash.xxh3_64_intdigest(data[64:]), "damaged"
    names = {v: k for k, v in TYPES.items()}
    out = {}
    for i in range(n):
        name, kind, ndim, a, b, c, d, off, _ = struct.unpack_from(ENTRY, data, 64 + i * struct.calcsize(ENTRY))
        shape = (a, b, c, d)[:ndim]
        out[name.rstrip(b"\0").decode()] = np.frombuffer(data, names[kind], int(np.prod(shape)), off).reshape(shape)
    return out
