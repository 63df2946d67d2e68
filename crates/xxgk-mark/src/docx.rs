//! Comments and colours in documents since Word 2007.

use std::ops::Range;

use crate::Mark;
use crate::edits::{Edits, escaped};
use crate::error::MarkError;
use crate::package::{Package, within_root};
use crate::tags::{Kind, Tag, tags};

/// What stands behind the shading in the properties of a cell, as the schema orders them.
const BEHIND_IN_CELL: &[&str] = &[
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
    "headers",
    "cellIns",
    "cellDel",
    "cellMerge",
    "tcPrChange",
];
/// The same in those of a paragraph.
const BEHIND_IN_PARAGRAPH: &[&str] = &[
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
];
const COMMENTS: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// Puts the marks into the text of a document, and returns those for which there is no place.
pub(crate) fn put<'m>(
    package: &mut Package<'_>,
    part: &str,
    marks: &'m [Mark],
    author: &str,
) -> Result<Vec<&'m Mark>, MarkError> {
    let text = package.text(part)?;
    let names = Names::of(&text)?;
    let comments = package.related(part, "/comments")?;
    let known = comments.as_deref().map(|it| package.text(it)).transpose()?;
    let mut id = first_id(&[Some(&text), known.as_ref()])?;
    let (mut edits, mut bodies, mut left) = (Edits::default(), String::new(), Vec::new());
    for mark in marks {
        let Some(places) = mark.source.span.clone().and_then(|it| places(&text, it)) else {
            left.push(mark);
            continue;
        };
        places.put(&mut edits, &names, id, mark);
        bodies += &names.comment(id, mark, author);
        id += 1;
    }
    if bodies.is_empty() {
        return Ok(left);
    }
    package.put(part, edits.apply(&text)?);
    match comments.zip(known) {
        Some((comments, known)) => {
            let text = within_root(&known, |root| names.in_part_of(root, &bodies))?;
            package.put(&comments, text);
        }
        None => names.new_part(package, part, &bodies)?,
    }
    Ok(left)
}

/// How the document names its elements.
struct Names {
    /// The prefix, with the colon.
    prefix: String,
    /// The name space that it stands for.
    space: String,
}

impl Names {
    fn of(text: &str) -> Result<Self, MarkError> {
        let root = tags(text).next().ok_or(MarkError::Unusual)??;
        let prefix = root.prefix().to_owned();
        // Attributes have no prefix by default, and need one.
        let declared = prefix.strip_suffix(':').ok_or(MarkError::Unusual)?;
        let space = root.get(&format!("xmlns:{declared}"));
        Ok(Names {
            space: space.ok_or(MarkError::Unusual)?.to_owned(),
            prefix,
        })
    }

    fn comment(&self, id: u32, mark: &Mark, author: &str) -> String {
        let w = &self.prefix;
        let lines = mark.sentences.iter().map(|line| {
            let line = escaped(line);
            format!("<{w}p><{w}r><{w}t xml:space=\"preserve\">{line}</{w}t></{w}r></{w}p>")
        });
        let lines: String = lines.collect();
        let author = escaped(author);
        format!("<{w}comment {w}id=\"{id}\" {w}author=\"{author}\">{lines}</{w}comment>")
    }

    /// Comments as they stand in a part that another program wrote, whose names may differ.
    fn in_part_of(&self, root: &Tag<'_>, comments: &str) -> String {
        let declared = format!("xmlns:{}", self.prefix.trim_end_matches(':'));
        match root.get(&declared) == Some(&self.space) {
            true => comments.to_owned(),
            false => {
                let begin = format!("<{}comment ", self.prefix);
                let with = format!("{begin}{declared}=\"{}\" ", self.space);
                comments.replace(&begin, &with)
            }
        }
    }

    fn new_part(&self, package: &mut Package<'_>, of: &str, bodies: &str) -> Result<(), MarkError> {
        let Names { prefix: w, space } = self;
        let declared = w.trim_end_matches(':');
        let name = match package.has("word/comments.xml") {
            true => package.free_name("word/comments", ".xml"),
            false => "word/comments.xml".to_owned(),
        };
        // A strict document has names of its own for relations, too.
        let kind = match space.contains("purl.oclc.org") {
            true => "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
            false => "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
        };
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{w}comments xmlns:{declared}=\"{space}\">{bodies}</{w}comments>"
        );
        package.put(&name, text);
        package.relate(of, kind, &name)?;
        package.of_type(&name, COMMENTS)
    }
}

/// The first id that no comment has.
fn first_id(texts: &[Option<&String>]) -> Result<u32, MarkError> {
    let mut first = 0;
    for tag in texts.iter().copied().flatten().flat_map(|text| tags(text)) {
        let tag = tag?;
        if !tag.name().starts_with("comment") {
            continue;
        }
        let id: Option<u32> = tag.get("id").and_then(|id| id.trim().parse().ok());
        // Ids are numbers of 31 bits, and others are added behind them.
        let next = id.map_or(0, |id| id.saturating_add(1));
        first = next.max(first);
    }
    match first < u32::MAX / 4 {
        true => Ok(first),
        false => Err(MarkError::Unusual),
    }
}

/// Where in the text of a document something is put beside a cell or a paragraph.
#[derive(Debug)]
struct Places {
    /// Where its properties end or could stand, and how its colour gets there.
    shade: Shade,
    /// Where its first paragraph begins, and its last ends.
    begin: Edge,
    end: Edge,
}

/// The beginning or the end of the content of a paragraph.
#[derive(Clone, Debug, PartialEq)]
enum Edge {
    At(usize),
    /// In a paragraph that is closed at once: the end of its tag, and the name.
    Empty(Range<usize>, String),
}

#[derive(Debug)]
enum Shade {
    /// In the place of the colour that it has.
    Replace(Range<usize>),
    Insert(usize),
    /// In properties, which there are none yet.
    Properties(&'static str, usize),
    /// In properties that are closed at once.
    Empty(&'static str, Range<usize>),
}

/// The places of the cell or the paragraph that stands there; `None` where it is none, or has no paragraph.
fn places(text: &str, span: Range<usize>) -> Option<Places> {
    let at = span.start;
    let element = text.get(span)?;
    let first = tags(element).next()?.ok()?;
    let (properties, behind) = match first.name() {
        "tc" => ("tcPr", BEHIND_IN_CELL),
        "p" => ("pPr", BEHIND_IN_PARAGRAPH),
        _ => return None,
    };
    let (begin, end) = paragraphs(element, at)?;
    Some(Places {
        shade: shade(element, at, properties, behind)?,
        begin,
        end,
    })
}

/// Where the first paragraph of an element begins and the last ends, those of tables and text boxes within left out.
fn paragraphs(element: &str, at: usize) -> Option<(Edge, Edge)> {
    let mut tags = tags(element).peekable();
    let mut edges: Option<(Edge, Edge)> = None;
    // The table or the paragraph that is open.
    let mut within: Option<usize> = None;
    while let Some(tag) = tags.next() {
        let tag = tag.ok()?;
        match within {
            None if tag.kind == Kind::Open && tag.name() == "tbl" => within = Some(tag.depth),
            None if tag.kind == Kind::Empty && tag.name() == "p" => {
                let end = at + tag.end();
                let edge = Edge::Empty(end - 2..end, tag.full_name().to_owned());
                let begin = edges.map_or_else(|| edge.clone(), |(begin, _)| begin);
                edges = Some((begin, edge));
            }
            None if tag.kind == Kind::Open && tag.name() == "p" => {
                within = Some(tag.depth);
                let mut begin = tag.end();
                let next = tags.peek().and_then(|it| it.as_ref().ok());
                if let Some(properties) = next.filter(|it| it.begins("pPr")) {
                    begin = end_of(element, properties)?;
                }
                let begin = Edge::At(at + begin);
                edges = Some((edges.map_or(begin.clone(), |(first, _)| first), begin));
            }
            Some(depth) if tag.kind == Kind::Close && tag.depth == depth => {
                within = None;
                if tag.name() == "p" {
                    let (_, last) = edges.as_mut()?;
                    *last = Edge::At(at + tag.start);
                }
            }
            _ => {}
        }
    }
    edges
}

/// Where an element ends that begins with a tag.
fn end_of(text: &str, tag: &Tag<'_>) -> Option<usize> {
    if tag.kind == Kind::Empty {
        return Some(tag.end());
    }
    let inside = text.get(tag.start..)?;
    let mut tags = tags(inside);
    let first = tags.next()?.ok()?;
    Some(tag.start + tags.leave(&first).ok()?)
}

/// Where the colour of an element stands, or would.
fn shade(element: &str, at: usize, properties: &'static str, behind: &[&str]) -> Option<Shade> {
    let mut tags = tags(element);
    let first = tags.next()?.ok()?;
    if first.kind == Kind::Empty {
        return None;
    }
    let second = tags.next()?.ok()?;
    if !second.begins(properties) {
        return Some(Shade::Properties(properties, at + first.end()));
    }
    if second.kind == Kind::Empty {
        let end = at + second.end();
        return Some(Shade::Empty(properties, end - 2..end));
    }
    while let Some(tag) = tags.next() {
        let tag = tag.ok()?;
        if tag.depth == second.depth {
            return Some(Shade::Insert(at + tag.start));
        }
        if tag.depth != second.depth + 1 || tag.kind == Kind::Close {
            continue;
        }
        if tag.name() == "shd" {
            let end = tags.leave(&tag).ok()?;
            return Some(Shade::Replace(at + tag.start..at + end));
        }
        if behind.contains(&tag.name()) {
            return Some(Shade::Insert(at + tag.start));
        }
    }
    None
}

impl Places {
    fn put(&self, edits: &mut Edits, names: &Names, id: u32, mark: &Mark) {
        let w = &names.prefix;
        if let Some(color) = mark.color {
            let shd = format!("<{w}shd {w}val=\"clear\" {w}color=\"auto\" {w}fill=\"{color}\"/>");
            match &self.shade {
                Shade::Replace(range) => edits.replace(range.clone(), shd),
                Shade::Insert(at) => edits.insert(*at, shd),
                Shade::Properties(name, at) => {
                    edits.insert(*at, format!("<{w}{name}>{shd}</{w}{name}>"));
                }
                Shade::Empty(name, range) => {
                    edits.replace(range.clone(), format!(">{shd}</{w}{name}>"));
                }
            }
        }
        let begin = format!("<{w}commentRangeStart {w}id=\"{id}\"/>");
        let end = format!(
            "<{w}commentRangeEnd {w}id=\"{id}\"/><{w}r><{w}commentReference {w}id=\"{id}\"/></{w}r>"
        );
        match self.begin == self.end {
            true => put_at(edits, &self.begin, &(begin + &end)),
            false => {
                put_at(edits, &self.begin, &begin);
                put_at(edits, &self.end, &end);
            }
        }
    }
}

fn put_at(edits: &mut Edits, edge: &Edge, text: &str) {
    match edge {
        Edge::At(at) => edits.insert(*at, text),
        Edge::Empty(range, name) => edits.replace(range.clone(), format!(">{text}</{name}>")),
    }
}
