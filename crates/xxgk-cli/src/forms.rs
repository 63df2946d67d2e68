//! The forms that a command works with: built-in ones, those of files, and either with the rules of more files.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use xxgk::Lang;
use xxgk::form::{Form, FormError};

use crate::args::{FormArgs, Sql};
use crate::fault::read_text;
use crate::shown::{PathShown, shown};
use crate::toml_files;

/// The forms that are asked for: all built-in ones where none is named. `Err` holds what to tell the user.
pub fn choose(args: &FormArgs, lang: Lang) -> Result<Vec<Arc<Form>>, String> {
    let mut forms = match &args.form {
        None => xxgk::forms().to_vec(),
        Some(name) => vec![Loaded::new(name, lang)?.form],
    };
    for path in &args.rules {
        let text = read_text(path, lang)?;
        let wrong = |error: FormError| pointed(path, &text, &error, lang);
        let base = Form::extends(&text).map_err(wrong)?;
        let of_base = |form: &&mut Arc<Form>| base.as_deref().is_none_or(|id| form.id() == id);
        let mut fitting: Vec<&mut Arc<Form>> = forms.iter_mut().filter(of_base).collect();
        match &mut fitting[..] {
            [form] => **form = Arc::new(form.extend(&text).map_err(wrong)?),
            [] => return Err(no_form(&base.unwrap_or_default(), lang)),
            _ => return Err(which_form(path, lang)),
        }
    }
    Ok(forms)
}

/// The one form whose rules are written as SQL: where none is named, the one that the rules extend.
pub fn for_sql(args: &Sql, lang: Lang) -> Result<Vec<Arc<Form>>, String> {
    let mut form = args.form.clone();
    for path in &args.rules {
        let text = read_text(path, lang)?;
        let wrong = |error: FormError| pointed(path, &text, &error, lang);
        form = match form {
            None => Form::extends(&text).map_err(wrong)?,
            named => named,
        };
    }
    let chosen = FormArgs {
        form: form.or_else(|| Some("nine-category".to_owned())),
        rules: args.rules.clone(),
    };
    choose(&chosen, lang)
}

/// A form with the text that it was read from.
pub struct Loaded {
    pub form: Arc<Form>,
    /// The path of the file, or the id of a built-in form.
    pub name: String,
    text: String,
    /// The form that it extends.
    base: Option<Box<Loaded>>,
}

/// Where something stands in the text of a form.
#[derive(Serialize)]
pub struct RulePlace<'a> {
    #[serde(rename = "source")]
    pub name: &'a str,
    pub line: usize,
    pub column: usize,
}

impl Loaded {
    /// A built-in form by its id, or the form of a file.
    pub fn new(name: &str, lang: Lang) -> Result<Self, String> {
        if let Some(form) = Loaded::built_in(name) {
            return Ok(form);
        }
        let path = Path::new(name);
        if path.extension().is_none() && !path.exists() {
            return Err(no_form(name, lang));
        }
        let text = read_text(path, lang)?;
        let wrong = |error: FormError| pointed(path, &text, &error, lang);
        let form = xxgk::load(&text).map_err(|error| {
            let fits = |form: &Arc<Form>| form.extend(&text).is_ok();
            match xxgk::forms().iter().any(fits) {
                true => which_form(path, lang),
                false => wrong(error),
            }
        })?;
        let base = Form::extends(&text).map_err(wrong)?;
        let base = base.and_then(|id| Loaded::built_in(&id));
        Ok(Loaded {
            form: Arc::new(form),
            name: name.to_owned(),
            text,
            base: base.map(Box::new),
        })
    }

    fn built_in(id: &str) -> Option<Self> {
        let form = xxgk::forms().iter().find(|form| form.id() == id)?;
        let (_, text) = xxgk::FILES.iter().find(|(of, _)| *of == id)?;
        Some(Loaded {
            form: form.clone(),
            name: id.to_owned(),
            text: (*text).to_owned(),
            base: None,
        })
    }

    /// The form with the rules of a file.
    pub fn with_rules(self, name: &str, lang: Lang) -> Result<Self, String> {
        let path = Path::new(name);
        let text = read_text(path, lang)?;
        let form = self.form.extend(&text);
        Ok(Loaded {
            form: Arc::new(form.map_err(|error| pointed(path, &text, &error, lang))?),
            name: name.to_owned(),
            text,
            base: Some(Box::new(self)),
        })
    }

    /// Where the statement of a rule stands: in the text of the form, or in that of the one that it extends.
    pub fn place(&self, rule: &str) -> Option<RulePlace<'_>> {
        let Some(span) = self.form.span_of_rule(rule) else {
            return self.base.as_ref()?.place(rule);
        };
        let before = self.text.get(..span.start)?;
        let line = before.rsplit('\n').next().unwrap_or_default();
        Some(RulePlace {
            name: &self.name,
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        })
    }
}

/// That a file has rules for a form, and does not say for which.
fn which_form(path: &Path, lang: Lang) -> String {
    let which = lang.pick(
        "请写明规则属于哪种表式：在文件开头加 extends = \"…\"，或用 --form 指定",
        "say which form the rules are for, with `extends` in the file or with --form",
    );
    format!("{}: {which}", path.shown())
}

fn no_form(name: &str, lang: Lang) -> String {
    let known: Vec<&str> = xxgk::forms().iter().map(|form| form.id()).collect();
    let (name, known) = (shown(name), known.join(lang.pick("、", ", ")));
    match lang {
        Lang::Zh => format!("没有表式“{name}”，可以写 {known}，或者 TOML 文件的路径"),
        Lang::En => format!("no form `{name}`; there are {known}, or name a file"),
    }
}

/// The error with the lines of the file that it is about.
fn pointed(path: &Path, text: &str, error: &FormError, lang: Lang) -> String {
    let message = error.kind.message();
    toml_files::pointed(path, text, error.span.clone(), &message, lang)
}
