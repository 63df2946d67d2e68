//! The files within an archive, of which no more is unpacked than there is room for.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::encoding::exactly;
use crate::error::{Format, Limit, ReadError};
use crate::limits::{MAX_ENTRIES, MAX_UNPACKED};

/// An archive, and how many bytes may still be unpacked from it.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    room: usize,
    /// The format that is said to be damaged, if it is.
    pub format: Format,
}

impl std::fmt::Debug for Archive<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("room", &self.room).finish()
    }
}

impl<'b> Archive<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let format = guess(bytes);
        let damaged = || format.map_or(ReadError::Archive, ReadError::Damaged);
        // Each entry takes 46 bytes of the directory: the reader makes room for what is declared, not for what is there.
        if declared_entries(bytes) > MAX_ENTRIES {
            return Err(ReadError::TooLarge(Limit::Entries));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if zip.len() > MAX_ENTRIES {
            return Err(ReadError::TooLarge(Limit::Entries));
        }
        Ok(Archive {
            zip,
            room: MAX_UNPACKED,
            format: format.unwrap_or(Format::Docx),
        })
    }

    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Where the text of a document of Word is: some programs number it.
    pub fn document(&self) -> Option<String> {
        let digits = |name: &str| {
            let name = name.strip_prefix("word/document")?;
            let number = name.strip_suffix(".xml")?;
            Some(number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let mut names = self.zip.file_names().flatten();
        let name = names.find(|name| digits(name) == Some(true))?;
        Some(name.into_owned())
    }

    /// The text of one of its files, whose checksum is right.
    pub fn text(&mut self, name: &str) -> Result<String, ReadError> {
        let damaged = ReadError::Damaged(self.format);
        let mut file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Encrypted);
            }
            Err(_) => return Err(damaged),
        };
        let mut bytes = Vec::new();
        let most = u64::try_from(self.room).map_or(u64::MAX, |room| room.saturating_add(1));
        let read = (&mut file).take(most).read_to_end(&mut bytes);
        self.room = match self.room.checked_sub(bytes.len()) {
            Some(room) => room,
            None => return Err(ReadError::TooLarge(Limit::Unpacked)),
        };
        read.map_err(|_| damaged.clone())?;
        let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
        if encoding == UTF_8 {
            bytes.drain(..mark);
            return String::from_utf8(bytes).map_err(|_| damaged);
        }
        let rest = bytes.get(mark..).unwrap_or_default();
        exactly(encoding, rest).ok_or(damaged)
    }
}

/// What an archive would be if it were whole.
fn guess(bytes: &[u8]) -> Option<Format> {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|it| it == name);
    [
        (&b"word/document.xml"[..], Format::Docx),
        (b"xl/", Format::Xlsx),
        (b"opendocument.spreadsheet", Format::Ods),
        (b"word/", Format::Docx),
    ]
    .into_iter()
    .find_map(|(name, format)| has(name).then_some(format))
}

/// How many entries the end of the directory declares.
fn declared_entries(bytes: &[u8]) -> usize {
    let end = bytes.windows(4).rposition(|it| it == b"PK\x05\x06");
    let count = end.and_then(|end| bytes.get(end + 10..end + 12));
    count.map_or(0, |it| {
        it.iter()
            .rev()
            .fold(0, |count, byte| count << 8 | usize::from(*byte))
    })
}
