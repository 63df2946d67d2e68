//! The parts of an office file, and the file with some of them changed: all others are copied as they are packed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use xxgk_read::archive::{Archive, plain_name};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::edits::{Edits, escaped};
use crate::error::MarkError;
use crate::tags::{Kind, Tag, tags};

const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const BYTE_ORDER: char = '\u{feff}';
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(crate) struct Package<'b> {
    bytes: &'b [u8],
    archive: Archive<'b>,
    /// The parts that are changed or added, by their plain names, with the names that they get.
    changed: BTreeMap<String, (String, String)>,
    /// Those that begin with the mark of a byte order, by their plain names.
    with_byte_order: BTreeSet<String>,
}

/// Another part that a part goes with.
pub(crate) struct Relation {
    pub id: String,
    pub kind: String,
    /// The name of the part.
    pub target: String,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, MarkError> {
        Ok(Package {
            bytes,
            archive: Archive::open(bytes)?,
            changed: BTreeMap::new(),
            with_byte_order: BTreeSet::new(),
        })
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.has(name) || self.changed.contains_key(&plain_name(name))
    }

    /// The text of a part, without the mark of a byte order.
    pub fn text(&mut self, name: &str) -> Result<String, MarkError> {
        if let Some((_, text)) = self.changed.get(&plain_name(name)) {
            return Ok(text.clone());
        }
        // What is written is UTF-8, which a part in another encoding would deny.
        let text = String::from_utf8(self.archive.bytes(name)?).map_err(|_| MarkError::Unusual)?;
        match text.strip_prefix(BYTE_ORDER) {
            Some(rest) => {
                self.with_byte_order.insert(plain_name(name));
                Ok(rest.to_owned())
            }
            None => Ok(text),
        }
    }

    /// Puts a part in the place of what has its name, or beside the others.
    pub fn put(&mut self, name: &str, text: String) {
        let plain = plain_name(name);
        self.changed.insert(plain, (name.to_owned(), text));
    }

    /// A name that no part has: `before`, a number, `behind`.
    pub fn free_name(&self, before: &str, behind: &str) -> String {
        let names = (1_usize..).map(|number| format!("{before}{number}{behind}"));
        let mut free = names.filter(|name| !self.has(name));
        free.next().unwrap_or_default()
    }

    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, MarkError> {
        let (folder, path) = relations_of(part);
        let mut relations = Vec::new();
        if !self.has(&path) {
            return Ok(relations);
        }
        let text = self.text(&path)?;
        for tag in tags(&text) {
            let tag = tag?;
            if !tag.begins("Relationship") {
                continue;
            }
            let attribute = |name| tag.get(name).unwrap_or_default().to_owned();
            let target = attribute("Target");
            relations.push(Relation {
                id: attribute("Id"),
                kind: attribute("Type"),
                target: plain_name(&match target.starts_with(['/', '\\']) {
                    true => target,
                    false => format!("{folder}/{target}"),
                }),
            });
        }
        Ok(relations)
    }

    /// The part of a kind that a part goes with, if there is one.
    pub fn related(&mut self, part: &str, kind: &str) -> Result<Option<String>, MarkError> {
        let mut relations = self.relations(part)?.into_iter();
        let found = relations.find(|it| it.kind.ends_with(kind));
        Ok(found.map(|it| it.target).filter(|it| self.has(it)))
    }

    /// Relates a part to another, and returns the id of the relation.
    pub fn relate(&mut self, part: &str, kind: &str, target: &str) -> Result<String, MarkError> {
        let relations = self.relations(part)?;
        let ids = (1_usize..).map(|number| format!("xxgk{number}"));
        let mut free = ids.filter(|id| relations.iter().all(|it| it.id != *id));
        let id = free.next().unwrap_or_default();
        let relation = format!(
            "Id=\"{id}\" Type=\"{}\" Target=\"/{}\"/>",
            escaped(kind),
            escaped(target)
        );
        let (_, path) = relations_of(part);
        let text = match self.has(&path) {
            true => self.text(&path)?,
            false => format!("{DECLARATION}<Relationships xmlns=\"{RELATIONS}\"/>"),
        };
        let text = within_root(&text, |root| {
            format!("<{}Relationship {relation}", root.prefix())
        })?;
        self.put(&path, text);
        Ok(id)
    }

    /// Says of what type a part is.
    pub fn of_type(&mut self, part: &str, kind: &str) -> Result<(), MarkError> {
        let part = escaped(part);
        self.declare(|prefix| {
            format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>")
        })
    }

    /// Says of what type the parts are that have an extension, where it is not said yet.
    pub fn extension_of_type(&mut self, extension: &str, kind: &str) -> Result<(), MarkError> {
        let text = self.text(TYPES)?;
        for tag in tags(&text) {
            let tag = tag?;
            let named = tag.get("Extension").unwrap_or_default();
            if tag.begins("Default") && named.eq_ignore_ascii_case(extension) {
                return Ok(());
            }
        }
        self.declare(|prefix| {
            format!("<{prefix}Default Extension=\"{extension}\" ContentType=\"{kind}\"/>")
        })
    }

    fn declare(&mut self, element: impl Fn(&str) -> String) -> Result<(), MarkError> {
        let text = within_root(&self.text(TYPES)?, |root| element(root.prefix()))?;
        self.put(TYPES, text);
        Ok(())
    }

    /// The file with what was changed.
    pub fn finish(mut self) -> Result<Vec<u8>, MarkError> {
        let unusual = |_| MarkError::Unusual;
        let mut old = ZipArchive::new(Cursor::new(self.bytes)).map_err(unusual)?;
        let mut new = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        for index in 0..old.len() {
            let file = old.by_index_raw(index).map_err(unusual)?;
            let name = file.name().map_err(unusual)?.into_owned();
            let plain = plain_name(&name);
            match self.changed.remove(&plain) {
                None => new.raw_copy_file(file).map_err(unusual)?,
                Some((_, text)) => {
                    let begins = self.with_byte_order.contains(&plain);
                    write(&mut new, &name, begins, &text).map_err(unusual)?;
                }
            }
        }
        for (name, text) in self.changed.into_values() {
            write(&mut new, &name, false, &text).map_err(unusual)?;
        }
        Ok(new.finish().map_err(unusual)?.into_inner())
    }
}

fn write(
    zip: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    byte_order: bool,
    text: &str,
) -> Result<(), ZipError> {
    zip.start_file(name, SimpleFileOptions::default())?;
    if byte_order {
        zip.write_all(BYTE_ORDER.to_string().as_bytes())?;
    }
    Ok(zip.write_all(text.as_bytes())?)
}

/// The folder of a part, and the part that has its relations.
fn relations_of(part: &str) -> (String, String) {
    let mut folders = Vec::new();
    for piece in part.split(['/', '\\']) {
        match piece {
            "" | "." => {}
            ".." => _ = folders.pop(),
            piece => folders.push(piece),
        }
    }
    let name = folders.pop().unwrap_or_default();
    let folder = folders.join("/");
    let path = format!("{folder}/_rels/{name}.rels");
    (folder, path.trim_start_matches('/').to_owned())
}

/// A text with something more at the end of its outermost element.
pub(crate) fn within_root(
    text: &str,
    more: impl Fn(&Tag<'_>) -> String,
) -> Result<String, MarkError> {
    let mut tags = tags(text);
    let root = tags.next().ok_or(MarkError::Unusual)??;
    let mut edits = Edits::default();
    let end = tags.leave(&root)?;
    at_end(&mut edits, text, &root, end, &more(&root))?;
    edits.apply(text)
}

/// Puts something at the end of an element of a text, which may be one that is closed at once.
pub(crate) fn at_end(
    edits: &mut Edits,
    text: &str,
    element: &Tag<'_>,
    end: usize,
    more: &str,
) -> Result<(), MarkError> {
    if element.kind == Kind::Empty {
        let closed = end.checked_sub(2).ok_or(MarkError::Unusual)?;
        edits.replace(closed..end, format!(">{more}</{}>", element.full_name()));
    } else {
        let whole = text.get(..end).ok_or(MarkError::Unusual)?;
        edits.insert(whole.rfind("</").ok_or(MarkError::Unusual)?, more);
    }
    Ok(())
}
