//! Reads the files in which Chinese agencies publish their open-government statistics, for [`xxgk`] to recognise and check:
//! web pages, workbooks, documents, and text in any Chinese encoding.
//!
//! ```
//! use xxgk::{Options, Verdict, forms, read_document};
//!
//! let page = "<p>政府信息公开情况统计表(2017年度)</p><table>
//!     <tr><th>统计指标</th><th>单位</th><th>统计数</th></tr>
//!     <tr><td>(一)收到申请数</td><td>件</td><td><span>2</span><span>7</span></td></tr>
//!     <tr><td>1.当面申请数</td><td>件</td><td>26</td></tr>
//!     <tr><td>2.传真申请数</td><td>件</td><td>0</td></tr>
//!     <tr><td>3.网络申请数</td><td>件</td><td>0</td></tr>
//!     <tr><td>4.信函申请数</td><td>件</td><td>0</td></tr>
//!     <tr><td>(二)申请办结数</td><td>件</td><td>27</td></tr>
//!     <tr><td>1.按时办结数</td><td>件</td><td>27</td></tr>
//!     <tr><td>2.延期办结数</td><td>件</td><td>0</td></tr></table>";
//! let document = xxgk_read::read(page.as_bytes())?;
//! let options = Options::default();
//! let reading = read_document(&document, forms(), &options).next().unwrap();
//! assert_eq!(reading.check().verdict(), Verdict::Inconsistent);
//! let finding = reading.check().finding("R301").unwrap().clone();
//! assert_eq!(finding.cells[0].place.as_ref().unwrap().said(xxgk::Lang::Zh), "表1第2行第3列");
//! # Ok::<(), xxgk_read::ReadError>(())
//! ```
//!
//! # What holds
//!
//! - What a file is, is told from its content: its name is not asked for.
//! - No input makes the crate panic or take memory without bound: see the limits in [`ReadError::TooLarge`]. It does no I/O.
//! - No value is made up. A few broken bytes of a text become U+FFFD, and the cell that holds one is not read; a file that is
//!   damaged otherwise is refused, not read in part.
//! - Each stretch of a cell's text is handed on with how it is shown: struck out, hidden, raised.

#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::unreachable
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::unreachable)
)]

#[doc(hidden)]
pub mod archive;
mod biff;
mod blocks;
mod cellstyle;
mod css;
mod doc;
mod docx;
mod docxstyle;
mod dom;
mod encoding;
mod error;
mod format;
mod html;
mod limits;
mod looks;
mod merged;
mod mhtml;
mod number;
mod numfmt;
mod odfstyle;
mod ods;
mod odt;
mod ofd;
mod ole;
mod output;
#[cfg_attr(
    not(feature = "pdf"),
    allow(dead_code, reason = "some of it only PDF draws")
)]
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod relations;
mod rows;
mod rtf;
mod sniff;
mod sources;
mod style;
mod tags;
mod walk;
mod xls;
mod xlsx;
mod xml;

pub use error::{Limit, ReadError};
pub use format::Format;
pub use sources::{Source, Sources};

use output::Output;
use sniff::Content;
use xxgk::Document;

/// Reads a file.
///
/// # Errors
///
/// Why it is not read, and what to do: [`ReadError::message`].
///
/// ```
/// let document = xxgk_read::read("收到申请数;件;27".as_bytes())?;
/// assert_eq!(document.text(), "收到申请数;件;27");
/// # Ok::<(), xxgk_read::ReadError>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let mut output = Output::new();
    match read_to(bytes, &mut output)? {
        Some(text) => Ok(Document::plain(text)),
        None => Ok(output.document()),
    }
}

/// Reads a file as [`read()`] does, and says where in it the cells and paragraphs stand: of the formats whose reader knows, which are
/// DOCX and XLSX, and of the cells of HTML the tags that begin them.
///
/// # Errors
///
/// Those of [`read()`].
pub fn read_with_sources(bytes: &[u8]) -> Result<(Document, Sources), ReadError> {
    let mut output = Output::with_sources();
    match read_to(bytes, &mut output)? {
        Some(text) => Ok((Document::plain(text), Sources::default())),
        None => Ok(output.into_sources()),
    }
}

/// The text of a web page, as its bytes have it; `None` where the file is none.
///
/// # Errors
///
/// Those of [`read()`].
#[doc(hidden)]
pub fn page(bytes: &[u8]) -> Result<Option<String>, ReadError> {
    Ok(match sniff::open(bytes)? {
        Content::Html(text) => Some(text),
        _ => None,
    })
}

/// Reads a file, and gives its tables as they are handed on, cell by cell: for tables that are on no form, such as lists of names.
/// A plain text has none.
///
/// # Errors
///
/// Those of [`read()`].
pub fn tables(bytes: &[u8]) -> Result<Vec<xxgk::Grid>, ReadError> {
    let mut output = Output::keeping();
    read_to(bytes, &mut output)?;
    Ok(output.into_tables())
}

/// Reads a file; a plain text, which is a document of its own, is returned.
fn read_to(bytes: &[u8], output: &mut Output) -> Result<Option<String>, ReadError> {
    match sniff::open(bytes)? {
        Content::Text(text) => return Ok(Some(text)),
        Content::Html(text) => html::read_file(&text, output)?,
        Content::Mhtml(text) => html::read(&text, output)?,
        Content::Xlsx(mut archive) => xlsx::read(&mut archive, output)?,
        Content::Ods(mut archive) => ods::read(&mut archive, output)?,
        Content::Odt(mut archive) => odt::read(&mut archive, output)?,
        Content::Docx(mut archive, name) => docx::read(&mut archive, &name, output)?,
        Content::Rtf(bytes) => rtf::read(bytes, output)?,
        Content::Ofd(mut archive) => ofd::read(&mut archive, output)?,
        #[cfg(feature = "pdf")]
        Content::Pdf(bytes) => pdf::read(bytes, output)?,
        #[cfg(not(feature = "pdf"))]
        Content::Pdf(_) => return Err(ReadError::NotBuilt(Format::Pdf)),
        Content::Doc(streams) => doc::read(&streams, output)?,
        Content::Xls(stream) => xls::read(&stream, output)?,
    }
    Ok(None)
}

/// Tells what a file is, from its content.
///
/// # Errors
///
/// It is of no format that is read.
///
/// ```
/// use xxgk_read::{Format, ReadError, format};
/// assert_eq!(format("收到申请数,件,27".as_bytes()), Ok(Format::Text));
/// assert_eq!(format(b"%PDF-1.7"), Ok(Format::Pdf));
/// assert_eq!(format(b"\x89PNG\r\n\x1a\n"), Err(ReadError::Image));
/// ```
pub fn format(bytes: &[u8]) -> Result<Format, ReadError> {
    sniff::open(bytes).map(|content| content.format())
}
