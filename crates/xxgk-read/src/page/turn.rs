//! Pages and text that are turned by right angles.

use super::drawn::{Glyph, Page, Rule, Turn, Unit};

/// The glyph as it stands when its line of text is level. Lengths keep their order; where the page begins does not matter.
pub(crate) fn turned(glyph: &Glyph, turn: Turn) -> Glyph {
    let (x, y) = point((glyph.x, glyph.y), turn);
    Glyph {
        x,
        y,
        advance: point(glyph.advance, turn),
        ..glyph.clone()
    }
}

fn point((x, y): (Unit, Unit), turn: Turn) -> (Unit, Unit) {
    match turn {
        Turn::Upright | Turn::Aslant => (x, y),
        Turn::Right => (y, -x),
        Turn::Over => (-x, -y),
        Turn::Left => (-y, x),
    }
}

/// The page as most of its text stands upright.
pub(crate) fn upright(page: Page) -> Page {
    let count = |turn| page.glyphs.iter().filter(|it| it.turn() == turn).count();
    let turns = [Turn::Upright, Turn::Right, Turn::Left, Turn::Over];
    // The first of the largest, for `max_by_key` gives the last.
    let turn = turns.into_iter().rev().max_by_key(|turn| count(*turn));
    match turn {
        None | Some(Turn::Upright | Turn::Aslant) => page,
        Some(turn) => turn_page(page, turn),
    }
}

fn turn_page(mut page: Page, turn: Turn) -> Page {
    let corner = point((page.width, page.height), turn);
    let (off_x, off_y) = (corner.0.min(0), corner.1.min(0));
    for glyph in &mut page.glyphs {
        *glyph = turned(glyph, turn);
        glyph.x -= off_x;
        glyph.y -= off_y;
    }
    let rule = |rule: &Rule, is_level: bool| {
        let ends = match is_level {
            true => [(rule.from, rule.at), (rule.to, rule.at)],
            false => [(rule.at, rule.from), (rule.at, rule.to)],
        };
        let [one, other] = ends.map(|end| {
            let (x, y) = point(end, turn);
            (x - off_x, y - off_y)
        });
        let (at, from, to) = match is_level ^ (turn != Turn::Over) {
            true => (one.1, one.0, other.0),
            false => (one.0, one.1, other.1),
        };
        Rule {
            at,
            from: from.min(to),
            to: from.max(to),
        }
    };
    let level: Vec<Rule> = page.level.iter().map(|it| rule(it, true)).collect();
    let upright: Vec<Rule> = page.upright.iter().map(|it| rule(it, false)).collect();
    (page.level, page.upright) = match turn {
        Turn::Over => (level, upright),
        _ => (upright, level),
    };
    if turn != Turn::Over {
        (page.width, page.height) = (page.height, page.width);
    }
    page
}
