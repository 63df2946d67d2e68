"""The three forms as they are printed, with real and invented figures: what the makers of files write, and what must be read of them.

A report is a title, paragraphs and tables; a table is a list of cells (row, column, rows, columns, text, key), where `key` names the
figure that a cell holds. The figures of 2021 and of the nine categories are those of tests/data, published by the city of 宿迁 and by
吉林市住房公积金管理中心; those of 2019, and every sentence, are this project's own.
"""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS = ["natural_person", "business", "research_institution", "public_welfare", "legal_services", "other", "total"]
RESULTS = ["upheld", "corrected", "other", "pending", "total"]
RESULT_LABELS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def flat(figures, path=""):
    """The leaves of nested figures, in order: key, number."""
    if not isinstance(figures, dict):
        return {path: str(figures)}
    out = {}
    for key, value in figures.items():
        out |= flat(value, f"{path}.{key}" if path else key)
    return out


def sample(name):
    return flat(json.loads((ROOT / "tests/data" / name / "figures.json").read_text()))


def invented_2019():
    """Figures of the form of 2019 that agree: one applicant column but one is filled, and the totals follow."""
    rows = {
        "received": (41, 6), "carried_in": (3, 1),
        "outcomes.granted": (17, 4), "outcomes.partly_granted": (5, 0),
        "outcomes.refused.state_secret": (0, 0), "outcomes.refused.prohibited_by_law": (2, 0),
        "outcomes.refused.security_and_stability": (0, 0), "outcomes.refused.third_party_rights": (1, 1),
        "outcomes.refused.internal_affairs": (0, 0), "outcomes.refused.process_information": (0, 0),
        "outcomes.refused.enforcement_files": (1, 0), "outcomes.refused.administrative_queries": (0, 0),
        "outcomes.unavailable.not_held": (9, 1), "outcomes.unavailable.to_be_created": (0, 0),
        "outcomes.unavailable.still_unclear": (1, 0),
        "outcomes.not_processed.complaints": (2, 0), "outcomes.not_processed.repeated": (0, 0),
        "outcomes.not_processed.publications": (0, 0), "outcomes.not_processed.excessive": (0, 0),
        "outcomes.not_processed.reissue": (0, 0), "outcomes.other": (2, 0),
        "outcomes.total": (40, 6), "carried_out": (4, 1),
    }  # fmt: skip
    out = {
        "disclosure.rules.newly_made": "2", "disclosure.rules.newly_published": "2", "disclosure.rules.published": "14",
        "disclosure.normative_documents.newly_made": "31", "disclosure.normative_documents.newly_published": "30",
        "disclosure.normative_documents.published": "412",
        "disclosure.licences.last_year": "218", "disclosure.licences.change": "-12", "disclosure.licences.decisions": "30457",
        "disclosure.other_services.last_year": "96", "disclosure.other_services.change": "7", "disclosure.other_services.decisions": "8811",
        "disclosure.penalties.last_year": "305", "disclosure.penalties.change": "0", "disclosure.penalties.decisions": "1764",
        "disclosure.coercive_measures.last_year": "44", "disclosure.coercive_measures.change": "-1",
        "disclosure.coercive_measures.decisions": "52",
        "disclosure.fees.last_year": "19", "disclosure.fees.change": "0",
        "disclosure.procurement.projects": "127", "disclosure.procurement.amount": "9038.5",
    }  # fmt: skip
    for row, (persons, firms) in rows.items():
        for column, value in zip(COLUMNS, (persons, firms, 0, 0, 0, 0, persons + firms)):
            out[f"requests.{row}.{column}"] = str(value)
    for row, values in (("reconsideration", (3, 1, 0, 1)), ("litigation.direct", (1, 0, 0, 0)), ("litigation.after_reconsideration", (0,) * 4)):
        for column, value in zip(RESULTS, (*values, sum(values))):
            out[f"disputes.{row}.{column}"] = str(value)
    return out


class Table:
    def __init__(self):
        self.cells = []

    def put(self, row, column, rows, columns, text, key=None):
        self.cells.append((row, column, rows, columns, text, key))

    @property
    def size(self):
        return max(r + h for r, _, h, *_ in self.cells), max(c + w for _, c, _, w, *_ in self.cells)


def nine(figures):
    """The rows as they stand in a text of tests/data: label, unit, value."""
    table, keys = Table(), iter(figures)
    lines = (ROOT / "tests/data/jilin-2017/markdown.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|") and "---" not in line]
    for at, (label, unit, value) in enumerate(rows):
        heading = at == 0 or not value
        table.put(at, 0, 1, 1, label)
        table.put(at, 1, 1, 1, unit)
        key = None if heading else next(keys)
        table.put(at, 2, 1, 1, value if heading else figures[key], key)
    return [("", table)]


def items(figures, groups):
    """Table 2: the items of article 20, each with its own columns."""
    table, at = Table(), 0
    for article, columns, rows in groups:
        table.put(at, 0, 1, 7, article)
        span = 6 // len(columns)
        table.put(at + 1, 0, 1, 1, "信息内容")
        for index, (_, label) in enumerate(columns):
            table.put(at + 1, 1 + index * span, 1, span, label)
        at += 2
        for row, label in rows:
            table.put(at, 0, 1, 1, label)
            for index, (column, _) in enumerate(columns):
                key = f"disclosure.{row}.{column}"
                table.put(at, 1 + index * span, 1, span, figures[key], key)
            at += 1
    return table


REFUSED = [
    ("state_secret", "1.属于国家秘密"), ("prohibited_by_law", "2.其他法律行政法规禁止公开"), ("security_and_stability", "3.危及“三安全一稳定”"),
    ("third_party_rights", "4.保护第三方合法权益"), ("internal_affairs", "5.属于三类内部事务信息"), ("process_information", "6.属于四类过程性信息"),
    ("enforcement_files", "7.属于行政执法案卷"), ("administrative_queries", "8.属于行政查询事项"),
]  # fmt: skip
UNAVAILABLE = [("not_held", "1.本机关不掌握相关政府信息"), ("to_be_created", "2.没有现成信息需要另行制作"), ("still_unclear", "3.补正后申请内容仍不明确")]
NOT_PROCESSED = [
    ("complaints", "1.信访举报投诉类申请"), ("repeated", "2.重复申请"), ("publications", "3.要求提供公开出版物"),
    ("excessive", "4.无正当理由大量反复申请"), ("reissue", "5.要求行政机关确认或重新出具已获取信息"),
]  # fmt: skip
OTHER = [
    ("not_amended", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("not_paid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"), ("other", "3.其他"),
]  # fmt: skip


def requests(figures, other):
    """Table 3: three columns of labels, seven of values. `other` are the rows below 其他处理, or None where it is one row."""
    table = Table()
    table.put(0, 0, 3, 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")
    table.put(0, 3, 1, 7, "申请人情况")
    table.put(1, 3, 2, 1, "自然人")
    table.put(1, 4, 1, 5, "法人或其他组织")
    for index, label in enumerate(["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]):
        table.put(2, 4 + index, 1, 1, label)
    table.put(1, 9, 2, 1, "总计")

    def values(at, row):
        for index, column in enumerate(COLUMNS):
            key = f"requests.{row}.{column}"
            table.put(at, 3 + index, 1, 1, figures[key], key)

    at = 3
    for row, label in (("received", "一、本年新收政府信息公开申请数量"), ("carried_in", "二、上年结转政府信息公开申请数量")):
        table.put(at, 0, 1, 3, label)
        values(at, row)
        at += 1
    first = at
    groups = [
        ("granted", "（一）予以公开", None), ("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", None),
        ("refused", "（三）不予公开", REFUSED), ("unavailable", "（四）无法提供", UNAVAILABLE), ("not_processed", "（五）不予处理", NOT_PROCESSED),
        ("other", "（六）其他处理", other), ("total", "（七）总计", None),
    ]  # fmt: skip
    for key, label, below in groups:
        if below is None:
            table.put(at, 1, 1, 2, label)
            values(at, f"outcomes.{key}")
            at += 1
            continue
        table.put(at, 1, len(below), 1, label)
        for leaf, name in below:
            table.put(at, 2, 1, 1, name)
            values(at, f"outcomes.{key}.{leaf}")
            at += 1
    table.put(first, 0, at - first, 1, "三、本年度办理结果")
    table.put(at, 0, 1, 3, "四、结转下年度继续办理")
    values(at, "carried_out")
    return table


def disputes(figures):
    """Table 4: one row of fifteen values."""
    table = Table()
    table.put(0, 0, 1, 5, "行政复议")
    table.put(0, 5, 1, 10, "行政诉讼")
    table.put(1, 5, 1, 5, "未经复议直接起诉")
    table.put(1, 10, 1, 5, "复议后起诉")
    for part, row in enumerate(("reconsideration", "litigation.direct", "litigation.after_reconsideration")):
        for index, (column, label) in enumerate(zip(RESULTS, RESULT_LABELS)):
            top = 1 if part == 0 else 2
            table.put(top, 5 * part + index, 3 - top, 1, label)
            key = f"disputes.{row}.{column}"
            table.put(3, 5 * part + index, 1, 1, figures[key], key)
    return table


def national_2021(figures):
    documents = [("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")]
    groups = [
        ("第二十条第（一）项", documents, [("rules", "规章"), ("normative_documents", "行政规范性文件")]),
        ("第二十条第（五）项", [("decisions", "本年处理决定数量")], [("licences", "行政许可")]),
        ("第二十条第（六）项", [("decisions", "本年处理决定数量")], [("penalties", "行政处罚"), ("coercive_measures", "行政强制")]),
        ("第二十条第（八）项", [("collected", "本年收费金额（单位：万元）")], [("fees", "行政事业性收费")]),
    ]
    return [items(figures, groups), requests(figures, OTHER), disputes(figures)]


def national_2019(figures):
    documents = [("newly_made", "本年新制作数量"), ("newly_published", "本年新公开数量"), ("published", "对外公开总数量")]
    services = [("last_year", "上一年项目数量"), ("change", "本年增/减"), ("decisions", "处理决定数量")]
    groups = [
        ("第二十条第（一）项", documents, [("rules", "规章"), ("normative_documents", "规范性文件")]),
        ("第二十条第（五）项", services, [("licences", "行政许可"), ("other_services", "其他对外管理服务事项")]),
        ("第二十条第（六）项", services, [("penalties", "行政处罚"), ("coercive_measures", "行政强制")]),
        ("第二十条第（八）项", services[:2], [("fees", "行政事业性收费")]),
        ("第二十条第（九）项", [("projects", "采购项目数量"), ("amount", "采购总金额")], [("procurement", "政府集中采购")]),
    ]
    return [items(figures, groups), requests(figures, None), disputes(figures)]


def told(figures, year):
    """The parts of a national report: headings, sentences of our own with figures of the tables, and where the tables stand."""
    of = lambda row, column="total": figures[f"requests.{row}.{column}"]  # noqa: E731
    return {
        "first": ["一、总体情况", f"{year}年，本机关按照要求推进各项公开工作。全年新收政府信息公开申请{of('received')}件，上年结转{of('carried_in')}件，"
                  f"予以公开{of('outcomes.granted')}件，部分公开{of('outcomes.partly_granted')}件，结转下年度继续办理{of('carried_out')}件。"],
        "titles": ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"],
        "last": ["五、存在的主要问题及改进情况", f"申请人中自然人提出的有{of('received', 'natural_person')}件。下一步加强培训，提高答复质量。",
                 "六、其他需要报告的事项", "本年度没有收取信息处理费。"],
    }  # fmt: skip


def report(form, wrong):
    """A report of a form: its blocks in order, and the figures that stand in it. With one figure wrong where asked."""
    figures = {"n9": lambda: sample("jilin-2017"), "n21": lambda: sample("suqian-2023"), "n19": invented_2019}[form]()
    if wrong:
        # Each time the figure that a rule of its form makes certain.
        key, value = {
            "n9": ("requests.received.in_person", "21"),
            "n21": ("requests.outcomes.unavailable.not_held.natural_person", "986"),
            "n19": ("requests.outcomes.granted.natural_person", "11"),
        }[form]
        assert figures[key] != value
        figures[key] = value
    if form == "n9":
        (_, table), = nine(figures)
        blocks = ["某中心2017年政府信息公开工作年度报告", "本年度主动公开政府信息159条，收到申请27件，均按时办结。", "政府信息公开情况统计表", "（2017年度）", table]
        return blocks, figures
    year = {"n21": 2023, "n19": 2019}[form]
    right = {"n21": lambda: sample("suqian-2023"), "n19": invented_2019}[form]()
    tables = {"n21": national_2021, "n19": national_2019}[form](figures)
    parts = told(right, year)
    blocks = [f"某市{year}年政府信息公开工作年度报告", *parts["first"]]
    for title, table in zip(parts["titles"], tables):
        blocks += [title, table]
    return blocks + parts["last"], figures
