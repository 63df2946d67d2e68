//! The styles of the cells of a workbook.

use std::collections::HashMap;
use std::ops::Range;

use crate::edits::Edits;
use crate::error::MarkError;
use crate::package::Package;
use crate::tags::{Kind, Tag, tags};

const WORKBOOK: &str = "xl/workbook.xml";

pub(super) struct Styles {
    part: String,
    text: String,
    fills: List,
    formats: List,
    /// The formats of cells that there are.
    known: Vec<Range<usize>>,
    /// Those that were added, by what they were made of.
    painted: HashMap<(usize, &'static str), usize>,
    colors: HashMap<&'static str, usize>,
}

/// A list in the styles, to which something is added.
#[derive(Default)]
struct List {
    /// Where its tag stands, and where it ends.
    tag: Range<usize>,
    end: usize,
    count: usize,
    new: String,
}

impl Styles {
    /// The styles of the workbook, where it has any.
    pub fn of(package: &mut Package<'_>) -> Result<Option<Self>, MarkError> {
        let Some(part) = package.related(WORKBOOK, "/styles")? else {
            return Ok(None);
        };
        let text = package.text(&part)?;
        let mut styles = Styles {
            fills: List::default(),
            formats: List::default(),
            known: Vec::new(),
            painted: HashMap::new(),
            colors: HashMap::new(),
            part,
            text: String::new(),
        };
        let mut list = "";
        let mut all = tags(&text);
        while let Some(tag) = all.next() {
            let tag = tag?;
            match (tag.depth, tag.name()) {
                (1, name @ ("fills" | "cellXfs")) => {
                    list = if tag.kind == Kind::Open { name } else { "" };
                    styles.list(name).bound(&tag);
                }
                (2, "fill") if list == "fills" && tag.kind != Kind::Close => {
                    styles.fills.count += 1
                }
                (2, "xf") if list == "cellXfs" && tag.kind != Kind::Close => {
                    let end = all.leave(&tag)?;
                    styles.formats.count += 1;
                    styles.known.push(tag.start..end);
                }
                _ => {}
            }
        }
        styles.text = text;
        // Colours need both lists; a workbook without them has no style but the default.
        let whole = styles.fills.end > 0 && styles.formats.end > 0;
        Ok(whole.then_some(styles))
    }

    fn list(&mut self, name: &str) -> &mut List {
        match name {
            "fills" => &mut self.fills,
            _ => &mut self.formats,
        }
    }

    /// The style that is another one with a colour; `None` where there is no such style.
    pub fn painted(&mut self, style: usize, color: &'static str) -> Option<usize> {
        if let Some(painted) = self.painted.get(&(style, color)) {
            return Some(*painted);
        }
        let known = self.text.get(self.known.get(style)?.clone())?;
        let tag = tags(known).next()?.ok()?;
        let fill = match self.colors.get(color) {
            Some(fill) => *fill,
            None => {
                let x = tag.prefix();
                let fill = self.fills.add(&format!(
                    "<{x}fill><{x}patternFill patternType=\"solid\"><{x}fgColor rgb=\"FF{color}\"/><{x}bgColor indexed=\"64\"/></{x}patternFill></{x}fill>"
                ));
                self.colors.insert(color, fill);
                fill
            }
        };
        let fills = tag.with("fillId", &fill.to_string());
        let applied = tags(&fills)
            .next()?
            .ok()
            .map(|tag| tag.with("applyFill", "1"));
        let rest = known.get(tag.text.len()..)?;
        let painted = self.formats.add(&(applied? + rest));
        self.painted.insert((style, color), painted);
        Some(painted)
    }

    /// Puts them into the file, if any were added.
    pub fn end(self, package: &mut Package<'_>) -> Result<(), MarkError> {
        if self.painted.is_empty() {
            return Ok(());
        }
        let mut edits = Edits::default();
        for list in [&self.fills, &self.formats] {
            list.put(&self.text, &mut edits)?;
        }
        package.put(&self.part, edits.apply(&self.text)?);
        Ok(())
    }
}

impl List {
    fn bound(&mut self, tag: &Tag<'_>) {
        match tag.kind {
            Kind::Open => self.tag = tag.span(),
            Kind::Close => self.end = tag.start,
            // A list without anything in it has no style to go by.
            Kind::Empty => {}
        }
    }

    /// Adds an element, and returns its number.
    fn add(&mut self, element: &str) -> usize {
        self.new += element;
        self.count += 1;
        self.count - 1
    }

    fn put(&self, text: &str, edits: &mut Edits) -> Result<(), MarkError> {
        let tag = text.get(self.tag.clone()).ok_or(MarkError::Unusual)?;
        let tag = tags(tag).next().ok_or(MarkError::Unusual)??;
        edits.replace(self.tag.clone(), tag.with("count", &self.count.to_string()));
        edits.insert(self.end, self.new.clone());
        Ok(())
    }
}
