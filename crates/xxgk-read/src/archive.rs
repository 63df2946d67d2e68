//! The files within an archive, of which no more is unpacked than there is room for.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::encoding::exactly;
use crate::error::{Limit, ReadError};
use crate::format::Format;
use crate::limits::{MAX_ENTRIES, MAX_UNPACKED};

/// An archive, and how many bytes may still be unpacked from it.
pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// The places of its files by their names, as [`plain_name`] has them.
    names: HashMap<String, usize>,
    /// How many bytes may still be unpacked.
    pub room: usize,
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
        let names = names(&zip).ok_or(ReadError::TwoOfOneName)?;
        Ok(Archive {
            zip,
            names,
            room: MAX_UNPACKED,
            format: format.unwrap_or(Format::Docx),
        })
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain_name(name))
    }

    /// Whether a file stands in a folder.
    pub fn has_within(&self, folder: &str) -> bool {
        self.names.keys().any(|name| name.starts_with(folder))
    }

    /// Where the text of a document of Word is: some programs number it.
    pub fn document(&self) -> Option<String> {
        let digits = |name: &str| {
            let name = name.strip_prefix("word/document")?;
            let number = name.strip_suffix(".xml")?;
            Some(number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let mut names = self.names.keys();
        names.find(|name| digits(name) == Some(true)).cloned()
    }

    /// One of its files, whose checksum is right.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let damaged = ReadError::Damaged(self.format);
        let index = self.names.get(&plain_name(name)).ok_or(damaged.clone())?;
        let mut file = match self.zip.by_index(*index) {
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
        read.map_err(|_| damaged)?;
        Ok(bytes)
    }

    /// The text of one of its files.
    pub fn text(&mut self, name: &str) -> Result<String, ReadError> {
        let mut bytes = self.bytes(name)?;
        let damaged = ReadError::Damaged(self.format);
        let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
        if encoding == UTF_8 {
            bytes.drain(..mark);
            return String::from_utf8(bytes).map_err(|_| damaged);
        }
        let rest = bytes.get(mark..).unwrap_or_default();
        exactly(encoding, rest).ok_or(damaged)
    }
}

/// The places of the files by their names; `None` where two have one name: programs differ in which they read.
fn names(zip: &ZipArchive<Cursor<&[u8]>>) -> Option<HashMap<String, usize>> {
    if zip.has_duplicate_names() {
        return None;
    }
    let mut names = HashMap::with_capacity(zip.len());
    for index in 0..zip.len() {
        let Some(Ok(name)) = zip.name_for_index(index) else {
            continue;
        };
        let folder = name.ends_with(['/', '\\']);
        if !folder && names.insert(plain_name(&name), index).is_some() {
            return None;
        }
    }
    Some(names)
}

/// A name as programs compare it: some write it with backslashes, in capitals, or from the root of the archive.
pub fn plain_name(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/").to_lowercase()
}

/// What an archive would be if it were whole.
fn guess(bytes: &[u8]) -> Option<Format> {
    let has = |name: &[u8]| {
        bytes
            .windows(name.len())
            .any(|it| it.eq_ignore_ascii_case(name))
    };
    [
        (&b"word/document.xml"[..], Format::Docx),
        (b"xl/", Format::Xlsx),
        (b"opendocument.spreadsheet", Format::Ods),
        (b"opendocument.text", Format::Odt),
        (b"word/", Format::Docx),
        (b"OFD.xml", Format::Ofd),
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
