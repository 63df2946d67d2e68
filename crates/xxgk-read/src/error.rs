//! Why a file is not read.

use xxgk::Text;

use crate::format::Format;
use crate::limits::{
    MAX_ATTRIBUTES, MAX_CELLS, MAX_DEPTH, MAX_ENTRIES, MAX_PAGES, MAX_TEXT, MAX_UNPACKED,
};

const MIB: usize = 1024 * 1024;

/// What a file has too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// Cells in its tables.
    Cells,
    /// Text in its tables.
    Text,
    /// Files within it.
    Entries,
    /// Bytes, once it is unpacked.
    Unpacked,
    /// Elements within each other.
    Depth,
    /// Attributes of an element.
    Attributes,
    /// Pages.
    Pages,
    /// Glyphs on a page, or on all.
    Glyphs,
    /// Instructions by which its pages are drawn.
    Steps,
}

impl Limit {
    fn text(self) -> Text {
        let (zh, en) = match self {
            Limit::Cells => (
                format!("表格超过 {MAX_CELLS} 格"),
                format!("more than {MAX_CELLS} cells in its tables"),
            ),
            Limit::Text => (
                format!("表格文字超过 {} MB", MAX_TEXT / MIB),
                format!("more than {} MiB of text in its tables", MAX_TEXT / MIB),
            ),
            Limit::Entries => (
                format!("内含的文件超过 {MAX_ENTRIES} 个"),
                format!("more than {MAX_ENTRIES} files within it"),
            ),
            Limit::Unpacked => (
                format!("解压后超过 {} MB", MAX_UNPACKED / MIB),
                format!("more than {} MiB once unpacked", MAX_UNPACKED / MIB),
            ),
            Limit::Attributes => (
                format!("网页的一个标签有 {MAX_ATTRIBUTES} 个以上的属性"),
                format!("more than {MAX_ATTRIBUTES} attributes in a tag"),
            ),
            Limit::Pages => (
                format!("页数超过 {MAX_PAGES}"),
                format!("more than {MAX_PAGES} pages"),
            ),
            Limit::Glyphs => (
                "页面上的字过多".to_owned(),
                "too many glyphs on its pages".to_owned(),
            ),
            Limit::Steps => (
                "绘图指令过多".to_owned(),
                "too many drawing instructions".to_owned(),
            ),
            Limit::Depth => (
                format!("内容嵌套超过 {MAX_DEPTH} 层"),
                format!("more than {MAX_DEPTH} elements within each other"),
            ),
        };
        Text::new(zh, en)
    }
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The pages are pictures.
    #[error("the pages are pictures")]
    Scan,
    /// A format that this build leaves out.
    #[error("this build does not read {0}")]
    NotBuilt(Format),
    /// A picture.
    #[error("a picture is not read")]
    Image,
    /// Files packed into one.
    #[error("an archive is not read")]
    Archive,
    /// A file that opens with a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// Another office format.
    #[error("{0} is not read")]
    Other(&'static str),
    /// Neither a text in an encoding of Chinese nor any known format.
    #[error("neither text nor a known format")]
    NotText,
    /// An archive in which two files have one name: programs differ in which of them they read.
    #[error("two files in it have one name")]
    TwoOfOneName,
    /// It is cut short, or not what it says it is.
    #[error("the {0} is damaged")]
    Damaged(Format),
    /// There is more in it than a report has.
    #[error("the file has {}", .0.text().en)]
    TooLarge(Limit),
}

impl ReadError {
    /// What is wrong, and what to do.
    ///
    /// ```
    /// let error = xxgk_read::read(b"\x89PNG\r\n\x1a\n").unwrap_err();
    /// assert!(error.message().zh.contains("请提供含有表格的原文件"));
    /// ```
    #[must_use]
    pub fn message(&self) -> Text {
        let text = |zh: &str, en: &str| Text::new(zh, en);
        match self {
            ReadError::Scan => text(
                "这是扫描件：每一页都是图片，图中的文字不能识别。请从原文件直接另存或导出（docx、xlsx，或由文字处理软件导出的 PDF）。",
                "The pages are scans, and the text in pictures is not recognised. Save or export the original (docx, xlsx, or a PDF that a word processor wrote).",
            ),
            ReadError::NotBuilt(format) => Text::new(
                format!(
                    "这个版本的程序没有编入读取 {format} 的功能。请换用完整版本，或者从原文件另存为 docx 或 xlsx。"
                ),
                format!(
                    "This build leaves out the reader of {format}. Use the full build, or save the original as docx or xlsx."
                ),
            ),
            ReadError::Image => text(
                "这是图片，图中的文字不能识别。请提供含有表格的原文件（docx、xlsx 或网页）。",
                "This is a picture, and the text in pictures is not recognised. Give the original with the table (docx, xlsx or a web page).",
            ),
            ReadError::Archive => text(
                "这是压缩包。请先解压，再检查其中的文件。",
                "This is an archive. Unpack it and check the files within.",
            ),
            ReadError::Encrypted => text(
                "文件设了密码。请用密码打开，取消密码后另存。",
                "The file is encrypted. Open it with its password and save it without one.",
            ),
            ReadError::Other(name) => other(name),
            ReadError::NotText => text(
                "认不出这是什么文件：既不是能读取的格式，也不是中文文本（UTF-8、UTF-16 或 GB18030 编码），或者乱码太多。请确认文件完整；如是文本，请另存为 UTF-8 编码。",
                "Neither a file of a known format nor a text in UTF-8, UTF-16 or GB18030, or too much of it is broken. Make sure that the file is whole; save a text as UTF-8.",
            ),
            ReadError::TwoOfOneName => text(
                "文件内部有两个同名的部分，不同的软件会读到不同的内容。请用 Office 或 WPS 打开，核对后另存。",
                "Two parts of the file have one name, so that programs read different contents. Open it in Office or WPS, look it over and save it.",
            ),
            ReadError::Damaged(format) => Text::new(
                format!(
                    "{format} 文件已损坏或不完整。请重新获取，或者用 Office、WPS 打开修复后另存。"
                ),
                format!(
                    "The {format} file is damaged or cut short. Fetch it again, or open it in Office or WPS to repair it and save it."
                ),
            ),
            ReadError::TooLarge(limit) => {
                let Text { zh, en } = limit.text();
                Text::new(
                    format!("文件过大：{zh}。请只保留统计表所在的部分。"),
                    format!("The file is too large: {en}. Keep only the part with the table."),
                )
            }
        }
    }
}

/// What is said of an office format that is not read, by its name.
fn other(name: &str) -> Text {
    let both = ("docx 或 xlsx", "docx or xlsx");
    let (what, (zh, en)) = match name {
        "XLSB" => ("二进制格式的 Excel 工作簿（xlsb）", ("xlsx", "xlsx")),
        "Excel 4" => ("早期版本的 Excel 工作簿", ("xlsx", "xlsx")),
        "Excel 2003 XML" => (" Excel 2003 的 XML 表格", ("xlsx", "xlsx")),
        "Word 95" => ("早期版本的 Word 文档", ("docx", "docx")),
        "Word 2003 XML" | "Word XML" => (" XML 格式的 Word 文档", ("docx", "docx")),
        "Flat OpenDocument" => ("存成单个 XML 文件的开放文档（fodt、fods）", both),
        "OpenDocument without text or sheets" => ("没有正文和工作表的开放文档（如演示文稿）", both),
        "Office Open XML" => ("没有文档正文和工作表的 Office 文件（如演示文稿）", both),
        _ => ("旧版 Office 或其他软件的文件", both),
    };
    Text::new(
        format!("这是{what}，不能读取。请用 Office 或 WPS 打开，把统计表另存为 {zh}。"),
        format!("{name} is not read. Open the file in Office or WPS and save it as {en}."),
    )
}
