//! The help, in one language: the descriptions in [`args`](crate::args) are in both, and clap's own words are English.

use clap::{Arg, ArgAction, Command, CommandFactory as _};
use xxgk::Lang;

use crate::args::Args;

/// What a value is called where it is to be written.
const VALUES: &[(&str, &str)] = &[
    ("APPLY", "范围"),
    ("BLANKS", "处理"),
    ("CHILD", "下级"),
    ("COLUMN", "列名"),
    ("DIR", "文件夹"),
    ("FILE", "文件"),
    ("FORMAT", "格式"),
    ("GLOB", "通配符"),
    ("ID", "编号"),
    ("LANG", "语言"),
    ("LIST", "名单"),
    ("MAP", "对照表"),
    ("N", "个数"),
    ("NAME", "名称"),
    ("OUT", "输出文件"),
    ("PARENT", "上级"),
    ("PROSE", "开关"),
    ("REPORT", "开关"),
    ("SCHEMA", "模式"),
    ("TABLE", "表名"),
    ("TEXT", "文字"),
    ("YEAR", "年度"),
];

/// The command that arguments are held against, with its help in a language.
pub fn command(lang: Lang) -> Command {
    let mut command = described(Args::command(), lang);
    if lang == Lang::En {
        return command;
    }
    let version = Arg::new("version").short('V').long("version");
    let version = version.action(ArgAction::Version).help("显示版本");
    command = command.disable_version_flag(true).arg(version);
    // Only now is it known how each command is called, and that there is one for help.
    command.build();
    used(command).mut_subcommand("help", |help| help.about("显示帮助"))
}

fn described(command: Command, lang: Lang) -> Command {
    let about = command.get_about().map(ToString::to_string);
    let command = command
        .about(half(&about.unwrap_or_default(), lang))
        .mut_args(|arg| described_arg(arg, lang))
        .mut_subcommands(|it| described(it, lang));
    match lang {
        Lang::Zh => with_chinese_headings(command),
        Lang::En => command,
    }
}

fn with_chinese_headings(command: Command) -> Command {
    let mut template = "{about-with-newline}\n用法：{usage}\n\n".to_owned();
    if command.get_positionals().next().is_some() {
        template += "参数：\n{positionals}\n\n";
    }
    if command.has_subcommands() {
        template += "命令：\n{subcommands}\n\n";
    }
    template += "选项：\n{options}";
    let help = Arg::new("help").short('h').long("help");
    command
        .help_template(template)
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .arg(help.action(ArgAction::Help).help("显示帮助（-h 显示摘要）"))
}

/// A command whose line of usage is in Chinese, and those below it.
fn used(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let usage = usage.replace("[OPTIONS]", "[选项]");
    command.override_usage(usage).mut_subcommands(used)
}

/// An argument with its description, its values and its default.
fn described_arg(arg: Arg, lang: Lang) -> Arg {
    let what = arg.get_help().map(ToString::to_string);
    let mut what = half(&what.unwrap_or_default(), lang);
    if !arg.get_action().takes_values() {
        return arg.help(what);
    }
    let default = arg.get_default_values().iter();
    let default: Vec<_> = default.map(|it| it.to_string_lossy()).collect();
    if !default.is_empty() {
        what += lang.pick("，默认 ", "; default: ");
        what += &default.join(",");
    }
    let arg = match lang {
        Lang::Zh => named(arg),
        Lang::En => arg,
    };
    let arg = with_values(arg, what, lang);
    arg.hide_default_value(true).hide_possible_values(true)
}

/// An argument with its description and the values that it can have, each with what it means where that is told.
fn with_values(arg: Arg, what: String, lang: Lang) -> Arg {
    let values = arg.get_possible_values();
    let explained = values.iter().filter_map(|value| {
        let help = half(&value.get_help()?.to_string(), lang);
        let colon = lang.pick("：", ": ");
        Some(format!("\n- {}{colon}{help}", value.get_name()))
    });
    let explained: String = explained.collect();
    let names: Vec<&str> = values.iter().map(|it| it.get_name()).collect();
    let names = names.join(lang.pick("、", ", "));
    let short = match (names.is_empty(), lang) {
        (true, _) => what.clone(),
        (false, Lang::Zh) => format!("{what}（可选 {names}）"),
        (false, Lang::En) => format!("{what} ({names})"),
    };
    match explained.is_empty() {
        true => arg.help(short),
        false => arg.help(short).long_help(what + &explained),
    }
}

/// An argument whose value is called in Chinese.
fn named(arg: Arg) -> Arg {
    let names = arg.get_value_names().unwrap_or_default().iter();
    let names: Vec<String> = names.map(|it| chinese_name(it)).collect();
    match names.is_empty() {
        true => arg,
        false => arg.value_names(names),
    }
}

fn chinese_name(name: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in name.chars().map(Some).chain([None]) {
        match c {
            Some(c) if c.is_ascii_uppercase() => word.push(c),
            other => {
                let chinese = VALUES.iter().find(|it| it.0 == word);
                out += chinese.map_or(&word, |it| it.1);
                word.clear();
                out.extend(other);
            }
        }
    }
    out
}

/// One half of a description in both languages: `审核文件 (check files)`.
fn half(both: &str, lang: Lang) -> String {
    let mut open = 0usize;
    let begins = both.char_indices().rev().find_map(|(at, c)| {
        match c {
            ')' => open += 1,
            '(' => open = open.saturating_sub(1),
            _ => {}
        }
        (open == 0).then_some(at)
    });
    let begins = begins.filter(|_| both.ends_with(')'));
    let Some((chinese, english)) = begins.and_then(|at| both.split_at_checked(at)) else {
        return both.to_owned();
    };
    match lang {
        Lang::Zh => chinese.trim_end().to_owned(),
        Lang::En => english
            .trim_start_matches('(')
            .trim_end_matches(')')
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_chinese(c: char) -> bool {
        ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c)
    }

    /// The long help of every command.
    fn helps(lang: Lang) -> Vec<String> {
        let mut command = command(lang);
        command.build();
        let mut all = vec![command.render_long_help().to_string()];
        for below in command.get_subcommands_mut() {
            if below.get_name() != "help" {
                all.push(below.render_long_help().to_string());
            }
        }
        all
    }

    #[test]
    fn each_language_stands_alone() {
        for text in helps(Lang::En) {
            assert!(!text.contains(is_chinese), "{text}");
        }
        for text in helps(Lang::Zh) {
            for word in [
                "Usage", "Options", "Print", "possible", "default", "OPTIONS",
            ] {
                assert!(!text.contains(word), "{word}: {text}");
            }
            // What is to be written in place of a name is called in Chinese; keys and formats have letters of both sizes.
            for name in text
                .split('<')
                .skip(1)
                .filter_map(|it| it.split('>').next())
            {
                let upper = name.split(|c: char| !c.is_ascii_alphabetic());
                for word in upper.filter(|it| !it.is_empty()) {
                    assert!(word.chars().all(|c| c.is_ascii_lowercase()), "{name}");
                }
            }
        }
    }

    #[test]
    fn the_help_of_check() {
        let mut command = command(Lang::Zh);
        let check = command.find_subcommand_mut("check").unwrap();
        insta::assert_snapshot!(check.render_long_help().to_string());
    }

    #[test]
    fn the_help_of_all() {
        insta::assert_snapshot!(command(Lang::Zh).render_help().to_string());
    }

    #[test]
    fn halves() {
        let both = "一种 (one (of two) of them)";
        assert_eq!(half(both, Lang::Zh), "一种");
        assert_eq!(half(both, Lang::En), "one (of two) of them");
        assert_eq!(half("text (a) b", Lang::Zh), "text (a) b");
        assert_eq!(half("", Lang::En), "");
    }
}
