//! What a page has drawn on it, as it is drawn: glyphs, rules between them, boxes behind and before them.

use xxgk::Look;

/// Hundredths of a point, to the right and downwards from the top left corner of the page.
pub(crate) type Unit = i32;

/// No page is larger: what lies beyond is not seen.
const FAR: f64 = 2_000_000.0;
/// A filled box at most as thick is a rule.
const RULE: Unit = 250;
/// A line that deviates by less is upright or level.
const SLANT: Unit = 60;
/// So many boxes of a page are remembered as what is behind its glyphs.
const MAX_BOXES: usize = 500;
/// Glyphs of a page. The densest page of type has a tenth.
const MAX_GLYPHS: usize = 60_000;
/// Pieces of rules of a page.
const MAX_PIECES: usize = 60_000;
/// Smaller type is not seen.
const SMALLEST: Unit = 100;
/// What differs by less in lightness, of 255, is not seen.
const SEEN: u8 = 13;

/// A length as the page counts, rounded to its units.
pub(crate) fn unit(points: f64) -> Unit {
    // NaN becomes 0, and what is too large the edge: `as` does both, and the clamp keeps sums from overflowing.
    (points * 100.0).clamp(-FAR, FAR).round() as Unit
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub left: Unit,
    pub top: Unit,
    pub right: Unit,
    pub bottom: Unit,
}

impl Area {
    /// The smallest that holds both points.
    pub fn of((x, y): (Unit, Unit), (other_x, other_y): (Unit, Unit)) -> Self {
        Area {
            left: x.min(other_x),
            top: y.min(other_y),
            right: x.max(other_x),
            bottom: y.max(other_y),
        }
    }

    pub fn holds(&self, (x, y): (Unit, Unit)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    fn within(&self, other: &Area) -> Area {
        Area {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub fn width(&self) -> Unit {
        self.right.saturating_sub(self.left)
    }

    pub fn height(&self) -> Unit {
        self.bottom.saturating_sub(self.top)
    }
}

/// One character at its place.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    /// The replacement character where the file does not say which it is.
    pub text: char,
    /// Where it begins, on its base line.
    pub x: Unit,
    pub y: Unit,
    /// How far it goes on, along its line of text.
    pub advance: (Unit, Unit),
    /// The size of its type.
    pub size: Unit,
    pub look: Look,
}

impl Glyph {
    pub fn right(&self) -> Unit {
        self.x.saturating_add(self.advance.0)
    }

    /// About the middle of what is seen of it.
    pub fn middle(&self) -> (Unit, Unit) {
        let (along, across) = self.advance;
        let up = match self.turn() {
            Turn::Upright => (0, -self.size),
            Turn::Right => (self.size, 0),
            Turn::Over => (0, self.size),
            Turn::Left => (-self.size, 0),
            Turn::Aslant => (0, 0),
        };
        (
            self.x + along / 2 + up.0 * 3 / 10,
            self.y + across / 2 + up.1 * 3 / 10,
        )
    }

    /// How it is turned, clockwise.
    pub fn turn(&self) -> Turn {
        let (x, y) = self.advance;
        let level = |one: Unit, other: Unit| other.abs() <= one.abs() / 8;
        match () {
            () if level(x, y) && x >= 0 => Turn::Upright,
            () if level(x, y) => Turn::Over,
            () if level(y, x) && y > 0 => Turn::Right,
            () if level(y, x) => Turn::Left,
            () => Turn::Aslant,
        }
    }
}

/// How a glyph is turned, clockwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Turn {
    Upright,
    Right,
    Over,
    Left,
    /// By no right angle, as watermarks are.
    Aslant,
}

/// A rule: level ones stand at a height and go from the left to the right, upright ones at a distance from the left and from the
/// top to the bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    pub at: Unit,
    pub from: Unit,
    pub to: Unit,
}

/// With what something is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ink {
    /// From black to white.
    pub lightness: u8,
    /// What is behind it is not seen.
    pub opaque: bool,
}

impl Ink {
    pub const BLACK: Ink = Ink {
        lightness: 0,
        opaque: true,
    };
    /// What a pattern draws with is not looked at.
    pub const GREY: Ink = Ink {
        lightness: 128,
        opaque: false,
    };

    /// The ink of a colour, whose parts go from 0 to 1.
    pub fn rgb([red, green, blue]: [f32; 3], alpha: f32) -> Self {
        let light = 0.3 * red + 0.59 * green + 0.11 * blue;
        Ink {
            lightness: ((light * alpha + 1.0 - alpha) * 255.0).round() as u8,
            opaque: alpha > 0.9,
        }
    }
}

/// A page, with all that is drawn on it.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub width: Unit,
    pub height: Unit,
    pub glyphs: Vec<Glyph>,
    pub level: Vec<Rule>,
    pub upright: Vec<Rule>,
    /// A picture takes up most of it.
    pub is_picture: bool,
    /// One is large enough to hold a table.
    pub has_picture: bool,
    boxes: Vec<(Area, u8)>,
    clips: Vec<Area>,
    pub has_too_much: bool,
}

impl Page {
    pub fn new(width: Unit, height: Unit) -> Self {
        Page {
            width,
            height,
            glyphs: Vec::new(),
            level: Vec::new(),
            upright: Vec::new(),
            is_picture: false,
            has_picture: false,
            boxes: Vec::new(),
            clips: vec![Area::of((0, 0), (width, height))],
            has_too_much: false,
        }
    }

    /// Nothing is seen beyond the area, until it is taken back.
    pub fn clip(&mut self, area: Area) {
        let area = self.seen().within(&area);
        self.clips.push(area);
    }

    pub fn unclip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn seen(&self) -> Area {
        let all = Area::of((0, 0), (self.width, self.height));
        self.clips.last().copied().unwrap_or(all)
    }

    /// Draws a glyph.
    pub fn glyph(&mut self, mut glyph: Glyph, ink: Ink) {
        if self.glyphs.len() >= MAX_GLYPHS {
            self.has_too_much = true;
            return;
        }
        if glyph.text == char::REPLACEMENT_CHARACTER && glyph.look == Look::Plain {
            glyph.look = Look::Unfollowed;
        }
        let middle = glyph.middle();
        if !Area::of((0, 0), (self.width, self.height)).holds(middle) {
            return;
        }
        let seen = self.seen().holds(middle) && glyph.size > SMALLEST;
        if !seen || self.behind(middle).abs_diff(ink.lightness) < SEEN {
            glyph.look = Look::Hidden;
        }
        self.glyphs.push(glyph);
    }

    /// How light the page is at a place.
    fn behind(&self, place: (Unit, Unit)) -> u8 {
        let mut boxes = self.boxes.iter().rev();
        boxes
            .find(|(area, _)| area.holds(place))
            .map_or(u8::MAX, |it| it.1)
    }

    /// Fills a shape: several outlines of straight lines, each closed.
    pub fn fill(&mut self, outlines: &[Vec<(Unit, Unit)>], ink: Ink) {
        for outline in outlines {
            let Some(area) = around(outline) else {
                continue;
            };
            if area.width().min(area.height()) <= RULE {
                let middle = (area.left + area.width() / 2, area.top + area.height() / 2);
                let (from, to) = match area.width() >= area.height() {
                    true => ((area.left, middle.1), (area.right, middle.1)),
                    false => ((middle.0, area.top), (middle.0, area.bottom)),
                };
                self.rule(from, to, ink);
            } else if outlines.len() == 1 && is_box(outline, &area) {
                self.cover(area, ink);
            } else if is_box(outline, &area) {
                // A frame is a box with a box cut out.
                self.lines(outline, ink);
            }
        }
    }

    /// Draws lines from point to point.
    pub fn lines(&mut self, points: &[(Unit, Unit)], ink: Ink) {
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            self.rule(*from, *to, ink);
        }
    }

    /// Draws one line, if it is level or upright and seen.
    fn rule(&mut self, from: (Unit, Unit), to: (Unit, Unit), ink: Ink) {
        if self.level.len() + self.upright.len() >= MAX_PIECES {
            return;
        }
        let area = Area::of(from, to).within(&self.seen());
        let middle = (area.left + area.width() / 2, area.top + area.height() / 2);
        if area.width() < 0
            || area.height() < 0
            || self.behind(middle).abs_diff(ink.lightness) < SEEN
        {
            return;
        }
        if area.height() <= SLANT && area.width() > area.height() {
            self.level.push(Rule {
                at: middle.1,
                from: area.left,
                to: area.right,
            });
        } else if area.width() <= SLANT && area.height() > area.width() {
            self.upright.push(Rule {
                at: middle.0,
                from: area.top,
                to: area.bottom,
            });
        }
    }

    /// Lays a box over the page: what is below it is no longer seen.
    fn cover(&mut self, area: Area, ink: Ink) {
        let area = area.within(&self.seen());
        if !ink.opaque || self.boxes.len() >= MAX_BOXES {
            return;
        }
        for glyph in self.glyphs.iter_mut().filter(|it| area.holds(it.middle())) {
            glyph.look = Look::Hidden;
        }
        self.boxes.push((area, ink.lightness));
    }

    /// Draws a picture.
    pub fn picture(&mut self, area: Area) {
        let area = area.within(&self.seen());
        let share = |part: Unit, whole: Unit| i64::from(part) * 10 / i64::from(whole).max(1);
        let shares = (
            share(area.width(), self.width),
            share(area.height(), self.height),
        );
        self.is_picture |= shares.0 >= 7 && shares.1 >= 7;
        self.has_picture |= shares.0 >= 3 && shares.1 >= 1;
    }
}

/// The smallest area that holds all points.
fn around(points: &[(Unit, Unit)]) -> Option<Area> {
    let mut areas = points.iter().map(|point| Area::of(*point, *point));
    let first = areas.next()?;
    Some(areas.fold(first, |all, one| Area {
        left: all.left.min(one.left),
        top: all.top.min(one.top),
        right: all.right.max(one.right),
        bottom: all.bottom.max(one.bottom),
    }))
}

/// Whether an outline is that of its area: each point stands at a corner.
fn is_box(outline: &[(Unit, Unit)], area: &Area) -> bool {
    let near = |one: Unit, other: Unit| one.abs_diff(other) <= SLANT.unsigned_abs();
    outline.len() >= 4
        && outline.iter().all(|(x, y)| {
            (near(*x, area.left) || near(*x, area.right))
                && (near(*y, area.top) || near(*y, area.bottom))
        })
}
