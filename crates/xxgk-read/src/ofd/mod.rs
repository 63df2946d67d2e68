//! OFD (GB/T 33190): documents of pages that only draw, in XML. Signatures are left alone: whether one is valid is not looked at.
//!
//! - [`content`]: what a page draws
//! - [`matrix`]: where its objects stand
//! - [`ink`]: with what they are drawn

mod content;
mod ink;
mod matrix;

use std::collections::HashMap;

use crate::archive::Archive;
use crate::error::ReadError;
use crate::format::Format;
use crate::output::Output;
use crate::page::Pages;
use crate::page::drawn::{Page, unit};
use crate::xml::{Node, Tag, Xml};
use ink::Inks;
use matrix::{Numbers, POINTS};

/// A4 in millimetres, where a document does not say how large its pages are.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];

pub(crate) fn read(archive: &mut Archive<'_>, output: &mut Output) -> Result<(), ReadError> {
    let mut pages = Pages::default();
    for root in texts(archive, "OFD.xml", "DocRoot")? {
        let document = Document::read(archive, &root)?;
        for page in document.pages.iter() {
            pages.push(document.draw(archive, page, output)?)?;
        }
    }
    if pages.is_empty() {
        return Err(ReadError::Damaged(Format::Ofd));
    }
    pages.write(output)
}

/// One document of the file.
#[derive(Debug, Default)]
struct Document {
    size: Option<[f64; 4]>,
    /// Where each page is told, in order.
    pages: Vec<String>,
    /// The pages that others are laid on, by their ids.
    templates: HashMap<String, String>,
    inks: Inks,
}

impl Document {
    fn read(archive: &mut Archive<'_>, path: &str) -> Result<Self, ReadError> {
        let mut document = Document::default();
        let mut resources = Vec::new();
        let text = archive.text(path)?;
        let mut xml = Xml::new(&text, archive.format);
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            let place = || tag.get("BaseLoc").map(|it| beside(path, &it));
            match tag.name() {
                "PhysicalBox" => document.size = document.size.or(size(&mut xml)?),
                "Page" => document.pages.extend(place()),
                "TemplatePage" => {
                    let id = tag.get("ID").unwrap_or_default();
                    document.templates.extend(place().map(|it| (id, it)));
                }
                "PublicRes" | "DocumentRes" => resources.push(beside(path, &inner(&mut xml)?)),
                _ => {}
            }
        }
        for resource in resources.iter().filter(|it| !it.is_empty()) {
            if archive.has(resource) {
                document
                    .inks
                    .read(&archive.text(resource)?, archive.format)?;
            }
        }
        Ok(document)
    }

    /// Draws a page: what it is laid on first.
    fn draw(
        &self,
        archive: &mut Archive<'_>,
        path: &str,
        output: &mut Output,
    ) -> Result<Page, ReadError> {
        let text = archive.text(path)?;
        let (mut own, mut below) = (None, Vec::new());
        let mut xml = Xml::new(&text, archive.format);
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "PhysicalBox" => own = own.or(size(&mut xml)?),
                "Template" => below.extend(self.template(&tag)),
                // Some writers say the size of a page within its content, before what is drawn.
                "Layer" => xml.skip()?,
                _ => {}
            }
        }
        let [_, _, width, height] = own.or(self.size).unwrap_or(A4);
        let mut page = Page::new(unit(width * POINTS), unit(height * POINTS));
        for path in below {
            let text = archive.text(path)?;
            content::draw(&text, archive.format, &self.inks, &mut page, output)?;
        }
        content::draw(&text, archive.format, &self.inks, &mut page, output)?;
        Ok(page)
    }

    fn template(&self, tag: &Tag<'_>) -> Option<&str> {
        let id = tag.get("TemplateID")?;
        self.templates.get(&id).map(String::as_str)
    }
}

/// The texts of the elements of that name.
fn texts(archive: &mut Archive<'_>, path: &str, name: &str) -> Result<Vec<String>, ReadError> {
    let text = archive.text(path)?;
    let mut xml = Xml::new(&text, archive.format);
    let mut texts = Vec::new();
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && tag.name() == name
        {
            texts.push(beside(path, &inner(&mut xml)?));
        }
    }
    Ok(texts)
}

/// The text of the element that was opened last.
fn inner(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut text = String::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Text(more) => text.push_str(&more),
            Node::Open(_) => xml.skip()?,
            Node::Close(_) => break,
        }
    }
    Ok(text.trim().to_owned())
}

fn size(xml: &mut Xml<'_>) -> Result<Option<[f64; 4]>, ReadError> {
    Ok(Numbers::of(&inner(xml)?).array())
}

/// A path as the archive has it, of one that is told beside another part or from the root.
fn beside(path: &str, target: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match target.starts_with('/') {
        true => target.to_owned(),
        false => format!("{folder}/{target}"),
    }
}
