//! The tree of a page, built as browsers build it, in one list of nodes: however deep they lie within each other, nothing
//! that is done with it calls itself.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::ops::Range;
use std::sync::LazyLock;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName};

use crate::error::{Limit, ReadError};
use crate::limits::{MAX_DEPTH, MAX_NODES};
use crate::tags::{At, Watched, feed};

/// The name of what is no element: nobody asks for it.
static NO_NAME: LazyLock<QualName> =
    LazyLock::new(|| QualName::new(None, Namespace::default(), LocalName::default()));

/// A node, by its place in the list.
pub(crate) type Id = usize;

#[derive(Debug, Default)]
pub(crate) struct Node {
    pub kind: Kind,
    parent: Option<Id>,
    pub before: Option<Id>,
    pub next: Option<Id>,
    pub first: Option<Id>,
    last: Option<Id>,
    depth: usize,
}

#[derive(Debug, Default)]
pub(crate) enum Kind {
    /// The page itself, and what has no text.
    #[default]
    Other,
    Text(String),
    Element(Element),
}

#[derive(Debug)]
pub(crate) struct Element {
    name: QualName,
    /// Of its attributes, those that somebody asks for.
    attributes: Vec<Attribute>,
    /// Where the tag stands in the page that begins it, if something can be put behind it: [`is_marked`].
    pub span: Option<Range<usize>>,
}

impl Element {
    pub fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|it| &*it.name.local == name);
        found.map(|it| &*it.value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// Whether somebody asks for an attribute.
fn is_read(name: &str) -> bool {
    matches!(
        name,
        "background"
            | "bgcolor"
            | "class"
            | "color"
            | "colspan"
            | "dir"
            | "height"
            | "hidden"
            | "id"
            | "media"
            | "multiple"
            | "open"
            | "rowspan"
            | "selected"
            | "src"
            | "style"
            | "text"
            | "type"
            | "value"
            | "width"
    )
}

/// Whether text and what is put beside it may stand directly behind the tag: cells, and what begins a line of running text.
fn is_marked(name: &str) -> bool {
    matches!(
        name,
        "article"
            | "blockquote"
            | "br"
            | "center"
            | "dd"
            | "div"
            | "dt"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "main"
            | "p"
            | "section"
            | "td"
            | "th"
    )
}

/// Builds the tree of a page, of which the first node is the page.
pub(crate) fn parse(page: &str) -> Result<Vec<Node>, ReadError> {
    let options = TreeBuilderOpts {
        // Browsers have scripts: what stands in noscript is not shown.
        scripting_enabled: true,
        ..TreeBuilderOpts::default()
    };
    let at = At::new(page);
    let sink = Tree {
        nodes: RefCell::new(vec![Node::default()]),
        deepest: Cell::new(0),
        at: &at,
    };
    let builder = TreeBuilder::new(sink, options);
    let tokenizer = Tokenizer::new(Watched::new(builder), TokenizerOpts::default());
    feed(page, &tokenizer, &at, |builder| {
        builder.sink.is_within_limits()
    })?;
    tokenizer.end();
    tokenizer.sink.sink.sink.is_within_limits()?;
    Ok(tokenizer.sink.sink.sink.finish())
}

struct Tree<'p> {
    nodes: RefCell<Vec<Node>>,
    deepest: Cell<usize>,
    at: &'p At<'p>,
}

impl Tree<'_> {
    fn is_within_limits(&self) -> Result<(), ReadError> {
        if self.deepest.get() > MAX_DEPTH {
            return Err(ReadError::TooLarge(Limit::Depth));
        }
        if self.nodes.borrow().len() > MAX_NODES {
            return Err(ReadError::TooLarge(Limit::Cells));
        }
        Ok(())
    }

    fn new_node(&self, kind: Kind) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            kind,
            ..Node::default()
        });
        nodes.len() - 1
    }

    fn change<T>(&self, id: Id, change: impl FnOnce(&mut Node) -> T) -> Option<T> {
        self.nodes.borrow_mut().get_mut(id).map(change)
    }

    fn get<T>(&self, id: Id, get: impl FnOnce(&Node) -> T) -> Option<T> {
        self.nodes.borrow().get(id).map(get)
    }

    fn detach(&self, id: Id) {
        let links = self.change(id, |node| {
            (node.parent.take(), node.before.take(), node.next.take())
        });
        let Some((parent, before, next)) = links else {
            return;
        };
        if let Some(before) = before {
            self.change(before, |node| node.next = next);
        } else if let Some(parent) = parent {
            self.change(parent, |node| node.first = next);
        }
        if let Some(next) = next {
            self.change(next, |node| node.before = before);
        } else if let Some(parent) = parent {
            self.change(parent, |node| node.last = before);
        }
    }

    /// Puts a node under a parent: before another of its children, or at the end.
    fn attach(&self, parent: Id, id: Id, next: Option<Id>) {
        self.detach(id);
        let before = match next {
            Some(next) => self.change(next, |node| node.before.replace(id)),
            None => self.change(parent, |node| node.last.replace(id)),
        }
        .flatten();
        match before {
            Some(before) => self.change(before, |node| node.next = Some(id)),
            None => self.change(parent, |node| node.first = Some(id)),
        };
        let depth = self.get(parent, |node| node.depth).unwrap_or(0) + 1;
        self.deepest.set(self.deepest.get().max(depth));
        self.change(id, |node| {
            (node.parent, node.before, node.next) = (Some(parent), before, next);
            node.depth = depth;
        });
    }

    fn insert(&self, parent: Id, child: NodeOrText<Id>, next: Option<Id>) {
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let before = match next {
                    Some(next) => self.get(next, |node| node.before),
                    None => self.get(parent, |node| node.last),
                };
                let joined = before.flatten().and_then(|before| {
                    self.change(before, |node| match &mut node.kind {
                        Kind::Text(there) => {
                            there.push_str(&text);
                            true
                        }
                        Kind::Other | Kind::Element(_) => false,
                    })
                });
                if joined == Some(true) {
                    return;
                }
                self.new_node(Kind::Text(text.to_string()))
            }
        };
        self.attach(parent, id, next);
    }
}

impl TreeSink for Tree<'_> {
    type Handle = Id;
    type Output = Vec<Node>;
    type ElemName<'a>
        = Ref<'a, QualName>
    where
        Self: 'a;

    fn finish(self) -> Vec<Node> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match nodes.get(*target) {
            Some(Node {
                kind: Kind::Element(element),
                ..
            }) => &element.name,
            _ => &NO_NAME,
        })
    }

    fn create_element(
        &self,
        name: QualName,
        mut attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Id {
        attributes.retain(|it| is_read(&it.name.local));
        let span = is_marked(&name.local).then(|| self.at.tag(&name.local));
        let span = span.flatten();
        self.new_node(Kind::Element(Element {
            name,
            attributes,
            span,
        }))
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.new_node(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.new_node(Kind::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.insert(*parent, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        match self.get(*element, |node| node.parent).flatten() {
            Some(parent) => self.insert(parent, child, Some(*element)),
            None => self.insert(*previous, child, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, _: &Id) -> Id {
        // A node that is in no tree: a template is not shown.
        self.new_node(Kind::Other)
    }

    fn same_node(&self, one: &Id, other: &Id) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        if let Some(parent) = self.get(*sibling, |node| node.parent).flatten() {
            self.insert(parent, child, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, _: &Id, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Id) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        while let Some(child) = self.get(*node, |node| node.first).flatten() {
            self.attach(*parent, child, None);
        }
    }
}
