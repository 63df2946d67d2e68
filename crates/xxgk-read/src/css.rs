//! What the style sheets in a page say of whether and how text is shown. Sheets outside of the page are not known.
//!
//! Only the properties that matter to that are read. A selector may have parts that are not followed (`:nth-child`, an
//! attribute, a sibling): then it may choose an element or not, and [`Choice::Maybe`] says so.

use std::cell::Cell;
use std::collections::HashMap;

use crate::dom::Element;

/// So many comparisons of an element with a selector are made for a page. Beyond, what its sheets say is not known.
const MAX_STEPS: usize = 20_000_000;
/// So many rules of a page are read.
const MAX_RULES: usize = 20_000;
/// So many classes of an element, and of a part of a selector, are compared.
const MAX_CLASSES: usize = 32;
/// So many elements around each other does a selector name.
const MAX_PARTS: usize = 32;
/// A screen is so wide, in pixels, where a sheet asks.
const SCREEN: f64 = 1280.0;
/// What stands so far outside of the page, in pixels, is not seen.
const FAR: f64 = 500.0;

/// What a declaration is about. `Yes` is what hides or marks the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Property {
    /// `display: none`.
    Gone,
    /// The element is a box, whose size counts.
    Boxed,
    Invisible,
    Clear,
    /// A font of no size.
    NoSize,
    Color,
    Background,
    Raised,
    Struck,
    /// Moved a little from its place.
    Moved,
    /// Placed by itself.
    Placed,
    Relative,
    /// Moved out of the page, by this property or that.
    LeftAway,
    TopAway,
    IndentAway,
    MarginAway,
    TransformAway,
    /// Of no width, of no height.
    Thin,
    Flat,
    /// Text that goes beyond the box is not shown.
    Cut,
    Clipped,
    MsoHidden,
    /// Shown in another order, turned, or with something before or behind it.
    Odd,
    /// Always written from right to left, or always from left to right.
    Override,
}

/// What is declared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    No,
    Yes,
    /// As the element around it.
    Same,
    Paint(Paint),
}

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    Rgb(u8, u8, u8),
    Transparent,
    /// A picture, a gradient, a colour that is not known.
    Unknown,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Declaration {
    pub property: Property,
    pub value: Value,
    pub important: bool,
}

/// Whether a rule is for an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    No,
    Maybe,
    Yes,
}

/// The rules of the style sheets of a page.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    rules: Vec<Rule>,
    blocks: Vec<Vec<Declaration>>,
    /// The rules by the id, class or name that an element must have.
    by_key: HashMap<String, Vec<usize>>,
    steps: Cell<usize>,
}

#[derive(Debug)]
struct Rule {
    /// From the element itself outwards.
    parts: Vec<Part>,
    block: usize,
    specificity: (usize, usize, usize),
}

#[derive(Debug, Default)]
struct Part {
    name: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    /// It has a condition that is not followed.
    unsure: bool,
    /// It is the parent of the part before, not any element around it.
    parent: bool,
}

impl Sheet {
    /// Adds the rules of a style sheet.
    pub fn add(&mut self, text: &str) {
        let text = without_comments(text);
        // The blocks that are open: whether what stands in them counts.
        let mut open: Vec<bool> = Vec::new();
        let mut rest = &*text;
        while let Some(at) = rest.find(['{', '}', ';']) {
            let (head, behind) = rest.split_at(at);
            let head = head
                .trim()
                .trim_start_matches("<!--")
                .trim_start_matches("-->");
            let head = head.trim();
            let mark = behind.chars().next();
            rest = behind.get(1..).unwrap_or_default();
            match mark {
                Some('{') if head.starts_with('@') => open.push(counts(head)),
                Some('{') => {
                    let end = end_of_block(rest);
                    let (body, behind) = rest.split_at(end);
                    rest = behind.get(1..).unwrap_or_default();
                    if open.iter().all(|counts| *counts) {
                        self.rule(head, body);
                    }
                }
                Some('}') => _ = open.pop(),
                _ => {}
            }
        }
    }

    fn rule(&mut self, selectors: &str, body: &str) {
        let block = declarations(body);
        let inserts = inserts(body);
        if block.is_empty() && !inserts {
            return;
        }
        let index = self.blocks.len();
        let mut used = false;
        for selector in without_brackets(selectors).split(',') {
            let Some((parts, specificity, pseudo)) = selector_of(selector) else {
                continue;
            };
            if pseudo && !inserts {
                continue;
            }
            // What further rules would hide is not known any more.
            if self.rules.len() >= MAX_RULES {
                self.steps.set(MAX_STEPS + 1);
                return;
            }
            let key = parts.first().map(Part::key).unwrap_or_default();
            self.by_key.entry(key).or_default().push(self.rules.len());
            let block = if pseudo { index + 1 } else { index };
            self.rules.push(Rule {
                parts,
                block,
                specificity,
            });
            used = true;
        }
        if used {
            let odd = Declaration {
                property: Property::Odd,
                value: Value::Yes,
                important: false,
            };
            self.blocks.push(block);
            self.blocks.push(vec![odd]);
        }
    }

    /// What the rules say of an element, those that count most last; and whether it may be hidden or marked by a rule that is
    /// not followed. `around` gives the elements around it, from inside.
    pub fn declared<'n>(
        &self,
        element: &Element,
        around: impl Iterator<Item = &'n Element> + Clone,
    ) -> (Vec<Declaration>, bool) {
        if self.rules.is_empty() {
            return (Vec::new(), false);
        }
        let mut chosen = Vec::new();
        let mut unsure = false;
        let keys = keys(element);
        // What the sheets say is not known any more.
        if self.steps.get() > MAX_STEPS {
            return (Vec::new(), true);
        }
        let rules = keys.iter().filter_map(|key| self.by_key.get(key)).flatten();
        for index in rules {
            let Some(rule) = self.rules.get(*index) else {
                continue;
            };
            let block = self
                .blocks
                .get(rule.block)
                .map(Vec::as_slice)
                .unwrap_or_default();
            match self.chooses(rule, element, around.clone()) {
                Choice::Yes => chosen.push((rule.specificity, *index, block)),
                Choice::Maybe => unsure |= block.iter().any(|it| it.value == Value::Yes),
                Choice::No => {}
            }
        }
        chosen.sort_by_key(|(specificity, index, _)| (*specificity, *index));
        let chosen = chosen
            .into_iter()
            .flat_map(|(_, _, block)| block.iter().copied());
        (chosen.collect(), unsure)
    }

    fn chooses<'n>(
        &self,
        rule: &Rule,
        element: &Element,
        mut around: impl Iterator<Item = &'n Element>,
    ) -> Choice {
        let mut steps = self.steps.get() + 1;
        let mut parts = rule.parts.iter();
        let mut choice = parts.next().map_or(Choice::No, |part| part.is(element));
        for part in parts {
            loop {
                if choice == Choice::No {
                    break;
                }
                let Some(outer) = around.next() else {
                    choice = Choice::No;
                    break;
                };
                steps += 1;
                let found = part.is(outer);
                if part.parent || found != Choice::No {
                    choice = choice.and(found);
                    break;
                }
            }
        }
        self.steps.set(steps);
        choice
    }
}

impl Choice {
    fn and(self, other: Choice) -> Choice {
        match (self, other) {
            (Choice::No, _) | (_, Choice::No) => Choice::No,
            (Choice::Yes, Choice::Yes) => Choice::Yes,
            _ => Choice::Maybe,
        }
    }
}

impl Part {
    fn key(&self) -> String {
        let class = || self.classes.first().map(|it| format!(".{it}"));
        let id = self.id.as_ref().map(|it| format!("#{it}"));
        let key = id.or_else(class).or_else(|| self.name.clone());
        key.unwrap_or_default()
    }

    fn is(&self, element: &Element) -> Choice {
        let name = self.name.as_ref().is_none_or(|name| element.name() == name);
        let id = self
            .id
            .as_ref()
            .is_none_or(|id| element.get("id") == Some(id));
        let has = |class: &String| classes(element).any(|it| it == class);
        match name && id && self.classes.iter().all(has) {
            false => Choice::No,
            true if self.unsure => Choice::Maybe,
            true => Choice::Yes,
        }
    }
}

fn classes(element: &Element) -> impl Iterator<Item = &str> {
    element
        .get("class")
        .unwrap_or_default()
        .split_ascii_whitespace()
        .take(MAX_CLASSES)
}

/// What rules may ask for that this element has.
fn keys(element: &Element) -> Vec<String> {
    let mut keys = vec![String::new(), element.name().to_owned()];
    keys.extend(element.get("id").map(|id| format!("#{id}")));
    keys.extend(classes(element).map(|class| format!(".{class}")));
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = behind.split_once("*/").map_or("", |it| it.1);
    }
    out + rest
}

/// Where a block ends; a brace in a quoted text ends none.
fn end_of_block(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (None, '}') => return at,
            (Some(open), c) if c == open || c == '\n' => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Whether what stands in the block of an `@` rule is for a screen.
fn counts(head: &str) -> bool {
    let head = head.to_ascii_lowercase();
    match head.strip_prefix("@media") {
        Some(query) => query.split(',').any(is_for_screen),
        None => head.starts_with("@supports") || head.starts_with("@layer"),
    }
}

fn is_for_screen(query: &str) -> bool {
    let query = query.trim();
    if let Some(not) = query.strip_prefix("not ") {
        return not.trim_start().starts_with("print");
    }
    query.split(" and ").all(|part| {
        let part = part.trim().trim_start_matches("only ").trim();
        let width = |name: &str| {
            let feature = part.strip_prefix('(')?.strip_prefix(name)?;
            length(feature.trim_start().strip_prefix(':')?)
        };
        match (part, width("min-width"), width("max-width")) {
            ("" | "all" | "screen", ..) => true,
            (_, Some(least), _) => least <= SCREEN,
            (_, _, Some(most)) => most >= SCREEN,
            _ => false,
        }
    })
}

type Selector = (Vec<Part>, (usize, usize, usize), bool);

/// The parts of a selector from the element outwards, how much it counts, and whether it is for what stands before or behind
/// the element. `None` for what is never chosen while nobody touches the page.
fn selector_of(text: &str) -> Option<Selector> {
    let text = text
        .replace('>', " > ")
        .replace('~', " ~ ")
        .replace('+', " + ");
    let mut parts: Vec<Part> = Vec::new();
    let (mut ids, mut marks, mut names) = (0, 0, 0);
    let (mut pseudo, mut parent, mut sibling) = (false, false, false);
    for word in text.split_ascii_whitespace() {
        match word {
            ">" => parent = true,
            "~" | "+" => sibling = true,
            word => {
                let mut part = part_of(word, &mut pseudo)?;
                ids += usize::from(part.id.is_some());
                marks += part.classes.len();
                names += usize::from(part.name.is_some());
                if std::mem::take(&mut sibling) {
                    // The one before is beside it, not around it: it is not looked at.
                    parts.pop();
                    part.unsure = true;
                } else if let Some(outer) = parts.last_mut() {
                    outer.parent = std::mem::take(&mut parent);
                }
                parts.push(part);
            }
        }
    }
    parts.reverse();
    (!parts.is_empty() && parts.len() <= MAX_PARTS).then_some((parts, (ids, marks, names), pseudo))
}

/// A selector with what stands in brackets taken for a condition that is not followed.
fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '[' | '(' => {
                out.push_str(if depth == 0 { ":unknown" } else { "" });
                depth += 1;
            }
            ']' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn part_of(word: &str, pseudo: &mut bool) -> Option<Part> {
    let mut part = Part::default();
    let mut rest = word;
    let mut kind = None;
    loop {
        let end = rest.find(['.', '#', ':', '*']).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        match kind {
            None if !name.is_empty() => part.name = Some(name.to_ascii_lowercase()),
            Some('.') if part.classes.len() >= MAX_CLASSES => part.unsure = true,
            Some('.') => part.classes.push(name.to_owned()),
            Some('#') => part.id = Some(name.to_owned()),
            Some(':') => match &*name.to_ascii_lowercase() {
                "" | "root" | "link" | "any-link" | "enabled" => {}
                "before" | "after" => *pseudo = true,
                "hover" | "active" | "focus" | "focus-within" | "focus-visible" | "visited"
                | "target" | "disabled" | "checked" | "placeholder" | "selection"
                | "first-letter" | "marker" => return None,
                _ => part.unsure = true,
            },
            _ => {}
        }
        kind = behind.chars().next();
        let Some(mark) = kind else { return Some(part) };
        rest = behind.get(mark.len_utf8()..).unwrap_or_default();
    }
}

/// Whether text that says something is put before or behind the element.
fn inserts(body: &str) -> bool {
    pairs(body).any(|(name, value)| {
        let says = |c: char| c.is_numeric() || "万亿千百.%％-−负".contains(c);
        name == "content"
            && (value.contains(says) || value.contains("attr(") || value.contains('\\'))
    })
}

fn pairs(body: &str) -> impl Iterator<Item = (String, String)> {
    body.split(';').filter_map(|pair| {
        let (name, value) = pair.split_once(':')?;
        let lower = |text: &str| text.trim().to_ascii_lowercase();
        Some((lower(name), lower(value)))
    })
}

/// What a block, or a `style` attribute, declares.
pub(crate) fn declarations(body: &str) -> Vec<Declaration> {
    let mut out = Vec::new();
    for (name, value) in pairs(body) {
        let important = value.contains('!');
        let value = value.split('!').next().unwrap_or_default().trim();
        declared(&name, value, |property, value| {
            out.push(Declaration {
                property,
                value,
                important,
            });
        });
    }
    out
}

fn declared(name: &str, value: &str, mut put: impl FnMut(Property, Value)) {
    use Property as P;
    let if_so = |is: bool| if is { Value::Yes } else { Value::No };
    let has = |word: &str| value.split_ascii_whitespace().any(|it| it == word);
    let is_far = || length(value).is_some_and(|it| it.abs() >= FAR);
    let is_moved = || length(value).is_some_and(|it| it != 0.0);
    let no_size = || {
        if_so(length(value).is_some_and(|it| it <= 1.0) && !value.ends_with('%') || value == "0%")
    };
    let inherited = |is: Value| if value == "inherit" { Value::Same } else { is };
    match name {
        "display" => {
            put(P::Gone, inherited(if_so(value == "none")));
            put(P::Boxed, if_so(value != "inline"));
            if value.contains("ruby") {
                put(P::Odd, Value::Yes);
            }
        }
        "visibility" => put(
            P::Invisible,
            inherited(if_so(matches!(value, "hidden" | "collapse"))),
        ),
        "content-visibility" => put(P::Invisible, if_so(value == "hidden")),
        "opacity" => put(P::Clear, if_so(is_clear(value))),
        "filter" => put(
            P::Clear,
            if_so(value.replace(' ', "").contains("opacity(0")),
        ),
        "font-size" => put(P::NoSize, font_size(value)),
        "font" => {
            let size = value
                .split(['/', ' '])
                .find(|it| it.starts_with(|c: char| c.is_ascii_digit()));
            put(P::NoSize, size.map_or(Value::Same, font_size));
        }
        "color" | "-webkit-text-fill-color" => {
            put(
                P::Color,
                inherited(Value::Paint(paint(value).unwrap_or(Paint::Unknown))),
            );
        }
        "background" | "background-color" | "background-image" if value != "none" => {
            let picture = value.contains("url(") || value.contains("gradient");
            let mut words = value.split_ascii_whitespace();
            let color = if picture {
                Some(Paint::Unknown)
            } else {
                paint(value).or_else(|| words.find_map(paint))
            };
            put(P::Background, Value::Paint(color.unwrap_or(Paint::Unknown)));
        }
        "vertical-align" => {
            let named = matches!(value, "super" | "sub" | "text-top" | "text-bottom" | "top");
            put(P::Raised, if_so(named || is_moved()));
        }
        "font-variant-position" => put(P::Raised, if_so(matches!(value, "super" | "sub"))),
        "mso-text-raise" => put(P::Raised, if_so(is_moved())),
        "text-decoration" | "text-decoration-line" => put(P::Struck, if_so(has("line-through"))),
        "position" => {
            put(P::Relative, if_so(value == "relative"));
            put(P::Placed, if_so(matches!(value, "absolute" | "fixed")));
        }
        "left" | "right" => put(P::LeftAway, if_so(is_far())),
        "top" | "bottom" => {
            put(P::TopAway, if_so(is_far()));
            put(P::Moved, if_so(is_moved()));
        }
        "text-indent" => put(P::IndentAway, if_so(is_far())),
        "margin-left" | "margin-top" => {
            put(P::MarginAway, if_so(is_far() && value.starts_with('-')))
        }
        "width" | "max-width" => put(P::Thin, no_size()),
        "height" | "max-height" => put(P::Flat, no_size()),
        "overflow" | "overflow-x" | "overflow-y" => {
            put(
                P::Cut,
                if_so(
                    value.contains("hidden")
                        || value.contains("clip")
                        || value.contains("scroll")
                        || value.contains("auto"),
                ),
            );
        }
        "float" => put(P::Boxed, if_so(value != "none")),
        "clip" => put(P::Clipped, if_so(is_empty_clip(value))),
        "clip-path" => put(
            P::Clipped,
            if_so(
                ["inset(50%", "inset(100%", "circle(0"]
                    .iter()
                    .any(|it| value.contains(it)),
            ),
        ),
        "mso-hide" => put(P::MsoHidden, if_so(value == "all" || value == "screen")),
        "unicode-bidi" => put(P::Override, if_so(value.contains("override"))),
        "flex-direction" => put(P::Odd, if_so(value.contains("reverse"))),
        "order" => put(P::Odd, if_so(is_moved())),
        "transform" | "scale" | "rotate" => {
            let value = value.replace(' ', "");
            put(P::Odd, if_so(value != "none"));
            let shrunk = [
                "scale(0)",
                "scale(0,",
                "scalex(0)",
                "scaley(0)",
                "scale3d(0",
            ]
            .iter()
            .any(|it| value.contains(it));
            let far = value
                .split(['(', ',', ')'])
                .any(|it| length(it).is_some_and(|it| it.abs() >= FAR));
            put(
                P::TransformAway,
                if_so(shrunk || name == "scale" && value == "0" || far),
            );
        }
        _ => {}
    }
}

fn is_clear(value: &str) -> bool {
    let number = value.strip_suffix('%').unwrap_or(value);
    number.parse::<f64>().is_ok_and(|it| it <= 0.0)
}

/// Whether a font has no size: one of a tenth of a pixel is not seen either.
fn font_size(value: &str) -> Value {
    let relative = value.ends_with("em") && !value.ends_with("rem") || value.ends_with('%');
    match length(value) {
        Some(size) if size <= 1.0 && !(relative && size > 0.0) => Value::Yes,
        Some(_) if relative => Value::Same,
        None if matches!(value, "inherit" | "smaller" | "larger") => Value::Same,
        _ => Value::No,
    }
}

/// `rect(0 0 0 0)`, or of one pixel.
fn is_empty_clip(value: &str) -> bool {
    let Some(sides) = value.strip_prefix("rect(") else {
        return false;
    };
    let mut sides = sides
        .trim_end_matches(')')
        .split([',', ' '])
        .filter(|it| !it.is_empty());
    sides.all(|side| length(side).is_some_and(|it| it.abs() <= 1.0))
}

/// A length in pixels, roughly: what is asked is whether it is nothing, or very long.
fn length(value: &str) -> Option<f64> {
    let value = value.trim().trim_end_matches(')').trim();
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')));
    let (number, unit) = value.split_at(end.unwrap_or(value.len()));
    let number: f64 = number.parse().ok()?;
    Some(match unit.trim() {
        "em" | "rem" | "ch" | "ex" => number * 16.0,
        "vw" | "vh" | "%" => number * 12.0,
        "in" => number * 96.0,
        "cm" => number * 38.0,
        "mm" => number * 3.8,
        "" | "px" | "pt" | "pc" => number,
        _ => return None,
    })
}

/// A colour by name, by its parts, or in hexadecimal.
pub(crate) fn paint(text: &str) -> Option<Paint> {
    let text = text.trim().to_ascii_lowercase();
    let named = match &*text {
        "transparent" => return Some(Paint::Transparent),
        "white" | "window" | "canvas" => Some((255, 255, 255)),
        "black" | "windowtext" | "canvastext" => Some((0, 0, 0)),
        "snow" => Some((255, 250, 250)),
        "ivory" => Some((255, 255, 240)),
        "red" => Some((255, 0, 0)),
        "yellow" => Some((255, 255, 0)),
        "blue" => Some((0, 0, 255)),
        "green" => Some((0, 128, 0)),
        "navy" => Some((0, 0, 128)),
        "gray" | "grey" => Some((128, 128, 128)),
        "silver" => Some((192, 192, 192)),
        "whitesmoke" => Some((245, 245, 245)),
        _ => None,
    };
    if let Some((red, green, blue)) = named {
        return Some(Paint::Rgb(red, green, blue));
    }
    match text.strip_prefix('#') {
        Some(digits) => hexadecimal(digits),
        None => by_parts(&text),
    }
}

/// A colour as six hexadecimal digits, as HTML and office files write it, or as three.
pub(crate) fn hexadecimal(digits: &str) -> Option<Paint> {
    let digits: Vec<u32> = digits
        .chars()
        .map(|c| c.to_digit(16))
        .collect::<Option<_>>()?;
    let part = |high: u32, low: u32| u8::try_from(high * 16 + low).ok();
    match *digits.as_slice() {
        [_, _, _, 0] => Some(Paint::Transparent),
        [_, _, _, _, _, _, 0, 0] => Some(Paint::Transparent),
        [r, g, b] | [r, g, b, _] => Some(Paint::Rgb(part(r, r)?, part(g, g)?, part(b, b)?)),
        [r, s, g, h, b, c] | [r, s, g, h, b, c, _, _] => {
            Some(Paint::Rgb(part(r, s)?, part(g, h)?, part(b, c)?))
        }
        _ => None,
    }
}

/// `rgb(255, 255, 255)`, and the like with a share of transparence.
fn by_parts(text: &str) -> Option<Paint> {
    let inside = text
        .strip_prefix("rgba(")
        .or_else(|| text.strip_prefix("rgb("))?;
    let parts = inside.trim_end_matches(')').split([',', ' ', '/']);
    let parts: Vec<&str> = parts.filter(|it| !it.is_empty()).collect();
    if parts.get(3).is_some_and(|it| is_clear(it)) {
        return Some(Paint::Transparent);
    }
    let part = |at: usize| {
        let text = parts.get(at)?;
        match text.strip_suffix('%') {
            Some("100") => Some(255),
            Some("0") => Some(0),
            _ => text.parse::<u8>().ok(),
        }
    };
    Some(Paint::Rgb(part(0)?, part(1)?, part(2)?))
}

impl Paint {
    /// Whether nobody sees one on the other.
    pub fn is_lost_on(self, behind: Paint) -> bool {
        match (self, behind) {
            (Paint::Transparent, _) => true,
            (Paint::Rgb(a, b, c), Paint::Rgb(d, e, f)) => {
                let near = |one: u8, other: u8| one.abs_diff(other) < 16;
                near(a, d) && near(b, e) && near(c, f)
            }
            _ => false,
        }
    }
}

/// The colour of paper.
pub(crate) const WHITE: Paint = Paint::Rgb(255, 255, 255);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_declarations_say() {
        let says = |text: &str, property: Property| {
            declarations(text)
                .iter()
                .rev()
                .find(|it| it.property == property)
                .map(|it| it.value)
        };
        for (text, property, value) in [
            ("display : NONE", Property::Gone, Value::Yes),
            ("display:block!important", Property::Gone, Value::No),
            ("visibility:collapse", Property::Invisible, Value::Yes),
            ("opacity:.0", Property::Clear, Value::Yes),
            ("opacity:0.5", Property::Clear, Value::No),
            ("font-size:0px", Property::NoSize, Value::Yes),
            ("font-size:80%", Property::NoSize, Value::Same),
            ("font:0/0 a", Property::NoSize, Value::Yes),
            ("font:bold 12px/1.5 宋体", Property::NoSize, Value::No),
            ("left:-9999px", Property::LeftAway, Value::Yes),
            ("left:-2em", Property::LeftAway, Value::No),
            ("clip:rect(0 0 0 0)", Property::Clipped, Value::Yes),
            ("clip:rect(0,100px,20px,0)", Property::Clipped, Value::No),
            ("vertical-align:4pt", Property::Raised, Value::Yes),
            ("vertical-align:baseline", Property::Raised, Value::No),
            (
                "text-decoration:underline line-through red",
                Property::Struck,
                Value::Yes,
            ),
            ("color:#FFF", Property::Color, Value::Paint(WHITE)),
            (
                "color:rgb(255 255 255 / 0)",
                Property::Color,
                Value::Paint(Paint::Transparent),
            ),
            (
                "background:#fff url(a.png)",
                Property::Background,
                Value::Paint(Paint::Unknown),
            ),
            (
                "background:#fff no-repeat",
                Property::Background,
                Value::Paint(WHITE),
            ),
            ("mso-hide:all", Property::MsoHidden, Value::Yes),
            (
                "transform:translateX(-9999px)",
                Property::TransformAway,
                Value::Yes,
            ),
        ] {
            assert_eq!(says(text, property), Some(value), "{text}");
        }
    }
}
