//! How the runs of a document are shown: by what they say themselves, and by their styles.

use std::collections::HashMap;

use xxgk::Look;

use crate::css::{Paint, WHITE, hexadecimal, paint};
use crate::error::{Format, ReadError};
use crate::xml::{Node, Tag, Xml};

/// A style is based on another, and that on another, no more often.
const MAX_BASES: usize = 20;
/// In half points: nobody sees text of that size.
const NO_SIZE: usize = 2;

/// What a run, or a style, says of how text is shown, as far as it says so.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Properties {
    struck: Option<bool>,
    struck_twice: Option<bool>,
    vanished: Option<bool>,
    /// Hidden on the web, or of no size.
    unseen: Option<bool>,
    raised: Option<bool>,
    moved: Option<bool>,
    /// Two lines in one.
    odd: Option<bool>,
    color: Option<Paint>,
    pub behind: Option<Paint>,
}

impl Properties {
    /// Takes a property from an element.
    pub fn take(&mut self, tag: &Tag<'_>) {
        let value = || tag.get("val").unwrap_or_default();
        match tag.name() {
            "strike" => self.struck = Some(tag.is_on()),
            "dstrike" => self.struck_twice = Some(tag.is_on()),
            "vanish" | "specVanish" => self.vanished = Some(tag.is_on()),
            "webHidden" => self.unseen = Some(tag.is_on()),
            "sz" if tag.number("val").is_some_and(|it| it <= NO_SIZE) => self.unseen = Some(true),
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

    fn or(self, base: Properties) -> Properties {
        Properties {
            struck: self.struck.or(base.struck),
            struck_twice: self.struck_twice.or(base.struck_twice),
            vanished: self.vanished.or(base.vanished),
            unseen: self.unseen.or(base.unseen),
            raised: self.raised.or(base.raised),
            moved: self.moved.or(base.moved),
            odd: self.odd.or(base.odd),
            color: self.color.or(base.color),
            behind: self.behind.or(base.behind),
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
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    pub run_style: Option<String>,
    pub paragraph_style: Option<String>,
    /// It stands in a table, whose style this is.
    pub table_style: Option<Option<String>>,
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
    fn get(&self, id: Option<&String>) -> Style {
        let mut style = Style {
            base: id.cloned(),
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

    /// How a text looks that has such properties and stands there.
    pub fn look(&self, own: &Properties, around: &Around, text: &str) -> Look {
        let run = self.get(around.run_style.as_ref()).properties;
        let paragraph = around.paragraph_style.as_ref().or(self.paragraph.as_ref());
        let paragraph = self.get(paragraph).properties;
        let table = match &around.table_style {
            Some(named) => self.get(named.as_ref().or(self.table.as_ref())),
            None => Style::default(),
        };
        let all = own
            .or(run)
            .or(paragraph)
            .or(table.properties)
            .or(self.defaults);
        // These are switched by each kind of style.
        let is = |get: fn(&Properties) -> Option<bool>| {
            let on = |properties: &Properties| get(properties) == Some(true);
            let switched = on(&run) ^ on(&paragraph) ^ on(&table.properties);
            get(own).unwrap_or(switched || on(&self.defaults))
        };
        let unknown = if table.paints { Paint::Unknown } else { WHITE };
        let behind = own
            .behind
            .or(run.behind)
            .or(around.behind)
            .unwrap_or(unknown);
        let color = all.color.unwrap_or(Paint::Unknown);
        let maybe_white = behind == Paint::Unknown && color.is_lost_on(WHITE);
        if is(|it| it.vanished) || all.unseen == Some(true) || color.is_lost_on(behind) {
            Look::Hidden
        } else if is(|it| it.struck) || is(|it| it.struck_twice) {
            Look::Struck
        } else if all.odd == Some(true) || maybe_white && text.contains(char::is_numeric) {
            Look::Unfollowed
        } else if all.raised == Some(true) || all.moved == Some(true) {
            Look::Raised
        } else {
            Look::Plain
        }
    }
}
