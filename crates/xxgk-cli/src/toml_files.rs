//! Files in TOML that the user wrote: their fields, or what is wrong with them at its place.

use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::de::DeserializeOwned;
use xxgk::{Lang, Text, toml_file};

use crate::fault::read_text;
use crate::shown::{PathShown, shown};

/// The fields of a file. `Err` holds what to tell the user.
pub fn read<T: DeserializeOwned>(path: &Path, lang: Lang) -> Result<T, String> {
    let text = read_text(path, lang)?;
    toml_file::read(&text)
        .map_err(|error| pointed(path, &text, error.span, &error.problem.message(), lang))
}

/// What is wrong with a file, with the lines that it is about.
pub fn pointed(path: &Path, text: &str, span: Range<usize>, message: &Text, lang: Lang) -> String {
    let source = path.shown();
    let snippet = Snippet::source(text)
        .path(&*source)
        .annotation(AnnotationKind::Primary.span(span));
    let group = Level::ERROR
        .with_name(lang.pick("错误", "error"))
        .primary_title(shown(message.get(lang)))
        .element(snippet);
    // Without colours: the message goes through where no escape is let through.
    Renderer::plain().render(&[group])
}
