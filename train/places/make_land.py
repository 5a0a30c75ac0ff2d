#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_land.py ATLAS > web/land.json: coasts and borders for the page's map.

ATLAS is countries-110m.json of the npm package world-atlas 2.0.2 (Natural Earth 1:110 million, public domain). Out comes a list of
lines, each [lon, lat, dlon, dlat, ...] in tenths of a degree, the first point whole and the others as steps.
"""
import json
import sys


def main():
    atlas = json.load(open(sys.argv[1], encoding="utf-8"))
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    lines = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            p = (round((x * sx + tx) * 10), round((y * sy + ty) * 10))
            if not points or points[-1] != p:
                points.append(p)
        line = list(points[0])
        for a, b in zip(points, points[1:]):
            if abs(b[0] - a[0]) > 1800:  # over the edge of the map
                lines.append(line)
                line = list(b)
            else:
                line += [b[0] - a[0], b[1] - a[1]]
        lines.append(line)
    lines = [line for line in lines if len(line) > 2 and not (line[1] < -895 and len(line) == 4)]
    json.dump(lines, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
