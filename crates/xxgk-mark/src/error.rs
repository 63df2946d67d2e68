//! Why a file is not marked.

use xxgk::Text;
use xxgk_read::{Format, ReadError};

/// Why a file is not marked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MarkError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A format in which nothing is marked.
    #[error("{0} is not marked")]
    Format(Format),
    /// Its parts are written as no office program writes them.
    #[error("the parts of the file are not as office programs write them")]
    Unusual,
    /// The copy would not read as the file does.
    #[error("the copy would not read as the file does")]
    Changed,
}

impl MarkError {
    /// What is wrong, and what to do.
    ///
    /// ```
    /// let error = xxgk_mark::annotate(b"%PDF-1.7", &[], xxgk::Lang::Zh).unwrap_err();
    /// assert!(error.message().zh.starts_with("PDF 文件中不能加批注。"));
    /// ```
    #[must_use]
    pub fn message(&self) -> Text {
        match self {
            MarkError::Read(error) => error.message(),
            MarkError::Format(format) => Text::new(
                format!(
                    "{format} 文件中不能加批注。请用 xxgk check --format html 查看网页形式的审核结果，或者先另存为 docx 或 xlsx。"
                ),
                format!(
                    "{format} files are not annotated. See the report of xxgk check --format html, or save the file as docx or xlsx first."
                ),
            ),
            MarkError::Unusual => Text::new(
                "文件内部的写法不常见，不能加批注。请用 Office 或 WPS 打开另存后再试，或者用 xxgk check --format html 查看网页形式的审核结果。",
                "The parts of the file are not as office programs write them, and nothing can be put into it. Save it anew in Office or WPS, or see the report of xxgk check --format html.",
            ),
            MarkError::Changed => Text::new(
                "加批注后读出的内容会与原文件不同，没有写出。请用 xxgk check --format html 查看网页形式的审核结果。",
                "With comments the file would not read as before, and no copy was written. See the report of xxgk check --format html.",
            ),
        }
    }
}
