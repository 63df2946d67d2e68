//! The comments of a sheet.

use std::collections::HashMap;

use super::Added;
use crate::Mark;
use crate::edits::{Edits, escaped};
use crate::error::MarkError;
use crate::package::{Package, at_end};
use crate::tags::{Kind, tags};

const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const NEW: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors/><commentList/></comments>";

pub(super) struct Comments {
    /// The part that has them; `None` where the sheet has none yet.
    part: Option<String>,
    text: String,
    /// The prefix of its elements, with the colon.
    prefix: String,
    /// The texts of the comments that there are, by the names of their cells: where each begins.
    known: HashMap<String, usize>,
    /// Some of them are the shown form of conversations, which are kept elsewhere.
    are_threads: bool,
    authors: usize,
    /// The author of those that are added.
    author: String,
    edits: Edits,
    new: String,
}

impl Comments {
    pub fn of(package: &mut Package<'_>, sheet: &str) -> Result<Self, MarkError> {
        let part = package.related(sheet, "/comments")?;
        let text = match &part {
            Some(part) => package.text(part)?,
            None => NEW.to_owned(),
        };
        let root = tags(&text).next().ok_or(MarkError::Unusual)??;
        let mut comments = Comments {
            prefix: root.prefix().to_owned(),
            known: HashMap::new(),
            are_threads: package.related(sheet, "/threadedComment")?.is_some(),
            authors: 0,
            author: String::new(),
            edits: Edits::default(),
            new: String::new(),
            part,
            text: String::new(),
        };
        let mut cell = String::new();
        for tag in tags(&text) {
            let tag = tag?;
            if tag.begins("author") {
                comments.authors += 1;
            } else if tag.begins("comment") {
                cell = tag.get("ref").unwrap_or_default().to_ascii_uppercase();
            } else if tag.begins("text") {
                comments.known.insert(std::mem::take(&mut cell), tag.start);
            }
        }
        comments.text = text;
        Ok(comments)
    }

    /// Adds the comment of a mark at the cell of that name.
    pub fn add(&mut self, cell: &str, mark: &Mark, author: &str) -> Result<Added, MarkError> {
        // The author stands in the text, as spreadsheets write it: they show it nowhere else.
        let lines = format!("{author}:\n{}", mark.sentences.join("\n"));
        if let Some(start) = self.known.get(cell).copied() {
            if self.are_threads {
                return Ok(Added::Nowhere);
            }
            let more = self.run(&format!("\n\n{lines}"));
            self.add_to(start, &more)?;
            return Ok(Added::ToAnother);
        }
        let (x, id, run) = (&self.prefix, self.authors, self.run(&lines));
        self.new += &format!(
            "<{x}comment ref=\"{cell}\" authorId=\"{id}\"><{x}text>{run}</{x}text></{x}comment>"
        );
        self.author = author.to_owned();
        Ok(Added::New)
    }

    /// A stretch of text.
    fn run(&self, text: &str) -> String {
        let (x, text) = (&self.prefix, escaped(text));
        format!("<{x}r><{x}t xml:space=\"preserve\">{text}</{x}t></{x}r>")
    }

    /// Adds a stretch to the text of a comment that begins there.
    fn add_to(&mut self, start: usize, more: &str) -> Result<(), MarkError> {
        let x = &self.prefix;
        let behind = self.text.get(start..).ok_or(MarkError::Unusual)?;
        let mut inside = tags(behind);
        let text = inside.next().ok_or(MarkError::Unusual)??;
        let mut edits = Edits::default();
        let mut end = text.end();
        if text.kind == Kind::Open {
            let first = inside.next().ok_or(MarkError::Unusual)??;
            // A text is one stretch without an element of its own, or several: the one becomes the first of them.
            if first.begins("t") {
                let behind = inside.leave(&first)?;
                edits.insert(first.start, format!("<{x}r>"));
                edits.insert(behind, format!("</{x}r>"));
            }
            end = match first.ends("text") {
                true => first.end(),
                false => inside.leave(&text)?,
            };
        }
        at_end(&mut edits, behind, &text, end, more)?;
        self.edits.append(edits, start);
        Ok(())
    }

    /// Puts them into the file, if any were added.
    pub fn end(mut self, package: &mut Package<'_>, sheet: &str) -> Result<(), MarkError> {
        if !self.new.is_empty() {
            let author = format!(
                "<{0}author>{1}</{0}author>",
                self.prefix,
                escaped(&self.author)
            );
            self.add_in("authors", &author)?;
            let new = std::mem::take(&mut self.new);
            self.add_in("commentList", &new)?;
        }
        if self.edits.is_empty() {
            return Ok(());
        }
        let text = self.edits.apply(&self.text)?;
        match &self.part {
            Some(part) => package.put(part, text),
            None => {
                let part = package.free_name("xl/comments", ".xml");
                package.put(&part, text);
                package.relate(sheet, KIND, &part)?;
                package.of_type(&part, TYPE)?;
            }
        }
        Ok(())
    }

    /// Adds something at the end of the first element of that name.
    fn add_in(&mut self, name: &str, more: &str) -> Result<(), MarkError> {
        let mut tags = tags(&self.text);
        let mut found = tags.by_ref().filter_map(Result::ok);
        let element = found.find(|it| it.kind != Kind::Close && it.name() == name);
        let element = element.ok_or(MarkError::Unusual)?;
        let end = tags.leave(&element)?;
        at_end(&mut self.edits, &self.text, &element, end, more)
    }
}
