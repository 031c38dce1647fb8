"""Connected regions of a bitmap, by runs of each row."""

from collections.abc import Iterator
from typing import Any

import numpy as np

_Bitmap = Any
"""An array of shape (height, width), bool."""


def regions(bitmap: _Bitmap, *, most: int) -> Iterator[Any]:
    """The ends of all runs of each region, shape (n, 2) of x and y; the largest `most` regions.

    Regions touch by an edge or a corner.
    """
    rows, starts, ends = _runs(bitmap)
    parents = list(range(len(rows)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    first_of_row = np.searchsorted(rows, np.arange(bitmap.shape[0] + 1))
    firsts, begin, end = first_of_row.tolist(), starts.tolist(), ends.tolist()
    for row in range(1, bitmap.shape[0]):
        above, below = firsts[row - 1], firsts[row]
        while above < firsts[row] and below < firsts[row + 1]:
            if begin[above] <= end[below] and begin[below] <= end[above]:
                parents[root(below)] = root(above)
            if end[above] < end[below]:
                above += 1
            else:
                below += 1
    roots = np.array([root(run) for run in range(len(rows))], dtype=np.int64)
    order = np.argsort(roots, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(roots[order])) + 1) if len(order) else []
    groups.sort(key=len, reverse=True)
    for group in groups[:most]:
        xs = np.concatenate([starts[group], ends[group] - 1])
        yield np.stack([xs, np.concatenate([rows[group], rows[group]])], axis=1)


def _runs(bitmap: _Bitmap) -> tuple[Any, Any, Any]:
    """Row, first column and the column after the last of each run, row after row."""
    padded = np.zeros((bitmap.shape[0], bitmap.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = bitmap
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    return rows, starts, ends
