//! Chinese texts are set with full-width punctuation, in the sources of the library and its tools and in the files of forms.

use std::path::{Path, PathBuf};

/// Files whose Chinese is matched in documents or written as documents have it, not said to users.
const MATCHED: &[&str] = &[
    "src/document/",
    "src/form/label.rs",
    "src/number/written.rs",
    "src/place.rs",
    "src/prose/",
    "src/recognise/",
    "src/write.rs",
    "src/strategies/",
    "crates/xxgk-read/src/html.rs",
];

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if path
            .extension()
            .is_some_and(|it| it == "rs" || it == "toml")
        {
            into.push(path);
        }
    }
}

fn is_chinese(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}' | '“' | '”' | '《' | '》')
}

/// Whether a text is a Chinese sentence with a sign of ASCII between Chinese characters or behind a placeholder.
fn is_wrong(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.windows(3).any(|three| {
        let [before, sign, after] = *three else {
            return false;
        };
        matches!(sign, ',' | ';' | ':' | '(' | ')')
            && (is_chinese(before) || before == '}')
            && (is_chinese(after) || after == '{')
            && (is_chinese(before) || is_chinese(after))
    })
}

/// The texts between quotes of a line, where it is no comment.
fn texts(line: &str, toml: bool) -> Vec<String> {
    let said = ["zh = ", "note = "].iter().any(|key| line.contains(key));
    if line.trim_start().starts_with("//") || (toml && !said) {
        return Vec::new();
    }
    line.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_is_said_in_chinese_has_full_width_punctuation() {
    assert!(is_wrong("空白,请补填") && is_wrong("为{left}:请核对") && !is_wrong("空白，请补填"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    for folder in ["src", "forms", "crates"] {
        files(&root.join(folder), &mut all);
    }
    let mut wrong = Vec::new();
    for path in all {
        let name = path
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let tests = name.contains("/tests/") || name.contains("/target/");
        if tests || MATCHED.iter().any(|it| name.starts_with(it)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        // Documents that the examples of findings quote, and test modules, are as people write them.
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (line, said) in code.lines().enumerate() {
            for said in texts(said, name.ends_with(".toml")) {
                if is_wrong(&said) {
                    wrong.push(format!("{name}:{}: {said}", line + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
