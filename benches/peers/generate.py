"""Writes the records: tables of the nine-category form on which every rule holds, with an error in one of twenty."""

import numpy as np
import polars

import by_numpy
import tables

SEED = 20140401


def write(folder, records):
    random = np.random.default_rng(SEED)
    d = tables.consistent(random, records)
    if by_numpy.counts(d).any():
        raise SystemExit(f"generate.py: a rule fails before there are errors: {by_numpy.counts(d)}")
    # The totals that are equal are one array as yet.
    d = {key: column.copy() for key, column in d.items()}
    wrong = random.choice(records, records // 20, replace=False)
    cells = random.integers(0, len(d), len(wrong))
    for cell, column in enumerate(d.values()):
        hit = wrong[cells == cell]
        column[hit] = tables.mistaken(random, column[hit].astype(np.int64))
    tables.save(folder, d)
    polars.DataFrame(d).write_parquet(folder / "records.parquet")
