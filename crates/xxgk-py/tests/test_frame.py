"""Frames: what the command finds in the same records, whatever made the frame."""

import json
import random
import subprocess
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xxgk

FORMS = ["nine-category", "national-2019", "national-2021"]


def keys(form):
    """The keys of a form, with those whose values have decimals."""
    def walk(cells, prefix=""):
        for name, value in cells.items():
            if isinstance(value, dict):
                yield from walk(value, f"{prefix}{name}.")
            else:
                yield prefix + name

    table, = xxgk.read(SAMPLES[form])
    frame = pl.DataFrame(table)
    amounts = set(frame.filter(pl.col("unit") == "万元")["key"])
    return list(walk(table.cells)), amounts


SAMPLES = {
    "nine-category": "tests/data/jilin-2017/cells-piped.txt",
    "national-2019": "crates/xxgk-read/tests/office/ods-n19-small-wrong.ods",
    "national-2021": "crates/xxgk-read/tests/office/docx-n21-upright-wrong.docx",
}


def records(form, count, seed=7):
    """Random records, with blanks and values that no cell can have, as texts."""
    chance = random.Random(seed)
    names, amounts = keys(form)

    def value(key):
        if chance.random() < 0.05:
            return None
        if chance.random() < 0.001:
            return chance.choice(["-1", "x", "1.5", "99999999999999999999999"])
        if key in amounts:
            return f"{chance.randrange(1000) / 100:.2f}"
        return str(chance.randrange(3))

    return pd.DataFrame([{"id": f"r{at}", **{key: value(key) for key in names}} for at in range(count)], dtype="object")


def found(findings):
    frame = pl.DataFrame(findings)
    rows = frame.select(pl.all().cast(pl.String)).with_columns(pl.col("residual").cast(pl.Float64).cast(pl.String))
    return sorted(rows.fill_null("").rows())


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("form", FORMS)
def test_the_findings_are_those_of_the_command(command, form, tmp_path):
    frame = records(form, 2000)
    frame.to_csv(tmp_path / "records.csv", index=False)
    batch = [command, "batch", tmp_path / "records.csv", "--form", form, "--key", "id"]
    subprocess.run([*batch, "--out", tmp_path / "found.jsonl"], capture_output=True, check=False)
    subprocess.run([*batch, "--counts", "--out", tmp_path / "counts.jsonl"], capture_output=True, check=False)
    here = xxgk.check_frame(pl.DataFrame(frame), form=form, key="id")
    assert here.records == 2000 and len(here) > 2000
    counts = ("rule", "passed", "failed", "undetermined")
    assert [[rule[key] for key in counts] for rule in here.summary] == [
        [rule[key] for key in counts] for rule in lines(tmp_path / "counts.jsonl") if rule["passed"] is not None
    ]

    def exact(row):
        residual = row["residual"]
        return row["record"], row["rule"], residual and str(Decimal(residual).normalize()), row["indicator"]

    mine = pl.DataFrame(here).cast(pl.String).to_dicts()
    assert list(map(exact, mine)) == list(map(exact, lines(tmp_path / "found.jsonl")))


def test_every_library_gives_the_same():
    frame = records("nine-category", 500)
    as_polars = pl.DataFrame(frame)
    frames = [frame, as_polars, pa.Table.from_pandas(frame), as_polars.to_arrow().to_reader(max_chunksize=77)]
    first, *others = [found(xxgk.check_frame(frame, form="nine-category", key="id")) for frame in frames]
    assert first and all(other == first for other in others)


def test_a_frame_of_several_chunks_counts_on():
    """A frame is checked in pieces; records are numbered over all of them."""
    frame = pl.DataFrame(records("nine-category", 300))
    once = xxgk.check_frame(frame, form="nine-category")
    many = xxgk.check_frame(pl.concat([frame] * 300), form="nine-category")
    assert many.records == 90_000 and len(many) == 300 * len(once)
    assert pl.DataFrame(many)["record"].max() > 65_536
    assert pl.DataFrame(many)["record"].is_sorted()


def test_severities_are_those_of_the_summary():
    found = xxgk.check_frame(pl.DataFrame(records("nine-category", 500)), form="nine-category")
    severity = {rule["rule"]: rule["severity"] for rule in found.summary}
    frame = pl.DataFrame(found)
    assert {"hard", "soft"} == set(frame["severity"].cast(pl.String))
    for rule, told in frame.select("rule", "severity").cast(pl.String).unique().rows():
        assert told == severity.get(rule, "hard")


def test_the_form_is_told_by_the_columns():
    for form in FORMS:
        assert xxgk.check_frame(pl.DataFrame(records(form, 10))).form == form


def test_numbers_of_every_kind_are_exact():
    frame = pl.DataFrame(records("nine-category", 200).drop(columns="id"))
    whole = frame.with_columns(pl.all().cast(pl.Float64, strict=False))
    counts = frame.with_columns(pl.all().cast(pl.Decimal(38, 6), strict=False))
    of_floats, of_decimals = [pl.DataFrame(xxgk.check_frame(it, form="nine-category")) for it in (whole, counts)]
    fails = pl.col("rule").cast(pl.String).str.starts_with("R")
    assert of_floats.filter(fails).equals(of_decimals.filter(fails))


def test_what_is_no_frame_of_a_form_is_refused():
    with pytest.raises(xxgk.XxgkError, match="列"):
        xxgk.check_frame(pl.DataFrame({"a": [1]}))
    with pytest.raises(xxgk.XxgkError, match="no such|nothing"):
        xxgk.check_frame(pl.DataFrame(records("nine-category", 3)), key="nothing", lang="en")
    with pytest.raises((TypeError, ValueError)):
        xxgk.check_frame([1, 2, 3])
