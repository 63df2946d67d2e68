//! The findings that are no rule of a form: what about a document, or a value, keeps it from being read as the form (S),
//! what is wrong with a stated percentage (P), what the text says otherwise than the table (N), what differs between levels (U), and what is odd beside the year before (Y9).

use crate::rule::Severity;

/// One kind of finding that is no rule of a form.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FindingKind {
    /// The id, such as `S008`. Ids are permanent.
    pub id: &'static str,
    /// What it is called, in Chinese and in English.
    pub title: [&'static str; 2],
    /// What it means, and what becomes of the cell.
    pub meaning: [&'static str; 2],
    /// How much it weighs; where that depends, the meaning says on what.
    pub severity: Severity,
}

macro_rules! kinds {
    ($($name:ident = $id:literal, $severity:ident, $zh:literal, $en:literal, $zh_meaning:literal, $en_meaning:literal;)*) => {
        $(pub(crate) const $name: &str = $id;)*

        /// Every such kind.
        pub const FINDING_KINDS: &[FindingKind] = &[$(FindingKind {
            id: $id,
            title: [$zh, $en],
            meaning: [$zh_meaning, $en_meaning],
            severity: Severity::$severity,
        },)*];
    };
}

kinds! {
    NO_ROW = "S001", Soft, "缺少行", "no such row",
        "表中没有该指标的行,单元格按缺失处理。个别行缺失可能是较早的或地方的表式,属核实性;所在的部分整个缺失说明表不完整,属强制性。",
        "The document has no row for the indicator; the cell is missing. Soft for a single row, which an older or local form may lack; hard where the whole part that it belongs to is absent: the table is cut.";
    NOT_A_NUMBER = "S002", Hard, "不是数", "not a number",
        "单元格的内容不是数,按缺失处理。",
        "What stands in the cell is not a number; the cell is missing.";
    NEGATIVE = "S003", Hard, "负数", "negative",
        "件数和金额都不能为负,单元格按缺失处理。",
        "Neither a count nor an amount can be negative; the cell is missing.";
    FRACTION = "S004", Hard, "件数有小数", "a count with decimals",
        "件数必须是整数,单元格按缺失处理。",
        "A count is a whole number; the cell is missing.";
    OTHER_UNIT = "S005", Soft, "单位与表式不同", "another unit",
        "单位与表式不同。量词不同(如条、件)属核实性,数值保留;不是同类的量(如金额行写成件)属强制性,单元格按缺失处理。",
        "The unit is not the form's. Soft for another measure word (条 for 件): the value stands. Hard where it measures something else (件 in a row of money): the cell is missing.";
    CONTRADICTION = "S006", Hard, "同一指标两个值", "two values",
        "同一指标出现多次而数值不同。不在其中任选一个,单元格按缺失处理。",
        "An indicator stands more than once, with different values. Neither is chosen; the cell is missing.";
    UNKNOWN_ROW = "S007", Soft, "表式之外的行", "an unknown row",
        "表中有表式没有的行,未参加审核。",
        "The document has a row that the form does not have; it takes no part in the check.";
    BLANK = "S008", Soft, "空白", "blank",
        "单元格空白,或只写了-、—、/、无。空白不等于0,单元格按缺失处理。",
        "Nothing is written, or only a sign for nothing (-, —, /, 无). A blank is not a zero; the cell is missing.";
    CONVERTED = "S009", Soft, "换算了单位", "converted",
        "数值是用另一种单位写的,已精确换算成表式的单位。",
        "The value was written in another unit, and converted exactly to the form's.";
    APPROXIMATE = "S010", Soft, "约数", "approximate",
        "写的是约数(约、近、余),不能用来核对,单元格按缺失处理。",
        "The value is approximate (约, 近, 余), which nothing can be checked against; the cell is missing.";
    OUT_OF_RANGE = "S011", Hard, "超出范围", "out of range",
        "数值超出可表示的范围:件数不超过18446744073709551615,金额不超过10^15万元、最多八位小数。单元格按缺失处理。",
        "The value is out of range: counts reach 18446744073709551615, amounts 10^15 万元 with at most eight decimals. The cell is missing.";
    OTHER_SPELLING = "S012", Soft, "指标名称与表式不同", "another spelling",
        "指标名称有错别字或是简写,只可能是表式中的某一行:与其他各行都不相近,位置、序号和单位也都相符。按该行审核。",
        "The label is misspelt or shortened, and can mean one row only: it is near to no other, and its place, its number and its unit agree. It is taken for that row.";
    SEVERAL_COLUMNS = "S013", Soft, "有多个数值列", "several value columns",
        "表中有多个数值列,只审核其中一列;可以指定是哪一列。各列分属不同年份的,每年各按一张表审核,不在此列。",
        "The table has several columns of values, of which one is checked; the caller may name it. Columns of different years are none of this: each is checked as a table of its own.";
    NOTE_MARK = "S014", Soft, "数值带注号", "a note mark",
        "数值后面带有注号（如上标、①、*），注号不是数值的一部分，按去掉注号后的数审核。",
        "A mark of a note (raised, ①, *) stands behind the value; it is no part of it, and the value is checked without it.";
    LEFT_OUT = "S015", Soft, "有删除或隐藏的文字", "struck or hidden text",
        "单元格里有划掉的或者不显示的文字，不作为单元格的内容。",
        "The cell has text that is struck out or not shown; it is no part of what the cell says.";
    UNCALCULATED = "S016", Soft, "公式未计算", "formulas not calculated",
        "单元格是公式，文件里没有算出的结果，按空白处理。用电子表格软件打开、保存后再审核。",
        "The cells hold formulas that no program has calculated; they are blank. Open and save the file in a spreadsheet program first.";
    BROKEN = "S017", Soft, "有损坏的字节", "broken bytes",
        "文件里有不能解码的字节；在表格单元格里的，该单元格不予采信。",
        "The file has bytes that cannot be decoded; a cell of the table that holds some is not read.";
    EMPTY = "S018", Soft, "表没有填写", "the table is not filled in",
        "表中各行都在，但一个数也没有填。",
        "The table has its rows, and not one number in them.";
    HIDDEN = "S019", Soft, "隐藏的表", "a hidden table",
        "文件里有隐藏的工作表或表格。有可见的表时只审核可见的；没有时审核隐藏的，并予说明。",
        "The file has a hidden sheet or table. Where there is a visible one, only that is checked; otherwise the hidden one is, and it is said.";
    NO_TABLE = "S020", Hard, "没有统计表", "no table",
        "文中没有找到统计表。",
        "No table of the form was found in the text.";
    AMBIGUOUS = "S021", Hard, "无法辨认各行", "rows cannot be told apart",
        "列标题不是表式的写法，转换时丢失了单元格，或者同名的行失去了上下文，无法确定各数值属于哪一行哪一列。这一部分（或者整张表）不予采信，不作猜测；其余部分照常审核。",
        "A heading is none of the form's, cells were lost, or rows of the same label have lost their context, so that it is not known which value belongs where. That part of the report, or all of it, is refused rather than guessed at; the rest is checked.";
    NOT_READ = "S022", Hard, "文件不能读取", "not a document",
        "文件打不开,或者其格式、编码不能读取;原因写在提示里。",
        "The file cannot be opened, or its format or encoding cannot be read; the message says why.";
    WRONG_PERCENTAGE = "P001", Hard, "百分比不对", "wrong percentage",
        "写明的百分比与由件数算出的不同,相差超过末位1个单位。正文中的百分比属核实性。",
        "The percentage that is stated does not follow from its counts, by more than one unit in the last place. Soft in a sentence.";
    LAST_PLACE = "P002", Soft, "百分比末位差1", "last place",
        "写明的百分比与四舍五入的结果相差末位1个单位,可能是截断,或为使合计等于100%而调整。",
        "The percentage that is stated is one unit in the last place from the rounded one: it may have been cut off, or nudged so that the shares total 100 %.";
    NO_BASE = "P003", Soft, "百分比没有基数", "no base",
        "基数为0,写明的百分比无从计算。",
        "The base is 0, so that no percentage follows from it.";
    CONTRADICTED = "N001", Hard, "正文与表不一致", "text against table",
        "正文中说的数与表中的不同。只比较能够确定所指指标的说法;部门、区县或者部分月份的数,约数,都不比较。没有写明是全部(如共、全市、本机关)而报告中还提到其他单位的,以及用简称的,属核实性。",
        "A number in the text is not that of the table. Only what is certain to be about a row is compared; numbers of a department, a district or a part of the year are not, nor approximate ones. Soft where the sentence does not say that it is of the whole body and the report names others too, or where the row has a short name only.";
    LIST_SUM = "N002", Soft, "“其中”所列不等于总数", "a list that does not sum",
        "“其中”所列各项列出了表式的全部分项,或者写明“分别为”“分为”,合计应等于它前面的总数。",
        "A list behind 其中 that names all parts of the form, or says that it does (分别为, 分为), sums to the number before it.";
    ROLLUP = "U001", Hard, "汇总不等", "not the sum",
        "上级的数不等于各下级之和。只核对可以相加的指标;有下级缺数的,只在已有的和已经超过上级时判定。",
        "The figure of the level above is not the sum of those of its parts. Only indicators that add are compared; where a part has no figure, only a sum that is already too large is one.";
    MISSING_PART = "U002", Hard, "缺少下级", "a part is missing",
        "汇总清单中的下级没有报告,或者报告无法读取。",
        "A part of the roll-up has not reported, or its report cannot be read.";
    COPIED = "Y901", Soft, "与上年雷同", "a copied report",
        "不小于10的数中至少有5个、且至少一半与上年完全相同,可能误用了上年的报告。",
        "Of the figures from 10 up at least five, and at least half, are those of the year before: last year's report may have been left in place.";
    POWER_OF_TEN = "Y902", Soft, "与上年差10的若干次方", "a power of ten",
        "数字与上年相同(至少三位有效数字)而位数不同,或者金额约为上年的一万倍或万分之一,可能是小数点、位数或单位(元与万元)错了。",
        "The digits are those of the year before (three significant ones at least) with the point elsewhere, or an amount is about ten thousand times the other: the point, the digits or the unit (元 for 万元) may be wrong.";
    LARGE_CHANGE = "Y903", Soft, "变动过大", "a large change",
        "与上年之比超过全表各数变动倍数中位数的10倍,且两年中较大的数不小于100。中位数不受个别大变动的影响。",
        "The ratio to the year before is more than ten times the median ratio of the table, and the larger of the two figures is 100 at least. The median is not moved by single large changes.";
}
