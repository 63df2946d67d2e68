//! Which row of the form each line of a table is, where a label alone does not say.

use std::collections::{HashMap, HashSet};

/// For each line, the rows of the form that its label can mean; gives for each line the row that it is, or `None` where
/// the label is none of the form's. `Err` holds the lines that cannot be told apart.
///
/// A label that the form has once, standing once in the table, fixes a point; a line between two such points can only be
/// a row between them. Where that leaves a choice, the lines must follow the form's order in exactly one way.
pub(crate) fn resolve(candidates: &[&[usize]]) -> Result<Vec<Option<usize>>, Vec<usize>> {
    let mut rows: Vec<Option<usize>> = candidates.iter().map(|rows| only(rows)).collect();
    let fixed = fixed_points(&rows);
    let (mut start, mut unclear) = (0, Vec::new());
    while let Some(first) = (start..candidates.len()).find(|line| many(candidates, *line)) {
        let end = (first..candidates.len())
            .find(|line| is_fixed(&fixed, *line))
            .unwrap_or(candidates.len());
        let above = rows
            .iter()
            .zip(&fixed)
            .take(first)
            .rev()
            .find(|(_, fixed)| **fixed)
            .and_then(|(row, _)| *row);
        let below = rows.get(end).copied().flatten();
        let between = |row: &usize| {
            above.is_none_or(|above| *row > above) && below.is_none_or(|below| *row < below)
        };
        let lines: Vec<usize> = (first..end)
            .filter(|line| many(candidates, *line))
            .collect();
        let choices: Vec<Vec<usize>> = lines
            .iter()
            .map(|line| {
                candidates.get(*line).map_or(Vec::new(), |rows| {
                    rows.iter().copied().filter(between).collect()
                })
            })
            .collect();
        match in_order(&choices) {
            Some(chosen) => {
                for (line, row) in lines.iter().zip(chosen) {
                    if let Some(slot) = rows.get_mut(*line) {
                        *slot = Some(row);
                    }
                }
            }
            None => unclear.extend(lines),
        }
        start = end;
    }
    if unclear.is_empty() {
        Ok(rows)
    } else {
        Err(unclear)
    }
}

/// Which rows the lines without one are, where `near` holds for each of them the rows that its label may be a misspelling of.
///
/// Such a line tells nothing of others: it is a row that no other line is, strictly between those that the lines around it
/// are. Where several follow each other they do so in the form's order in exactly one way, or none of them is told.
pub(crate) fn resolve_near(rows: &mut [Option<usize>], near: &[impl AsRef<[usize]>]) {
    let known: HashSet<usize> = rows.iter().copied().flatten().collect();
    let mut told: Vec<(usize, usize)> = Vec::new();
    let (mut above, mut start) = (None, 0);
    while start < rows.len() {
        let end = (start..rows.len()).find(|line| rows.get(*line).is_some_and(Option::is_some));
        let end = end.unwrap_or(rows.len());
        let below = rows.get(end).copied().flatten();
        let fits = |row: &usize| {
            above.is_none_or(|above| *row > above)
                && below.is_none_or(|below| *row < below)
                && !known.contains(row)
        };
        let (mut lines, mut choices) = (Vec::new(), Vec::new());
        for (line, rows) in near.iter().enumerate().take(end).skip(start) {
            let fitting: Vec<usize> = rows.as_ref().iter().copied().filter(fits).collect();
            if !fitting.is_empty() {
                lines.push(line);
                choices.push(fitting);
            }
        }
        let rising = |rows: &Vec<usize>| rows.is_sorted_by(|one, next| one < next);
        let chosen = in_order(&choices).filter(rising).unwrap_or_default();
        told.extend(lines.into_iter().zip(chosen));
        above = below.or(above);
        start = end + 1;
    }
    // A row that two lines may be is neither of them, wherever they stand.
    let is_told = |line: usize| told.iter().any(|(other, _)| *other == line);
    let others = near.iter().enumerate().filter(|(line, _)| !is_told(*line));
    let mut claimed: Vec<usize> = others
        .flat_map(|(_, rows)| rows.as_ref())
        .copied()
        .collect();
    claimed.extend(told.iter().map(|(_, row)| *row));
    for (line, row) in &told {
        let once = claimed.iter().filter(|other| *other == row).count() == 1;
        if let (true, Some(slot)) = (once, rows.get_mut(*line)) {
            *slot = Some(*row);
        }
    }
}

fn only(rows: &[usize]) -> Option<usize> {
    match rows {
        [row] => Some(*row),
        _ => None,
    }
}

fn many(candidates: &[&[usize]], line: usize) -> bool {
    candidates.get(line).is_some_and(|rows| rows.len() > 1)
}

/// The lines whose label the form has once, and the table too.
fn fixed_points(rows: &[Option<usize>]) -> Vec<bool> {
    let mut times = HashMap::new();
    for row in rows.iter().flatten() {
        *times.entry(*row).or_insert(0_usize) += 1;
    }
    rows.iter()
        .map(|row| row.is_some_and(|row| times.get(&row) == Some(&1)))
        .collect()
}

fn is_fixed(fixed: &[bool], line: usize) -> bool {
    fixed.get(line).copied().unwrap_or(false)
}

/// The one choice: where every line has one row, that; else the only strictly rising choice, if there is only one.
pub(crate) fn in_order(choices: &[Vec<usize>]) -> Option<Vec<usize>> {
    if let Some(certain) = choices
        .iter()
        .map(|rows| only(rows))
        .collect::<Option<Vec<_>>>()
    {
        return Some(certain);
    }
    // For each row that the last line so far can be: how many ways lead there (two stand for many), and one of them.
    let mut ways: Vec<(Option<usize>, u8, Vec<usize>)> = vec![(None, 1, Vec::new())];
    for rows in choices {
        let mut next = Vec::new();
        for row in rows {
            let from: Vec<_> = ways
                .iter()
                .filter(|(last, ..)| last.is_none_or(|last| last < *row))
                .collect();
            let count = from
                .iter()
                .fold(0_u8, |sum, (_, count, _)| (sum + count).min(2));
            if let Some((_, _, path)) = from.first() {
                let mut path = path.clone();
                path.push(*row);
                next.push((Some(*row), count, path));
            }
        }
        ways = next;
    }
    match &mut ways[..] {
        [(_, 1, path)] => Some(std::mem::take(path)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows 0 to 7 of a form in which `x` is 2 and 5, `y` is 3 and 6, and the others have labels of their own.
    fn rows(lines: &str) -> Result<Vec<Option<usize>>, Vec<usize>> {
        let of = |c: char| -> &[usize] {
            match c {
                'x' => &[2, 5],
                'y' => &[3, 6],
                '0' => &[0],
                '1' => &[1],
                '4' => &[4],
                '7' => &[7],
                _ => &[],
            }
        };
        let candidates: Vec<&[usize]> = lines.chars().map(of).collect();
        resolve(&candidates)
    }

    #[test]
    fn lines_are_told_apart_by_their_place() {
        let all = |rows: &[usize]| Ok(rows.iter().map(|row| Some(*row)).collect());
        assert_eq!(rows("01xy4xy7"), all(&[0, 1, 2, 3, 4, 5, 6, 7]));
        assert_eq!(rows("xy4"), all(&[2, 3, 4]));
        assert_eq!(rows("4xy"), all(&[4, 5, 6]));
        assert_eq!(rows("1xyxy7"), all(&[1, 2, 3, 5, 6, 7]));
        assert_eq!(rows("1xx4"), all(&[1, 2, 2, 4]));
        assert_eq!(rows("1?x4"), Ok(vec![Some(1), None, Some(2), Some(4)]));
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        assert_eq!(rows("1xy7"), Err(vec![1, 2]));
        assert_eq!(rows("1x7"), Err(vec![1]));
        assert_eq!(rows("xy"), Err(vec![0, 1]));
        assert_eq!(rows("1yx4"), Ok(vec![Some(1), Some(3), Some(2), Some(4)]));
        assert_eq!(rows("4x1"), Err(vec![1]));
        assert_eq!(rows("1x0y4"), Err(vec![1]));
    }

    /// As above; `a`, `b` and `c` are near to 1, to 4, and to 2 and 5.
    fn near(lines: &str) -> Vec<Option<usize>> {
        let of = |c: char| match c {
            'a' => vec![1],
            'b' => vec![4],
            'c' => vec![2, 5],
            _ => vec![],
        };
        let exact: String = lines
            .chars()
            .map(|c| if c.is_alphabetic() { '?' } else { c })
            .collect();
        let mut rows = rows(&exact).unwrap();
        resolve_near(&mut rows, &lines.chars().map(of).collect::<Vec<_>>());
        rows
    }

    #[test]
    fn what_is_near_stands_between_its_neighbours() {
        assert_eq!(near("0a4"), [Some(0), Some(1), Some(4)]);
        assert_eq!(near("a4"), [Some(1), Some(4)]);
        assert_eq!(near("0c4"), [Some(0), Some(2), Some(4)]);
        assert_eq!(near("4c7"), [Some(4), Some(5), Some(7)]);
        assert_eq!(near("1c4c7")[1..4], [Some(2), Some(4), Some(5)]);
        assert_eq!(near("0abc7")[1..4], [Some(1), Some(4), Some(5)]);
        // Another place, another line, two ways, another order, twice.
        assert_eq!(near("4a7")[1], None);
        assert_eq!(near("0a41")[1], None);
        assert_eq!(near("1c7")[1], None);
        assert_eq!(near("0ba7")[1..3], [None, None]);
        assert_eq!(near("0aa7")[1..3], [None, None]);
        assert_eq!(near("a0a7")[..3], [None, Some(0), None]);
        assert_eq!(near("a0c4")[..3], [None, Some(0), Some(2)]);
    }
}
