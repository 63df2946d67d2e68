//! What was asked for wrongly, in the language of the user: clap speaks English only.

use std::borrow::Cow;
use std::env;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, FromArgMatches as _};
use xxgk::Lang;

use crate::args::Args;
use crate::shown::{shown, tell};
use crate::{Status, help};

/// What is asked for. `Err` is how the program ends, when what there is to say has been said.
pub fn parse() -> Result<Args, ExitCode> {
    let given = env::args_os().map(|it| it.to_string_lossy().into_owned());
    let given: Vec<String> = given.collect();
    let lang = match is_english(&given) {
        true => Lang::En,
        false => Lang::Zh,
    };
    let matches = help::command(lang).try_get_matches_from(env::args_os());
    let args = matches.and_then(|it| Args::from_arg_matches(&it));
    args.map_err(|error| {
        // Help and versions are no errors, and come by the same way. What clap prints shows arguments as they are.
        let is_plain = || given.iter().all(|it| matches!(shown(it), Cow::Borrowed(_)));
        if !error.use_stderr() || is_help(&error) || (lang == Lang::En && is_plain()) {
            // Nobody is there to be told that it cannot be printed.
            _ = error.print();
        } else if lang == Lang::En {
            let hidden = given.iter().find(|it| matches!(shown(it), Cow::Owned(_)));
            let hidden = hidden.map(String::as_str).unwrap_or_default();
            tell(format_args!("invalid argument: {}", shown(hidden)));
        } else {
            tell(shown(&chinese(&error, &given)));
        }
        match error.use_stderr() {
            true => ExitCode::from(Status::Unreadable as u8),
            false => ExitCode::SUCCESS,
        }
    })
}

fn is_help(error: &clap::Error) -> bool {
    error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

/// The language has to be found out by hand where the rest of the line cannot be understood.
fn is_english(given: &[String]) -> bool {
    let two = |pair: &[String]| pair == ["--lang", "en"];
    given.iter().any(|it| it == "--lang=en") || given.windows(2).any(two)
}

/// What is wrong, and what to do.
fn chinese(error: &clap::Error, given: &[String]) -> String {
    let text = |kind| {
        error
            .get(kind)
            .map(ToString::to_string)
            .filter(|it| !it.is_empty())
    };
    let arg = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue);
    let what = match (error.kind(), value) {
        (ErrorKind::UnknownArgument, _) => format!("没有参数“{arg}”"),
        (ErrorKind::InvalidSubcommand, _) => {
            let command = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("没有命令“{command}”")
        }
        (
            ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8,
            Some(value),
        ) => {
            format!("参数“{arg}”不能是“{value}”")
        }
        (ErrorKind::InvalidValue | ErrorKind::NoEquals, None) => {
            format!("参数“{arg}”后面缺少值")
        }
        (ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues, _) => {
            format!("参数“{arg}”的值不够")
        }
        (ErrorKind::TooManyValues, _) => format!("参数“{arg}”的值太多"),
        (ErrorKind::MissingRequiredArgument, _) => {
            format!("缺少参数：{}", list(error, ContextKind::InvalidArg))
        }
        (ErrorKind::ArgumentConflict, _) => conflict(&arg, error),
        (ErrorKind::MissingSubcommand, _) => "没有写命令".to_owned(),
        _ => "命令的写法不对".to_owned(),
    };
    let remedy = remedy(error).unwrap_or_else(|| format!("用法见 {}", ask_for_help(given)));
    format!("{what}，{remedy}")
}

fn conflict(arg: &str, error: &clap::Error) -> String {
    let prior = list(error, ContextKind::PriorArg);
    match prior == format!("“{arg}”") || prior.is_empty() {
        true => format!("参数“{arg}”写了几次，请只写一次"),
        false => format!("参数“{arg}”不能与{prior}同时使用，请去掉其中一个"),
    }
}

/// What would have been right, where it is known.
fn remedy(error: &clap::Error) -> Option<String> {
    let valid = list(error, ContextKind::ValidValue);
    if !valid.is_empty() {
        return Some(format!("可以是{valid}"));
    }
    let suggested = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedCommand,
        ContextKind::SuggestedValue,
    ];
    let suggested = suggested.into_iter().map(|kind| list(error, kind));
    let suggested = suggested.into_iter().find(|it| !it.is_empty())?;
    Some(format!("是不是{suggested}？"))
}

/// The names in a context, each in quotation marks.
fn list(error: &clap::Error, kind: ContextKind) -> String {
    let quoted = |it: &str| format!("“{it}”");
    match error.get(kind) {
        Some(ContextValue::Strings(all)) => {
            let all: Vec<String> = all.iter().map(|it| quoted(it)).collect();
            all.join("、")
        }
        Some(ContextValue::String(one)) => quoted(one),
        _ => String::new(),
    }
}

/// How to ask for help: on the command that was asked for, if there is one of its name.
fn ask_for_help(given: &[String]) -> String {
    let command = Args::command();
    let named = given
        .iter()
        .skip(1)
        .find(|it| command.find_subcommand(it).is_some());
    match named {
        Some(named) => format!("xxgk {named} --help"),
        None => "xxgk --help".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    fn said(line: &str) -> String {
        let matches = help::command(Lang::Zh).try_get_matches_from(line.split(' '));
        let error = matches.unwrap_err();
        chinese(&error, &given(line))
    }

    #[test]
    fn every_kind_in_chinese() {
        let lines = [
            "xxgk check --frmat json a.txt",
            "xxgk check --zzz a.txt",
            "xxgk chek a.txt",
            "xxgk check a.txt --format",
            "xxgk check a.txt --format yaml",
            "xxgk check a.txt --jobs 0",
            "xxgk check a.txt --carried-in x",
            "xxgk check",
            "xxgk check a.txt --strict --strict",
            "xxgk check a.txt --form a --form b",
            "xxgk rollup a.txt",
            "xxgk rollup --manifest m.toml a.txt b.txt",
            "xxgk sql --dialect oracle --table t",
            "xxgk sql --dialect duckdb --table t --key k --counts",
            "xxgk explain",
            "xxgk check a.txt --strict=yes",
            "xxgk --lang fr check a.txt",
            "xxgk --lang zh",
        ];
        let all: Vec<String> = lines.map(|line| format!("{line}\n  {}", said(line))).into();
        insta::assert_snapshot!(all.join("\n"));
    }

    #[test]
    fn the_language_is_found_in_a_line_that_is_wrong() {
        let english = |line: &str| is_english(&given(line));
        assert!(english("xxgk check --lang en --frmat") && english("xxgk --lang=en"));
        assert!(!english("xxgk check --lang zh en") && !english("xxgk en"));
    }
}
