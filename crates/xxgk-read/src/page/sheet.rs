//! One page: its tables, and the lines of text around them.

use std::collections::HashMap;

use xxgk::Look;

use super::align;
use super::drawn::{Area, Glyph, Page, Rule, Turn};
use super::lattice::Lattice;
use super::line::{Line, lines};
use super::rules::{frames, whole};
use super::table::Table;
use super::turn::{turned, upright};

/// The height of lines that are written up the margin: behind all others.
pub(crate) const BESIDE: i32 = i32::MAX / 2;

/// What stands on a page, from the top.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Line(Line),
    Table(Table),
}

impl Item {
    pub fn top(&self) -> i32 {
        match self {
            Item::Line(line) => line.top(),
            Item::Table(table) => table.area.top,
        }
    }

    pub fn bottom(&self) -> i32 {
        match self {
            Item::Line(line) => line.base,
            Item::Table(table) => table.area.bottom,
        }
    }
}

/// A page, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub number: usize,
    pub width: i32,
    pub height: i32,
    pub items: Vec<Item>,
    /// Nothing of it is text, and a picture takes it up.
    pub is_picture: bool,
    /// A picture of it may hold a table.
    pub has_picture: bool,
    /// A character of it is not known.
    pub has_unknown: bool,
    /// Numbers stand side by side in it, and no columns can be told.
    pub has_unaligned: bool,
}

/// Takes a page apart.
pub(crate) fn sheet(page: Page, number: usize) -> Sheet {
    let page = upright(page);
    let (width, height) = (page.width, page.height);
    let level = whole(page.level);
    let upright = whole(page.upright);
    let mut glyphs = without_watermarks(once(page.glyphs));
    strike(&mut glyphs, &level);
    let seen = |glyph: &&Glyph| glyph.look != Look::Hidden && !glyph.text.is_whitespace();
    let is_picture = page.is_picture && glyphs.iter().filter(seen).count() < 10;
    let has_unknown = glyphs
        .iter()
        .filter(seen)
        .any(|it| it.text == char::REPLACEMENT_CHARACTER);
    let mut tables: Vec<Table> = Vec::new();
    let frames = frames(&level, &upright);
    let mut lattices: Vec<Lattice> = frames.iter().filter_map(Lattice::of).collect();
    // A table within a cell of another comes first, and takes its glyphs.
    lattices.sort_by_key(|it| size(&it.area()));
    for lattice in lattices {
        let area = lattice.area();
        let (inside, outside) = glyphs.into_iter().partition(|it| area.holds(it.middle()));
        glyphs = outside;
        tables.push(Table::of(&lattice, inside, number));
    }
    let (lines, has_unaligned) = around(glyphs, number);
    let items = in_order(lines, tables);
    Sheet {
        number,
        width,
        height,
        items,
        is_picture,
        has_picture: page.has_picture,
        has_unknown,
        has_unaligned,
    }
}

/// Puts tables between the lines, which are in the order in which they are read.
fn in_order(mut lines: Vec<Item>, mut tables: Vec<Table>) -> Vec<Item> {
    tables.sort_by_key(|table| table.area.top);
    for table in tables {
        let top = table.area.top;
        let below = lines.iter().rposition(|item| item.top() < top);
        lines.insert(below.map_or(0, |at| at + 1), Item::Table(table));
    }
    lines
}

fn size(area: &Area) -> i64 {
    i64::from(area.width()) * i64::from(area.height())
}

/// What stands around the ruled tables; whether numbers stand there side by side, in no columns.
fn around(glyphs: Vec<Glyph>, page: usize) -> (Vec<Item>, bool) {
    let of = |turn: Turn| {
        let glyphs = glyphs.iter().filter(|it| it.turn() == turn);
        // What is hidden outside of a table is left out, as in every document.
        let glyphs = glyphs.filter(|it| it.look != Look::Hidden);
        lines(glyphs.map(|glyph| turned(glyph, turn)).collect())
    };
    let (mut items, has_unaligned) = align::tables(of(Turn::Upright), page);
    // What is written up the margin has its own order, and comes last.
    for turn in [Turn::Right, Turn::Left, Turn::Over] {
        let lines = of(turn).into_iter().map(|line| Line {
            base: BESIDE,
            ..line
        });
        items.extend(lines.map(Item::Line));
    }
    (items, has_unaligned)
}

/// Bold that is made by drawing a glyph several times is one glyph.
fn once(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    const CELL: i32 = 200;
    let mut known: HashMap<(char, i32, i32), Vec<(i32, i32)>> = HashMap::new();
    let mut kept: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        let (x, y) = (glyph.x / CELL, glyph.y / CELL);
        let half = (glyph.advance.0.abs() + glyph.advance.1.abs()) / 2;
        let near = (glyph.size * 3 / 20).min(CELL).min(half).max(CELL / 20);
        let is_near = |place: &(i32, i32)| {
            (place.0 - glyph.x).abs() <= near && (place.1 - glyph.y).abs() <= near
        };
        let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let again = around
            .filter_map(|(x, y)| known.get(&(glyph.text, x, y)))
            .any(|places| places.iter().any(is_near));
        // What is hidden says nothing of what is drawn over it.
        if again && glyph.look != Look::Hidden {
            continue;
        }
        if glyph.look != Look::Hidden {
            let places = known.entry((glyph.text, x, y)).or_default();
            places.push((glyph.x, glyph.y));
        }
        kept.push(glyph);
    }
    kept
}

/// A watermark stands aslant, or is three times as large as the type that it is drawn over.
fn without_watermarks(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    glyphs.retain(|glyph| glyph.turn() != Turn::Aslant);
    let mut sizes: Vec<i32> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_unstable();
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    let is_large = |glyph: &Glyph| glyph.size > usual.saturating_mul(3);
    let (large, text): (Vec<Glyph>, Vec<Glyph>) = glyphs.into_iter().partition(is_large);
    // So many characters tell.
    let over = large.iter().take(50).any(|glyph| {
        let (left, top) = (glyph.x, glyph.y - glyph.size * 4 / 5);
        let area = Area::of((left, top), (glyph.right(), glyph.y));
        text.iter().any(|it| area.holds(it.middle()))
    });
    match over {
        true => text,
        false => text.into_iter().chain(large).collect(),
    }
}

/// Strikes out what a rule goes through.
fn strike(glyphs: &mut [Glyph], level: &[Rule]) {
    for glyph in glyphs.iter_mut().filter(|it| it.turn() == Turn::Upright) {
        let (top, bottom) = (glyph.y - glyph.size * 3 / 5, glyph.y - glyph.size / 8);
        let from = level.partition_point(|rule| rule.at < top);
        let near = level.iter().skip(from).take_while(|rule| rule.at <= bottom);
        let reach = glyph.advance.0 / 6;
        let mut through =
            near.filter(|it| it.from <= glyph.x + reach && it.to >= glyph.right() - reach);
        if glyph.look == Look::Plain && through.next().is_some() {
            glyph.look = Look::Struck;
        }
    }
}
