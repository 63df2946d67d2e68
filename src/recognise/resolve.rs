//! Which row of the form each line of a table is, where a label alone does not say.

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
    let mut times = std::collections::HashMap::new();
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
fn in_order(choices: &[Vec<usize>]) -> Option<Vec<usize>> {
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
}
