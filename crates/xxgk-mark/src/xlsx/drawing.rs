//! The drawing of a sheet that has the boxes of its comments, in the language that Excel has for it (VML).

use crate::edits::Edits;
use crate::error::MarkError;
use crate::package::Package;
use crate::tags::{Kind, tags};

const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const BEGIN: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\n<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout>";
const END: &str = "</xml>";
/// The shape that all boxes are of.
const SHAPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
/// What stands behind the drawing in a sheet, as the schema orders them.
const BEHIND: &[&str] = &[
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

pub(super) struct Drawing {
    place: Place,
    text: String,
    /// The number of the next shape.
    next: usize,
    new: String,
}

/// Where the drawing of a sheet is.
enum Place {
    /// In this part.
    Part(String),
    /// There is none yet: where in the sheet it is to be named, and how the element begins that names it.
    Sheet(usize, String),
}

impl Drawing {
    pub fn of(package: &mut Package<'_>, part: &str, sheet: &str) -> Result<Self, MarkError> {
        let (place, text) = match named(sheet)? {
            Ok(id) => {
                let relations = package.relations(part)?;
                let relation = relations.into_iter().find(|it| it.id == id);
                let part = relation.ok_or(MarkError::Unusual)?.target;
                let text = package.text(&part)?;
                (Place::Part(part), text)
            }
            Err((at, element)) => (Place::Sheet(at, element), format!("{BEGIN}{END}")),
        };
        // That of another program may have other names.
        let names = ["xmlns:v=", "xmlns:o=", "xmlns:x="];
        if !names.iter().all(|name| text.contains(name)) {
            return Err(MarkError::Unusual);
        }
        Ok(Drawing {
            next: next_number(&text),
            place,
            text,
            new: String::new(),
        })
    }

    /// Adds the box of a comment.
    pub fn add(&mut self, row: usize, column: usize) {
        let number = self.next;
        self.next += 1;
        let (left, right, top, bottom) = (column + 1, column + 5, row.saturating_sub(1), row + 6);
        self.new += &format!(
            "<v:shape id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:100pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left},15,{top},2,{right},15,{bottom},4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        );
    }

    /// Puts it into the file, if any box was added.
    pub fn end(
        self,
        package: &mut Package<'_>,
        sheet: &str,
        edits: &mut Edits,
    ) -> Result<(), MarkError> {
        if self.new.is_empty() {
            return Ok(());
        }
        let end = self.text.rfind(END).ok_or(MarkError::Unusual)?;
        let mut text = self.text;
        text.insert_str(end, &self.new);
        if !text.contains("id=\"_x0000_t202\"") {
            text.insert_str(end, SHAPE);
        }
        match self.place {
            Place::Part(part) => package.put(&part, text),
            Place::Sheet(at, element) => {
                let part = package.free_name("xl/drawings/vmlDrawing", ".vml");
                package.put(&part, text);
                let id = package.relate(sheet, KIND, &part)?;
                package.extension_of_type("vml", TYPE)?;
                edits.insert(at, format!("{element}=\"{id}\"/>"));
            }
        }
        Ok(())
    }
}

/// The id by which a sheet names its drawing; or else where it is to name one, and how.
fn named(sheet: &str) -> Result<Result<String, (usize, String)>, MarkError> {
    let mut all = tags(sheet);
    let root = all.next().ok_or(MarkError::Unusual)??;
    let mut at = None;
    for tag in all {
        let tag = tag?;
        if tag.depth == 1 && tag.begins("legacyDrawing") {
            let id = tag.get("id").ok_or(MarkError::Unusual)?;
            return Ok(Ok(id.to_owned()));
        }
        let is_behind = tag.depth == 1 && tag.kind != Kind::Close && BEHIND.contains(&tag.name());
        if is_behind || tag.depth == 0 {
            at = at.or(Some(tag.start));
        }
    }
    let at = at.ok_or(MarkError::Unusual)?;
    Ok(Err((at, element(root.text, root.prefix()))))
}

/// The beginning of the element that names the drawing: `<legacyDrawing r:id`.
fn element(root: &str, prefix: &str) -> String {
    let value = root.find(&format!("=\"{RELATIONS}\""));
    let before = value.and_then(|at| root.get(..at));
    let declared = before
        .and_then(|it| it.rsplit_once("xmlns:"))
        .map(|it| it.1);
    match declared {
        Some(name) => format!("<{prefix}legacyDrawing {name}:id"),
        None => format!("<{prefix}legacyDrawing xmlns:r=\"{RELATIONS}\" r:id"),
    }
}

/// The first number that no shape has.
fn next_number(text: &str) -> usize {
    let numbers = text.split("_x0000_s").skip(1).filter_map(|it| {
        let digits = it.bytes().take_while(u8::is_ascii_digit).count();
        it.get(..digits)?.parse::<u32>().ok()
    });
    let last = numbers.max().unwrap_or(1024);
    usize::try_from(last).map_or(1025, |last| last.saturating_add(1))
}
