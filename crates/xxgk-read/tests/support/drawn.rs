//! Documents drawn on pages, as word processors print them: text at places, and lines between cells. Of the pages a PDF or an OFD
//! is made by a library of the other side, or after the standard.

use xxgk::{Grid, GridCell, Look, Run};

use super::meanings::Part;
use super::random::Random;

/// Text at a place, in points from the top left corner; what it is drawn over is white.
#[derive(Clone)]
pub struct Text {
    pub x: f64,
    /// Of its base line.
    pub y: f64,
    pub size: f64,
    pub text: String,
    pub is_white: bool,
    /// By how much it is turned, clockwise, in degrees.
    pub angle: f64,
}

impl Text {
    pub fn new(x: f64, y: f64, size: f64, text: &str) -> Self {
        Text {
            x,
            y,
            size,
            text: text.to_owned(),
            is_white: false,
            angle: 0.0,
        }
    }
}

/// A filled box or a line.
#[derive(Clone, Copy)]
pub enum Mark {
    Line([f64; 4]),
    Box([f64; 4], f32),
    Picture([f64; 4]),
}

#[derive(Default)]
pub struct Sheet {
    pub marks: Vec<Mark>,
    pub texts: Vec<Text>,
}

pub struct Sheets {
    pub width: f64,
    pub height: f64,
    pub sheets: Vec<Sheet>,
}

impl Sheets {
    /// One sheet of A4.
    pub fn one(sheet: Sheet) -> Self {
        Sheets {
            width: 595.0,
            height: 842.0,
            sheets: vec![sheet],
        }
    }

    /// All that is drawn, turned by a right angle clockwise, as broad tables are put on upright sheets.
    pub fn turned(mut self) -> Self {
        let height = self.height;
        let turn = |x: f64, y: f64| (height - y, x);
        for sheet in &mut self.sheets {
            for text in &mut sheet.texts {
                (text.x, text.y) = turn(text.x, text.y);
                text.angle += 90.0;
            }
            for mark in &mut sheet.marks {
                let (Mark::Line(area) | Mark::Box(area, _) | Mark::Picture(area)) = mark;
                let [left, top, right, bottom] = *area;
                let (one, other) = (turn(left, top), turn(right, bottom));
                *area = [
                    one.0.min(other.0),
                    one.1.min(other.1),
                    one.0.max(other.0),
                    one.1.max(other.1),
                ];
            }
        }
        (self.width, self.height) = (self.height, self.width);
        self
    }
}

/// How a document is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub width: f64,
    pub height: f64,
    pub size: f64,
    pub margin: f64,
    pub padding: f64,
    pub rules: Rules,
    /// No rule at the left and the right.
    pub open: bool,
    /// The first row is shaded.
    pub shaded: bool,
    /// By how much lines miss their place at most.
    pub jitter: f64,
    /// 0 left, 1 in the middle, 2 right.
    pub align: u8,
    /// Bold is made by drawing text twice.
    pub twice: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum Rules {
    /// Each cell has its own four lines.
    Cells,
    /// Each cell has its own four lines, as thin boxes.
    Boxes,
    /// One line above and one to the left of each cell, and the last ones of the table.
    Shared,
    /// Lines in pieces, with gaps between them.
    Pieces,
    /// None: only the columns are kept.
    None,
}

impl Style {
    pub fn any(random: &mut Random) -> Self {
        let mut pick = |of: &[f64]| of[usize::try_from(random.below(of.len() as u64)).unwrap()];
        let (width, height) = (pick(&[595.3, 595.3, 841.9]), pick(&[841.9, 841.9, 595.3]));
        let size = pick(&[7.0, 9.0, 10.5, 12.0]);
        let margin = pick(&[36.0, 72.0]);
        let padding = pick(&[2.5, 5.4]);
        let jitter = pick(&[0.0, 0.1, 0.4]);
        Style {
            width,
            height,
            size,
            margin,
            padding,
            jitter,
            rules: match random.below(4) {
                0 => Rules::Cells,
                1 => Rules::Boxes,
                2 => Rules::Shared,
                _ => Rules::Pieces,
            },
            open: random.one_in(5),
            shaded: random.one_in(4),
            align: u8::try_from(random.below(3)).unwrap(),
            twice: random.one_in(6),
        }
    }
}

/// How wide a text is drawn.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars()
        .map(|c| size * if c.is_ascii() { 0.5 } else { 1.0 })
        .sum()
}

/// Lays the parts of a document out.
pub fn lay_out(parts: &[Part], mut style: Style, random: &mut Random) -> Sheets {
    let tables = parts.iter().filter_map(|part| match part {
        Part::Table(grid) => Some(columns(grid, style).iter().sum::<f64>()),
        Part::Paragraph(_) => None,
    });
    // A table that is too wide goes on a wider sheet.
    let widest = tables.fold(0.0, f64::max);
    style.width = style.width.max(widest + 2.0 * style.margin);
    let mut printer = Printer {
        style,
        random,
        sheets: vec![Sheet::default()],
        y: style.margin,
    };
    for part in parts {
        match part {
            Part::Paragraph(text) => printer.paragraph(text),
            Part::Table(grid) => printer.table(grid),
        }
    }
    let mut sheets = printer.sheets;
    for (number, sheet) in sheets.iter_mut().enumerate() {
        let text = format!("- {} -", number + 1);
        let x = (style.width - width(&text, 9.0)) / 2.0;
        let y = style.height - style.margin / 2.0;
        sheet.texts.push(Text::new(x, y, 9.0, &text));
    }
    Sheets {
        width: style.width,
        height: style.height,
        sheets,
    }
}

/// How wide each column has to be: for its longest word, and so that labels do not take too many lines.
fn columns(grid: &Grid, style: Style) -> Vec<f64> {
    let count = grid
        .cells
        .iter()
        .map(|it| it.column + it.columns)
        .max()
        .unwrap();
    let mut widths = vec![style.size * 2.0 + 2.0 * style.padding; count];
    for cell in grid.cells.iter().filter(|it| it.columns == 1) {
        let text = text_of(cell);
        let word = words(&text)
            .iter()
            .map(|it| width(it, style.size))
            .fold(0.0, f64::max);
        let wanted = word.max(width(&text, style.size).min(style.size * 9.0));
        let need = wanted + 2.0 * style.padding + 1.0;
        widths[cell.column] = widths[cell.column].max(need);
    }
    for cell in &grid.cells {
        let text = text_of(cell);
        let word = words(&text)
            .iter()
            .map(|it| width(it, style.size))
            .fold(0.0, f64::max);
        let span = cell.column..cell.column + cell.columns;
        let there: f64 = widths[span.clone()].iter().sum();
        let missing = word + 2.0 * style.padding + 1.0 - there;
        if missing > 0.0 {
            widths[span.end - 1] += missing;
        }
    }
    widths
}

fn text_of(cell: &GridCell) -> String {
    cell.runs.iter().map(|run| run.text.as_str()).collect()
}

/// What a line break does not part: numbers and Latin words; each other character stands for itself.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let joins = |c: char| c.is_ascii() && c != ' ';
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if joins(c) && word.chars().all(joins) => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    words
}

/// The lines of a text in a width: each as its stretches.
fn lines(runs: &[Run], size: f64, room: f64) -> Vec<Vec<Run>> {
    let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
    let mut at = 0.0;
    for run in runs {
        for word in words(&run.text) {
            let wide = width(&word, size);
            if at + wide > room + 0.01 && at > 0.0 {
                lines.push(Vec::new());
                at = 0.0;
            }
            at += wide;
            lines.last_mut().unwrap().push(Run::new(word, run.look));
        }
    }
    lines
}

struct Printer<'r> {
    style: Style,
    random: &'r mut Random,
    sheets: Vec<Sheet>,
    y: f64,
}

impl Printer<'_> {
    fn sheet(&mut self) -> &mut Sheet {
        self.sheets.last_mut().unwrap()
    }

    fn bottom(&self) -> f64 {
        self.style.height - self.style.margin
    }

    fn leading(&self) -> f64 {
        self.style.size * 1.3
    }

    fn break_page(&mut self) {
        self.sheets.push(Sheet::default());
        self.y = self.style.margin;
    }

    fn paragraph(&mut self, text: &str) {
        let style = self.style;
        let size = style.size * 1.1;
        let room = style.width - 2.0 * style.margin;
        let is_long = width(text, size) > room;
        // The first line of a paragraph is indented, and a title stands in the middle.
        let text = match is_long {
            true => format!("\u{3000}\u{3000}{text}"),
            false => text.to_owned(),
        };
        for line in lines(&[Run::new(text, Look::Plain)], size, room) {
            if self.y + size * 1.6 > self.bottom() {
                self.break_page();
            }
            let text: String = line.iter().map(|run| run.text.as_str()).collect();
            let x = match is_long {
                true => style.margin,
                false => (style.width - width(&text, size)) / 2.0,
            };
            let y = self.y + size;
            self.sheet().texts.push(Text::new(x, y, size, &text));
            self.y += size * 1.6;
        }
        self.y += size * 0.5;
    }

    fn table(&mut self, grid: &Grid) {
        let columns = columns(grid, self.style);
        let rows = self.rows(grid, &columns);
        let mut begin = 0;
        while begin < rows.len() {
            let mut end = begin;
            let mut y = self.y;
            while end < rows.len() && y + rows[end] <= self.bottom() {
                y += rows[end];
                end += 1;
            }
            // A cell that is merged over rows is not parted, if that can be helped.
            let parted = |end: usize| {
                grid.cells
                    .iter()
                    .any(|it| it.row < end && it.row + it.rows > end)
            };
            let whole = (begin + 1..=end)
                .rev()
                .find(|end| *end == rows.len() || !parted(*end));
            let end = match whole {
                Some(whole) => whole,
                None if end > begin => end,
                None if self.y > self.style.margin => {
                    self.break_page();
                    continue;
                }
                None => begin + 1,
            };
            self.part(grid, &columns, &rows, begin, end);
            begin = end;
            if begin < rows.len() {
                self.break_page();
            }
        }
        self.y += self.style.size;
    }

    /// How high each row has to be.
    fn rows(&self, grid: &Grid, columns: &[f64]) -> Vec<f64> {
        let count = grid.cells.iter().map(|it| it.row + it.rows).max().unwrap();
        let padding = self.style.padding.min(3.0);
        let mut rows = vec![self.leading() + 2.0 * padding; count];
        for cell in &grid.cells {
            let need = self.lines(cell, columns).len() as f64 * self.leading() + 2.0 * padding;
            let span = cell.row..cell.row + cell.rows;
            let missing = need - rows[span.clone()].iter().sum::<f64>();
            if missing > 0.0 {
                rows[span.end - 1] += missing;
            }
        }
        rows
    }

    fn lines(&self, cell: &GridCell, columns: &[f64]) -> Vec<Vec<Run>> {
        let room: f64 = columns[cell.column..cell.column + cell.columns]
            .iter()
            .sum();
        lines(&cell.runs, self.style.size, room - 2.0 * self.style.padding)
    }

    /// The rows of a table that stand on one page.
    fn part(&mut self, grid: &Grid, columns: &[f64], rows: &[f64], begin: usize, end: usize) {
        let style = self.style;
        let total: f64 = columns.iter().sum();
        let left = (style.width - total) / 2.0;
        let x = |column: usize| left + columns[..column].iter().sum::<f64>();
        let top = self.y;
        let y = |row: usize| top + rows[begin..row].iter().sum::<f64>();
        let cells = grid
            .cells
            .iter()
            .filter(|it| it.row < end && it.row + it.rows > begin);
        for cell in cells {
            let (from, to) = (cell.row.max(begin), (cell.row + cell.rows).min(end));
            let area = [
                x(cell.column),
                y(from),
                x(cell.column + cell.columns),
                y(to),
            ];
            if style.shaded && cell.row == 0 {
                self.sheet().marks.push(Mark::Box(area, 0.85));
            }
            let edges = [
                cell.column == 0,
                cell.column + cell.columns == columns.len(),
            ];
            self.frame(area, edges, to == end);
            // Its text stands in the first part, as much as there is room for.
            if cell.row >= begin {
                let lines = self.lines(cell, columns);
                self.cell(&lines, area);
            }
        }
        self.y = y(end);
    }

    fn cell(&mut self, lines: &[Vec<Run>], [left, top, right, bottom]: [f64; 4]) {
        let style = self.style;
        let leading = self.leading();
        let high = lines.len() as f64 * leading;
        let mut y = top + ((bottom - top - high) / 2.0).max(1.0) + style.size;
        for line in lines {
            let text: String = line.iter().map(|run| run.text.as_str()).collect();
            let spare = right - left - 2.0 * style.padding - width(&text, style.size);
            let mut x = left + style.padding + spare.max(0.0) * f64::from(style.align) / 2.0;
            for run in line {
                let (size, up) = match run.look {
                    Look::Raised => (style.size * 0.6, style.size * 0.35),
                    _ => (style.size, 0.0),
                };
                let wide = width(&run.text, size);
                let times = if style.twice { 2 } else { 1 };
                for time in 0..times {
                    let x = x + f64::from(time) * style.size * 0.02;
                    self.sheet().texts.push(Text {
                        is_white: run.look == Look::Hidden,
                        ..Text::new(x, y - up, size, &run.text)
                    });
                }
                if run.look == Look::Struck && !run.text.trim().is_empty() {
                    let at = y - style.size * 0.3;
                    self.sheet().marks.push(Mark::Line([x, at, x + wide, at]));
                }
                x += wide;
            }
            y += leading;
        }
    }

    /// The rules of one cell.
    fn frame(&mut self, area: [f64; 4], [first, last]: [bool; 2], is_bottom: bool) {
        let [left, top, right, bottom] = area;
        let style = self.style;
        let mut sides = vec![(top, true, [left, right]), (left, false, [top, bottom])];
        let shared = matches!(style.rules, Rules::Shared);
        if !shared || is_bottom {
            sides.push((bottom, true, [left, right]));
        }
        if !shared || last {
            sides.push((right, false, [top, bottom]));
        }
        for (at, is_level, [from, to]) in sides {
            let outer = !is_level && ((first && at == left) || (last && at == right));
            if style.open && outer {
                continue;
            }
            let mut jitter = || (self.random.below(1000) as f64 / 500.0 - 1.0) * style.jitter;
            let (at, from, to) = (at + jitter(), from + jitter(), to + jitter());
            let line = |from: f64, to: f64| match is_level {
                true => Mark::Line([from, at, to, at]),
                false => Mark::Line([at, from, at, to]),
            };
            let marks = match style.rules {
                Rules::None => continue,
                Rules::Boxes => vec![match is_level {
                    true => Mark::Box([from, at - 0.25, to, at + 0.25], 0.0),
                    false => Mark::Box([at - 0.25, from, at + 0.25, to], 0.0),
                }],
                Rules::Pieces => {
                    let middle = (from + to) / 2.0;
                    vec![line(from, middle - 0.3), line(middle + 0.3, to)]
                }
                _ => vec![line(from, to)],
            };
            self.sheet().marks.extend(marks);
        }
    }
}

/// The pages as a PDF, in a font that every reader of Chinese has, by its UCS-2 codes.
pub fn pdf(sheets: &Sheets) -> Vec<u8> {
    use pdf_writer::types::{CidFontType, FontFlags, SystemInfo};
    use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};
    let reference = |number: usize| Ref::new(i32::try_from(number).unwrap());
    let [catalog, tree, font, cid, descriptor, image] = [1, 2, 3, 4, 5, 6].map(reference);
    let page = |number: usize| reference(10 + 2 * number);
    let stream = |number: usize| reference(11 + 2 * number);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    let count = sheets.sheets.len();
    pdf.pages(tree)
        .kids((0..count).map(page))
        .count(i32::try_from(count).unwrap());
    for (number, sheet) in sheets.sheets.iter().enumerate() {
        let mut one = pdf.page(page(number));
        one.parent(tree).contents(stream(number));
        one.media_box(Rect::new(
            0.0,
            0.0,
            sheets.width as f32,
            sheets.height as f32,
        ));
        let mut resources = one.resources();
        resources.fonts().pair(Name(b"F1"), font);
        resources.x_objects().pair(Name(b"I1"), image);
        resources.finish();
        one.finish();
        let up = |y: f64| (sheets.height - y) as f32;
        let mut content = Content::new();
        content.set_line_width(0.5);
        for mark in &sheet.marks {
            match *mark {
                Mark::Line([left, top, right, bottom]) => {
                    content
                        .move_to(left as f32, up(top))
                        .line_to(right as f32, up(bottom))
                        .stroke();
                }
                Mark::Box([left, top, right, bottom], grey) => {
                    let (wide, high) = ((right - left) as f32, (bottom - top) as f32);
                    content
                        .set_fill_gray(grey)
                        .rect(left as f32, up(bottom), wide, high);
                    content.fill_nonzero();
                }
                Mark::Picture([left, top, right, bottom]) => {
                    let (wide, high) = ((right - left) as f32, (bottom - top) as f32);
                    content.save_state();
                    content.transform([wide, 0.0, 0.0, high, left as f32, up(bottom)]);
                    content.x_object(Name(b"I1")).restore_state();
                }
            }
        }
        for text in &sheet.texts {
            let codes: Vec<u8> = text
                .text
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect();
            content.set_fill_gray(if text.is_white { 1.0 } else { 0.0 });
            content.begin_text().set_font(Name(b"F1"), text.size as f32);
            let (sin, cos) = text.angle.to_radians().sin_cos();
            let [a, b, c, d] = [cos, -sin, sin, cos].map(|it| it as f32);
            content.set_text_matrix([a, b, c, d, text.x as f32, up(text.y)]);
            content.show(Str(&codes)).end_text();
        }
        pdf.stream(stream(number), &content.finish());
    }
    let mut one = pdf.image_xobject(image, &[0x80]);
    one.width(1).height(1).bits_per_component(8);
    one.color_space().device_gray();
    one.finish();
    pdf.type0_font(font)
        .base_font(Name(b"STSong-Light"))
        .encoding_predefined(Name(b"UniGB-UCS2-H"))
        .descendant_font(cid);
    let mut one = pdf.cid_font(cid);
    one.subtype(CidFontType::Type0)
        .base_font(Name(b"STSong-Light"));
    one.system_info(SystemInfo {
        registry: Str(b"Adobe"),
        ordering: Str(b"GB1"),
        supplement: 4,
    });
    one.font_descriptor(descriptor).default_width(1000.0);
    // The Latin letters, as wide as half a Chinese character.
    one.widths().same(1, 95, 500.0).same(814, 939, 500.0);
    one.finish();
    pdf.font_descriptor(descriptor)
        .name(Name(b"STSong-Light"))
        .flags(FontFlags::SERIF)
        .bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(880.0)
        .stem_v(93.0);
    pdf.finish()
}

/// The pages as an OFD, after GB/T 33190: lengths in millimetres.
pub fn ofd(sheets: &Sheets) -> Vec<u8> {
    let mm = |points: f64| points * 25.4 / 72.0;
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let size = format!("0 0 {:.3} {:.3}", mm(sheets.width), mm(sheets.height));
    let mut files: Vec<(String, String)> = vec![(
        "OFD.xml".into(),
        format!(
            "<ofd:OFD {space} DocType=\"OFD\" Version=\"1.0\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>\
             <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
    )];
    let mut pages = String::new();
    for (number, sheet) in sheets.sheets.iter().enumerate() {
        pages += &format!(
            "<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{number}/Content.xml\"/>",
            number + 1
        );
        let mut objects = String::new();
        for mark in &sheet.marks {
            if let Mark::Picture(area) = *mark {
                let [left, top, right, bottom] = area.map(mm);
                let (wide, high) = (right - left, bottom - top);
                objects += &format!(
                    "<ofd:ImageObject ID=\"9\" ResourceID=\"8\" Boundary=\"{left:.3} {top:.3} {wide:.3} {high:.3}\"/>"
                );
                continue;
            }
            let (area, path, filled) = match *mark {
                Mark::Line([left, top, right, bottom]) => {
                    let [wide, high] = [mm(right - left), mm(bottom - top)];
                    (
                        [left, top, right, bottom],
                        format!("M 0 0 L {wide:.3} {high:.3}"),
                        false,
                    )
                }
                Mark::Box([left, top, right, bottom], _) => {
                    let [wide, high] = [mm(right - left), mm(bottom - top)];
                    (
                        [left, top, right, bottom],
                        format!("M 0 0 L {wide:.3} 0 L {wide:.3} {high:.3} L 0 {high:.3} C"),
                        true,
                    )
                }
                Mark::Picture(_) => continue,
            };
            let grey = match mark {
                Mark::Box(_, grey) => (grey * 255.0) as u8,
                _ => 0,
            };
            let [left, top, right, bottom] = area.map(mm);
            objects += &format!(
                "<ofd:PathObject ID=\"9\" Boundary=\"{left:.3} {top:.3} {:.3} {:.3}\" LineWidth=\"0.2\" Fill=\"{filled}\" Stroke=\"{}\">\
                 <ofd:FillColor Value=\"{grey} {grey} {grey}\"/><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>",
                right - left,
                bottom - top,
                !filled,
            );
        }
        for text in &sheet.texts {
            let size = mm(text.size);
            let steps: Vec<String> = text
                .text
                .chars()
                .map(|c| format!("{:.4}", mm(width(&c.to_string(), text.size))))
                .collect();
            let (sin, cos) = text.angle.to_radians().sin_cos();
            let white = if text.is_white { 255 } else { 0 };
            let inner = text
                .text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            objects += &format!(
                "<ofd:TextObject ID=\"9\" Boundary=\"{:.3} {:.3} 200 {size:.3}\" CTM=\"{cos:.6} {sin:.6} {:.6} {cos:.6} 0 0\" \
                 Font=\"1\" Size=\"{size:.4}\">\
                 <ofd:FillColor Value=\"{white} {white} {white}\"/>\
                 <ofd:TextCode X=\"0\" Y=\"0\" DeltaX=\"{}\">{inner}</ofd:TextCode></ofd:TextObject>",
                mm(text.x),
                mm(text.y),
                -sin,
                steps.join(" "),
            );
        }
        files.push((
            format!("Doc_0/Pages/Page_{number}/Content.xml"),
            format!("<ofd:Page {space}><ofd:Content><ofd:Layer Type=\"Body\" ID=\"2\">{objects}</ofd:Layer></ofd:Content></ofd:Page>"),
        ));
    }
    files.push((
        "Doc_0/Document.xml".into(),
        format!(
            "<ofd:Document {space}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea>\
             <ofd:PhysicalBox>{size}</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
        ),
    ));
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    super::office::archive(&files)
}
