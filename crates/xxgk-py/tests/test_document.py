"""Documents: what the command says, as Python's objects."""

import io
import json
import subprocess
import threading
from pathlib import Path

import jsonschema
import pytest
import xxgk

ROOT = Path(__file__).parents[3]
OFFICE = sorted((ROOT / "crates/xxgk-read/tests/office").glob("*.*"))


def commanded(command, *arguments):
    done = subprocess.run([command, *arguments], capture_output=True, check=False)
    return json.loads(done.stdout)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_that_of_the_command(command, lang, jilin):
    schema = json.loads((ROOT / "docs/schema/report.schema.json").read_text())
    for path in [jilin, *OFFICE]:
        told = commanded(command, "check", "--lang", lang, "--format", "json", "--verbose", path)
        reports = [report.to_dict() for report in xxgk.check(path, lang=lang)]
        assert reports == told, path
        for report in reports:
            jsonschema.validate(report, schema)


def test_the_table_is_that_of_the_command(command, wrong):
    table, = xxgk.read(wrong)
    told, = commanded(command, "extract", wrong)
    assert table.cells == told["cells"]
    assert (table.form, table.year) == (told["form"], told["year"])


def test_a_path_bytes_and_a_file_are_the_same(jilin):
    by_path = xxgk.check(str(jilin))[0].to_dict()
    with open(jilin, "rb") as file:
        by_file = xxgk.check(file)[0].to_dict()
    by_bytes = xxgk.check(jilin.read_bytes())[0].to_dict()
    assert by_path == by_file
    assert {**by_path, "source": ""} == by_bytes
    with pytest.raises(TypeError):
        xxgk.check(io.StringIO("text"))
    with pytest.raises(FileNotFoundError):
        xxgk.check("nothing.docx")


def test_what_cannot_be_read_is_a_report():
    report, = xxgk.check(b"\x89PNG\r\n\x1a\n")
    assert report.verdict == "unreadable"
    assert "图片" in report.findings[0]["message"]
    assert report.table.cells is None
    assert report.repair() is None and report.table.impute() is None


def year(year, count):
    rows = f"收到申请数;件;{count}\n当面申请数;件;{count}\n传真申请数;件;0\n网络申请数;件;0\n信函申请数;件;0"
    return f"政府信息公开情况统计表({year}年度)\n{rows}\n申请办结数;件;{count}\n按时办结数;件;{count}\n延期办结数;件;0".encode()


def test_beside_the_report_of_the_year_before():
    def rules(report):
        return {finding["rule"] for finding in report.findings}

    assert "Y902" not in rules(xxgk.check(year(2017, 12340))[0])
    assert "Y902" in rules(xxgk.check(year(2017, 12340), previous=year(2016, 1234))[0])
    with pytest.raises(xxgk.XxgkError, match="年度不相邻"):
        xxgk.check(year(2017, 12340), previous=year(2015, 1234))
    with pytest.raises(xxgk.XxgkError, match="图片"):
        xxgk.check(year(2017, 12340), previous=b"\x89PNG\r\n\x1a\n")


def test_what_was_carried_over(jilin):
    def hard(**carried):
        report, = xxgk.check(jilin, **carried)
        return sum(finding["severity"] == "hard" for finding in report.findings)

    assert hard() == 0 and hard(carried_in=5, carried_out=5) == 0
    assert hard(carried_in=5) > 0


def test_forms_and_rules_of_files(tmp_path, jilin):
    own = tmp_path / "own.toml"
    own.write_text(
        'extends = "nine-category"\n[[rule]]\nid = "H900"\nseverity = "hard"\n'
        'statement = "requests.received.total >= 1000"\nbasis = { zh = "测试", en = "a test" }\n'
    )
    report, = xxgk.check(jilin, rules=own)
    assert report.verdict == "inconsistent"
    assert "H900" in {finding["rule"] for finding in report.findings}
    assert xxgk.check(jilin, form=ROOT / "forms/nine-category.toml")[0].verdict == "query"
    own.write_text('extends = "nine-category"\n[[rule]]\nid = "H900"\nseverity = "hard"\nstatement = "no.such.key = 1"\n')
    with pytest.raises(xxgk.XxgkError, match="own.toml：第"):
        xxgk.check(jilin, rules=[own])
    for wrong in [{"form": "nothing"}, {"lang": "cn"}]:
        with pytest.raises(xxgk.XxgkError):
            xxgk.check(jilin, **wrong)


def test_repair(wrong):
    report, = xxgk.check(wrong)
    assert report.verdict == "inconsistent"
    mended, = xxgk.repair(wrong, unique=True)
    assert all(change["from"] != change["to"] for change in mended["changes"])
    assert report.corrections[0]["sets"]


def test_impute():
    text = (
        "政府信息公开情况统计表(2017年度)\n收到申请数;件;27\n当面申请数;件;26\n传真申请数;件;\n网络申请数;件;0\n信函申请数;件;0\n"
        "申请办结数;件;27\n按时办结数;件;27\n延期办结数;件;0"
    )
    imputed, = xxgk.impute(text.encode())
    filled = {filled["key"]: filled for filled in imputed["filled"]}
    fax = filled["requests.received.fax"]
    assert (fax["value"], fax["rules"]) == ("1", ["R301"])
    assert imputed["cells"]["requests"]["received"]["fax"] == 1
    assert all(open["key"] not in filled for open in imputed["open"])
    # Where nothing bounds a cell, no number stands for that.
    assert any(open["max"] is None for open in imputed["open"])
    assert not any(len(str(open["max"])) > 12 for open in imputed["open"])


def test_for_notebooks_and_messages(wrong):
    report, = xxgk.check(wrong)
    assert "986" in str(report) and "本机关不掌握相关政府信息" in str(report)
    page = report.to_html()
    assert page.startswith("<!DOCTYPE html>") and "有错误，须改正" in page
    shown = report._repr_html_()
    assert shown.startswith('<iframe sandbox srcdoc="<!DOCTYPE html>')
    # Nothing ends the attribute before its end.
    assert shown.count('"') == 4


def test_a_table_is_a_frame(wrong):
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    table, = xxgk.read(wrong)
    frame = pl.DataFrame(table)
    assert frame.columns == ["key", "code", "label", "unit", "value", "place"]
    assert frame.height == 200
    assert frame.filter(pl.col("value") == "986").height == 1
    assert pa.table(table).to_pandas().equals(pd.DataFrame(frame.to_dict(as_series=False)))


def test_other_threads_go_on(wrong):
    """The interpreter is not held while a document is read: two threads that must meet do."""
    meeting = threading.Barrier(2, timeout=60)

    def work():
        meeting.wait()
        assert xxgk.check(wrong)[0].verdict == "inconsistent"

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
