//! `cargo xtask layers`: the modules of the library use each other in one order.
//!
//! `CONTRIBUTING.md` lists the rooms of `src/` (its files and folders) from the ground up, in the first block fenced as
//! `rooms`. A room uses only rooms above it in that list; within a room, the files and folders form no circle. A `mod.rs`
//! belongs to all files of its folder: it may use them, and they may use what it holds.
//!
//! It reads the paths of the code (`crate::…`, `super::…`, `self::…`, `use …`); a name that a `mod.rs` or `lib.rs` hands on
//! counts as a use of the module that it comes from. Comments, strings and test modules are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Uses against the order that are still allowed, by module.
// To be deleted with the modules that replace these.
const ALLOWED: &[(&str, &str)] = &[];

/// The source of each module, by its path: `columns::batch::plan`, and the empty path for `lib.rs`.
type Sources = BTreeMap<Vec<String>, String>;

/// What is wrong with the order of the modules in a folder of the repository, a line each.
///
/// # Errors
/// Where a file cannot be read, or `CONTRIBUTING.md` lists no rooms.
pub fn faults(root: &Path) -> Result<Vec<String>, String> {
    let path = root.join("CONTRIBUTING.md");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{path:?}: {error}"))?;
    let rooms = rooms(&text).ok_or("CONTRIBUTING.md has no block fenced as `rooms`")?;
    let mut sources = Sources::new();
    read(&root.join("src"), &mut Vec::new(), &mut sources).map_err(|error| error.to_string())?;
    Ok(check(&rooms, &sources, ALLOWED))
}

/// The rooms of the fenced list, from the ground up: the words before the two spaces of each line.
fn rooms(contributing: &str) -> Option<Vec<String>> {
    let (_, list) = contributing.split_once("```rooms\n")?;
    let (list, _) = list.split_once("```")?;
    let names = list.lines().flat_map(|line| {
        let (names, _) = line.split_once("  ").unwrap_or((line, ""));
        names.split([',', ' ']).filter(|name| !name.is_empty())
    });
    Some(names.map(str::to_owned).collect())
}

/// Reads the modules of a folder.
fn read(folder: &Path, path: &mut Vec<String>, sources: &mut Sources) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let (name, is_door) = (name.to_string(), name == "mod" || name == "lib");
        if !is_door {
            path.push(name);
        }
        if file.is_dir() {
            read(&file, path, sources)?;
        } else if file.extension().is_some_and(|it| it == "rs") {
            sources.insert(path.clone(), std::fs::read_to_string(&file)?);
        }
        if !is_door {
            path.pop();
        }
    }
    Ok(())
}

/// What is wrong with the order of some modules: uses against the order of the rooms, and circles within a room.
fn check(rooms: &[String], sources: &Sources, allowed: &[(&str, &str)]) -> Vec<String> {
    let modules = Modules::new(sources);
    let mut faults = Vec::new();
    let mut within: BTreeMap<Vec<String>, Uses> = BTreeMap::new();
    for room in sources.keys().filter_map(|path| path.first()) {
        if !rooms.contains(room) {
            faults.push(format!(
                "`{room}` is not among the rooms of CONTRIBUTING.md"
            ));
        }
    }
    faults.dedup();
    let floor = |module: &[String]| rooms.iter().position(|room| module.first() == Some(room));
    for (from, to) in modules.uses(&mut faults) {
        let names = (from.join("::"), to.join("::"));
        if allowed.contains(&(&names.0, &names.1)) {
            continue;
        }
        if from.first() != to.first() {
            if floor(&from) < floor(&to) {
                let (from, to) = names;
                faults.push(format!(
                    "`{from}` uses `{to}`, which CONTRIBUTING.md puts behind it"
                ));
            }
        } else if let Some((folder, from, to)) = siblings(&from, &to) {
            within
                .entry(folder)
                .or_default()
                .entry(from)
                .or_default()
                .insert(to);
        }
    }
    for (folder, uses) in &within {
        if let Some(circle) = circle(uses) {
            let folder = folder.join("/");
            faults.push(format!("a circle in `{folder}`: {}", circle.join(" uses ")));
        }
    }
    faults
}

/// The uses among the files and folders of one folder, by name.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// The folder that two modules share, and the two parts of it that they lie in; `None` where one is the `mod.rs` above
/// the other.
fn siblings(from: &[String], to: &[String]) -> Option<(Vec<String>, String, String)> {
    let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    let (folder, part) = from.split_at_checked(shared)?;
    Some((
        folder.to_vec(),
        part.first()?.clone(),
        to.get(shared)?.clone(),
    ))
}

/// A circle among parts that use each other: its first part stands at its end again.
fn circle(uses: &Uses) -> Option<Vec<String>> {
    let mut left = uses.clone();
    // What uses nothing that is left is in no circle.
    while let Some(done) = left
        .iter()
        .find(|(_, uses)| uses.iter().all(|used| !left.contains_key(used)))
        .map(|(part, _)| part.clone())
    {
        left.remove(&done);
    }
    let mut way = vec![left.keys().next()?.clone()];
    loop {
        let next = left
            .get(way.last()?)?
            .iter()
            .find(|used| left.contains_key(*used))?;
        let met = way.iter().position(|part| part == next);
        way.push(next.clone());
        if let Some(start) = met {
            return Some(way.split_off(start));
        }
    }
}

/// The modules with the tokens of each, and the names that each hands on.
struct Modules {
    tokens: BTreeMap<Vec<String>, Vec<String>>,
    /// What a name in a module is: the path that it was imported from.
    handed_on: BTreeMap<(Vec<String>, String), Vec<String>>,
}

impl Modules {
    fn new(sources: &Sources) -> Self {
        let tokens: BTreeMap<_, _> = sources
            .iter()
            .map(|(path, source)| (path.clone(), tokens(source)))
            .collect();
        let mut handed_on = BTreeMap::new();
        for (module, tokens) in &tokens {
            for (path, name) in imports(tokens) {
                handed_on.insert((module.clone(), name), path);
            }
        }
        Modules { tokens, handed_on }
    }

    /// Every use of a module by another.
    fn uses(&self, faults: &mut Vec<String>) -> BTreeSet<(Vec<String>, Vec<String>)> {
        let mut uses = BTreeSet::new();
        for (module, tokens) in self.tokens.iter().filter(|(module, _)| !module.is_empty()) {
            for path in paths(tokens) {
                let used = self.resolve(module, &path, 0);
                if used.is_empty() && path.first().is_some_and(|it| it == "crate") {
                    let (path, module) = (path.join("::"), module.join("::"));
                    faults.push(format!(
                        "`{module}` uses `{path}`: name the module that it is of"
                    ));
                } else if !used.is_empty() && used != *module {
                    uses.insert((module.clone(), used));
                }
            }
        }
        uses
    }

    /// The module that a path in a module leads to, as far down as it names one; that of a name that is handed on is where
    /// it comes from.
    fn resolve(&self, module: &[String], path: &[String], depth: usize) -> Vec<String> {
        let mut at = module.to_vec();
        for (index, segment) in path.iter().enumerate() {
            match &**segment {
                "crate" => at.clear(),
                "super" => drop(at.pop()),
                "self" => {}
                name => {
                    let mut child = at.clone();
                    child.push(name.to_owned());
                    let key = (at.clone(), name.to_owned());
                    if self.tokens.contains_key(&child) {
                        at = child;
                    } else if let Some(origin) = self.handed_on.get(&key)
                        && depth < 8
                    {
                        // The name may be imported by this very path.
                        let rest = path.get(index + 1..).unwrap_or_default();
                        let full = [origin, rest].concat();
                        return self.resolve(&at, &full, depth + 1);
                    } else {
                        return at;
                    }
                }
            }
        }
        at
    }
}

/// The paths that a module names: those from `crate`, `super` or `self`, and those of `use`.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let rest = tokens.get(index + 1..).unwrap_or_default();
        match &**token {
            "crate" | "super" | "self"
                if rest.first().is_some_and(|it| it == "::")
                    && index
                        .checked_sub(1)
                        .and_then(|it| tokens.get(it))
                        .is_none_or(|it| it != "::") =>
            {
                paths.extend(tree(&mut tokens.get(index..).unwrap_or_default().iter()));
            }
            _ => {}
        }
    }
    paths.into_iter().map(|(path, _)| path).collect()
}

/// What a module imports: each path, and the name that it has there.
fn imports(tokens: &[String]) -> Vec<(Vec<String>, String)> {
    let uses = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| *token == "use");
    uses.flat_map(|(index, _)| tree(&mut tokens.get(index + 1..).unwrap_or_default().iter()))
        .collect()
}

/// The paths of a tree as in `a::{b, c::d as e}`, each with the name that it ends in. Of `a::*` it is `a`, named `*`.
fn tree(tokens: &mut std::slice::Iter<'_, String>) -> Vec<(Vec<String>, String)> {
    let mut path: Vec<String> = Vec::new();
    let mut name = String::new();
    loop {
        let mut rest = tokens.clone();
        match rest.next().map(String::as_str) {
            Some("::") => {}
            Some("{") => {
                *tokens = rest;
                return braces(&path, tokens);
            }
            Some("*") => {
                *tokens = rest;
                return vec![(path, "*".to_owned())];
            }
            Some("as") => {
                name = rest.next().cloned().unwrap_or_default();
                *tokens = rest;
                return vec![(path, name)];
            }
            Some(word) if is_word(word) && (path.is_empty() || name.is_empty()) => {
                path.push(word.to_owned());
                name = word.to_owned();
                *tokens = rest;
                // Only `::` goes on with the path.
                match tokens.clone().next().map(String::as_str) {
                    Some("::") => name.clear(),
                    Some("as") => {}
                    _ => return vec![(path, name)],
                }
                continue;
            }
            _ => return vec![(path, name)],
        }
        *tokens = rest;
    }
}

/// The paths within braces, behind those before them.
fn braces(
    path: &[String],
    tokens: &mut std::slice::Iter<'_, String>,
) -> Vec<(Vec<String>, String)> {
    let mut all = Vec::new();
    loop {
        let mut rest = tokens.clone();
        match rest.next().map(String::as_str) {
            None => return all,
            Some("}") => {
                *tokens = rest;
                return all;
            }
            Some(",") => *tokens = rest,
            Some(word) if is_word(word) => {
                all.extend(tree(tokens).into_iter().map(|(inner, name)| {
                    let itself = inner.first().is_some_and(|it| it == "self");
                    let inner = if itself { &[][..] } else { &inner };
                    let name = if itself {
                        path.last().cloned().unwrap_or_default()
                    } else {
                        name
                    };
                    ([path, inner].concat(), name)
                }));
            }
            Some(_) => *tokens = rest,
        }
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The words and signs of a source, without comments, strings, characters and what is compiled for tests only.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = comment(rest)
            .or_else(|| string(rest))
            .or_else(|| character(rest));
        if let Some(length) = length {
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        let word = |it: char| it.is_alphanumeric() || it == '_';
        let length = match first {
            ':' if rest.starts_with("::") => 2,
            _ if word(first) => rest.find(|it| !word(it)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        if !first.is_whitespace() {
            tokens.push(token.to_owned());
        }
        rest = after;
    }
    without_tests(tokens)
}

/// The length of the comment that a text begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.starts_with("/*")
        .then(|| text.find("*/").map_or(text.len(), |end| end + 2))
}

/// The length of the string that a text begins with, raw or not.
fn string(text: &str) -> Option<usize> {
    let plain = text.strip_prefix(['b', 'c']).unwrap_or(text);
    if let Some(raw) = plain.strip_prefix('r') {
        let signs = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw.get(signs..)?.strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(signs));
        let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
        return Some(text.len() - inside.len() + length);
    }
    let inside = plain.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.find(|it| {
        let ends = it == '"' && !escaped;
        escaped = it == '\\' && !escaped;
        ends
    });
    Some(text.len() - inside.len() + end.map_or(inside.len(), |end| end + 1))
}

/// The length of the character that a text begins with: `'"'`, but not the lifetime `'a`.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let mut characters = inside.char_indices();
    match characters.next()?.1 {
        '\\' => inside.get(2..)?.find('\'').map(|end| end + 4),
        _ => characters
            .next()
            .filter(|it| it.1 == '\'')
            .map(|it| it.0 + 2),
    }
}

/// The tokens without `#[cfg(test)] mod … { … }`.
fn without_tests(tokens: Vec<String>) -> Vec<String> {
    const TESTS: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        kept.push(token);
        if !kept.ends_with(&TESTS.map(str::to_owned)) {
            continue;
        }
        kept.truncate(kept.len() - TESTS.len());
        let mut depth = 0;
        for token in tokens.by_ref() {
            match &*token {
                "{" => depth += 1,
                "}" => depth -= 1,
                ";" => {}
                _ => continue,
            }
            if depth == 0 {
                break;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The faults of some modules, in an order of rooms.
    fn faults(rooms: &str, modules: &[(&str, &str)], allowed: &[(&str, &str)]) -> Vec<String> {
        let words = |text: &str, by: &str| -> Vec<String> {
            let words = text.split(by).filter(|it| !it.is_empty());
            words.map(str::to_owned).collect()
        };
        let sources = modules
            .iter()
            .map(|(path, source)| (words(path, "::"), (*source).to_owned()))
            .collect();
        check(&words(rooms, " "), &sources, allowed)
    }

    #[test]
    fn rooms_are_read_from_the_list() {
        let text =
            "# Rooms\n```rooms\nlang, place  words: with, commas\nrule\n```\n```\nother\n```\n";
        assert_eq!(rooms(text).unwrap(), ["lang", "place", "rule"]);
        assert_eq!(rooms("```\nlang\n```"), None);
    }

    #[test]
    fn a_use_of_a_room_before_is_right_and_one_of_a_room_behind_is_not() {
        let rule = ("rule", "use crate::lang::Text;");
        assert_eq!(faults("lang rule", &[("lang", ""), rule], &[]), [""; 0]);
        assert_eq!(
            faults("rule lang", &[("lang", ""), rule], &[]),
            ["`rule` uses `lang`, which CONTRIBUTING.md puts behind it"]
        );
        assert_eq!(
            faults("rule lang", &[("lang", ""), rule], &[("rule", "lang")]),
            [""; 0]
        );
    }

    #[test]
    fn every_way_to_name_a_module_is_a_use() {
        for source in [
            "use crate::lang::Text;",
            "use crate::{lang::Text};",
            "use crate::{rule::Rule, lang};",
            "pub(crate) use crate::lang as words;",
            "use crate::lang::*;",
            "fn f(text: &crate::lang::Text) {}",
            "fn f<'a>(c: &'a str) -> bool { c == '\"' && crate::lang::is(c) }",
            "use super::lang::Text;",
            "use super::{lang::{self, Text}};",
            "use crate::Text;",
            "use crate::Words;",
        ] {
            let modules = [
                ("", "pub use lang::{Text, Other as Words};"),
                ("lang", ""),
                ("rule", source),
            ];
            assert_eq!(faults("rule lang", &modules, &[]).len(), 1, "{source}");
        }
    }

    #[test]
    fn comments_strings_and_tests_are_no_uses() {
        for source in [
            "/// [`Text`](crate::lang::Text)",
            "/* crate::lang::Text */ struct A;",
            r###"const A: &str = "\" crate::lang::Text"; const B: &str = r#"" crate::lang"#;"###,
            "#[cfg(test)] mod tests { use crate::lang::Text; fn f() { {} } }",
            "#[cfg(test)] mod tests;",
        ] {
            let modules = [("lang", ""), ("rule", source)];
            assert_eq!(faults("rule lang", &modules, &[]), [""; 0], "{source}");
        }
        let behind = "#[cfg(test)] mod tests { fn f() {} } use crate::lang::Text;";
        let modules = [("lang", ""), ("rule", behind)];
        assert_eq!(faults("rule lang", &modules, &[]).len(), 1);
    }

    #[test]
    fn a_room_that_is_not_listed_is_a_fault() {
        assert_eq!(
            faults(
                "lang",
                &[("lang", ""), ("rule", ""), ("rule::parse", "")],
                &[]
            ),
            ["`rule` is not among the rooms of CONTRIBUTING.md"]
        );
    }

    #[test]
    fn a_name_that_no_module_hands_on_must_be_named_by_its_module() {
        let modules = [
            ("", "pub use lang::*;"),
            ("lang", ""),
            ("rule", "use crate::Text;"),
        ];
        assert_eq!(
            faults("lang rule", &modules, &[]),
            ["`rule` uses `crate::Text`: name the module that it is of"]
        );
    }

    #[test]
    fn a_circle_in_a_room_is_a_fault_and_its_mod_is_no_part_of_one() {
        let rule = [
            ("rule", "mod parse; mod print; pub use parse::Parsed;"),
            ("rule::parse", "use super::Tree;"),
            ("rule::print", "use super::parse::Parsed;"),
        ];
        assert_eq!(faults("rule", &rule, &[]), [""; 0]);
        for back in ["use super::print::Printed;", "use super::{Printed, Tree};"] {
            let door = "mod parse; mod print; pub use parse::Parsed; pub use print::Printed;";
            let circle = [("rule", door), ("rule::parse", back), rule[2]];
            assert_eq!(
                faults("rule", &circle, &[]),
                ["a circle in `rule`: parse uses print uses parse"]
            );
            assert_eq!(
                faults("rule", &circle, &[("rule::parse", "rule::print")]),
                [""; 0]
            );
        }
    }

    #[test]
    fn folders_of_a_room_are_its_parts() {
        let modules = [
            ("columns", ""),
            ("columns::batch", ""),
            ("columns::batch::plan", "use crate::columns::sql::Query;"),
            ("columns::sql", "use super::batch::Plan;"),
        ];
        assert_eq!(
            faults("columns", &modules, &[]),
            ["a circle in `columns`: batch uses sql uses batch"]
        );
    }

    #[test]
    fn the_rooms_of_the_library_are_in_order() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert_eq!(super::faults(&root).unwrap(), [""; 0]);
    }
}
