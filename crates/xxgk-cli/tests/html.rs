//! `--format html`: one page, whatever was checked.

mod support;

use support::{SAMPLE, folder, run, sample, xxgk};

fn html(args: &[&str]) -> (Option<i32>, String) {
    let (output, page) = run(&[&["check", "--format", "html"], args].concat());
    (output.status.code(), page)
}

#[test]
fn a_file_is_a_page_with_its_review_sheet() {
    let (code, page) = html(&[SAMPLE]);
    assert_eq!(code, Some(0));
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n"));
    assert!(page.ends_with("</html>\n"));
    assert!(
        page.contains("审核单") && page.contains("填报人") && !page.contains("class=\"overview\"")
    );
    assert!(page.contains("data-key=\"requests.received.total\""));
    let (_, english) = html(&["--lang", "en", SAMPLE]);
    assert!(english.contains("<html lang=\"en\">") && english.contains("Review sheet"));
}

#[test]
fn a_folder_is_one_page_that_begins_with_an_overview() {
    let wrong = sample().replacen(
        "(一)收到申请数 |\n件 |\n27 |",
        "(一)收到申请数 |\n件 |\n28 |",
        1,
    );
    let name = "b <i>&'\u{202e}.txt";
    let folder = folder(&[
        ("a.txt", sample().as_bytes()),
        (name, wrong.as_bytes()),
        ("c.txt", "这里没有表。".as_bytes()),
    ]);
    let page = || {
        let args = ["check", "--format", "html", "."];
        let output = xxgk(&args).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stdout).unwrap()
    };
    let html = page();
    let overview = html.find("class=\"overview\"").unwrap();
    let table = html.find("id=\"t1\"").unwrap();
    assert!(overview < table);
    for row in ["#t1", "#t2", "#t3"] {
        assert_eq!(html.matches(&format!("href=\"{row}\"")).count(), 1);
    }
    assert!(
        html.contains("b &lt;i&gt;&amp;'\\u{202e}.txt"),
        "the name is inert"
    );
    assert!(!html.contains("<i>&") && !html.contains('\u{202e}'));
    assert!(html.contains("共审核2张表") && !html.contains("class=\"sheet\""));
    assert_eq!(html, page(), "the same each time");
}

#[test]
fn a_roll_up_is_a_page_too() {
    let (output, page) = run(&["rollup", "--format", "html", SAMPLE, SAMPLE]);
    assert_eq!(output.status.code(), Some(0));
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("data-key="));
}
