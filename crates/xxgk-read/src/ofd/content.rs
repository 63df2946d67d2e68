//! What a page draws: texts, paths, pictures.

use xxgk::{LeftOut, Look};

use crate::error::ReadError;
use crate::format::Format;
use crate::output::Output;
use crate::page::drawn::{Area, Glyph, Ink, Page, Unit};
use crate::xml::{Node, Tag, Xml};

use super::ink::{Colours, Inks};
use super::matrix::{Matrix, Numbers, steps};

/// An object that is being read.
#[derive(Debug)]
struct Object {
    matrix: Matrix,
    colours: Colours,
    /// In millimetres.
    size: f64,
    /// How wide its glyphs are drawn.
    scale: f64,
    is_visible: bool,
    is_filled: bool,
    is_stroked: bool,
    /// The outlines of a path.
    outlines: Vec<Vec<(Unit, Unit)>>,
}

/// Draws the objects of a page, or of one that it is laid on.
pub(crate) fn draw(
    text: &str,
    format: Format,
    inks: &Inks,
    page: &mut Page,
    output: &mut Output,
) -> Result<(), ReadError> {
    let mut xml = Xml::new(text, format);
    let mut object: Option<Object> = None;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "TextObject" | "PathObject" => object = Some(Object::new(&tag, inks)),
                "TextCode" => {
                    let code = Code::new(&tag);
                    let text = text_within(&mut xml)?;
                    if let Some(object) = &object {
                        object.text(&code, &text, page);
                    }
                }
                "AbbreviatedData" => {
                    let path = text_within(&mut xml)?;
                    if let Some(object) = &mut object {
                        object.path(&path);
                    }
                }
                "ImageObject" => page.picture(Object::new(&tag, inks).area(&tag)),
                "CompositeObject" => output.leave_out(LeftOut::Document),
                // What clips an object is a path too, but not drawn.
                "Clips" | "Actions" => xml.skip()?,
                _ => {
                    if let Some(object) = &mut object {
                        object.colours.take(&tag);
                    }
                }
            },
            Node::Close(name) if name == "TextObject" || name == "PathObject" => {
                if let Some(object) = object.take() {
                    object.draw_path(page);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The text of the element that was opened last, blanks and all.
fn text_within(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut text = String::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Text(more) => text.push_str(&more),
            Node::Open(_) => xml.skip()?,
            Node::Close(_) => break,
        }
    }
    Ok(text)
}

/// Where the glyphs of a text stand.
#[derive(Debug)]
struct Code {
    x: f64,
    y: f64,
    right: Option<String>,
    down: Option<String>,
}

impl Code {
    fn new(tag: &Tag<'_>) -> Self {
        Code {
            x: number(tag, "X", 0.0),
            y: number(tag, "Y", 0.0),
            right: tag.get("DeltaX"),
            down: tag.get("DeltaY"),
        }
    }
}

impl Object {
    fn new(tag: &Tag<'_>, inks: &Inks) -> Self {
        let numbers = |name: &str| Numbers::of(&tag.get(name).unwrap_or_default());
        let [x, y] = numbers("Boundary").array().unwrap_or_default();
        let is = |name: &str, default: bool| tag.get(name).map_or(default, |it| it == "true");
        let colours = tag.get("DrawParam").map(|id| inks.get(&id));
        Object {
            matrix: Matrix {
                to: numbers("CTM")
                    .array()
                    .unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
                origin: (x, y),
            },
            colours: colours.unwrap_or_default(),
            size: number(tag, "Size", 1.0),
            scale: number(tag, "HScale", 1.0),
            is_visible: is("Visible", true) && number(tag, "Alpha", 255.0) > 20.0,
            is_filled: is("Fill", false),
            is_stroked: is("Stroke", true),
            outlines: Vec::new(),
        }
    }

    /// What a picture takes up.
    fn area(&self, tag: &Tag<'_>) -> Area {
        let boundary = Numbers::of(&tag.get("Boundary").unwrap_or_default());
        let [_, _, width, height] = boundary.array().unwrap_or_default();
        let still = Matrix {
            to: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            ..self.matrix
        };
        Area::of(still.place(0.0, 0.0), still.place(width, height))
    }

    fn text(&self, code: &Code, text: &str, page: &mut Page) {
        let text = text.trim_matches(['\n', '\r']);
        let count = text.chars().count();
        let right = code.right.as_deref().map(|it| steps(it, count));
        let down = code.down.as_deref().map(|it| steps(it, count));
        let (mut x, mut y) = (code.x, code.y);
        for (index, c) in text.chars().enumerate() {
            let usual = self.size * self.scale * if c.is_ascii() { 0.5 } else { 1.0 };
            let across = right.as_ref().and_then(|it| it.get(index).copied());
            let along = down.as_ref().and_then(|it| it.get(index).copied());
            // What the writer puts between two glyphs is no part of the first.
            let width = across.filter(|it| *it > 0.0 && *it < usual * 1.2);
            let place = self.matrix.place(x, y);
            let glyph = Glyph {
                text: c,
                x: place.0,
                y: place.1,
                advance: self.matrix.step(width.unwrap_or(usual), 0.0),
                size: self.matrix.height(self.size),
                look: match self.is_visible {
                    true => Look::Plain,
                    false => Look::Hidden,
                },
            };
            page.glyph(glyph, self.colours.fill.unwrap_or(Ink::BLACK));
            x += across.unwrap_or(if along.is_some() { 0.0 } else { usual });
            y += along.unwrap_or(0.0);
        }
    }

    /// Adds the outlines of a path: `M` and `S` begin one, `L`, `Q`, `B` and `A` go on, `C` closes it.
    fn path(&mut self, path: &str) {
        let mut words = path.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let mut numbers: Vec<f64> = Vec::new();
            while let Some(number) = words.peek().and_then(|it| it.parse().ok()) {
                numbers.push(number);
                words.next();
            }
            let end = match numbers.as_slice() {
                [.., x, y] => Some(self.matrix.place(*x, *y)),
                _ => None,
            };
            match (word, end) {
                ("M" | "S", Some(end)) => self.outlines.push(vec![end]),
                ("C", _) => {
                    if let Some(outline) = self.outlines.last_mut() {
                        outline.extend(outline.first().copied());
                    }
                }
                (_, Some(end)) => {
                    if let Some(outline) = self.outlines.last_mut() {
                        outline.push(end);
                    }
                }
                _ => {}
            }
        }
    }

    fn draw_path(&self, page: &mut Page) {
        if !self.is_visible || self.outlines.is_empty() {
            return;
        }
        if self.is_filled {
            page.fill(&self.outlines, self.colours.fill.unwrap_or(Ink::BLACK));
        }
        if self.is_stroked {
            let ink = self.colours.stroke.unwrap_or(Ink::BLACK);
            for outline in &self.outlines {
                page.lines(outline, ink);
            }
        }
    }
}

fn number(tag: &Tag<'_>, name: &str, default: f64) -> f64 {
    let number: Option<f64> = tag.get(name).and_then(|it| it.trim().parse().ok());
    number.filter(|it| it.is_finite()).unwrap_or(default)
}
