//! The review sheets of `xxgk collect --letters`: a file an agency.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use xxgk::Lang;
use xxgk_collect::{Collection, Entry};
use xxgk_show::hidden::is_hidden;
use xxgk_show::html;

use crate::whole;

/// No name is longer, in characters: three bytes each, and with an extension, it is a name on every system.
const LONGEST: usize = 60;

/// Writes a letter to each agency that has reported. `sheets` are those of the tables, in their order.
pub fn write(folder: &Path, collection: &Collection, sheets: &[String]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut taken = HashSet::new();
    for (number, entry) in collection.entries.iter().enumerate() {
        if entry.filed.is_empty() && entry.others.is_empty() {
            continue;
        }
        let of_entry = entry.filed.iter().filter_map(|it| sheets.get(*it).cloned());
        let of_entry: Vec<String> = of_entry.collect();
        let remarks = remarks(collection, number, entry);
        let page = html::letter(&entry.name, &remarks, &of_entry, Lang::Zh);
        let path = folder.join(file_name(&entry.name, &mut taken));
        whole::write(&path, page.as_bytes())?;
    }
    Ok(())
}

/// What is to be done besides what is wrong with the table: the sums of the levels below, one by one.
fn remarks(collection: &Collection, number: usize, entry: &Entry) -> Vec<String> {
    let remarks = entry.remarks.iter().filter(|it| it.weight.is_some());
    let remarks = remarks.map(|it| it.sentence.clone());
    let levels = collection.levels.iter().filter(|it| it.parent == number);
    let sums = levels.flat_map(|it| &it.differences);
    remarks.chain(sums.map(|it| it.sentence.clone())).collect()
}

/// A name of a file that is one on every system, and not yet taken: of a name with signs that are none, without them.
fn file_name(name: &str, taken: &mut HashSet<String>) -> String {
    let is_none = |c: char| is_hidden(c) || "/\\:*?\"<>|".contains(c);
    let name: String = name
        .chars()
        .filter(|c| !is_none(*c))
        .take(LONGEST)
        .collect();
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let base = match name {
        "" => "未命名".to_owned(),
        // What systems call devices is said with a sign before it.
        name if name.is_ascii() && name.len() <= 4 => format!("_{name}"),
        name => name.to_owned(),
    };
    let names = (1..).map(|number| match number {
        1 => format!("{base}.html"),
        _ => format!("{base}（{number}）.html"),
    });
    // Some systems do not tell capital letters from small ones.
    let mut free = names.filter(|it| taken.insert(it.to_lowercase()));
    free.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_name_of_a_file() {
        let mut taken = HashSet::new();
        let mut of = |name: &str| file_name(name, &mut taken);
        assert_eq!(of("某区教育局"), "某区教育局.html");
        assert_eq!(of("某区教育局"), "某区教育局（2）.html");
        assert_eq!(of("../../etc/passwd"), "etcpasswd.html");
        assert_eq!(of("a\u{202e}b\u{1b}[31m\n"), "ab[31m.html");
        assert_eq!(of("CON"), "_CON.html");
        assert_eq!(of("con"), "_con（2）.html");
        assert_eq!(of(".. "), "未命名.html");
        assert!(of(&"局".repeat(500)).len() < 255);
    }
}
