//! Which column is which.

use std::collections::HashSet;

use super::MAX_WORD;
use super::year::year;
use crate::number::written::is_blank;
use crate::unicode::letters;

/// The columns of a table, as its header names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub columns: Vec<String>,
    pub label: usize,
    pub unit: Option<usize>,
    /// The columns that are read, or the headings among which there is no telling.
    pub values: Result<Values, Vec<String>>,
}

/// The columns that could hold the values, and those that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Values {
    /// One; or, where each has the figures of another year, all.
    pub columns: Vec<ValueColumn>,
    /// The headings of the columns it was chosen from, where the caller did not choose.
    pub among: Vec<String>,
}

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ValueColumn {
    pub column: usize,
    /// The year of its figures, where the heading has to say.
    pub year: Option<u16>,
}

impl Values {
    fn one(column: usize, among: Vec<String>) -> Self {
        let columns = vec![ValueColumn { column, year: None }];
        Values { columns, among }
    }
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

/// The year that the heading of a column of values names: `2017年`, `2017年度统计数`.
pub(crate) fn year_of(letters: &str) -> Option<u16> {
    let (digits, rest) = letters.split_once('年')?;
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    let heads = matches!(
        rest,
        "" | "数" | "统计数" | "数量" | "数值" | "数据" | "合计" | "总计"
    );
    let year = || year(letters);
    (heads && digits.chars().count() == 4).then(year).flatten()
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
            header.value_columns(named)
        } else {
            Err(header.columns.clone())
        };
        let is_header = unit.is_some()
            || header.columns.iter().filter_map(|it| year_of(it)).count() > 1
            || header.columns.iter().any(|column| heads_values(column));
        is_header.then_some(header)
    }

    /// The header that a second line makes of it, whose years stand below a merged heading.
    pub fn with_years_below<'t>(
        &self,
        cells: impl ExactSizeIterator<Item = &'t str> + Clone,
        named: Option<&str>,
    ) -> Option<Header> {
        if cells.len() != self.columns.len()
            || cells.clone().filter(|it| it.contains('年')).count() < 2
        {
            return None;
        }
        let below: Vec<String> = cells.map(letters).collect();
        let both = || below.iter().zip(&self.columns);
        let fits = both()
            .all(|(below, above)| below.is_empty() || below == above || year_of(below).is_some());
        let merged = both().map(|(below, above)| if below.is_empty() { above } else { below });
        fits.then(|| Header::of(merged.map(String::as_str), named))
            .flatten()
    }

    /// The columns that are read, where each has the figures of another year.
    pub fn years(&self) -> &[ValueColumn] {
        match &self.values {
            Ok(values) if values.columns.len() > 1 => &values.columns,
            _ => &[],
        }
    }

    /// The column that is read: the one that the caller names, or the last that is headed like 统计数; all, where each is
    /// headed by a year of its own.
    fn value_columns(&self, named: Option<&str>) -> Result<Values, Vec<String>> {
        let first = self.unit.map_or(self.label, |unit| unit.max(self.label)) + 1;
        let rest = || self.columns.iter().enumerate().skip(first);
        if let Some(name) = named {
            let name = letters(name);
            let exact = rest().rev().find(|(_, column)| **column == name);
            return match exact {
                Some((column, heading)) => Ok(Values {
                    columns: vec![ValueColumn {
                        column,
                        year: year_of(heading),
                    }],
                    among: Vec::new(),
                }),
                None => Err(rest().map(|(_, column)| column.clone()).collect()),
            };
        }
        let remark = |column: &str| matches!(column, "备注" | "说明" | "注") || is_blank(column);
        let candidates: Vec<(usize, &String)> =
            rest().filter(|(_, column)| !remark(column)).collect();
        let years: Vec<ValueColumn> = candidates
            .iter()
            .filter_map(|(column, heading)| {
                let year = Some(year_of(heading)?);
                Some(ValueColumn {
                    column: *column,
                    year,
                })
            })
            .collect();
        let distinct: HashSet<_> = years.iter().map(|column| column.year).collect();
        if years.len() > 1 && years.len() == candidates.len() && distinct.len() == years.len() {
            return Ok(Values {
                columns: years,
                among: Vec::new(),
            });
        }
        let like: Vec<_> = candidates
            .iter()
            .filter(|(_, column)| heads_values(column))
            .collect();
        let among: Vec<String> = candidates
            .iter()
            .map(|(_, column)| (*column).clone())
            .collect();
        match (like.last(), &candidates[..]) {
            (Some((column, _)), _) if candidates.len() > 1 => Ok(Values::one(*column, among)),
            (Some((column, _)), _) | (None, [(column, _)]) => Ok(Values::one(*column, Vec::new())),
            (None, []) => Ok(Values::one(first, Vec::new())),
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
            header
                .values
                .map(|it| (it.columns[0].column, it.among.len()))
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

    #[test]
    fn columns_of_several_years_are_all_read() {
        let years = |columns: &str, named| -> Vec<(usize, Option<u16>)> {
            let header = Header::of(columns.split(' '), named).unwrap();
            let columns = header.values.map_or(Vec::new(), |it| it.columns);
            columns.iter().map(|it| (it.column, it.year)).collect()
        };
        let two = [(2, Some(2016)), (3, Some(2017))];
        for columns in [
            "统计指标 单位 2016年 2017年",
            "统计指标 单位 2016年统计数 2017年统计数",
            "统计指标 单位 ２０１６年度 二〇一七年 备注",
            "统计指标 单位 (2016年) 2017年度数量",
        ] {
            assert_eq!(years(columns, None), two, "{columns}");
        }
        assert_eq!(
            years("指标 2017年 2016年", None),
            [(1, Some(2017)), (2, Some(2016))]
        );
        for columns in ["统计指标 单位 2016年 2017年", "序号 指标 2016年 2017年"] {
            assert_eq!(years(columns, Some("2016年")), [(2, Some(2016))]);
        }
        // The same year twice, or a column that is no year.
        assert_eq!(
            years("统计指标 单位 2017年统计数 2017年度统计数", None),
            [(3, None)]
        );
        assert_eq!(years("统计指标 单位 2017年 上年统计数", None), [(3, None)]);
        assert_eq!(years("统计指标 单位 2016年 2017年 增减", None), []);
        assert_eq!(years("统计指标 单位 2017年", None), [(2, None)]);
    }
}
