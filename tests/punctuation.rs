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

/// The Chinese that people read beside the messages: the guides and the reference. What documents say is quoted in tables and
/// code, as documents have it.
#[test]
fn what_is_written_in_chinese_has_full_width_punctuation() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.zh-CN.md")];
    let rules = root.join("docs/rules");
    for folder in [&root.join("docs"), &rules] {
        let entries = std::fs::read_dir(folder).unwrap();
        let paths = entries.map(|it| it.unwrap().path());
        pages.extend(paths.filter(|it| it.to_string_lossy().ends_with(".zh-CN.md")));
    }
    assert!(pages.len() > 5, "{pages:?}");
    let mut wrong = Vec::new();
    for page in &pages {
        let text = std::fs::read_to_string(page).unwrap();
        // In these tables stand labels as forms and documents have them.
        let quotes_labels = page.ends_with("reading.zh-CN.md") || page.starts_with(&rules);
        for (number, line) in text.lines().enumerate() {
            let prose: String = line.split('`').step_by(2).collect();
            if !(quotes_labels && line.starts_with('|')) && has_ascii(&prose, ",;:()") {
                wrong.push(format!("{}:{}: {line}", page.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether one of these signs stands between Chinese characters or the signs of Chinese.
fn has_ascii(text: &str, signs: &str) -> bool {
    let is_chinese = |c: char| is_chinese(c) || "（），；：。、".contains(c);
    let characters: Vec<char> = text.chars().collect();
    characters.windows(3).any(|three| {
        let [before, sign, after] = *three else {
            return false;
        };
        signs.contains(sign) && is_chinese(before) && is_chinese(after)
    })
}

/// What the command says has no sign of ASCII within its Chinese, whichever the rule: the labels of the forms are quoted.
#[test]
fn what_rules_say_has_full_width_punctuation() {
    assert!(has_ascii("自然人(总计)为", "()") && !has_ascii("自然人（总计）为", "()"));
    for form in xxgk::forms() {
        for rule in form.rules().iter().chain(form.series()) {
            let said = rule.example(xxgk::Lang::Zh);
            let quoted = said.split(['“', '”']).step_by(2);
            for text in quoted.chain([&*rule.words().zh, &*rule.basis().zh]) {
                assert!(!has_ascii(text, ",;:"), "{}: {text}", rule.id());
            }
        }
        for cell in form.indicators() {
            assert!(!has_ascii(cell.name(), ",;:()"), "{}", cell.name());
        }
    }
}
