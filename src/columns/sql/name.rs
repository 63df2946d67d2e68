//! The names that a caller gives, and those that the statement gives itself.

use std::collections::HashSet;

use super::SqlError;
use super::dialect::Dialect;

/// The parts of a table's name, which dots part from each other; `None` where it is none.
pub(super) fn parts(table: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = table;
    loop {
        let (part, behind) = match rest.strip_prefix('"') {
            Some(inside) => quoted(inside)?,
            None => {
                let (part, behind) = rest.split_at_checked(rest.find('.').unwrap_or(rest.len()))?;
                (part.to_owned(), behind)
            }
        };
        parts.push(part);
        if behind.is_empty() {
            return Some(parts);
        }
        rest = behind.strip_prefix('.')?;
    }
}

/// What stands before the closing quote, and what behind it.
fn quoted(mut rest: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    loop {
        let (before, behind) = rest.split_once('"')?;
        name.push_str(before);
        match behind.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some((name, behind)),
        }
    }
}

pub(super) fn allowed(dialect: Dialect, name: &str) -> Result<(), SqlError> {
    match dialect.can_name(name) {
        true => Ok(()),
        false => Err(SqlError::Name(name.to_owned())),
    }
}

/// Names of columns, each like the one it stands for, that the engine can tell apart: none much longer than so many bytes,
/// and none like another but for the case of its letters.
pub(super) fn apart(names: &[&str], bytes: usize) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut one = |(index, name): (usize, &&str)| {
        let number = format!("~{}", index + 1);
        let mut end = bytes.min(name.len());
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        let mut short = match name.get(..end) {
            Some(begin) if end < name.len() => begin.to_owned() + &number,
            _ => (*name).to_owned(),
        };
        while !taken.insert(short.to_lowercase()) {
            short.push_str(&number);
        }
        short
    };
    names.iter().enumerate().map(&mut one).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dots_part_a_name_and_quotes_hold_it_together() {
        let read = |table| parts(table).map(|it| it.join("|"));
        for (table, expected) in [
            ("reports", "reports"),
            ("stats.reports", "stats|reports"),
            ("warehouse.stats.reports", "warehouse|stats|reports"),
            ("\"a.b\"", "a.b"),
            ("统计.\"2017年.表\"", "统计|2017年.表"),
            ("\"say \"\"hi\"\"\".t", "say \"hi\"|t"),
            ("a\"b", "a\"b"),
            ("t; drop table t --", "t; drop table t --"),
            // An empty name is refused later, with the others that cannot be names.
            ("a..b", "a||b"),
        ] {
            assert_eq!(read(table).as_deref(), Some(expected), "{table}");
        }
        for table in ["\"a", "\"a\"b", "\"a\" .b", "\"\"\""] {
            assert_eq!(read(table), None, "{table}");
        }
    }

    proptest! {
        #[test]
        fn any_name_can_be_asked_for(names in prop::collection::vec("[a.\"`件 ]{1,6}", 1..4)) {
            let asked: Vec<String> =
                names.iter().map(|it| format!("\"{}\"", it.replace('"', "\"\""))).collect();
            prop_assert_eq!(parts(&asked.join(".")), Some(names));
        }

        #[test]
        fn names_stay_apart(names in prop::collection::hash_set("(R1|r1|R1~[12]|件{20}|x{49,53}|x{50}~[0-9])", 1..12)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let short = apart(&names, 50);
            let folded: HashSet<String> = short.iter().map(|it| it.to_lowercase()).collect();
            prop_assert_eq!(folded.len(), names.len());
            for (name, short) in names.iter().zip(&short) {
                prop_assert!(short.len() <= 50 + "~12~12".len(), "{}", short);
                // What is short, and like no other, stays as it is.
                if name.len() <= 50 && !name.contains(['R', 'r', '~']) {
                    prop_assert_eq!(name, short);
                }
            }
        }
    }
}
