"""usage: in_datafusion.py FOLDER...

Runs FOLDER/datafusion/counts.sql and failures.sql, as `xxgk sql` printed them, over FOLDER/records.csv in DataFusion.
"""

import sys
import time
from pathlib import Path

import pyarrow
from columns import columns
from datafusion import SessionContext
from pyarrow import csv


def written(schema):
    """The schema with the texts as the writer takes them."""
    views = [field.with_type(pyarrow.string()) if field.type == pyarrow.string_view() else field for field in schema]
    return pyarrow.schema(views)


for folder in map(Path, sys.argv[1:]):
    context = SessionContext()
    context.sql(
        f"CREATE EXTERNAL TABLE csv ({columns(folder)}) STORED AS CSV LOCATION '{folder}/records.csv' "
        "OPTIONS ('format.has_header' 'true')"
    )
    context.sql("CREATE TABLE records AS SELECT * FROM csv").collect()
    for name in ["counts", "failures"]:
        statement = (folder / "datafusion" / f"{name}.sql").read_text()
        start = time.monotonic()
        batches = context.sql(statement).collect()
        without_header = csv.WriteOptions(include_header=False, quoting_style="none")
        with open(folder / "datafusion" / f"{name}.csv", "wb") as file:
            for batch in batches:
                table = pyarrow.table(batch)
                csv.write_csv(table.cast(written(table.schema)), file, without_header)
        print(f"  {folder.name} {name}: {time.monotonic() - start:.1f} s", flush=True)
