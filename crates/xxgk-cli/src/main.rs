//! The `xxgk` command: checks the open-government statistics that Chinese agencies publish.
//!
//! - [`args`]: what can be asked for; [`help`]: how that is told; [`usage`]: what was asked for wrongly
//! - [`forms`]: the forms that a command works with
//! - [`input`]: files, folders and standard input, as documents; [`work`]: many of them at once
//! - [`collect`]: `xxgk collect`; [`agencies`]: who has to report; [`letters`]: review sheets; [`previous`]: the year before
//! - [`check`]: `xxgk check`; [`annotate`]: `xxgk annotate`; [`repair`]: `xxgk repair`; [`impute`]: `xxgk impute`; both by [`tables`]; [`extract`]: `xxgk extract`; [`rollup`]: `xxgk rollup`
//! - [`batch`]: `xxgk batch`, over records in columns; [`columns`]: which column is which; [`sink`]: the file of findings;
//!   [`whole`]: a file that appears whole or not at all
//! - [`fault`]: why a file cannot be read or written; [`toml_files`]: what is wrong in one that the user wrote
//! - [`output`]: where the reports go; [`render`]: in which outputs; [`mod@shown`]: what may reach a terminal
//! - [`catalogue`]: `xxgk rules`, `xxgk explain` and `xxgk formats`; [`sql`]: `xxgk sql`; [`lint`]: `xxgk lint`

mod agencies;
mod annotate;
mod args;
mod batch;
mod catalogue;
mod check;
mod collect;
mod columns;
mod extract;
mod fault;
mod forms;
mod help;
mod impute;
mod input;
mod letters;
mod lint;
mod output;
mod previous;
mod render;
mod repair;
mod rollup;
mod shown;
mod sink;
mod sql;
mod tables;
mod toml_files;
mod usage;
mod whole;
mod work;

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use crate::args::Command;
use crate::fault::unwritten;
use crate::shown::{Inert, tell};

/// The exit status: the largest that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// No hard finding; with `--strict`, no finding.
    Clean = 0,
    /// Findings.
    Findings = 1,
    /// Something could not be read, or was asked for wrongly.
    Unreadable = 2,
}

fn main() -> ExitCode {
    let args = match usage::parse() {
        Ok(args) => args,
        Err(status) => return status,
    };
    let out = io::BufWriter::new(io::stdout().lock());
    let mut out = Inert::new(out, args.command.output(io::stdout().is_terminal()));
    let lang = args.lang.into();
    let chosen = match &args.command {
        Command::Check(check) => forms::choose(&check.forms, lang),
        Command::Collect(collect) => forms::choose(&collect.forms, lang),
        Command::Annotate(annotate) => forms::choose(&annotate.forms, lang),
        Command::Repair(repair) => forms::choose(&repair.forms, lang),
        Command::Impute(impute) => forms::choose(&impute.forms, lang),
        Command::Batch(batch) => forms::choose(&batch.forms, lang),
        Command::Extract(extract) => forms::choose(&extract.forms, lang),
        Command::Rollup(rollup) => forms::choose(&rollup.forms, lang),
        Command::Sql(sql) => forms::for_sql(sql, lang),
        // Each of its inputs is a form.
        Command::Lint(_) | Command::Formats => Ok(Vec::new()),
        Command::Explain { forms, .. } | Command::Rules { forms, .. } => forms::choose(forms, lang),
    };
    let forms = match chosen {
        Ok(forms) => forms,
        Err(message) => {
            tell(message);
            return ExitCode::from(Status::Unreadable as u8);
        }
    };
    let status = match &args.command {
        Command::Check(check) => check::run(check, &forms, lang, &mut out),
        Command::Collect(args) => collect::run(args, &forms, lang, &mut out),
        Command::Annotate(args) => annotate::run(args, &forms, lang),
        Command::Repair(args) => repair::run(args, &forms, lang, &mut out),
        Command::Impute(args) => impute::run(args, &forms, lang, &mut out),
        Command::Batch(args) => batch::run(args, &forms, lang, &mut out),
        Command::Extract(args) => extract::run(args, &forms, lang, &mut out),
        Command::Rollup(args) => rollup::run(args, &forms, lang, &mut out),
        Command::Sql(args) => sql::run(args, &forms, lang, &mut out),
        Command::Lint(args) => lint::run(args, lang, &mut out),
        Command::Explain { id, .. } => catalogue::explain(id, &forms, lang, &mut out),
        Command::Rules { format, .. } => catalogue::rules(&forms, *format, lang, &mut out),
        Command::Formats => catalogue::formats(lang, &mut out),
    };
    match status.and_then(|status| out.flush().map(|()| status)) {
        Ok(status) => ExitCode::from(status as u8),
        // Whoever reads us has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            tell(unwritten(&error, None, lang));
            ExitCode::from(Status::Unreadable as u8)
        }
    }
}
