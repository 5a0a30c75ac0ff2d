# SPDX-License-Identifier: Apache-2.0
"""Writes and reads the model container; docs/formats/model.md is its description."""
import struct

import numpy as np

MAGIC = b"DRAGOMDL"
VERSION = 1
ORDER = 0x01020304
TYPES = {"int8": 1, "uint8": 2, "int32": 3, "uint32": 4, "uint64": 5, "float32": 6, "text": 7}
M64 = (1 << 64) - 1
K1, K2 = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F


def hash64(data):
    """FNV-1a, 64 bits, finished; used by every string table of the file."""
    h = 0xCBF29CE484222325
    for b in data:
        h = ((h ^ b) * 0x100000001B3) & M64
    h ^= h >> 32
    h = (h * K1) & M64
    return h ^ (h >> 29)


def checksum(data):
    """Four lanes over 8-byte little-endian words; len(data) is a multiple of 64."""
    w = np.frombuffer(data, "<u8").reshape(-1, 4)
    lanes = np.array([1, 2, 3, 4], np.uint64) * np.uint64(K2)
    k1 = np.uint64(K1)
    with np.errstate(over="ignore"):
        for row in w:
            lanes = (lanes ^ row) * k1
            lanes ^= lanes >> np.uint64(31)
    h = len(data)
    for x in lanes.tolist():
        h = ((h ^ x) * K2) & M64
        h ^= h >> 32
    return h


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


def write(path, arrays, texts, version=VERSION, magic=MAGIC):
    entries, body = [], []
    items = [(k, "text", np.frombuffer(v.encode("utf-8"), np.uint8)) for k, v in texts.items()]
    items += [(k, str(v.dtype), v) for k, v in arrays.items()]
    off = 64 + 64 * len(items)
    for name, kind, arr in items:
        pad = -off % 64
        body.append(b"\0" * pad)
        off += pad
        arr = np.ascontiguousarray(arr)
        shape = list(arr.shape) + [0] * (4 - arr.ndim)
        entries.append(struct.pack("<32sII4IQ", name.encode(), TYPES[kind], arr.ndim, *shape, off))
        body.append(arr.tobytes())
        off += arr.nbytes
    body.append(b"\0" * (-off % 64))
    off += -off % 64
    data = b"".join(entries) + b"".join(body)
    head = struct.pack("<8sIIQQII24x", magic, ORDER, version, off, checksum(data), len(items), 0)
    with open(path, "wb") as f:
        f.write(head + data)
    return off


def read(path):
    data = open(path, "rb").read()
    magic, order, version, size, check, n, _ = struct.unpack_from("<8sIIQQII", data)
    assert magic == MAGIC and order == ORDER and version == VERSION and size == len(data), "not such a file"
    names = {v: k for k, v in TYPES.items()}
    out = {}
    for i in range(n):
        name, kind, ndim, a, b, c, d, off = struct.unpack_from("<32sII4IQ", data, 64 + 64 * i)
        shape = (a, b, c, d)[:ndim]
        name = name.rstrip(b"\0").decode()
        if names[kind] == "text":
            out[name] = data[off:off + a].decode("utf-8")
        else:
            out[name] = np.frombuffer(data, names[kind], int(np.prod(shape)), off).reshape(shape)
    return out
