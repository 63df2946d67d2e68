"""banff in a process of its own: holds records in memory, answers a set of them and a way to call banff with a line of JSON.

usage: worker.py FOLDER RECORDS, with the cells and the rules as JSON on the first line
"""

import importlib.metadata
import json
import os
import pathlib
import sys

# banff writes what it does to the standard output, from Python and from C: that is no answer.
answers = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

import banff
import numpy as np
import pyarrow as pa
from edits import Edits
from engine import timed

# Seconds for a record, then it is given up.
LIMIT = 0.1


class Records:
    """The columns as integers, and as banff takes them: of floats, with a name for each record."""

    def __init__(self, folder, cells, number):
        columns = (np.fromfile(folder / f"{cell}.u32", "<u4")[:number] for cell in cells)
        self.values = np.array(list(columns), np.int64)
        floats = {f"c{cell}": pa.array(values.astype(float)) for cell, values in enumerate(self.values)}
        self.table = pa.table({"record": [f"{record:09}" for record in range(self.values.shape[1])]} | floats)

    def localise(self, edits, rules, where=None):
        """What banff says of these records, by some of the rules."""
        table = self.table.select(["record", *(f"c{cell}" for cell in edits.cells(rules))])
        return banff.errorloc(
            unit_id="record",
            edits=edits.banff(rules),
            indata=table if where is None else table.filter(pa.array(where)),
            outstatus="pyarrow",
            outreject="pyarrow",
            time_per_obs=LIMIT,
            seed=1,
            presort=False,
            no_by_stats=True,
            trace=False,
            capture=False,
        )

    def at_once(self, edits):
        """All rules in one call."""
        return [self.localise(edits, range(len(edits.rows)))]

    def by_group(self, edits):
        """A call for each group of rules, with the records of which one of them fails."""
        for rules in edits.groups():
            yield self.localise(edits, rules, edits.fail(self.values, rules).any(axis=0))


def answer(found, records):
    """How many cells are to be changed in each record; −1 where it was given up."""
    cells = np.zeros(records, int)
    for part in found:
        np.add.at(cells, part.outstatus["record"].to_numpy().astype(int), 1)
    for part in found:
        cells[part.outreject["record"].to_numpy().astype(int)] = -1
    return {"cells": cells.tolist()}


def main(folder, number):
    form = json.loads(sys.stdin.readline())
    edits, sets = Edits(form["cells"], form["rules"]), {}
    print(json.dumps({"version": importlib.metadata.version("banff"), "limit": LIMIT}), file=answers, flush=True)
    for command in sys.stdin:
        name, way = command.split()
        if name not in sets:
            sets[name] = Records(pathlib.Path(folder) / name, form["cells"], int(number))
        found, spent = timed(lambda records: list(getattr(records, way)(edits)), sets[name])
        print(json.dumps(answer(found, sets[name].values.shape[1]) | spent), file=answers, flush=True)


main(*sys.argv[1:])
