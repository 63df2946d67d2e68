"""Checks a folder of documents in Spark: usage: spark-submit --master spark://HOST:PORT spark_documents.py FOLDER OUT

FOLDER is read where the workers see it, in any format that xxgk reads; OUT gets Parquet: source, table, form, year, agency, verdict, and
the whole report as JSON (docs/schema/report.schema.json). Each worker has the wheel (scripts/wheel build) and pyarrow.
"""

import json
import sys

import pyarrow as pa
from pyspark.sql import SparkSession

SCHEMA = "source string, table int, form string, year int, agency string, verdict string, report string"
FIELDS = ["source", "table", "form", "year", "agency", "verdict"]
COLUMNS = pa.schema(
    [
        ("source", pa.string()),
        ("table", pa.int32()),
        ("form", pa.string()),
        ("year", pa.int32()),
        ("agency", pa.string()),
        ("verdict", pa.string()),
        ("report", pa.string()),
    ]
)


def checked(batches):
    """The reports of the documents of some batches."""
    import xxgk

    for batch in batches:
        rows = []
        for source, content in zip(batch["path"].to_pylist(), batch["content"].to_pylist()):
            for report in xxgk.check(content):
                told = {**report.to_dict(), "source": source}
                rows.append({**{field: told.get(field) for field in FIELDS}, "report": json.dumps(told, ensure_ascii=False)})
        yield pa.RecordBatch.from_pylist(rows, schema=COLUMNS)


if __name__ == "__main__":
    folder, out = sys.argv[1:]
    spark = SparkSession.builder.appName("xxgk").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    documents = spark.read.format("binaryFile").load(folder).select("path", "content")
    # Documents are small, and reading them is the work: as many parts as there are cores.
    documents = documents.repartition(spark.sparkContext.defaultParallelism)
    documents.mapInArrow(checked, SCHEMA).write.mode("overwrite").parquet(out)
    spark.stop()
