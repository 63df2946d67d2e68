//! Which column is which.

use super::MAX_WORD;
use crate::number::written::is_blank;
use crate::unicode::letters;

/// The columns of a table, as its header names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub columns: Vec<String>,
    pub label: usize,
    pub unit: Option<usize>,
    /// The column that is read, or the headings among which there is no telling.
    pub values: Result<ValueColumn, Vec<String>>,
}

/// The columns that could hold the values, and the one that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueColumn {
    pub column: usize,
    /// The headings of the columns it was chosen from, where the caller did not choose.
    pub among: Vec<String>,
}

/// Whether a text heads the column of labels.
pub(crate) fn heads_labels(letters: &str) -> bool {
    matches!(
        letters,
        "统计指标" | "指标" | "指标名称" | "统计项目" | "项目" | "统计内容"
    )
}

fn heads_units(letters: &str) -> bool {
    matches!(letters, "单位" | "计量单位" | "计算单位")
}

fn heads_values(letters: &str) -> bool {
    letters.contains("统计数") || matches!(letters, "数量" | "数值" | "数据" | "合计" | "总计")
}

/// Whether a text heads a column that comes before the labels.
pub(crate) fn heads_numbers(letters: &str) -> bool {
    matches!(letters, "序号" | "编号" | "行次")
}

impl Header {
    /// Reads a row of cells as a header, if it is one; `named` is the column that the caller wants read.
    pub fn of<'t>(
        cells: impl Iterator<Item = &'t str> + Clone,
        named: Option<&str>,
    ) -> Option<Header> {
        // Nearly every line that comes here is prose: look at the last character before anything is copied.
        let may_head_labels =
            |text: &str| text.len() <= MAX_WORD && text.ends_with(['标', '称', '目', '容']);
        let label = cells
            .clone()
            .position(|text| may_head_labels(text) && heads_labels(&letters(text)))?;
        let columns: Vec<String> = cells.map(letters).collect();
        let unit = columns.iter().position(|column| heads_units(column));
        let mut header = Header {
            columns,
            label,
            unit,
            values: Err(Vec::new()),
        };
        // Two panels side by side: a row of one would be taken for that of the other.
        let panels = header
            .columns
            .iter()
            .filter(|column| heads_labels(column))
            .count();
        header.values = if panels == 1 {
            header.value_column(named)
        } else {
            Err(header.columns.clone())
        };
        let is_header = unit.is_some() || header.columns.iter().any(|column| heads_values(column));
        is_header.then_some(header)
    }

    /// The column that is read: the one that the caller names, or the last that is headed like 统计数.
    fn value_column(&self, named: Option<&str>) -> Result<ValueColumn, Vec<String>> {
        let first = self.unit.map_or(self.label, |unit| unit.max(self.label)) + 1;
        let rest = || self.columns.iter().enumerate().skip(first);
        if let Some(name) = named {
            let name = letters(name);
            let exact = rest().rev().find(|(_, column)| **column == name);
            return match exact {
                Some((column, _)) => Ok(ValueColumn {
                    column,
                    among: Vec::new(),
                }),
                None => Err(rest().map(|(_, column)| column.clone()).collect()),
            };
        }
        let remark = |column: &str| matches!(column, "备注" | "说明" | "注") || is_blank(column);
        let candidates: Vec<(usize, &String)> =
            rest().filter(|(_, column)| !remark(column)).collect();
        let like: Vec<_> = candidates
            .iter()
            .filter(|(_, column)| heads_values(column))
            .collect();
        let among: Vec<String> = candidates
            .iter()
            .map(|(_, column)| (*column).clone())
            .collect();
        match (like.last(), &candidates[..]) {
            (Some((column, _)), _) if candidates.len() > 1 => Ok(ValueColumn {
                column: *column,
                among,
            }),
            (Some((column, _)), _) | (None, [(column, _)]) => Ok(ValueColumn {
                column: *column,
                among: Vec::new(),
            }),
            (None, []) => Ok(ValueColumn {
                column: first,
                among: Vec::new(),
            }),
            (None, _) => Err(among),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_headed_like_a_count_is_read() {
        let column = |columns: &str, named| {
            let header = Header::of(columns.split(' '), named).unwrap();
            header.values.map(|it| (it.column, it.among.len()))
        };
        assert_eq!(column("统计指标 单位 统计数", None), Ok((2, 0)));
        assert_eq!(column("序号 统计指标 单位 统计数 备注", None), Ok((3, 0)));
        assert_eq!(
            column("统计指标 单位 部门统计数 社区统计数", None),
            Ok((3, 2))
        );
        assert_eq!(
            column("统计指标 单位 部门统计数 社区统计数", Some("部门统计数")),
            Ok((2, 0))
        );
        assert_eq!(column("统计指标 单位 本年", None), Ok((2, 0)));
        assert_eq!(column("统计指标 统计数", None), Ok((1, 0)));
        assert!(column("统计指标 单位 甲 乙", None).is_err());
        assert!(column("统计指标 单位 统计数", Some("部门统计数")).is_err());
        assert_eq!(Header::of("统计指标 甲".split(' '), None), None);
    }
}
