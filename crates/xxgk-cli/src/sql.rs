//! `xxgk sql`: the rules as a statement for a database.

use std::io::{self, Write};
use std::sync::Arc;

use xxgk::Lang;
use xxgk::form::{Form, Names};
use xxgk::sql::{Query, SqlError};

use crate::Status;
use crate::args::Sql;
use crate::columns;
use crate::shown::tell;

/// Writes the statement that was asked for.
pub fn run(
    args: &Sql,
    forms: &[Arc<Form>],
    lang: Lang,
    out: &mut impl Write,
) -> io::Result<Status> {
    for form in forms {
        match statement(args, form, lang) {
            Ok(statement) => writeln!(out, "{statement};")?,
            Err(message) => {
                tell(message);
                return Ok(Status::Unreadable);
            }
        }
    }
    Ok(Status::Clean)
}

fn statement(args: &Sql, form: &Form, lang: Lang) -> Result<String, String> {
    let told = |error: SqlError| message(&error, lang);
    let mut query = Query::new(form, args.dialect, &args.table)
        .map_err(told)?
        .lang(lang);
    let names = Names::new(form);
    for (name, column) in columns::read(args.columns.as_deref(), lang)? {
        // What means nothing, or several cells, is said to be no key.
        let key = match names.slots(&name)[..] {
            [slot] => form.slot_key(slot).unwrap_or(&name),
            _ => &name,
        };
        query = query.column(key, &column).map_err(told)?;
    }
    match &args.key {
        _ if args.counts => Ok(query.counts()),
        Some(key) => query.failures(key).map_err(told),
        None => Err(lang
            .pick(
                "请用 --key 写明哪一列区分各条记录（SQL 没有行号），或者用 --counts 只要记录数",
                "say with --key which column tells the records apart (SQL has no row numbers), or ask for --counts",
            )
            .to_owned()),
    }
}

fn message(error: &SqlError, lang: Lang) -> String {
    match (lang, error) {
        (Lang::Zh, SqlError::Table(table)) => format!(
            "“{table}”不能作为数据表的名称：写成 表名 或 模式名.表名，名称中有点的放在双引号里"
        ),
        (Lang::Zh, SqlError::Name(name)) => {
            format!("{name:?} 不能写进 SQL：名称不能为空，不能有 NUL，在 Spark 中也不能有 ${{")
        }
        (Lang::Zh, SqlError::UnknownKey { form, key }) => {
            format!("列名对照中的“{key}”不是表式 {form} 的指标")
        }
        _ => error.to_string(),
    }
}
