"""Reads every file that was made, and holds what is read against what was written.

usage: compare.py XXGK FOLDER
The figures must be those of FOLDER/figures.json; the verdict, the findings with both sides and their cells, and what the sentences say,
those of the document of Word that the file was made from; the cells of a workbook hold no sentences. A table on a page that is drawn without
lines is read right or not at all: a refusal is no fault there.
"""

import collections
import json
import pathlib
import subprocess
import sys

PAGES = {"ofd", "pdf", "print", "reportlab", "sheet-pdf"}
WITHOUT_SENTENCES = {"xlsx", "xls", "ods", "sheet-pdf", "annotated-xlsx", "office-xlsx"}


def run(xxgk, command, folder):
    out = subprocess.run([xxgk, command, str(folder), "--format", "jsonl"], capture_output=True, text=True, check=False)
    found = collections.defaultdict(list)
    for line in out.stdout.splitlines():
        table = json.loads(line)
        found[pathlib.Path(table["source"]).stem].append(table)
    return found


def flat(cells, path=""):
    if not isinstance(cells, dict):
        return {path: str(cells)}
    out = {}
    for key, value in cells.items():
        out |= flat(value, f"{path}.{key}" if path else key)
    return out


def said(report, sentences):
    """What of a report does not depend on where things stand."""
    findings = [
        (it["rule"], it["severity"], it["outcome"], it.get("left"), it.get("right"), it["message"],
         [(cell.get("key"), cell.get("value")) for cell in it["cells"]])
        for it in report["findings"]
    ]  # fmt: skip
    return report["form"], report["year"], report["verdict"], findings, report.get("claims") if sentences else None


def main(xxgk, made):
    figures = json.loads((made / "figures.json").read_text())
    source = run(xxgk, "check", made / "docx")
    faults = []
    for folder in sorted(it for it in made.iterdir() if it.is_dir()):
        reports, tables = run(xxgk, "check", folder), run(xxgk, "extract", folder)
        sentences = folder.name not in WITHOUT_SENTENCES
        tally = collections.Counter()
        for path in sorted(folder.iterdir()):
            if path.is_dir() or path.stem not in figures:
                continue
            of, table = reports[path.stem], tables[path.stem]
            if len(of) == 1 and of[0]["verdict"] == "unreadable":
                tally["refused"] += 1
                # easyofd writes no lines at all.
                has_lines = "-plain-" not in path.stem and folder.name != "ofd"
                if has_lines or folder.name not in PAGES:
                    faults.append(f"{path}: refused: {[it['message'] for it in of[0]['findings']]}")
                continue
            read = len(table) == 1 and flat(table[0]["cells"]) == figures[path.stem]
            expected = source[path.stem][0]
            same = read and len(of) == 1 and said(of[0], sentences) == said(expected, sentences)
            tally["the same" if same else "other"] += 1
            if not same:
                faults.append(f"{path}: {'other findings' if read else 'other figures'}")
        print(f"{folder.name:12}", ", ".join(f"{count} {what}" for what, count in sorted(tally.items())))
    print(*faults, sep="\n")
    return bool(faults)


sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
