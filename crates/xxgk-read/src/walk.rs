//! The way through the tree of a page, and which of its tables are tables of data.

use crate::css::Sheet;
use crate::dom::{Element, Id, Kind, Node};
use crate::style::Style;

/// A step through the tree, with how text is shown there.
pub(crate) enum Step<'n> {
    Enter(Id, &'n Element, Style),
    Leave(Id, &'n Element),
    Text(&'n str, Style),
}

/// Goes through what may be shown, in order.
pub(crate) struct Walk<'n> {
    nodes: &'n [Node],
    sheet: &'n Sheet,
    at: Option<Id>,
    open: Vec<(Id, &'n Element, Style)>,
}

impl<'n> Walk<'n> {
    pub fn new(nodes: &'n [Node], sheet: &'n Sheet) -> Self {
        let at = nodes.first().and_then(|page| page.first);
        Walk {
            nodes,
            sheet,
            at,
            open: Vec::new(),
        }
    }

    /// The style of an element that is entered; `None` where nothing of it has a place.
    fn enter(&self, element: &'n Element) -> Option<Style> {
        if has_no_text(element.name()) {
            return None;
        }
        let around = self.open.iter().rev().map(|(_, element, _)| *element);
        let outer = self.style();
        let style = outer.within(element, self.sheet, around);
        // A row or a cell that is not displayed leaves no gap.
        let leaves_gap = !is_part_of_table(element.name()) || !style.gone || outer.gone;
        leaves_gap.then_some(style)
    }

    fn style(&self) -> Style {
        self.open.last().map_or_else(Style::page, |it| it.2)
    }
}

impl<'n> Iterator for Walk<'n> {
    type Item = Step<'n>;

    fn next(&mut self) -> Option<Step<'n>> {
        loop {
            let Some(id) = self.at else {
                let (id, element, _) = self.open.pop()?;
                self.at = self.nodes.get(id)?.next;
                return Some(Step::Leave(id, element));
            };
            let node = self.nodes.get(id)?;
            self.at = node.next;
            match &node.kind {
                Kind::Text(text) => return Some(Step::Text(text, self.style())),
                Kind::Element(element) => {
                    let Some(style) = self.enter(element) else {
                        continue;
                    };
                    self.open.push((id, element, style));
                    self.at = node.first;
                    return Some(Step::Enter(id, element, style));
                }
                Kind::Other => {}
            }
        }
    }
}

/// Elements of whose text nothing is shown: what a browser shows in the place of something else, what scripts use, what is
/// written above other text to say how it is spoken.
fn has_no_text(name: &str) -> bool {
    matches!(
        name,
        "annotation"
            | "annotation-xml"
            | "applet"
            | "audio"
            | "canvas"
            | "datalist"
            | "desc"
            | "head"
            | "meter"
            | "noembed"
            | "noframes"
            | "noscript"
            | "progress"
            | "rp"
            | "rt"
            | "rtc"
            | "script"
            | "style"
            | "template"
            | "title"
            | "video"
    )
}

fn is_part_of_table(name: &str) -> bool {
    is_cell(name) || matches!(name, "tr" | "tbody" | "thead" | "tfoot" | "caption")
}

/// Which elements are tables of data. A table with a table in it, or with one cell, only lays the page out.
pub(crate) fn data_tables(nodes: &[Node], sheet: &Sheet) -> Vec<bool> {
    let mut is_data = vec![false; nodes.len()];
    // The tables that are open: how many cells, whether a table stands within.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for step in Walk::new(nodes, sheet) {
        match step {
            Step::Enter(_, element, _) if element.name() == "table" => open.push((0, false)),
            Step::Enter(_, element, _) if is_cell(element.name()) => {
                if let Some((cells, _)) = open.last_mut() {
                    *cells += 1;
                }
            }
            Step::Leave(id, element) if element.name() == "table" => {
                let (cells, holds) = open.pop().unwrap_or_default();
                if let Some(is_data) = is_data.get_mut(id) {
                    *is_data = cells > 1 && !holds;
                }
                if let Some((_, holds)) = open.last_mut() {
                    *holds = true;
                }
            }
            Step::Enter(..) | Step::Leave(..) | Step::Text(..) => {}
        }
    }
    is_data
}

pub(crate) fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}
