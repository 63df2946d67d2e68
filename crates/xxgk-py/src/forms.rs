//! The forms that are checked by.

use std::sync::Arc;

use pyo3::prelude::*;
use xxgk::form::{Form, FormError};
use xxgk::{Lang, forms, load};

use crate::XxgkError;

/// Forms, and the language of what is said.
#[pyclass(frozen, module = "xxgk._xxgk")]
#[derive(Debug)]
pub struct Forms {
    pub forms: Vec<Arc<Form>>,
    pub lang: Lang,
}

#[pymethods]
impl Forms {
    /// `form` is the id of a built-in form; `texts` are files of forms and of rules with their names, of which the first is the
    /// form where `own` is true.
    #[new]
    fn new(
        lang: &str,
        form: Option<&str>,
        own: bool,
        texts: Vec<(String, String)>,
    ) -> PyResult<Self> {
        let lang: Lang = lang.parse().map_err(|_| {
            XxgkError::new_err(format!("lang: {lang:?} is neither \"zh\" nor \"en\""))
        })?;
        let mut texts = texts.iter();
        let mut chosen = match texts.as_slice().first().filter(|_| own) {
            Some((name, text)) => {
                texts.next();
                vec![Arc::new(
                    load(text).map_err(|error| wrong(name, &error, lang))?,
                )]
            }
            None => built_in(form, lang)?,
        };
        for (name, text) in texts {
            extend(&mut chosen, name, text, lang)?;
        }
        Ok(Forms {
            forms: chosen,
            lang,
        })
    }

    /// The ids.
    fn ids(&self) -> Vec<String> {
        self.forms.iter().map(|form| form.id().to_owned()).collect()
    }
}

fn built_in(id: Option<&str>, lang: Lang) -> PyResult<Vec<Arc<Form>>> {
    let Some(id) = id else {
        return Ok(forms().to_vec());
    };
    let known = forms().iter().find(|form| form.id() == id);
    let known = known.ok_or_else(|| {
        let ids: Vec<&str> = forms().iter().map(|form| form.id()).collect();
        XxgkError::new_err(match lang {
            Lang::Zh => format!(
                "没有表式“{id}”，可以写{}，或者表式文件的路径",
                ids.join("、")
            ),
            Lang::En => format!(
                "no form `{id}`; there are {}, or give the path of a file",
                ids.join(", ")
            ),
        })
    })?;
    Ok(vec![known.clone()])
}

/// Adds the rules of a file to the form that it extends.
fn extend(forms: &mut [Arc<Form>], name: &str, text: &str, lang: Lang) -> PyResult<()> {
    let base = Form::extends(text).map_err(|error| wrong(name, &error, lang))?;
    let mut fitting: Vec<&mut Arc<Form>> = forms
        .iter_mut()
        .filter(|form| base.as_deref().is_none_or(|id| form.id() == id))
        .collect();
    let [form] = &mut fitting[..] else {
        let which = lang.pick(
            "请写明规则属于哪种表式",
            "say which form the rules are for, by `extends` in the file or by `form`",
        );
        return Err(XxgkError::new_err(format!("{name}: {which}")));
    };
    **form = Arc::new(
        form.extend(text)
            .map_err(|error| wrong(name, &error, lang))?,
    );
    Ok(())
}

fn wrong(name: &str, error: &FormError, lang: Lang) -> PyErr {
    let (line, column) = (error.line, error.column);
    let message = error.kind.message();
    XxgkError::new_err(match lang {
        Lang::Zh => format!("{name}：第{line}行第{column}列：{}", message.get(lang)),
        Lang::En => format!(
            "{name}: line {line}, column {column}: {}",
            message.get(lang)
        ),
    })
}
