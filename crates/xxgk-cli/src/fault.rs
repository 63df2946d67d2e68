//! Why a file cannot be read or written, as it is said.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use xxgk::{Lang, Text};
use xxgk_batch::io_text;

use crate::shown::{PathShown, shown};

/// The text of a file. `Err` holds what to tell the user.
pub fn read_text(path: &Path, lang: Lang) -> Result<String, String> {
    let bytes =
        fs::read(path).map_err(|error| format!("{}: {}", path.shown(), why(&error, lang)))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let (line, column) = (before.matches('\n').count() + 1, line.chars().count() + 1);
        let not_utf8 = lang.pick(
            "文件不是 UTF-8 编码，请用文本编辑器另存为 UTF-8",
            "the file is not in UTF-8: save it as UTF-8 in a text editor",
        );
        format!("{}:{line}:{column}: {not_utf8}", path.shown())
    })
}

/// Says why an output, to a file or to whoever reads us, cannot be written.
pub fn unwritten(error: &io::Error, path: Option<&Path>, lang: Lang) -> String {
    let cannot = lang.pick("无法写出：", "cannot be written: ");
    let path = path.map(|path| format!("{}: ", path.shown()));
    format!("{}{cannot}{}", path.unwrap_or_default(), why(error, lang))
}

fn why(error: &io::Error, lang: Lang) -> String {
    shown(message(error).get(lang)).into_owned()
}

/// Why a file cannot be read or written, and what to do.
pub fn message(error: &io::Error) -> Text {
    let reason = io_text(error);
    let said = error.to_string();
    match (error.raw_os_error(), remedy(error.kind())) {
        (_, Some([zh, en])) => Text::new(
            format!("{}，{zh}", reason.zh),
            format!("{}: {en}", reason.en),
        ),
        // The words of the system are English, whatever the language.
        (Some(number), None) if reason.zh == said => Text::new(
            format!("操作系统报错（错误编号{number}），请核对文件和路径后再试"),
            format!("{said}: check the file and its path"),
        ),
        _ => reason,
    }
}

fn remedy(kind: ErrorKind) -> Option<[&'static str; 2]> {
    Some(match kind {
        ErrorKind::NotFound => ["请核对名称和路径", "check its name and path"],
        ErrorKind::PermissionDenied => [
            "请修改权限或换一个位置",
            "change its permissions, or use another place",
        ],
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ["请腾出空间后再试", "make room and try again"]
        }
        ErrorKind::ReadOnlyFilesystem => ["请换一个可以写入的位置", "use one that can be written"],
        ErrorKind::IsADirectory => ["请指定文件", "name a file"],
        ErrorKind::NotADirectory => ["请核对路径", "check the path"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_system_is_left_in_chinese() {
        for number in 1..134 {
            let error = io::Error::from_raw_os_error(number);
            let zh = message(&error).zh.replace("UTF-8", "");
            assert!(!zh.contains(|c: char| c.is_ascii_alphabetic()), "{zh}");
        }
        let missing = io::Error::from(ErrorKind::NotFound);
        assert_eq!(message(&missing).zh, "没有这个文件，请核对名称和路径");
    }
}
