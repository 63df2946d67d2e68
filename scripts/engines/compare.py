"""usage: compare.py ENGINE FOLDER...

Holds FOLDER/ENGINE/counts.csv and failures.csv against FOLDER/counts.csv and failures.csv, row by row, and says how many
disagree. Residuals are compared as numbers: an engine writes 1.5000 for 1.5.
"""

import sys
from decimal import Context
from pathlib import Path

# Nothing is rounded: longer than any residual.
EXACT = Context(prec=100)


def rows(path):
    with open(path) as file:
        for line in file:
            record, rule, residual = line.rstrip("\n").split(",")
            if "." in residual or "E" in residual:
                residual = f"{EXACT.normalize(EXACT.create_decimal(residual)):f}"
            yield record, rule, residual


engine, total = sys.argv[1], 0
for folder in map(Path, sys.argv[2:]):
    said = (folder / engine / "counts.csv").read_text().splitlines()
    meant = (folder / "counts.csv").read_text().splitlines()
    wrong = sum(a != b for a, b in zip(said, meant)) + abs(len(said) - len(meant))
    missing = set(rows(folder / "failures.csv"))
    failures, spurious, example = len(missing), 0, None
    for row in rows(folder / engine / "failures.csv"):
        if row in missing:
            missing.remove(row)
        else:
            spurious, example = spurious + 1, row
    wrong += len(missing) + spurious
    if example or missing:
        print(f"  for example: {engine} says {example}, xxgk {next(iter(missing), None)}")
    records = sum(1 for _ in open(folder / "records.csv")) - 1
    print(f"{engine}, {folder.parent.name}/{folder.name}: {records} records, {len(meant)} rules, {failures} failures,", end=" ")
    print(f"{wrong} disagreements")
    total += wrong
print(f"{engine}: {total} disagreements")
sys.exit(total > 0)
