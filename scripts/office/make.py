"""Writes every form in every layout, right and with one figure wrong, by python-docx, openpyxl and reportlab, and as a page for a browser.

usage: make.py FOLDER
Makes FOLDER/docx, FOLDER/xlsx, FOLDER/html, FOLDER/reportlab (PDF), and FOLDER/figures.json: what stands in each, by its name.
"""

import html
import json
import pathlib
import sys

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl.styles import Alignment, Border, Side
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Drawn

from reports import Table, report

FORMS = ["n9", "n19", "n21"]
# Name: landscape, size of the type in points, least height of a row in centimetres, ruled.
LAYOUTS = {
    "upright": (False, 9, 0, True),
    "broad": (True, 10, 0, True),
    "small": (False, 6.5, 0, True),
    "pages": (True, 12, 1.3, True),
    "plain": (True, 8, 0, False),
}
FONT = "WenQuanYi Zen Hei"


def widths(table, across):
    """Widths of the columns: labels take more than figures."""
    columns = table.size[1]
    parts = {3: [6, 1, 1.5], 7: [3, 1, 1, 1, 1, 1, 1], 10: [1.2, 1.6, 3.4] + [1.1] * 7}.get(columns, [1] * columns)
    return [across * part / sum(parts) for part in parts]


def write_docx(path, blocks, broad, size, height, ruled):
    document = docx.Document()
    section = document.sections[0]
    short, long = Cm(21), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if broad else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if broad else (short, long)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(1.8))
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(2)
    across = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
    for block in blocks:
        if not isinstance(block, Table):
            document.add_paragraph(block)
            continue
        rows, columns = block.size
        table = document.add_table(rows, columns, "Table Grid" if ruled else None)
        table.autofit = False
        for index, width in enumerate(widths(block, across)):
            for cell in table.columns[index].cells:
                cell.width = Cm(width)
        grid = [row.cells for row in table.rows]
        for row, column, high, wide, text, _ in block.cells:
            cell = grid[row][column]
            if high * wide > 1:
                cell = cell.merge(grid[row + high - 1][column + wide - 1])
            cell.text = text
        if height:
            for row in table.rows:
                row.height = Cm(height)
        document.add_paragraph("")
    document.save(path)


def write_xlsx(path, blocks, broad, size, _height, ruled):
    book = openpyxl.Workbook()
    sheet, at = book.active, 1
    sheet.page_setup.orientation = "landscape" if broad else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    line = Side(style="thin")
    # A sheet shows of a text what its cell has room for: columns of so many points, and rows as high as their texts.
    wide_points = 80
    for column in range(1, 1 + max(block.size[1] for block in blocks if isinstance(block, Table))):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width = wide_points / 5.25
    for block in blocks:
        if not isinstance(block, Table):
            sheet.cell(at, 1, block)
            at += 1
            continue
        for row, column, high, wide, text, key in block.cells:
            cell = sheet.cell(at + row, 1 + column)
            cell.value = text if key is None else float(text) if "." in text else int(text)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.font = openpyxl.styles.Font(name=FONT, size=size)
            lines = -(-len(text) * size // (wide * wide_points - 12)) + 1
            if high == 1:
                dimension = sheet.row_dimensions[at + row]
                dimension.height = max(dimension.height or 0, lines * size * 1.4)
            if high * wide > 1:
                sheet.merge_cells(start_row=at + row, start_column=1 + column, end_row=at + row + high - 1, end_column=column + wide)
            if ruled:
                for r in range(high):
                    for c in range(wide):
                        sheet.cell(at + row + r, 1 + column + c).border = Border(left=line, right=line, top=line, bottom=line)
        at += block.size[0] + 1
    book.save(path)


def write_html(path, blocks, broad, size, height, ruled):
    out = [
        "<!DOCTYPE html><html lang=zh><meta charset=utf-8><title>信息公开年度报告</title><style>",
        f"@page {{ size: A4 {'landscape' if broad else 'portrait'}; margin: 18mm }} body {{ font: {size}pt '{FONT}' }}",
        f"table {{ border-collapse: collapse; width: 100% }} td {{ height: {height}cm; padding: 2pt;"
        f" border: {'0.5pt solid black' if ruled else 'none'} }}</style>",
    ]
    for block in blocks:
        if not isinstance(block, Table):
            out.append(f"<p>{html.escape(block)}</p>")
            continue
        out.append("<table>")
        for at in range(block.size[0]):
            out.append("<tr>")
            for row, _, high, wide, text, _ in sorted(block.cells, key=lambda it: it[:2]):
                if row == at:
                    out.append(f"<td rowspan={high} colspan={wide}>{html.escape(text)}</td>")
            out.append("</tr>")
        out.append("</table>")
    path.write_text("\n".join(out))


def write_reportlab(path, blocks, broad, size, _height, ruled):
    page = landscape(A4) if broad else A4
    document = SimpleDocTemplate(str(path), pagesize=page, leftMargin=50, rightMargin=50, topMargin=50, bottomMargin=50)
    style = ParagraphStyle("text", fontName="STSong-Light", fontSize=size, leading=size * 1.3, wordWrap="CJK")
    story = []
    for block in blocks:
        if not isinstance(block, Table):
            story += [Paragraph(html.escape(block), style), Spacer(0, 4)]
            continue
        rows, columns = block.size
        grid = [[""] * columns for _ in range(rows)]
        look = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        if ruled:
            look.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
        for row, column, high, wide, text, _ in block.cells:
            grid[row][column] = Paragraph(html.escape(text), style)
            look.append(("SPAN", (column, row), (column + wide - 1, row + high - 1)))
        story.append(Drawn(grid, colWidths=widths(block, document.width), style=look))
        story.append(Spacer(0, 8))
    document.build(story)


def main(folder):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    makers = {"docx": write_docx, "xlsx": write_xlsx, "html": write_html, "reportlab": write_reportlab}
    for name in makers:
        (folder / name).mkdir(parents=True, exist_ok=True)
    figures = {}
    for form in FORMS:
        for wrong in (False, True):
            blocks, figures_of = report(form, wrong)
            for layout, look in LAYOUTS.items():
                stem = f"{form}-{layout}-{'wrong' if wrong else 'right'}"
                figures[stem] = figures_of
                for name, write in makers.items():
                    # It cannot break a merged cell over two pages.
                    if name == "reportlab" and layout == "pages":
                        continue
                    write(folder / name / f"{stem}.{'pdf' if name == 'reportlab' else name}", blocks, *look)
    (folder / "figures.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1))


main(pathlib.Path(sys.argv[1]))
