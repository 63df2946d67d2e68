//! With what objects are drawn: colours of their own, or those of a parameter that they name.

use std::collections::HashMap;

use crate::error::ReadError;
use crate::format::Format;
use crate::page::drawn::Ink;
use crate::xml::{Node, Tag, Xml};

use super::matrix::Numbers;

/// What an object is filled and outlined with; black where it does not say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Colours {
    pub fill: Option<Ink>,
    pub stroke: Option<Ink>,
}

impl Colours {
    /// Takes a colour from an element that tells one.
    pub fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "FillColor" => self.fill = Some(colour(tag)),
            "StrokeColor" => self.stroke = Some(colour(tag)),
            _ => {}
        }
    }
}

/// The colours of the drawing parameters, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Inks(HashMap<String, Colours>);

impl Inks {
    pub fn read(&mut self, text: &str, format: Format) -> Result<(), ReadError> {
        let mut xml = Xml::new(text, format);
        let mut open: Option<(String, Colours)> = None;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if tag.name() == "DrawParam" => {
                    // One that is made from another begins as that.
                    let from = tag.get("Relative").map(|id| self.get(&id));
                    let id = tag.get("ID").unwrap_or_default();
                    open = Some((id, from.unwrap_or_default()));
                }
                Node::Open(tag) => {
                    if let Some((_, colours)) = &mut open {
                        colours.take(&tag);
                    }
                }
                Node::Close(name) if name == "DrawParam" => self.0.extend(open.take()),
                _ => {}
            }
        }
        Ok(())
    }

    pub fn get(&self, id: &str) -> Colours {
        self.0.get(id).copied().unwrap_or_default()
    }
}

/// Grey, red green blue, or the four of print, by how many parts it has.
fn colour(tag: &Tag<'_>) -> Ink {
    let alpha = tag.get("Alpha").and_then(|it| it.trim().parse().ok());
    let alpha = alpha.unwrap_or(255.0) / 255.0;
    let value = Numbers::of(&tag.get("Value").unwrap_or_default());
    let part = |it: &f64| (*it / 255.0).clamp(0.0, 1.0) as f32;
    let rgb = match value.as_slice() {
        [] => [0.0; 3],
        [grey] => [part(grey); 3],
        [red, green, blue] => [part(red), part(green), part(blue)],
        [cyan, magenta, yellow, black, ..] => {
            [cyan, magenta, yellow].map(|it| (1.0 - part(it)) * (1.0 - part(black)))
        }
        [grey, _] => [part(grey); 3],
    };
    Ink::rgb(rgb, alpha)
}
