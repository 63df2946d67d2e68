"""Checks the open-government statistics (政府信息公开情况统计表) that Chinese agencies publish: in documents, and in data frames.

>>> import xxgk
>>> text = "政府信息公开情况统计表(2017年度)\\n(一)收到申请数;件;27\\n1.当面申请数;件;26\\n2.传真申请数;件;0\\n3.网络申请数;件;0\\n4.信函申请数;件;0"
>>> report, = xxgk.check(text.encode(), lang="en")
>>> report.verdict
'inconsistent'
>>> [finding["rule"] for finding in report.findings if finding["rule"] == "R301"]
['R301']
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from ._xxgk import Findings, Forms, Table, XxgkError
from ._xxgk import Report as _Report
from ._xxgk import check_frame as _check_frame
from ._xxgk import read as _read

__all__ = ["Findings", "Report", "Table", "XxgkError", "check", "check_frame", "impute", "read", "repair"]


#: A path, the bytes of a file, or a file that is open for reading bytes.
Source: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO"
#: The path of a TOML file.
File: TypeAlias = "str | os.PathLike[str]"


class Report:
    """What was found of one table. As text it is what would be sent to the agency; in a notebook it is the page of the command."""

    def __init__(self, report: _Report, table: Table):
        self._report = report
        self._dict = report.to_dict()
        #: The table as it was read.
        self.table = table

    @property
    def verdict(self) -> str:
        """consistent, query, incomplete, inconsistent or unreadable."""
        return self._dict["verdict"]

    @property
    def findings(self) -> list[dict]:
        """What was found, as docs/schema/report.schema.json has it: rule, severity, outcome, message, cells with their places …"""
        return self._dict["findings"]

    @property
    def corrections(self) -> list[dict]:
        """The smallest corrections, the likely one first."""
        return self._dict["corrections"]

    def to_dict(self) -> dict:
        """All of it, as the command's JSON."""
        return self._report.to_dict()

    def to_html(self) -> str:
        """A page that needs nothing beside it, to be saved or printed."""
        return self._report.to_html()

    def repair(self, *, unique: bool = False) -> dict | None:
        """The corrections that leave no choice, applied: ``cells``, and ``changes`` (key, from, to). With ``unique``, also those
        of which only the cells are known to be wrong: they become None. None where no table could be read."""
        return self._report.repair(unique)

    def _repr_html_(self) -> str:
        return self._report._repr_html_()

    def __str__(self) -> str:
        return str(self._report)

    def __repr__(self) -> str:
        return f"<xxgk.Report {self.verdict}, findings={len(self.findings)}>"


def _opened(source: Source) -> tuple[str, bytes]:
    """The name and the bytes of a source."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return "", bytes(source)
    if hasattr(source, "read"):
        data = source.read()
        if not isinstance(data, bytes):
            raise TypeError("the file must be open for reading bytes")
        return str(getattr(source, "name", "")), data
    path = Path(os.fspath(source))
    return str(path), path.read_bytes()


def _forms(form: File | None, rules: File | Iterable[File], lang: str) -> Forms:
    texts = []
    own = form is not None and (isinstance(form, os.PathLike) or Path(form).suffix == ".toml")
    if isinstance(rules, (str, os.PathLike)):
        rules = [rules]
    for path in ([form] if own else []) + list(rules):
        texts.append((str(path), Path(path).read_text(encoding="utf-8")))
    return Forms(lang, None if own else form, own, texts)


def read(
    source: Source,
    *,
    form: File | None = None,
    rules: File | Iterable[File] = (),
    lang: str = "zh",
    carried_in: int = 0,
    carried_out: int = 0,
) -> list[Table]:
    """Reads the tables of a document: one at least, whose ``cells`` are None where none can be read.

    ``source`` is in any format that ``xxgk formats`` names. ``form`` is the
    id of a built-in form or the path of a form's TOML file; ``rules`` are paths of files with more rules. ``carried_in`` and
    ``carried_out`` are requests carried over, for a form that has no row for them."""
    name, data = _opened(source)
    return _read(name, data, _forms(form, rules, lang), carried_in, carried_out)


def check(
    source: Source,
    *,
    previous: Source | None = None,
    form: File | None = None,
    rules: File | Iterable[File] = (),
    lang: str = "zh",
    carried_in: int = 0,
    carried_out: int = 0,
) -> list[Report]:
    """Checks the tables of a document, each beside that of the year before where ``previous`` is given; for the others see
    :func:`read`. One that cannot be read is a report too, and its finding says why. Raises :class:`XxgkError` where ``previous``
    is not the report of the year before."""
    tables = read(source, form=form, rules=rules, lang=lang, carried_in=carried_in, carried_out=carried_out)
    before = None if previous is None else _opened(previous)
    return [Report(table.check(before), table) for table in tables]


def repair(source: Source, *, unique: bool = False, **options: Any) -> list[dict | None]:
    """The tables of a document with the corrections that leave no choice: see :meth:`Report.repair`."""
    return [report.repair(unique=unique) for report in check(source, **options)]


def impute(source: Source, **options: Any) -> list[dict | None]:
    """The tables of a document with those blank cells filled in that the rules leave one value: ``cells``, ``filled`` (key, value,
    the rules, from which cells) and ``open`` (key, min, max)."""
    return [table.impute() for table in read(source, **options)]


def check_frame(
    frame: Any,
    *,
    form: File | None = None,
    rules: File | Iterable[File] = (),
    columns: Mapping[str, str] | None = None,
    key: str | None = None,
    blanks: Iterable[str] = (),
    lang: str = "zh",
) -> Findings:
    """Checks a frame, a record a row: of polars, pandas, pyarrow, or whatever has the Arrow C stream interface; nothing is copied.

    The column of an indicator is found by its key, code or label; ``columns`` maps one of these to the name of a column that is
    called otherwise. ``key`` is the column that names the records, ``blanks`` are texts that stand for a blank. The answer is a frame
    too (``polars.DataFrame(found)``, ``pyarrow.table(found)``): record, rule, severity, residual, indicator; its ``summary`` says
    what became of each rule. Raises :class:`XxgkError` where the columns are of no form, or a column holds no numbers."""
    return _check_frame(frame, _forms(form, rules, lang), dict(columns or {}), key, list(blanks))
