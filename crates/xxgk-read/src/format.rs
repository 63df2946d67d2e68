//! The formats that are read.

use std::fmt;

use xxgk::Text;

/// A format that is read.
///
/// ```
/// use xxgk_read::{Format, format};
/// assert_eq!(format("<table><tr><td>收到申请数</td><td>27</td></tr></table>".as_bytes())?, Format::Html);
/// assert_eq!(Format::Html.to_string(), "HTML");
/// # Ok::<(), xxgk_read::ReadError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text, Markdown, CSV, text with tabs.
    Text,
    /// A web page, whatever it is called: an `.xls` may be one.
    Html,
    /// A web page that was saved with its pictures in one file.
    Mhtml,
    /// A workbook since Excel 2007.
    Xlsx,
    /// A workbook before Excel 2007, or an `.et` of WPS.
    Xls,
    /// An OpenDocument workbook.
    Ods,
    /// A document since Word 2007.
    Docx,
    /// A document before Word 2007, or a `.wps` of WPS.
    Doc,
    /// An OpenDocument text.
    Odt,
    /// Rich text.
    Rtf,
    /// Pages that are drawn, in the national format (GB/T 33190).
    Ofd,
    /// Pages that are drawn.
    Pdf,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Text => "TXT",
            Format::Html => "HTML",
            Format::Mhtml => "MHTML",
            Format::Xlsx => "XLSX",
            Format::Xls => "XLS",
            Format::Ods => "ODS",
            Format::Docx => "DOCX",
            Format::Doc => "DOC",
            Format::Odt => "ODT",
            Format::Rtf => "RTF",
            Format::Ofd => "OFD",
            Format::Pdf => "PDF",
        })
    }
}

impl Format {
    /// All that are read.
    ///
    /// ```
    /// use xxgk_read::Format;
    /// assert!(Format::ALL.contains(&Format::Ofd));
    /// ```
    pub const ALL: [Format; 12] = [
        Format::Docx,
        Format::Doc,
        Format::Odt,
        Format::Rtf,
        Format::Xlsx,
        Format::Xls,
        Format::Ods,
        Format::Pdf,
        Format::Ofd,
        Format::Html,
        Format::Mhtml,
        Format::Text,
    ];

    /// What such files are usually called: what a file is, is told from its content.
    ///
    /// ```
    /// use xxgk_read::Format;
    /// assert_eq!(Format::Doc.extensions(), ["doc", "dot", "wps"]);
    /// ```
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Text => &["txt", "md", "csv", "tsv"],
            Format::Html => &["html", "htm"],
            Format::Mhtml => &["mhtml", "mht"],
            Format::Xlsx => &["xlsx", "xlsm"],
            Format::Xls => &["xls", "et"],
            Format::Ods => &["ods"],
            Format::Docx => &["docx", "docm"],
            Format::Doc => &["doc", "dot", "wps"],
            Format::Odt => &["odt"],
            Format::Rtf => &["rtf"],
            Format::Ofd => &["ofd"],
            Format::Pdf => &["pdf"],
        }
    }

    /// What it is, in words.
    ///
    /// ```
    /// use xxgk_read::Format;
    /// assert_eq!(Format::Ofd.described().zh, "版式文件（国家标准），签章不验证");
    /// ```
    #[must_use]
    pub fn described(self) -> Text {
        let (zh, en) = match self {
            Format::Text => (
                "纯文本：编码为 UTF-8、UTF-16 或 GB18030",
                "plain text in UTF-8, UTF-16 or GB18030",
            ),
            Format::Html => ("网页", "web page"),
            Format::Mhtml => (
                "连同图片保存为一个文件的网页",
                "web page saved with its pictures",
            ),
            Format::Xlsx => (
                "工作簿：Excel 2007 及以后，WPS",
                "workbook since Excel 2007",
            ),
            Format::Xls => (
                "工作簿：Excel 95 至 2003，WPS",
                "workbook of Excel 95 to 2003",
            ),
            Format::Ods => ("工作簿：开放文档格式", "OpenDocument workbook"),
            Format::Docx => ("文档：Word 2007 及以后，WPS", "document since Word 2007"),
            Format::Doc => ("文档：Word 97 至 2003，WPS", "document of Word 97 to 2003"),
            Format::Odt => ("文档：开放文档格式", "OpenDocument text"),
            Format::Rtf => ("文档：多种文字处理软件通用", "rich text"),
            Format::Ofd => (
                "版式文件（国家标准），签章不验证",
                "pages, GB/T 33190; signatures are not verified",
            ),
            Format::Pdf => (
                "版式文件：由文字处理软件导出，不是扫描件",
                "pages that a program wrote; no scans",
            ),
        };
        Text::new(zh, en)
    }

    /// Whether this build reads it: what is large can be left out by a feature.
    ///
    /// ```
    /// assert!(xxgk_read::Format::Docx.is_built());
    /// ```
    #[must_use]
    pub fn is_built(self) -> bool {
        self != Format::Pdf || cfg!(feature = "pdf")
    }
}
