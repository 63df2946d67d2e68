//! S021: it is not known which value belongs to which row, and the table is refused.

use super::{Example, FindingKind};
use crate::lang::{Lang, Text};
use crate::place::Place;
use crate::rule::Severity;

pub(crate) const KIND: FindingKind = FindingKind {
    id: "S021",
    title: ["无法辨认各行", "rows cannot be told apart"],
    meaning: [
        "列标题不是表式的写法，转换时丢失了单元格，或者同名的行失去了上下文，无法确定各数值属于哪一行哪一列。这一部分（或者整张表）不予采信，不作猜测；其余部分照常审核。",
        "A heading is none of the form's, cells were lost, or rows of the same label have lost their context, so that it is not known which value belongs where. That part of the report, or all of it, is refused rather than guessed at; the rest is checked.",
    ],
    severity: Severity::Hard,
    example: Example::Document(
        "\
         政府信息公开情况统计表（2017年度）\n\
         统计指标 | 单位 | 甲县 | 乙县\n\
         (一)收到申请数 | 件 | 27 | 0\n\
         1.当面申请数 | 件 | 26 | 0\n\
         2.传真申请数 | 件 | 1 | 0\n\
         3.网络申请数 | 件 | 0 | 0\n\
         4.信函申请数 | 件 | 0 | 0\n\
         (二)申请办结数 | 件 | 27 | 0\n\
         1.按时办结数 | 件 | 27 | 0\n\
         2.延期办结数 | 件 | 0 | 0\n\
         ",
    ),
};

/// Where nothing says which column of values is meant: the only one has the figures of something else, or there are several,
/// with these headings, of which some may be blank.
pub(crate) fn which_column(columns: &[String]) -> Text {
    let headed: Vec<&str> = columns.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    let bare = columns.len() - headed.len();
    let (zh, en) = match (&headed[..], bare) {
        ([], _) => (
            format!("表中有{bare}列数值，都没有列标题"),
            format!("the table has {bare} columns of values without a heading"),
        ),
        ([one], 0) => (
            format!("表中的数值列只有“{one}”，不能确定是不是本年的数"),
            format!("the only column of values is headed “{one}”, which may not be the figures of the year"),
        ),
        (_, 0) => (
            format!("表中的数值列有“{}”", headed.join("”“")),
            format!("the table has the columns “{}”", headed.join("”, “")),
        ),
        (_, _) => (
            format!("表中的数值列有“{}”，另有{bare}列没有列标题", headed.join("”“")),
            format!("the table has the columns “{}” and {bare} without a heading", headed.join("”, “")),
        ),
    };
    Text::new(
        format!("不能确定审核哪一列：{zh}。请把本年数的列标题写明（如“统计数”），或者指定列名。"),
        format!("There is no telling which column to check: {en}. Head the figures of the year plainly (such as “统计数”), or name the column."),
    )
}

/// `why` is the reason for the first cell that cannot be told, one of those below. The rest of the table is read, where these
/// are the titles of the parts that are not; else all of it is refused.
pub(crate) fn message(why: &Text, parts: Option<&[&str]>) -> Text {
    let (zh, en) = match parts {
        None => (
            "整张表不予采信".to_owned(),
            "the table is refused".to_owned(),
        ),
        Some(titles) => (
            format!(
                "《{}》中的这一部分未读，其余部分已审核",
                titles.join("》《")
            ),
            format!(
                "this part of “{}” is not read; the rest is checked",
                titles.join("”, “")
            ),
        ),
    };
    Text::new(
        format!("{}；{zh}。", why.zh),
        format!("{}; {en}.", why.en),
    )
}

/// A heading is none of the form's. Here and below, `text` is what stands at `place`.
pub(crate) fn heading(text: &str, place: &Place) -> Text {
    let [zh, en] = said(place);
    Text::new(
        format!(
            "列标题“{text}”（{zh}）不是表式中的列，请把列标题改为表式的写法"
        ),
        format!(
            "the heading “{text}” ({en}) is none of the form's columns: use the headings of the form"
        ),
    )
}

/// The headings above a cell are incomplete, or do not say their order.
pub(crate) fn headings(text: &str, place: &Place) -> Text {
    let [zh, en] = said(place);
    Text::new(
        format!(
            "“{text}”（{zh}）上方的列标题不全或次序不明，不能确定各数值属于哪一列，请对照原表补全列标题"
        ),
        format!(
            "the headings above “{text}” ({en}) are incomplete or do not say their order, so it is not known which column each value is in: complete them from the original"
        ),
    )
}

/// Nothing sets the headings above a cell apart.
pub(crate) fn spaces(text: &str, place: &Place) -> Text {
    let [zh, en] = said(place);
    Text::new(
        format!(
            "“{text}”（{zh}）上方的列标题没有分隔，不能确定各数值属于哪一列，请从原文件读取，或者用制表符、竖线隔开各列"
        ),
        format!(
            "nothing sets the headings above “{text}” ({en}) apart, so it is not known which column each value is in: read the original file, or put tabs or pipes between the columns"
        ),
    )
}

/// A row has `found` cells, and `expected` are due.
pub(crate) fn count(text: &str, place: &Place, found: usize, expected: usize) -> Text {
    let [zh, en] = said(place);
    Text::new(
        format!(
            "“{text}”（{zh}）一行有{found}个单元格，应为{expected}个，单元格有缺失或错位，请对照原表补全"
        ),
        format!(
            "the row “{text}” ({en}) has {found} cells where {expected} are due: cells are lost or displaced; complete it from the original"
        ),
    )
}

/// Blank cells of a row are lost.
pub(crate) fn blanks(text: &str, place: &Place) -> Text {
    let [zh, en] = said(place);
    Text::new(
        format!(
            "“{text}”（{zh}）一行的空白单元格有缺失或错位，不能确定各数值属于哪一列，请填满空白的单元格"
        ),
        format!(
            "blank cells of the row “{text}” ({en}) are lost or displaced, so it is not known which column each value is in: fill in the blank cells"
        ),
    )
}

/// Cells are lost, so that a value may belong to either of several rows.
pub(crate) fn rows(text: &str, place: &Place) -> Text {
    let [zh, en] = said(place);
    Text::new(
        format!(
            "“{text}”（{zh}）处的单元格有缺失或错位，不能确定各数值属于哪一行，请对照原表补全"
        ),
        format!(
            "cells are lost or displaced at “{text}” ({en}), so it is not known which value belongs to which row: complete it from the original"
        ),
    )
}

/// Where a table has far more rows than its form, which has `rows`.
pub(crate) fn too_many_rows(rows: usize) -> Text {
    Text::new(
        format!("表中的行远多于表式的{rows}行，不能认定为这张表。"),
        format!(
            "The table has far more rows than the {rows} of the form, and cannot be taken for it."
        ),
    )
}

/// A place in both languages.
fn said(place: &Place) -> [String; 2] {
    [place.said(Lang::Zh), place.said(Lang::En)]
}
