//! What the command prints, and how it ends.

mod support;

use std::process::Stdio;

use serde_json::Value;
use support::{SAMPLE, YEARS, code, folder, jsonl, root, run, sample, xxgk};

#[test]
fn the_sample_as_a_person_reads_it() {
    let (output, text) = run(&["check", SAMPLE]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        !text.contains('\u{1b}'),
        "colours on something that is no terminal"
    );
    insta::assert_snapshot!("sample_zh", text);
    let (_, english) = run(&["check", "--lang", "en", SAMPLE]);
    insta::assert_snapshot!("sample_en", english);
    for (readme, output) in [("README.zh-CN.md", text), ("README.md", english)] {
        let readme_text = std::fs::read_to_string(root().join(readme)).unwrap();
        assert!(
            readme_text.contains(&output),
            "{readme} shows another output than the command's: put this in\n{output}"
        );
    }
}

#[test]
fn a_broken_table_as_a_person_reads_it() {
    let wrong = sample()
        .replacen(
            "(一)收到申请数 |\n件 |\n27 |",
            "(一)收到申请数 |\n件 |\n28 |",
            1,
        )
        .replacen(
            "2.传真申请数 |\n件 |\n0 |",
            "2.传真申请数 |\n件 |\n约2 |",
            1,
        )
        .replacen("2.兼职人员数 |\n人 |\n3 |", "2.兼职人员数 |\n人 |\n |", 1);
    let folder = folder(&[("wrong.txt", wrong.as_bytes())]);
    let shown = |args: &[&str]| {
        let output = xxgk(args).current_dir(folder.path()).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, text) = shown(&["check", "--verbose", "--carried-out", "2", "wrong.txt"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("broken_zh", text);
    insta::assert_snapshot!(
        "broken_en",
        shown(&["check", "--lang", "en", "wrong.txt"]).1
    );
}

#[test]
fn what_to_correct_as_a_person_reads_it() {
    let wrong = sample()
        .replacen(
            "2.同意公开答复数 |\n件 |\n27 |",
            "2.同意公开答复数 |\n件 |\n24 |",
            1,
        )
        .replacen("涉及国家秘密 |\n件 |\n0 |", "涉及国家秘密 |\n件 |\n2 |", 1)
        .replacen("1.专职人员数 |\n人 |\n0 |", "1.专职人员数 |\n人 |\n1 |", 1);
    let blank = sample().replacen(
        "(一)收到申请数 |\n件 |\n27 |",
        "(一)收到申请数 |\n件 |\n |",
        1,
    );
    let basis = "basis = { zh = \"本市规定\", en = \"house rule\" }\n";
    let rule = |id: &str, statement: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nseverity = \"hard\"\nstatement = \"{statement}\"\n{basis}"
        )
    };
    let rules = [
        "extends = \"nine-category\"\n".to_owned(),
        rule("H001", "requests.received.total >= 100"),
        rule("H002", "requests.received.total <= 50"),
    ];
    let folder = folder(&[
        ("wrong.txt", wrong.as_bytes()),
        ("blank.txt", blank.as_bytes()),
        ("rules.toml", rules.concat().as_bytes()),
    ]);
    let shown = |args: &[&str]| {
        let args = [&["check", "--prose", "off"], args].concat();
        let output = xxgk(&args).current_dir(folder.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let text = shown(&["wrong.txt"]);
    insta::assert_snapshot!("corrections_zh", text);
    insta::assert_snapshot!("corrections_en", shown(&["--lang", "en", "wrong.txt"]));
    let json = shown(&["--format", "jsonl", "wrong.txt"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    let sets = report["corrections"][0]["sets"].as_array().unwrap().len();
    assert!(text.contains(&format!("另有{}种", sets - 6)));
    let all = shown(&["--verbose", "wrong.txt"]);
    assert!(all.contains(&format!("（{sets}）")) && !all.contains("另有"));
    // Neither rule fails, but there is no value that satisfies both.
    insta::assert_snapshot!(
        "corrections_impossible",
        shown(&["--rules", "rules.toml", "blank.txt"])
    );
}

/// A wrong cell of a form of two hundred takes a screen: what corrects it first, and no more than the cells to look at.
#[test]
fn one_wrong_cell_takes_a_screen() {
    let text = std::fs::read_to_string(root().join(YEARS[0])).unwrap();
    let one = jsonl(&[YEARS[0]]).remove(0);
    assert_eq!(one["verdict"], "consistent");
    let row = text
        .lines()
        .find(|line| line.contains("(一)予以公开"))
        .unwrap();
    let total = text.lines().find(|line| line.contains("(七)总计")).unwrap();
    let reviews = text
        .lines()
        .rev()
        .find(|line| line.matches('|').count() > 14)
        .unwrap();
    let mut longest = 0;
    for line in [row, total, reviews] {
        for (at, _) in line.match_indices(|c: char| c.is_ascii_digit()) {
            let digit = if line.as_bytes()[at] == b'7' {
                "8"
            } else {
                "7"
            };
            let wrong = [&line[..at], digit, &line[at + 1..]].concat();
            let folder = folder(&[("wrong.txt", text.replacen(line, &wrong, 1).as_bytes())]);
            let path = folder.path().join("wrong.txt");
            let (output, shown) = run(&["check", path.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(1), "{wrong}");
            let first = shown.lines().next().unwrap();
            assert!(
                first.starts_with("强制性审核") && first.contains("应为"),
                "{first}"
            );
            assert!(!first.contains("任取"), "{first}");
            longest = longest.max(shown.lines().count());
        }
    }
    assert!((8..=40).contains(&longest), "{longest} lines");
}

/// What a blank leaves open is not known to be right; hard before soft.
#[test]
fn a_hard_rule_left_open_is_no_success() {
    let blank = sample().replacen("2.兼职人员数 |\n人 |\n3 |", "2.兼职人员数 |\n人 |\n |", 1);
    let folder = folder(&[("blank.txt", blank.as_bytes())]);
    let path = folder.path().join("blank.txt");
    let report = &jsonl(&[path.to_str().unwrap()])[0];
    assert_eq!(report["verdict"], "incomplete");
    assert_eq!(code(&["check", path.to_str().unwrap()]), 1);
}

/// What is asked for wrongly, and what the system says, in the language of the user.
#[test]
fn refusals_are_in_the_language_of_the_user() {
    let said = |args: &[&str]| {
        let output = xxgk(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap()
    };
    let foreign = ["error", "argument", "such file", "directory", "Usage"];
    for args in [
        &["check", "--frmat", "json", SAMPLE][..],
        &["check"],
        &["check", "none.txt"],
        &["check", "--form", "none.toml", SAMPLE],
        &["check", "--form", "forms/", SAMPLE],
        &["check", "--rules", "none.toml", SAMPLE],
        &["check", "--previous", "none.txt", SAMPLE],
        &["rollup", "--manifest", "none.toml"],
        &["lint", "none.toml"],
        &["repair", "none.txt"],
    ] {
        let zh = said(args);
        assert!(foreign.iter().all(|word| !zh.contains(word)), "{zh}");
        assert!(zh.contains('，') || zh.contains('：'), "{zh}");
        let en = said(&[args, &["--lang", "en"]].concat());
        let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(!en.lines().next().unwrap().contains(chinese), "{en}");
    }
}

/// Manifests and maps of columns are files that people write, as forms are.
#[test]
fn other_files_in_toml_are_pointed_at_too() {
    let folder = folder(&[
        ("m.toml", "parent = “a.txt”\n".as_bytes()),
        ("n.toml", b"parent = \"a.txt\"\n[[child]]\nnam = \"b\"\n"),
        ("gb.toml", b"id = \"a\"\ntitle = \"\xd5\xfe\"\n"),
        ("c.toml", b"[column]\n"),
    ]);
    let said = |args: &[&str]| {
        let output = xxgk(args).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let all = [
        said(&["rollup", "--manifest", "m.toml"]),
        said(&["rollup", "--manifest", "n.toml"]),
        said(&["check", "--form", "gb.toml", "a.txt"]),
        said(&[
            "sql",
            "--table",
            "t",
            "--dialect",
            "duckdb",
            "--counts",
            "--columns",
            "c.toml",
        ]),
        said(&["rollup", "--manifest", "n.toml", "--lang", "en"]),
    ];
    insta::assert_snapshot!("toml_files", all.concat());
}

#[test]
fn the_json_of_the_sample() {
    let (_, text) = run(&["check", "--format", "json", SAMPLE]);
    insta::assert_snapshot!("sample_json", text);
    let array: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(array.as_array().unwrap(), &jsonl(&[SAMPLE]));
}

#[test]
fn exit_codes() {
    let folder = folder(&[
        (
            "wrong.txt",
            sample().replacen("\n27 |", "\n28 |", 1).as_bytes(),
        ),
        ("prose.txt", "这里没有表。".as_bytes()),
    ]);
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    assert_eq!(code(&["check", SAMPLE]), 0);
    assert_eq!(code(&["check", "--strict", SAMPLE]), 1);
    assert_eq!(
        code(&["check", "--strict", "tests/data/synthetic/2015.txt"]),
        0
    );
    assert_eq!(code(&["check", &path("wrong.txt")]), 1);
    assert_eq!(code(&["check", &path("prose.txt"), &path("wrong.txt")]), 2);
    assert_eq!(code(&["check", &path("none.txt")]), 2);
    assert_eq!(code(&["check", "--format", "nope", SAMPLE]), 2);
    assert_eq!(code(&["check"]), 2);
    assert_eq!(code(&["explain", "R999"]), 2);
    assert_eq!(code(&["check", "--form", "other", SAMPLE]), 2);
}

#[test]
fn inputs_in_order_whatever_becomes_of_them() {
    let sample = sample();
    let folder = folder(&[
        ("b.txt", sample.as_bytes()),
        ("a/noise.txt", &[0x80, 0xff, 0, 1]),
        ("a/two.txt", sample.repeat(2).as_bytes()),
        ("c.png", b"\x89PNG"),
        (".hidden.txt", b"hidden"),
    ]);
    let reports = jsonl(&[folder.path().to_str().unwrap(), SAMPLE, "none.txt"]);
    let seen: Vec<(String, Value, &str)> = reports
        .iter()
        .map(|report| {
            let source = report["source"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned();
            (
                source,
                report["table"].clone(),
                report["verdict"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("noise.txt", Value::Null, "unreadable"),
        ("two.txt", 1.into(), "query"),
        ("two.txt", 2.into(), "query"),
        ("b.txt", Value::Null, "query"),
        ("cells-piped.txt", Value::Null, "query"),
        ("none.txt", Value::Null, "unreadable"),
    ];
    assert_eq!(
        seen,
        expected.map(|(source, table, verdict)| (source.to_owned(), table, verdict))
    );
    assert!(
        reports[0]["findings"][0]["message"]
            .as_str()
            .unwrap()
            .contains("GB18030")
    );
    assert_eq!(reports[5]["findings"][0]["rule"], "S022");
}

#[test]
fn standard_input() {
    use std::io::Write as _;
    let mut child = xxgk(&["check", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(sample().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&report["source"], &report["verdict"]),
        (&"-".into(), &"query".into())
    );
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let many = vec![SAMPLE; 200];
    let mut child = xxgk(&[&["check"][..], &many].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_catalogue() {
    insta::assert_snapshot!("formats_zh", run(&["formats"]).1);
    insta::assert_snapshot!("formats_en", run(&["formats", "--lang", "en"]).1);
    insta::assert_snapshot!("explain_zh", run(&["explain", "R306"]).1);
    insta::assert_snapshot!("explain_en", run(&["explain", "s008", "--lang", "en"]).1);
    let (_, table) = run(&["rules"]);
    let json: Value = serde_json::from_str(&run(&["rules", "--format", "json"]).1).unwrap();
    let forms = json.as_array().unwrap();
    assert_eq!(forms.len(), 3);
    for rule in forms
        .iter()
        .flat_map(|form| form["rules"].as_array().unwrap())
    {
        let id = rule["id"].as_str().unwrap();
        assert!(table.contains(id), "{id}");
        assert!(
            run(&["explain", id])
                .1
                .contains(rule["statement"].as_str().unwrap()),
            "{id}"
        );
    }
    assert_eq!(forms[0]["rows"].as_array().unwrap().len(), 65);
    let file = std::fs::read_to_string(root().join("forms/nine-category.toml")).unwrap();
    assert_eq!(
        run(&["rules", "--form", "nine-category", "--format", "toml"]).1,
        file
    );
}

#[test]
fn forms_and_rules_come_from_files() {
    let rules = "tests/data/variant/house-rules.toml";
    let (output, text) = run(&["check", "--rules", rules, SAMPLE]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("house_rules_zh", text);
    let report = &jsonl(&["--rules", rules, SAMPLE])[0];
    assert_eq!(report["counts"]["rules"], 28);
    assert_eq!(report["off"][0]["rule"], "R204");
    let (_, catalogue) = run(&["rules", "--form", "nine-category", "--rules", rules]);
    assert!(catalogue.contains("H001") && catalogue.contains("停用"));
    assert!(
        run(&["explain", "H001", "--rules", rules])
            .1
            .contains("专职")
    );
    // As a form of its own: the same.
    assert_eq!(jsonl(&["--form", rules, SAMPLE])[0], *report);
}

#[test]
fn what_is_wrong_in_a_file_is_shown_at_its_place() {
    let wrong = std::fs::read_to_string(root().join("tests/data/variant/house-rules.toml"))
        .unwrap()
        .replace("full_time >= 1", "fulltime >= 1");
    let folder = folder(&[("wrong.toml", wrong.as_bytes())]);
    let output = xxgk(&["check", "--form", "wrong.toml", SAMPLE])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("wrong_form_file", String::from_utf8(output.stderr).unwrap());
    assert_eq!(code(&["check", "--form", "nine", SAMPLE]), 2);
    assert_eq!(code(&["check", "--form", "none.toml", SAMPLE]), 2);
    assert_eq!(code(&["rules", "--format", "toml"]), 2);
}

#[test]
fn the_form_is_told_by_its_labels() {
    let reports = jsonl(&[SAMPLE, YEARS[0], YEARS[1]]);
    let shown: Vec<_> = reports
        .iter()
        .map(|it| {
            (
                it["form"].as_str().unwrap(),
                it["verdict"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("nine-category", "query"),
            ("national-2021", "consistent"),
            ("national-2021", "consistent")
        ]
    );
    assert_eq!(code(&["check", "--form", "nine-category", YEARS[0]]), 2);
}

/// The same documents read one after the other and at once: the same reports, in the same order.
#[test]
fn files_at_once_are_reported_in_order() {
    let sample = sample();
    let names: Vec<String> = (0..150).map(|number| format!("{number:03}.txt")).collect();
    let texts: Vec<String> = (0..150)
        .map(|number| match number % 10 {
            0 => "这里没有表。".to_owned(),
            1 => sample.repeat(20),
            other => sample.replace("收到申请27件", &format!("收到申请{other}件")),
        })
        .collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .zip(&texts)
        .map(|(name, text)| (&**name, text.as_bytes()))
        .collect();
    let folder = folder(&files);
    let path = folder.path().to_str().unwrap();
    for format in ["jsonl", "json", "text"] {
        let of = |jobs: &str| run(&["check", "--format", format, "--jobs", jobs, path]).1;
        let one = of("1");
        assert_eq!(one, of("4"));
        let last = one.rfind("149.txt").unwrap();
        assert!(one.find("000.txt").unwrap() < last);
    }
}

#[test]
fn a_table_is_handed_on_as_it_was_read() {
    let extract = |format: &str| run(&["extract", "--format", format, SAMPLE]).1;
    let figures =
        std::fs::read_to_string(root().join("tests/data/jilin-2017/figures.json")).unwrap();
    let figures: Value = serde_json::from_str(&figures).unwrap();
    let json: Value = serde_json::from_str(&extract("json")).unwrap();
    assert_eq!(json[0]["cells"], figures);
    assert_eq!(json[0]["form"], "nine-category");
    assert_eq!(json[0]["year"], 2017);
    let line: Value = serde_json::from_str(&extract("jsonl")).unwrap();
    assert_eq!(line, json[0]);
    let toml: toml::Table = extract("toml").parse().unwrap();
    let cells = &toml["table"][0]["cells"];
    assert_eq!(
        cells["requests"]["received"]["total"].as_integer(),
        Some(27)
    );
    assert_eq!(cells["capacity"]["budget"].as_str(), Some("1.5"));
    let csv = extract("csv");
    assert_eq!(csv.lines().count(), 59);
    let budget = csv
        .lines()
        .find(|line| line.contains("capacity.budget"))
        .unwrap();
    assert!(budget.starts_with(
        "tests/data/jilin-2017/cells-piped.txt,,nine-category,2017,capacity.budget,8.4,"
    ));
    assert!(budget.contains(",万元,1.5,"), "{budget}");

    // What is missing is null, and what is no table says so.
    let blank = sample().replacen("件 |\n27 |", "件 |\n |", 1);
    let folder = folder(&[
        ("blank.txt", blank.as_bytes()),
        ("none.txt", "没有表".as_bytes()),
    ]);
    let of = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (output, text) = run(&["extract", &of("blank.txt"), &of("none.txt")]);
    assert_eq!(output.status.code(), Some(2));
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        json[0]["cells"]["requests"]["received"]["total"],
        Value::Null
    );
    assert_eq!(json[0]["findings"][0]["rule"], "S008");
    assert_eq!(json[1]["cells"], Value::Null);
    assert_eq!(json[1]["findings"][0]["rule"], "S020");
}

/// A page is shown with its own places: the table, the row, the cell.
#[test]
fn a_page_as_a_person_reads_it() {
    let rows: String = [
        ("统计指标", "单位", "统计数"),
        ("(一)收到申请数", "件", "27"),
        ("1.当面申请数", "件", "26"),
        ("2.传真申请数", "件", "0"),
        ("3.网络申请数", "件", "0"),
        ("4.信函申请数", "件", "0"),
        ("(二)申请办结数", "件", "27"),
        ("1.按时办结数", "件", "27"),
        ("2.延期办结数", "件", "0"),
    ]
    .iter()
    .map(|(label, unit, value)| format!("<tr><td>{label}<td>{unit}<td>{value}"))
    .collect();
    let page = format!(
        "<h1>2017年政府信息公开工作年度报告</h1><p>四、依申请公开情况<p>全年收到申请28件。<table>{rows}</table>"
    );
    let folder = folder(&[("page.html", page.as_bytes())]);
    let output = xxgk(&["check", "page.html"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    insta::assert_snapshot!("page_zh", String::from_utf8(output.stdout).unwrap());
    let report = &jsonl(&[folder.path().join("page.html").to_str().unwrap()])[0];
    let finding = report["findings"].as_array().unwrap();
    let finding = finding.iter().find(|it| it["rule"] == "N001").unwrap();
    assert_eq!(finding["claim"]["paragraph"], 3);
    let cell = &finding["cells"][0];
    assert_eq!([&cell["table"], &cell["row"], &cell["column"]], [1, 2, 3]);
    // The same words as in the text.
    assert_eq!(
        [&finding["claim"]["place"], &cell["place"]],
        ["第3段", "表1第2行第3列"]
    );
}

#[test]
fn many_blanks_are_one_finding_and_may_be_read_as_zeros() {
    let blank = sample().replace("\n0 |\n", "\n|\n");
    let folder = folder(&[("blank.txt", blank.as_bytes())]);
    let path = folder.path().join("blank.txt");
    let path = path.to_str().unwrap();
    let found = |report: &Value, rule: &str| {
        let findings = report["findings"].as_array().unwrap();
        findings.iter().filter(|it| it["rule"] == rule).count()
    };
    let report = &jsonl(&[path])[0];
    assert_eq!((found(report, "S008"), found(report, "S023")), (1, 0));
    let report = &jsonl(&["--blanks", "zero", path])[0];
    assert_eq!((found(report, "S008"), found(report, "S023")), (0, 1));
    assert_eq!(report["counts"], jsonl(&[SAMPLE])[0]["counts"]);
    let (_, shown) = run(&["check", path]);
    assert!(shown.contains("--verbose 全部列出"), "{shown}");
}
