"""usage: spark.py make FOLDER | compare FOLDER OUT COMMAND

What scripts/wheel spark needs: 200 documents, and whether Spark found in them what the command finds.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

ROOT = Path(__file__).parents[3]
COUNT = 200


def make(folder):
    samples = sorted((ROOT / "crates/xxgk-read/tests/office").iterdir())
    samples += sorted(ROOT.glob("tests/data/jilin-2017/*.txt"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for at in range(COUNT):
        sample = samples[at % len(samples)]
        shutil.copy(sample, folder / f"报告 {at:03}{sample.suffix}")


def compare(folder, out, command):
    import pyarrow.parquet as parquet

    done = subprocess.run([command, "check", "--format", "jsonl", "--verbose", folder], capture_output=True, check=False)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    here = [json.loads(report) for report in parquet.read_table(out)["report"].to_pylist()]
    for report in here:
        report["source"] = Path(unquote(urlparse(report["source"]).path)).name
    for report in told:
        report["source"] = Path(report["source"]).name

    def order(report):
        return report["source"], report.get("table") or 0

    assert len({report["source"] for report in told}) == COUNT
    assert sorted(here, key=order) == sorted(told, key=order)
    print(f"spark: {len(here)} reports of {COUNT} documents, those of the command")


if __name__ == "__main__":
    task, folder, *rest = sys.argv[1:]
    {"make": make, "compare": compare}[task](Path(folder), *rest)
