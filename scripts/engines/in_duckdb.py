"""usage: in_duckdb.py FOLDER...

Runs FOLDER/duckdb/counts.sql and failures.sql, as `xxgk sql` printed them, over FOLDER/records.csv in DuckDB.
"""

import sys
import time
from pathlib import Path

import duckdb
from columns import columns

for folder in map(Path, sys.argv[1:]):
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE records ({columns(folder)})")
    connection.execute(f"COPY records FROM '{folder}/records.csv' (HEADER, NULLSTR '')")
    for name in ["counts", "failures"]:
        statement = (folder / "duckdb" / f"{name}.sql").read_text()
        start = time.monotonic()
        connection.sql(statement).write_csv(str(folder / "duckdb" / f"{name}.csv"), header=False)
        print(f"  {folder.name} {name}: {time.monotonic() - start:.1f} s", flush=True)
