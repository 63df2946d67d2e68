//! What goes wrong around a run: outputs that cannot be written, inputs that are no files, runs that were killed, and texts that
//! would do something to a terminal or to a spreadsheet.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const STAFF: &str = "机关,capacity.staff.total,capacity.staff.full_time,capacity.staff.part_time\n";
const TABLE: &str = include_str!("../../../tests/data/jilin-2017/rows-piped.txt");

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let staff = format!("{STAFF}甲,30,10,8\n乙,3,1,2\n");
    fs::write(folder.path().join("staff.csv"), staff).unwrap();
    fs::write(folder.path().join("report.txt"), TABLE).unwrap();
    folder
}

fn command(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    command.current_dir(folder).args(args);
    command
}

#[track_caller]
fn run(folder: &TempDir, args: &[&str], code: i32) -> (String, String) {
    let output = command(folder, args).output().unwrap();
    let (out, err) = said(&output);
    assert_eq!(output.status.code(), Some(code), "{out}{err}");
    assert!(!err.contains("panicked"), "{err}");
    (out, err)
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

const BATCH: [&str; 3] = ["batch", "--partial", "staff.csv"];

fn batch<'a>(args: &[&'a str]) -> Vec<&'a str> {
    BATCH.iter().chain(args).copied().collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|it| it.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_is_said() {
    let folder = folder();
    for args in [
        &["check", "report.txt"][..],
        &["check", "--format", "json", "report.txt"],
        &["extract", "--format", "csv", "report.txt"],
        &["rules"],
        &BATCH,
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command(&folder, args).stdout(full).output().unwrap();
        let (_, err) = said(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?} {err}");
        assert!(err.contains("无法写出：磁盘已满"), "{args:?} {err}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_said_to_be() {
    let folder = folder();
    for format in ["csv", "jsonl", "parquet"] {
        let name = format!("full.{format}");
        symlink("/dev/full", folder.path().join(&name)).unwrap();
        for counts in [&[][..], &["--counts"]] {
            let args = [&batch(&["--out", &name]), counts].concat();
            let (_, err) = run(&folder, &args, 2);
            assert!(err.contains(&format!("{name}: 无法写出：")), "{err}");
        }
    }
    let (_, err) = run(&folder, &batch(&["--out", "none/out.csv"]), 2);
    assert!(
        err.contains("none/out.csv: 无法写出：没有这个文件"),
        "{err}"
    );
    assert_eq!(names(folder.path()).len(), 5);
}

#[test]
fn a_reader_who_has_read_enough_is_no_fault() {
    let folder = folder();
    for args in [&["rules"][..], &["rules", "--format", "json"]] {
        let mut child = command(&folder, args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::with_capacity(16, child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        drop(out);
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert!(child.wait().unwrap().success() && err.is_empty(), "{err}");
    }
}

#[test]
fn what_a_killed_run_left_is_gone_after_the_next() {
    let folder = folder();
    let partial = folder.path().join("out.csv.partial");
    for args in [
        &["--out", "out.csv"][..],
        &["--out", "out.csv", "--counts"],
        // Nothing comes of it.
        &["--out", "out.csv", "--key", "名称"],
    ] {
        fs::write(&partial, "source,record").unwrap();
        command(&folder, &batch(args)).output().unwrap();
        assert!(!partial.exists(), "{args:?}");
    }
}

#[test]
fn a_run_that_is_killed_leaves_nothing_that_looks_whole() {
    let folder = folder();
    let rows = "甲,30,10,8\n".repeat(200_000);
    fs::write(folder.path().join("many.csv"), STAFF.to_owned() + &rows).unwrap();
    let [out, partial] = ["out.csv", "out.csv.partial"].map(|it| folder.path().join(it));
    let args = ["batch", "--partial", "many.csv", "--out", "out.csv"];
    let mut child = command(&folder, &args)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while !partial.exists() && child.try_wait().unwrap().is_none() {}
    child.kill().unwrap();
    child.wait().unwrap();
    let lines = |path: &Path| fs::read_to_string(path).unwrap().lines().count();
    let whole = 1 + 200_000;
    assert!(!out.exists() || lines(&out) == whole);
    run(&folder, &args, 1);
    assert_eq!(lines(&out), whole);
    assert!(!partial.exists());
}

#[test]
fn a_folder_without_rights_is_said_and_the_rest_is_read() {
    let folder = folder();
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::write(locked.join("a.txt"), TABLE).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).unwrap();
    // Whoever may do everything finds nothing locked.
    if fs::read_dir(&locked).is_err() {
        let (out, _) = run(&folder, &["check", "."], 2);
        assert!(out.contains("locked") && out.contains("没有权限"), "{out}");
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_link_stays_one_and_leads_to_what_is_written() {
    let folder = folder();
    fs::create_dir(folder.path().join("kept")).unwrap();
    symlink("kept/out.csv", folder.path().join("link.csv")).unwrap();
    symlink("link.csv", folder.path().join("link-to-link.csv")).unwrap();
    for _ in 0..2 {
        run(&folder, &batch(&["--out", "link-to-link.csv"]), 1);
    }
    let link = fs::symlink_metadata(folder.path().join("link.csv")).unwrap();
    assert!(link.is_symlink());
    assert_eq!(names(&folder.path().join("kept")), ["out.csv"]);
    let written = fs::read_to_string(folder.path().join("kept/out.csv")).unwrap();
    assert!(written.contains("R801"), "{written}");
}

#[test]
fn the_output_is_no_input_by_whatever_name() {
    let folder = folder();
    symlink("staff.csv", folder.path().join("link.csv")).unwrap();
    let before = fs::read(folder.path().join("staff.csv")).unwrap();
    let (_, err) = run(&folder, &batch(&["--out", "link.csv"]), 2);
    assert!(err.contains("也是输入文件"), "{err}");
    assert_eq!(fs::read(folder.path().join("staff.csv")).unwrap(), before);
}

#[test]
fn links_in_circles_and_links_to_files() {
    let folder = folder();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    symlink("../reports", reports.join("circle")).unwrap();
    symlink("to-itself.txt", reports.join("to-itself.txt")).unwrap();
    symlink("../report.txt", reports.join("linked.txt")).unwrap();
    let (out, _) = run(&folder, &["check", "reports"], 0);
    assert!(out.contains("共审核1张表"), "{out}");
    let (_, err) = run(&folder, &["extract", "reports/to-itself.txt"], 2);
    assert!(err.contains("文件打不开"), "{err}");
}

#[test]
fn pipes_and_devices_are_not_waited_for() {
    let folder = folder();
    let pipe = folder.path().join("pipe.csv");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    for input in ["pipe.csv", "/dev/zero", "/"] {
        let (_, err) = match input {
            "/" => run(
                &folder,
                &["batch", "--form", "nine-category", "/dev/null"],
                2,
            ),
            _ => run(&folder, &["batch", "--form", "nine-category", input], 2),
        };
        assert!(err.contains("不是普通文件"), "{err}");
    }
    // In a folder there are files beside it.
    let (out, _) = run(&folder, &["batch", "--partial", "."], 1);
    assert!(out.contains("共审核1个文件"), "{out}");
    run(&folder, &["check", "."], 2);
}

#[test]
fn names_that_are_no_text() {
    let folder = folder();
    let name = OsStr::from_bytes(b"\xff\xfe.csv");
    let staff = folder.path().join("staff.csv");
    fs::copy(&staff, folder.path().join(name)).unwrap();
    fs::remove_file(&staff).unwrap();
    let output = command(&folder, &["batch", "--partial"]).arg(name).output();
    let (out, err) = said(&output.unwrap());
    assert!(out.contains("共审核1个文件、2条记录"), "{out}{err}");
    let (out, _) = run(&folder, &["batch", "--partial", "."], 1);
    assert!(out.contains("共审核1个文件"), "{out}");
}

#[test]
fn no_more_threads_than_there_is_work_for() {
    let folder = folder();
    run(&folder, &batch(&["--jobs", "100000"]), 1);
    let other = folder.path().join("other.txt");
    fs::write(other, TABLE).unwrap();
    let args = ["check", "report.txt", "other.txt", "--jobs", "100000"];
    let (out, _) = run(&folder, &args, 0);
    assert!(out.contains("共审核2张表"), "{out}");
}

/// Signs that would do something to a terminal; a new line by itself is one of ours.
fn is_active(sign: char) -> bool {
    (sign.is_control() && sign != '\n') || matches!(sign, '\u{202a}'..='\u{202e}')
}

const EVIL: &str = "\u{1b}[31m红\u{7}\u{202e}\n假的一行";

#[test]
fn nothing_in_a_text_reaches_the_terminal_but_its_signs() {
    let folder = folder();
    let evil_label = "(九)\u{1b}[31m某某\u{7}\u{202e}数 | 件 | 93\n";
    fs::write(
        folder.path().join("label.txt"),
        TABLE.to_owned() + evil_label,
    )
    .unwrap();
    let form = format!(
        "id = \"small\"\ntitle = {0:?}\nsource = {0:?}\nfirst_year = 2020\nlast_year = 2020\n\
         [[row]]\ncode = \"1\"\nkey = \"a\"\nlabel = {0:?}\nunit = \"件\"\nkind = \"count\"\n\
         [[row]]\ncode = \"2\"\nkey = \"b\"\nlabel = \"乙\"\nunit = {0:?}\nkind = \"count\"\n\
         [[rule]]\nid = \"T1\"\nseverity = \"hard\"\nstatement = \"a = b\"\nbasis = {{ zh = {0:?}, en = {0:?} }}\n",
        Evil
    );
    fs::write(folder.path().join("evil.toml"), form).unwrap();
    fs::write(folder.path().join("t.txt"), "乙 | 件 | 2\n红 | 件 | 1\n").unwrap();
    let rows = format!("id,a,b,\"{EVIL}\"\n\"{EVIL}\",1,2,3\n\"{EVIL}\",{EVIL:?},2,3\n");
    fs::write(folder.path().join("evil.csv"), rows).unwrap();
    let name = format!("{EVIL}.csv");
    fs::copy(folder.path().join("evil.csv"), folder.path().join(&name)).unwrap();
    let name_txt = format!("{EVIL}.txt");
    fs::copy(
        folder.path().join("label.txt"),
        folder.path().join(&name_txt),
    )
    .unwrap();
    for args in [
        &["check", "label.txt"][..],
        &["check", "--verbose", &name_txt],
        &["check", "--format", "json", &name_txt],
        &["check", "--format", "jsonl", &name_txt],
        &["check", &name],
        &["check", "--previous", &name_txt, "label.txt"],
        &["check", "t.txt", "--form", "evil.toml"],
        &["extract", "--format", "json", &name_txt],
        &["extract", &name],
        &["repair", &name_txt],
        &["repair", "--format", "json", &name_txt],
        &["rollup", &name_txt, "label.txt"],
        &["rollup", &name_txt, &name],
        &["batch", "--form", "evil.toml", "--key", "id", "evil.csv"],
        &["batch", "--form", "evil.toml", "--key", "id", &name],
        &["batch", "--form", "evil.toml", "--key", EVIL, &name],
        &["batch", "--form", "nine-category", &name],
        &["batch", EVIL],
        &["batch", "evil.csv", "--columns", EVIL],
        &["batch", "evil.csv", "--out", EVIL],
        &["rules", "--form", "evil.toml"],
        &["rules", "--form", "evil.toml", "--format", "json"],
        &["explain", "T1", "--form", "evil.toml"],
        &["explain", EVIL],
        &["lint", "evil.toml"],
        &["lint", "evil.toml", "--format", "json"],
        &["lint", EVIL],
        &["check", "--form", EVIL, "label.txt"],
        &["check", "--rules", EVIL, "label.txt"],
        &["check", "--lang", EVIL, "label.txt"],
        &[EVIL],
        &[
            "sql",
            "--dialect",
            "duckdb",
            "--table",
            "t",
            "--key",
            "k",
            "--columns",
            EVIL,
        ],
    ] {
        let output = command(&folder, args).output().unwrap();
        let (out, err) = said(&output);
        for said in [&out, &err] {
            assert!(!said.contains(is_active), "{args:?} {said:?}");
            assert!(
                !said.lines().any(|line| line.starts_with("假的一行")),
                "{args:?} {said}"
            );
        }
        assert!(!(out + &err).is_empty());
    }
}

/// [`EVIL`] as TOML writes it.
struct Evil;

impl std::fmt::Debug for Evil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("\"\\u001b[31m红\\u0007\\u202e\\n假的一行\"")
    }
}

#[test]
fn no_text_is_a_formula_in_a_csv_file() {
    let folder = folder();
    let keys = ["=1+1", "+1", "-cmd", "@SUM(A1)", "\t=1", "-5", "甲=乙"];
    let rows = keys.map(|key| format!("{key},30,10,8\n"));
    fs::write(
        folder.path().join("keys.csv"),
        STAFF.to_owned() + &rows.concat(),
    )
    .unwrap();
    let args = [
        "batch",
        "--partial",
        "keys.csv",
        "--key",
        "机关",
        "--out",
        "out.csv",
    ];
    run(&folder, &args, 1);
    let written = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    let records: Vec<&str> = written
        .lines()
        .filter(|line| line.contains("R801"))
        .map(|line| line.split(',').nth(1).unwrap())
        .collect();
    let expected = ["'=1+1", "'+1", "'-cmd", "'@SUM(A1)", "'\t=1", "-5", "甲=乙"];
    assert_eq!(records, expected);
    // A difference is a number, and stays one.
    fs::write(
        folder.path().join("less.csv"),
        STAFF.to_owned() + "甲,3,10,8\n",
    )
    .unwrap();
    run(
        &folder,
        &["batch", "--partial", "less.csv", "--out", "out.csv"],
        1,
    );
    let written = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert!(written.contains(",R801,-15,"), "{written}");

    fs::write(folder.path().join("=1.txt"), TABLE).unwrap();
    let (out, _) = run(&folder, &["extract", "--format", "csv", "=1.txt"], 0);
    assert!(
        out.lines().skip(1).all(|line| line.starts_with("'=1.txt,")),
        "{out}"
    );
}

#[test]
fn a_parent_with_two_tables_is_refused() {
    let folder = folder();
    let two = format!("{TABLE}\n\n某市政府信息公开情况统计表\n{TABLE}");
    fs::write(folder.path().join("two.txt"), two).unwrap();
    let (_, err) = run(&folder, &["rollup", "two.txt", "report.txt"], 2);
    assert!(err.contains("two.txt 中有2张统计表"), "{err}");
}
