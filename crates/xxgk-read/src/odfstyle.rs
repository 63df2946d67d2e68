//! The styles of OpenDocument files: whether they strike text out, raise or hide it.

use std::collections::HashMap;

use xxgk::Look;

use crate::archive::Archive;
use crate::cellstyle::Font;
use crate::css::{Paint, WHITE, paint};
use crate::error::ReadError;
use crate::format::Format;
use crate::xml::{Node, Tag, Xml};

/// A style is based on another, and that on another, no more often.
const MAX_BASES: usize = 20;

/// What a style says of whether something is shown, as far as it says so.
#[derive(Clone, Debug, Default)]
pub(crate) struct Style {
    base: Option<String>,
    struck: Option<bool>,
    raised: Option<bool>,
    /// Text that is not shown, or a table.
    pub hidden: Option<bool>,
    color: Option<Paint>,
    behind: Option<Paint>,
}

impl Style {
    /// What another says, where this one says nothing.
    pub fn or(self, base: Style) -> Style {
        Style {
            base: base.base,
            struck: self.struck.or(base.struck),
            raised: self.raised.or(base.raised),
            hidden: self.hidden.or(base.hidden),
            color: self.color.or(base.color),
            behind: self.behind.or(base.behind),
        }
    }

    /// How text of it is shown.
    pub fn look(&self) -> Look {
        let font = Font {
            struck: self.struck == Some(true),
            raised: self.raised == Some(true),
            color: self.color.unwrap_or(Paint::Rgb(0, 0, 0)),
        };
        match self {
            _ if font.color.is_lost_on(self.behind.unwrap_or(WHITE)) => Look::Hidden,
            Style {
                hidden: Some(true), ..
            } => Look::Hidden,
            _ if font.struck => Look::Struck,
            _ if font.raised => Look::Raised,
            _ => Look::Plain,
        }
    }
}

/// The styles, by their names.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    named: HashMap<String, Style>,
    open: Option<String>,
}

impl Styles {
    /// Those that all of a file may use; the text has more of its own.
    pub fn read(archive: &mut Archive<'_>, format: Format) -> Result<Styles, ReadError> {
        let mut styles = Styles::default();
        if archive.has("styles.xml") {
            let text = archive.text("styles.xml")?;
            let mut xml = Xml::new(&text, format);
            while let Some(node) = xml.next()? {
                styles.node(&node);
            }
        }
        Ok(styles)
    }

    /// Takes what a file says of its styles, which stands before its text.
    pub fn node(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(tag) => self.open(tag),
            Node::Close(name) if name == "style" => self.open = None,
            Node::Close(_) | Node::Text(_) => {}
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        if tag.name() == "style" {
            let name = tag.exact("style:name").unwrap_or_default();
            let base = tag.exact("style:parent-style-name");
            self.named.insert(
                name.clone(),
                Style {
                    base,
                    ..Style::default()
                },
            );
            self.open = Some(name);
        }
        let Some(style) = self.open.as_ref().and_then(|name| self.named.get_mut(name)) else {
            return;
        };
        let get = |name: &str| tag.exact(name);
        match tag.name() {
            "text-properties" => {
                let line = get("style:text-line-through-style")
                    .or_else(|| get("style:text-line-through-type"));
                style.struck = line.map(|it| it != "none").or(style.struck);
                style.raised = get("style:text-position")
                    .map(|it| is_raised(&it))
                    .or(style.raised);
                style.hidden = get("text:display").map(|it| it == "none").or(style.hidden);
                style.color = get("fo:color").and_then(|it| paint(&it)).or(style.color);
                let size = get("fo:font-size")
                    .and_then(|it| it.trim_end_matches("pt").parse::<f64>().ok());
                if size.is_some_and(|it| it < 1.0) {
                    style.hidden = Some(true);
                }
                style.behind(tag);
            }
            "table-cell-properties" => style.behind(tag),
            "table-properties" => {
                style.hidden = get("table:display")
                    .map(|it| it == "false")
                    .or(style.hidden);
            }
            _ => {}
        }
    }

    /// A style with what those say that it is based on.
    pub fn get(&self, name: Option<String>) -> Style {
        let mut style = Style {
            base: name,
            ..Style::default()
        };
        for _ in 0..MAX_BASES {
            let Some(base) = style.base.as_ref().and_then(|name| self.named.get(name)) else {
                break;
            };
            style = style.or(base.clone());
        }
        style
    }
}

impl Style {
    fn behind(&mut self, tag: &Tag<'_>) {
        let behind = tag.exact("fo:background-color").and_then(|it| paint(&it));
        self.behind = behind
            .filter(|it| *it != Paint::Transparent)
            .or(self.behind);
    }
}

/// `super 58%`, `-20% 100%`; `0% 100%` is in the line.
fn is_raised(position: &str) -> bool {
    let by = position.split_whitespace().next().unwrap_or_default();
    !matches!(by, "" | "0" | "0%")
}
