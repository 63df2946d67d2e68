//! The command, run, and files for it.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

pub const SAMPLE: &str = "tests/data/jilin-2017/cells-piped.txt";

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn xxgk(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xxgk"));
    command
        .current_dir(root())
        .args(args)
        .env_remove("CLICOLOR_FORCE");
    command
}

#[track_caller]
pub fn run(args: &[&str]) -> (Output, String) {
    let output = xxgk(args).output().unwrap();
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    (output, text)
}

#[track_caller]
pub fn code(args: &[&str]) -> i32 {
    run(args).0.status.code().unwrap()
}

#[track_caller]
pub fn jsonl(args: &[&str]) -> Vec<Value> {
    let args = [&["check", "--format", "jsonl"], args].concat();
    run(&args)
        .1
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A folder with these files.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

pub fn sample() -> String {
    std::fs::read_to_string(root().join(SAMPLE)).unwrap()
}

pub const YEARS: [&str; 2] = [
    "tests/data/suqian-2023/rows-piped.txt",
    "tests/data/suqian-2024/markdown.md",
];
