//! How the text of an element of a page is shown: by its name, its attributes, and the style sheets in the page.

use xxgk::Look;

use crate::css::{Declaration, Paint, Property, Sheet, Value, WHITE, declarations, paint};
use crate::dom::{Element, Kind, Node};

/// How text is shown at a place of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// The element has no box: it takes no place either.
    pub gone: bool,
    /// It is not seen, and nothing within can change that.
    unseen: bool,
    invisible: bool,
    no_size: bool,
    struck: bool,
    raised: bool,
    unfollowed: bool,
    /// Its digits may not be what is shown.
    unsure: bool,
    color: Paint,
    behind: Paint,
    /// The table around it, or what is around that, is not seen.
    pub outside: bool,
}

impl Style {
    /// That of the page, of which no background is known where sheets outside of it may give one.
    pub fn page() -> Self {
        Style {
            gone: false,
            unseen: false,
            invisible: false,
            no_size: false,
            struck: false,
            raised: false,
            unfollowed: false,
            unsure: false,
            color: Paint::Rgb(0, 0, 0),
            behind: WHITE,
            outside: false,
        }
    }

    /// How a text within a cell of a table that is shown looks.
    pub fn in_cell(&self, text: &str) -> Look {
        let digits = || text.contains(char::is_numeric);
        if self.is_hidden() {
            Look::Hidden
        } else if self.struck {
            Look::Struck
        } else if self.unfollowed || (self.unsure || self.is_white_on_unknown()) && digits() {
            Look::Unfollowed
        } else if self.raised {
            Look::Raised
        } else {
            Look::Plain
        }
    }

    /// How running text looks.
    pub fn outside_of_cells(&self) -> Look {
        match self {
            _ if self.outside || self.is_hidden() => Look::Hidden,
            Style { struck: true, .. } => Look::Struck,
            Style {
                unfollowed: true, ..
            } => Look::Unfollowed,
            Style { raised: true, .. } => Look::Raised,
            _ => Look::Plain,
        }
    }

    fn is_hidden(&self) -> bool {
        let flags = self.gone || self.unseen || self.invisible || self.no_size;
        flags || self.color.is_lost_on(self.behind)
    }

    fn is_white_on_unknown(&self) -> bool {
        self.behind == Paint::Unknown && self.color.is_lost_on(WHITE)
    }

    /// That of an element within; `around` gives those around it, from inside.
    pub fn within<'n>(
        &self,
        element: &Element,
        sheet: &Sheet,
        around: impl Iterator<Item = &'n Element> + Clone,
    ) -> Style {
        let mut style = *self;
        let name = element.name();
        by_name(&mut style, element);
        let own = own(element, sheet, around, &mut style.unsure);
        if !own.is_empty() {
            style.declare(name, &own);
        }
        if matches!(name, "s" | "strike" | "del") {
            // Struck out, unless a sheet says otherwise: then nobody knows.
            match last(&own, Property::Struck) {
                Some(Value::No) => style.unsure = true,
                _ => style.struck = true,
            }
        }
        if name == "table" {
            style.outside |= style.gone || style.unseen || style.invisible || style.no_size;
            style = Style {
                gone: false,
                unseen: false,
                invisible: false,
                no_size: false,
                ..style
            };
        }
        style
    }

    fn declare(&mut self, name: &str, own: &[Declaration]) {
        use Property as P;
        let get = |property| last(own, property);
        let is = |property| get(property) == Some(Value::Yes);
        let set = |flag: &mut bool, property| match get(property) {
            Some(Value::Yes) => *flag = true,
            Some(Value::No) => *flag = false,
            _ => {}
        };
        self.gone |= is(P::Gone);
        set(&mut self.invisible, P::Invisible);
        set(&mut self.no_size, P::NoSize);
        let away = is(P::LeftAway) || is(P::TopAway);
        let placed = is(P::Placed) || is(P::Relative);
        let moved = [P::IndentAway, P::MarginAway, P::TransformAway];
        let moved = moved.into_iter().any(is) || placed && away;
        let no_box = is(P::Cut) && (is(P::Thin) || is(P::Flat));
        let boxed = is(P::Boxed) || is(P::Placed) || !is_inline(name);
        self.unseen |= moved || no_box && boxed || is(P::Clear) || is(P::MsoHidden);
        self.unseen |= is(P::Clipped);
        self.unsure |= is(P::Odd) || no_box && !boxed;
        self.struck |= is(P::Struck);
        self.raised |= is_inline(name) && (is(P::Raised) || is(P::Relative) && is(P::Moved));
        self.unfollowed |= is(P::Override);
        if let Some(Value::Paint(color)) = get(P::Color) {
            self.color = color;
        }
        if let Some(Value::Paint(behind)) = get(P::Background)
            && behind != Paint::Transparent
        {
            self.behind = behind;
        }
    }
}

/// What the name and the attributes of an element say, over which sheets have their way.
fn by_name(style: &mut Style, element: &Element) {
    match element.name() {
        "sup" | "sub" => style.raised = true,
        "bdo" | "math" | "svg" => style.unfollowed = true,
        // What stands above it may be what is meant.
        "ruby" => style.unsure = true,
        "dialog" if !element.has("open") => style.gone = true,
        _ => {}
    }
    let color = |name: &str| element.get(name).and_then(paint);
    match element.name() {
        "font" => style.color = color("color").unwrap_or(style.color),
        "body" => style.color = color("text").unwrap_or(style.color),
        _ => {}
    }
    style.behind = color("bgcolor").unwrap_or(style.behind);
    if element.has("background") {
        style.behind = Paint::Unknown;
    }
}

/// What is declared for an element, what counts most last.
fn own<'n>(
    element: &Element,
    sheet: &Sheet,
    around: impl Iterator<Item = &'n Element> + Clone,
    unsure: &mut bool,
) -> Vec<Declaration> {
    let (mut own, maybe) = sheet.declared(element, around);
    *unsure |= maybe;
    if element.has("hidden") {
        let hidden = Declaration {
            property: Property::Gone,
            value: Value::Yes,
            important: false,
        };
        own.insert(0, hidden);
    }
    own.extend(element.get("style").map(declarations).unwrap_or_default());
    // A stable sort: what is important comes last, in its order.
    own.sort_by_key(|it| it.important);
    own
}

fn last(own: &[Declaration], property: Property) -> Option<Value> {
    own.iter()
        .rev()
        .find(|it| it.property == property)
        .map(|it| it.value)
}

/// Elements that stand in a line of text, so that they may be raised, and have no size of their own.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "big"
            | "code"
            | "del"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
    )
}

/// The style sheets that stand in a page.
pub(crate) fn sheets(nodes: &[Node]) -> Sheet {
    let mut sheet = Sheet::default();
    for node in nodes {
        let Kind::Element(element) = &node.kind else {
            continue;
        };
        let media = element.get("media").unwrap_or_default();
        if element.name() != "style" || media.eq_ignore_ascii_case("print") {
            continue;
        }
        if let Some(Kind::Text(text)) = node.first.and_then(|it| nodes.get(it)).map(|it| &it.kind) {
            sheet.add(text);
        }
    }
    sheet
}
