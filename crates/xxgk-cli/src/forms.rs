//! The forms that a command works with: built-in ones, those of files, and either with the rules of more files.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Snippet};
use xxgk::form::{Form, FormError};

use crate::args::FormArgs;
use crate::show;

/// The forms that are asked for: all built-in ones where none is named. `Err` holds what to tell the user.
pub fn choose(args: &FormArgs) -> Result<Vec<Arc<Form>>, String> {
    let mut forms = match &args.form {
        None => xxgk::forms().to_vec(),
        Some(name) => vec![one(name)?],
    };
    for path in &args.rules {
        let text = text(path)?;
        let wrong = |error: FormError| pointed(path, &text, &error);
        let base = Form::extends(&text).map_err(wrong)?;
        let of_base = |form: &&mut Arc<Form>| base.as_deref().is_none_or(|id| form.id() == id);
        let mut fitting: Vec<&mut Arc<Form>> = forms.iter_mut().filter(of_base).collect();
        match &mut fitting[..] {
            [form] => **form = Arc::new(form.extend(&text).map_err(wrong)?),
            [] => return Err(no_form(&base.unwrap_or_default())),
            _ => {
                return Err(format!(
                    "{}: 请写明规则属于哪种表式:在文件开头加 extends = \"…\",或用 --form 指定 (say which form the rules are for: \
                     `extends` in the file, or --form)",
                    path.display()
                ));
            }
        }
    }
    Ok(forms)
}

/// A built-in form by its id, or the form of a file.
fn one(name: &str) -> Result<Arc<Form>, String> {
    if let Some(form) = xxgk::forms().iter().find(|form| form.id() == name) {
        return Ok(form.clone());
    }
    let path = Path::new(name);
    if path.extension().is_none() && !path.exists() {
        return Err(no_form(name));
    }
    let text = text(path)?;
    let form = xxgk::load(&text).map_err(|error| pointed(path, &text, &error))?;
    Ok(Arc::new(form))
}

fn no_form(name: &str) -> String {
    let known: Vec<&str> = xxgk::forms().iter().map(|form| form.id()).collect();
    let known = known.join(", ");
    format!(
        "没有表式 {name};已有 {known},也可以指定文件 (no such form; there are these, or name a file)"
    )
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The error with the lines of the file that it is about.
fn pointed(path: &Path, text: &str, error: &FormError) -> String {
    let source = path.display().to_string();
    let message = error.kind.to_string();
    let snippet = Snippet::source(text)
        .path(&*source)
        .annotation(AnnotationKind::Primary.span(error.span.clone()));
    let group = Level::ERROR.primary_title(&message).element(snippet);
    show::renderer_for_errors().render(&[group])
}
