//! What the command writes as JSON is what its schema says, and reads back to the same text.

mod support;

use jsonschema::Validator;
use serde_json::Value;
use support::{SAMPLE, YEARS, folder, root, run, sample};
use xxgk::View;

/// The schema that is checked in.
fn schema(name: &str) -> Validator {
    let path = root().join("docs/schema").join(name);
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn reports_read_back() {
    let schema = schema("report.schema.json");
    let wrong = sample().replacen("\n27 |", "\n28 |", 1);
    let folder = folder(&[("wrong.txt", wrong.as_bytes()), ("none.txt", b"-")]);
    let folder = folder.path().display().to_string();
    let inputs = [SAMPLE, YEARS[0], "tests/data", &folder];
    let mut tables = 0;
    for more in [&["--lang", "en"][..], &["--verbose", "--previous", SAMPLE]] {
        let shown = |format| run(&[&["check", "--format", format], more, &inputs].concat()).1;
        let lines = shown("jsonl");
        let read = |line: &str| serde_json::from_str::<View>(line).unwrap();
        let views: Vec<View> = lines.lines().map(read).collect();
        for (view, line) in views.iter().zip(lines.lines()) {
            assert_eq!(serde_json::to_string(view).unwrap(), line);
            let mut json: Value = serde_json::from_str(line).unwrap();
            assert!(schema.is_valid(&json), "{line}");
            json["counts"]["rules"] = "28".into();
            assert!(!schema.is_valid(&json), "{line}");
        }
        let array = serde_json::from_str::<Vec<View>>(&shown("json")).unwrap();
        assert_eq!(array, views);
        tables += views.len();
    }
    assert!(tables > 20, "{tables}");
}
