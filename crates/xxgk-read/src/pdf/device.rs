//! What a page of a PDF draws: glyphs, lines, boxes, pictures.

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use xxgk::Look;

use crate::page::drawn::{Area, Glyph, Ink, Page, Unit, unit};

/// Glyphs are measured in thousandths of the size of their type.
const EM: f64 = 1000.0;
/// A line thicker than this, in points, fills what it goes over.
const THICK: f64 = 5.0;

/// A page that is being drawn.
#[derive(Debug)]
pub(crate) struct Drawing {
    pub page: Page,
    /// For each open stretch of marked content, the text that it stands for, and the first glyph of it.
    marked: Vec<(Option<Vec<char>>, usize)>,
}

impl Drawing {
    pub fn new(page: Page) -> Self {
        Drawing {
            page,
            marked: Vec::new(),
        }
    }

    fn glyph(&mut self, glyph: &PositionedGlyph<'_>, to_page: Affine, hidden: bool, ink: Ink) {
        let to_page = to_page * glyph.transform();
        let [a, b, c, d, ..] = to_page.as_coeffs();
        let place = to_page * Point::ZERO;
        let width = match &**glyph {
            PdfGlyph::Outline(it) => it.advance_width(),
            PdfGlyph::Type3(it) => it.advance_width(),
        };
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        let known = !text.is_empty() && !text.contains(is_no_text);
        let text = if known {
            text
        } else {
            char::REPLACEMENT_CHARACTER.into()
        };
        // A ligature is as many glyphs, one beside the other.
        let parts = text.chars().count().max(1) as f64;
        let width = f64::from(width.unwrap_or(500.0)) / parts;
        let advance = (unit(a * width), unit(b * width));
        for (index, text) in text.chars().enumerate() {
            let along = index as f64 * width;
            let look = match hidden {
                true => Look::Hidden,
                false => Look::Plain,
            };
            let glyph = Glyph {
                text,
                x: unit(place.x + a * along),
                y: unit(place.y + b * along),
                advance,
                size: unit(c.hypot(d) * EM).max(1),
                look,
            };
            self.page.glyph(glyph, ink);
        }
    }
}

/// What fonts map their glyphs to that are no characters.
fn is_no_text(c: char) -> bool {
    c == char::REPLACEMENT_CHARACTER || (c.is_control() && !c.is_whitespace())
}

fn ink(props: &DrawProps<'_>) -> Ink {
    let (paint, plain) = match &props.paint {
        Paint::Color(color) => {
            let [red, green, blue, alpha] = color.to_rgba().components();
            (Ink::rgb([red, green, blue], alpha), true)
        }
        Paint::Pattern(_) => (Ink::GREY, false),
    };
    let plain = plain && props.blend_mode == BlendMode::Normal && props.soft_mask.is_none();
    Ink {
        opaque: paint.opaque && plain,
        ..paint
    }
}

/// The outlines of a path, curves as the straight lines between their ends.
fn outlines(path: &BezPath, to_page: Affine) -> Vec<Vec<(Unit, Unit)>> {
    let mut all: Vec<Vec<(Unit, Unit)>> = Vec::new();
    let place = |point: Point| {
        let point = to_page * point;
        (unit(point.x), unit(point.y))
    };
    for element in path.elements() {
        let point = match element {
            PathEl::MoveTo(point) => {
                all.push(vec![place(*point)]);
                continue;
            }
            PathEl::LineTo(point) | PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                Some(place(*point))
            }
            PathEl::ClosePath => all.last().and_then(|it| it.first().copied()),
        };
        if let (Some(outline), Some(point)) = (all.last_mut(), point) {
            outline.push(point);
        }
    }
    all
}

fn area(rect: Rect) -> Area {
    Area::of(
        (unit(rect.x0), unit(rect.y0)),
        (unit(rect.x1), unit(rect.y1)),
    )
}

impl<'a> Device<'a> for Drawing {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let ink = ink(&props);
        let outlines = outlines(path, props.transform);
        let stroke = match mode {
            DrawMode::Fill(_) | DrawMode::FillAndStroke(..) => {
                self.page.fill(&outlines, ink);
                return;
            }
            DrawMode::Stroke(stroke) => stroke,
            DrawMode::Invisible => return,
        };
        let [a, b, ..] = props.transform.as_coeffs();
        let width = f64::from(stroke.line_width) * a.hypot(b);
        for outline in &outlines {
            match outline.as_slice() {
                [from, to] if width > THICK => self.page.fill(&[broad(*from, *to, width)], ink),
                points => self.page.lines(points, ink),
            }
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.page.clip(area(clip.path.bounding_box()));
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let hidden = matches!(mode, DrawMode::Invisible);
        let ink = ink(&props);
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform, hidden, ink);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        self.page
            .picture(area(props.transform.transform_rect_bbox(size)));
    }

    fn pop_clip(&mut self) {
        self.page.unclip();
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|it| it.get::<PdfString<'_>>(b"ActualText"));
        let text = text.map(|text| text_of(text.as_bytes()));
        self.marked.push((text, self.page.glyphs.len()));
    }

    fn end_marked_content(&mut self) {
        let Some((Some(text), first)) = self.marked.pop() else {
            return;
        };
        let glyphs = self.page.glyphs.get_mut(first..).unwrap_or_default();
        // Only where it is as long: else it is not known which of it each glyph is.
        if glyphs.len() != text.len() {
            return;
        }
        let unknown = |it: &&mut Glyph| it.text == char::REPLACEMENT_CHARACTER;
        for (glyph, text) in glyphs.iter_mut().zip(text) {
            if let Some(glyph) = Some(glyph).filter(unknown) {
                glyph.text = text;
                if glyph.look == Look::Unfollowed {
                    glyph.look = Look::Plain;
                }
            }
        }
    }
}

/// The text of a string: UTF-16 with its mark, UTF-8 with its mark, or Latin letters.
fn text_of(bytes: &[u8]) -> Vec<char> {
    if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
        let pairs = units.chunks_exact(2).filter_map(|it| it.try_into().ok());
        let units = pairs.map(u16::from_be_bytes);
        let chars = char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER));
        return chars.collect();
    }
    match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(text) => String::from_utf8_lossy(text).chars().collect(),
        None => bytes.iter().copied().map(char::from).collect(),
    }
}

/// The outline of a thick line.
fn broad(from: (Unit, Unit), to: (Unit, Unit), width: f64) -> Vec<(Unit, Unit)> {
    let half = unit(width / 2.0);
    let (x, y) = match from.0.abs_diff(to.0) < from.1.abs_diff(to.1) {
        true => (half, 0),
        false => (0, half),
    };
    vec![
        (from.0 - x, from.1 - y),
        (to.0 - x, to.1 - y),
        (to.0 + x, to.1 + y),
        (from.0 + x, from.1 + y),
    ]
}
