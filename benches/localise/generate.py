"""Writes the records: tables of the nine-category form in which a hard rule fails, because of so many wrong cells."""

import numpy as np

import tables

SEED = 19760301


def wrong(random, right, edits, number):
    """So many cells of each record as one gets them wrong, among those of hard rules, such that one of these fails."""
    cells, values, left = edits.cells(), right.copy(), np.arange(right.shape[1])
    while len(left):
        values[:, left] = right[:, left]
        # For each record the cells in another order, of which the first are taken.
        order = random.permuted(np.tile(cells[:, None], len(left)), axis=0)
        for cell in order[:number]:
            values[cell, left] = tables.mistaken(random, values[cell, left])
        left = left[~edits.fail(values[:, left]).any(axis=0)]
    return values


def write(folder, edits, cells, records, sets):
    random = np.random.default_rng(SEED)
    columns = tables.consistent(random, records)
    right = np.array([columns[cell] for cell in cells], np.int64)
    if edits.fail(right).any():
        raise SystemExit("generate.py: a rule fails before there are errors")
    for name, number in sets.items():
        tables.save(folder / name, dict(zip(cells, wrong(random, right, edits, number))))
