"""usage: spark-submit --master spark://HOST:PORT in_spark.py FOLDER...

Runs FOLDER/spark/counts.sql and failures.sql, as `xxgk sql` printed them, over FOLDER/records.csv in Spark. The folders are
where every worker sees them.
"""

import sys
import time
from pathlib import Path

from columns import columns
from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("xxgk").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
for folder in map(Path, sys.argv[1:]):
    records = spark.read.csv(str(folder / "records.csv"), schema=columns(folder, "`"), header=True)
    records.createOrReplaceTempView("records")
    for name in ["counts", "failures"]:
        statement = (folder / "spark" / f"{name}.sql").read_text()
        start = time.monotonic()
        rows = spark.sql(statement).collect()
        with open(folder / "spark" / f"{name}.csv", "w") as file:
            for row in rows:
                print(*("" if value is None else value for value in row), sep=",", file=file)
        print(f"  {folder.name} {name}: {time.monotonic() - start:.1f} s", flush=True)
spark.stop()
