//! The way through the tree of a page, and which of its tables are tables of data.

use crate::dom::{Element, Id, Kind, Node};

/// A step through the tree.
pub(crate) enum Step<'n> {
    Enter(Id, &'n Element),
    Leave(Id, &'n Element),
    Text(&'n str),
}

/// Goes through what is shown, in order.
pub(crate) struct Walk<'n> {
    nodes: &'n [Node],
    at: Option<Id>,
    open: Vec<Id>,
}

impl<'n> Walk<'n> {
    pub fn new(nodes: &'n [Node]) -> Self {
        let at = nodes.first().and_then(|page| page.first);
        Walk {
            nodes,
            at,
            open: Vec::new(),
        }
    }
}

impl<'n> Iterator for Walk<'n> {
    type Item = Step<'n>;

    fn next(&mut self) -> Option<Step<'n>> {
        loop {
            let Some(id) = self.at else {
                let id = self.open.pop()?;
                let node = self.nodes.get(id)?;
                self.at = node.next;
                if let Kind::Element(element) = &node.kind {
                    return Some(Step::Leave(id, element));
                }
                continue;
            };
            let node = self.nodes.get(id)?;
            match &node.kind {
                Kind::Text(text) => {
                    self.at = node.next;
                    return Some(Step::Text(text));
                }
                Kind::Element(element) if !element.hidden && !is_unseen(element.name()) => {
                    self.open.push(id);
                    self.at = node.first;
                    return Some(Step::Enter(id, element));
                }
                Kind::Element(_) | Kind::Other => self.at = node.next,
            }
        }
    }
}

fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "head" | "title" | "script" | "style" | "template" | "datalist" | "rp"
    )
}

/// Which elements are tables of data. A table with a table in it, or with one cell, only lays the page out.
pub(crate) fn data_tables(nodes: &[Node]) -> Vec<bool> {
    let mut is_data = vec![false; nodes.len()];
    // The tables that are open: how many cells, whether a table stands within.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for step in Walk::new(nodes) {
        match step {
            Step::Enter(_, element) if element.name() == "table" => open.push((0, false)),
            Step::Enter(_, element) if is_cell(element.name()) => {
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
            Step::Enter(..) | Step::Leave(..) | Step::Text(_) => {}
        }
    }
    is_data
}

pub(crate) fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}
