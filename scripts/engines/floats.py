"""usage: floats.py XXGK

Amounts as DuckDB and DataFusion infer them from a CSV file, which is as floats: what the statements say of them against `xxgk batch`, which
reads the same file as text. The amounts have at most fifteen digits, which a float holds for certain.
"""

import csv
import random
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import datafusion
import duckdb

XXGK, RECORDS, AMOUNT = sys.argv[1], 20_000, "fees"


def amount():
    digits = random.randrange(10 ** random.randint(1, 15))
    return format(Decimal(digits).scaleb(-random.randint(0, 12)), "f")


def xxgk(*args):
    return subprocess.run([XXGK, *args], capture_output=True, text=True).stdout


def row(record, rule, residual):
    return str(record), rule, None if residual in (None, "") else Decimal(str(residual)).normalize()


random.seed(7)
template = xxgk("batch", "--template", "--form", "nine-category").splitlines()
keys = [line.split('"')[1] for line in template if line.startswith('"')]
folder = Path(tempfile.mkdtemp())
with open(folder / "records.csv", "w") as file:
    writer = csv.writer(file)
    writer.writerow(["id", *keys])
    for record in range(RECORDS):
        writer.writerow([record, *(amount() if key == AMOUNT else 0 for key in keys)])
xxgk("batch", str(folder / "records.csv"), "--form", "nine-category", "--key", "id", "--out", str(folder / "out.csv"))
with open(folder / "out.csv") as file:
    found = [row(it["record"], it["rule"], it["residual"]) for it in csv.DictReader(file)]
expected = {it for it in found if not it[1].startswith("S")}
wrong = 0
for engine in ["duckdb", "datafusion"]:
    statement = xxgk("sql", "--dialect", engine, "--table", "records", "--key", "id").rstrip().rstrip(";")
    if engine == "duckdb":
        connection = duckdb.connect()
        connection.execute(f"CREATE TABLE records AS SELECT * FROM read_csv('{folder}/records.csv', types = {{'{AMOUNT}': 'DOUBLE'}})")
        rows = connection.execute(statement).fetchall()
    else:
        context = datafusion.SessionContext()
        context.register_csv("records", str(folder / "records.csv"))
        rows = [it.values() for batch in context.sql(statement).collect() for it in batch.to_pylist()]
    differ = expected ^ {row(*it) for it in rows}
    print(f"{engine}: {RECORDS} records with floats, {len(expected)} failures, {len(differ)} disagreements")
    wrong += len(differ)
sys.exit(wrong > 0)
