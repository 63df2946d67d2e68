//! How the runs of a document are shown: by what they say themselves, and by their styles.

use std::collections::HashMap;

use xxgk::Look;

use crate::css::{Paint, hexadecimal, paint};
use crate::error::ReadError;
use crate::format::Format;
use crate::looks::{Layers, NO_SIZE, Properties};
use crate::xml::{Node, Tag, Xml};

/// A style is based on another, and that on another, no more often.
const MAX_BASES: usize = 20;

impl Properties {
    /// Takes a property from an element.
    pub fn take(&mut self, tag: &Tag<'_>) {
        let value = || tag.get("val").unwrap_or_default();
        match tag.name() {
            "strike" => self.struck = Some(tag.is_on()),
            "dstrike" => self.struck_twice = Some(tag.is_on()),
            "vanish" | "specVanish" => self.vanished = Some(tag.is_on()),
            "webHidden" => self.unseen = Some(tag.is_on()),
            "sz" => self.no_size = tag.number("val").map(|it| it <= NO_SIZE),
            "vertAlign" => self.raised = Some(value() != "baseline"),
            "position" => self.moved = Some(value() != "0"),
            "eastAsianLayout" => self.odd = Some(tag.get("combine").is_some()),
            "color" => {
                // What is set by itself is seen on anything.
                self.color = Some(hexadecimal(&value()).unwrap_or(Paint::Unknown));
            }
            "shd" => self.behind = shading(tag).or(self.behind),
            "highlight" if value() != "none" => {
                self.behind = Some(paint(&value()).unwrap_or(Paint::Rgb(128, 128, 128)));
            }
            _ => {}
        }
    }
}

/// What is behind a paragraph, a cell or a run.
pub(crate) fn shading(tag: &Tag<'_>) -> Option<Paint> {
    let attribute = |name| tag.get(name).unwrap_or_default();
    let color = match &*attribute("val") {
        "solid" => attribute("color"),
        "clear" | "nil" | "" => attribute("fill"),
        _ => return Some(Paint::Unknown),
    };
    hexadecimal(&color)
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: HashMap<String, Style>,
    defaults: Properties,
    /// The style of paragraphs, and of tables, that name none.
    paragraph: Option<String>,
    table: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    base: Option<String>,
    properties: Properties,
    /// It paints cells, some of them perhaps.
    paints: bool,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around<'r> {
    pub run_style: Option<&'r str>,
    pub paragraph_style: Option<&'r str>,
    /// It stands in a table, whose style this is.
    pub table_style: Option<Option<&'r str>>,
    /// What is behind it, as paragraph, cell and table say.
    pub behind: Option<Paint>,
}

impl Styles {
    pub fn read(text: &str) -> Result<Self, ReadError> {
        let mut styles = Styles::default();
        let mut xml = Xml::new(text, Format::Docx);
        let mut open: Option<(String, Style)> = None;
        let (mut defaults, mut properties, mut part) = (false, false, false);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "docDefaults" => defaults = true,
                    "style" => open = Some((styles.begin(&tag), Style::default())),
                    "rPr" => properties = true,
                    "tblStylePr" => part = true,
                    name => {
                        if let Some((_, style)) = &mut open {
                            match name {
                                "basedOn" => style.base = tag.get("val"),
                                "shd" if !properties => style.paints |= shading(&tag).is_some(),
                                _ if properties && !part => style.properties.take(&tag),
                                _ => {}
                            }
                        } else if defaults && properties {
                            styles.defaults.take(&tag);
                        }
                    }
                },
                Node::Close(name) => match &*name {
                    "docDefaults" => defaults = false,
                    "rPr" => properties = false,
                    "tblStylePr" => part = false,
                    "style" => styles.styles.extend(open.take()),
                    _ => {}
                },
                Node::Text(_) => {}
            }
        }
        let ids: Vec<String> = styles.styles.keys().cloned().collect();
        let whole = ids.into_iter().map(|id| (id.clone(), styles.whole(id)));
        styles.styles = whole.collect();
        Ok(styles)
    }

    fn begin(&mut self, tag: &Tag<'_>) -> String {
        let id = tag.get("styleId").unwrap_or_default();
        if matches!(tag.get("default").as_deref(), Some("1" | "true")) {
            match tag.get("type").as_deref() {
                Some("paragraph") => self.paragraph = Some(id.clone()),
                Some("table") => self.table = Some(id.clone()),
                _ => {}
            }
        }
        id
    }

    /// A style, with what those say that it is based on.
    fn whole(&self, id: String) -> Style {
        let mut style = Style {
            base: Some(id),
            ..Style::default()
        };
        for _ in 0..MAX_BASES {
            let Some(base) = style.base.as_ref().and_then(|id| self.styles.get(id)) else {
                break;
            };
            style = Style {
                base: base.base.clone(),
                properties: style.properties.or(base.properties),
                paints: style.paints | base.paints,
            };
        }
        style
    }

    /// The properties of a style, and whether it paints cells.
    fn get(&self, id: Option<&str>) -> (Properties, bool) {
        let style = id.and_then(|id| self.styles.get(id));
        style.map_or_else(Default::default, |it| (it.properties, it.paints))
    }

    /// How a text looks that has such properties and stands there.
    pub fn look(&self, own: &Properties, around: &Around, text: &str) -> Look {
        let (run, _) = self.get(around.run_style);
        let named = around.paragraph_style.or(self.paragraph.as_deref());
        let (paragraph, _) = self.get(named);
        let named = around
            .table_style
            .and_then(|named| named.or(self.table.as_deref()));
        let (table, paints) = self.get(named);
        let layers = Layers {
            own: *own,
            run,
            paragraph,
            table,
            defaults: self.defaults,
            behind: around.behind,
            paints,
        };
        layers.look(text)
    }
}
