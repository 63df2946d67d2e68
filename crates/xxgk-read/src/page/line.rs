//! Glyphs to lines of text, each in pieces that wide gaps set apart.

use xxgk::{Look, Run};

use super::drawn::{Glyph, Unit};

/// A line of text.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub left: Unit,
    pub right: Unit,
    pub base: Unit,
    pub size: Unit,
    pub pieces: Vec<Piece>,
}

/// What stands together in a line.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub left: Unit,
    pub right: Unit,
    pub runs: Vec<Run>,
}

impl Line {
    pub fn top(&self) -> Unit {
        self.base.saturating_sub(self.size)
    }

    /// Its text, with a space where a gap is.
    pub fn runs(&self) -> Vec<Run> {
        let mut all: Vec<Run> = Vec::new();
        for piece in &self.pieces {
            if !all.is_empty() {
                all.push(Run::new(" ", Look::Plain));
            }
            all.extend(piece.runs.iter().cloned());
        }
        all
    }

    pub fn text(&self) -> String {
        self.runs().into_iter().map(|run| run.text).collect()
    }
}

/// Glyphs that share a base line, and the largest of which there are several or one.
#[derive(Debug)]
struct Row {
    base: Unit,
    size: Unit,
    glyphs: Vec<Glyph>,
}

/// Lines of upright glyphs, from the top.
pub(crate) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by_key(|glyph| (glyph.y, glyph.x));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        // Raised digits come before the line that they belong to, and a line may begin lower than its neighbour ends.
        let near = rows.iter_mut().rev().take(4);
        let fitting = near
            .map(|row| (row.overlap(&glyph), row))
            .max_by_key(|(overlap, _)| *overlap)
            .filter(|(overlap, row)| row.takes(&glyph, *overlap));
        match fitting {
            Some((_, row)) => row.push(glyph),
            None => rows.push(Row {
                base: glyph.y,
                size: glyph.size,
                glyphs: vec![glyph],
            }),
        }
    }
    rows.sort_by_key(|row| row.base);
    rows.into_iter().filter_map(Row::line).collect()
}

impl Row {
    /// How much of its height a glyph shares with it.
    fn overlap(&self, glyph: &Glyph) -> Unit {
        let span = |base: Unit, size: Unit| (base - size * 4 / 5, base + size / 5);
        let (one, other) = (span(self.base, self.size), span(glyph.y, glyph.size));
        one.1.min(other.1) - one.0.max(other.0)
    }

    fn takes(&self, glyph: &Glyph, overlap: Unit) -> bool {
        let (small, large) = (self.size.min(glyph.size), self.size.max(glyph.size));
        large <= small.saturating_mul(11) / 5 && overlap.saturating_mul(10) >= small * 6
    }

    fn push(&mut self, glyph: Glyph) {
        if glyph.size > self.size.saturating_mul(6) / 5 {
            (self.base, self.size) = (glyph.y, glyph.size);
        }
        self.glyphs.push(glyph);
    }

    fn line(mut self) -> Option<Line> {
        self.glyphs.sort_by_key(|glyph| glyph.x);
        let (base, size) = (self.base, self.size);
        doubt_overlaps(&mut self.glyphs);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut ended = true;
        for glyph in self.glyphs {
            // A space is a gap, however wide its font makes it.
            if glyph.text.is_whitespace() {
                continue;
            }
            let gap = pieces.last().map_or(0, |piece| glyph.x - piece.right);
            ended |= gap > size * 6 / 5;
            if std::mem::take(&mut ended) {
                pieces.push(Piece {
                    left: glyph.x,
                    right: glyph.right(),
                    runs: Vec::new(),
                });
            }
            let Some(piece) = pieces.last_mut() else {
                continue;
            };
            if !piece.runs.is_empty() && gap.saturating_mul(10) > glyph.size.min(size) * 3 {
                put(&mut piece.runs, ' ', Look::Plain);
            }
            let look = match glyph.look {
                Look::Plain if is_raised(&glyph, base, size) => Look::Raised,
                look => look,
            };
            put(&mut piece.runs, glyph.text, look);
            piece.right = piece.right.max(glyph.right());
        }
        Some(Line {
            left: pieces.first()?.left,
            right: pieces.iter().map(|piece| piece.right).max()?,
            base,
            size,
            pieces,
        })
    }
}

/// Two glyphs that stand at one place are read as neither.
fn doubt_overlaps(glyphs: &mut [Glyph]) {
    let mut before: Option<&mut Glyph> = None;
    for glyph in glyphs.iter_mut().filter(|it| !it.text.is_whitespace()) {
        if let Some(before) = before
            && before.look != Look::Hidden
            && glyph.look != Look::Hidden
            && (glyph.x - before.x).saturating_mul(2) < before.advance.0.min(glyph.advance.0)
        {
            before.look = Look::Unfollowed;
            glyph.look = Look::Unfollowed;
        }
        before = Some(glyph);
    }
}

/// Whether a glyph is a mark beside the text: smaller than its line, and higher or lower.
fn is_raised(glyph: &Glyph, base: Unit, size: Unit) -> bool {
    let off = (base - glyph.y).abs();
    glyph.size.saturating_mul(20) <= size * 17 && off.saturating_mul(10) >= size
}

fn put(runs: &mut Vec<Run>, c: char, look: Look) {
    match runs.last_mut().filter(|run| run.look == look) {
        Some(run) => run.text.push(c),
        None => runs.push(Run::new(c, look)),
    }
}

/// Joins what a line break parted. A number that may go on in the next line, or be followed there by another, is not followed.
pub(crate) fn join(runs: &mut Vec<Run>, mut next: Vec<Run>) {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let last = runs.last().map_or("", |run| run.text.as_str());
    let first = next.first().map_or("", |run| run.text.as_str());
    let has_digit = |text: &str| text.contains(char::is_numeric);
    if has_digit(tail(last)) && has_digit(head(first)) {
        doubt_tail(runs);
        doubt_head(&mut next);
        runs.push(Run::new(" ", Look::Plain));
    } else if letter(last.chars().next_back()) && letter(first.chars().next()) {
        runs.push(Run::new(" ", Look::Plain));
    }
    runs.append(&mut next);
}

fn is_of_number(c: char) -> bool {
    c.is_numeric() || matches!(c, '.' | ',' | '．')
}

/// What of a number stands at the end of a text.
fn tail(text: &str) -> &str {
    let rest = text.trim_end_matches(is_of_number);
    text.get(rest.len()..).unwrap_or_default()
}

/// What of a number stands at the beginning of a text.
fn head(text: &str) -> &str {
    let rest = text.trim_start_matches(is_of_number);
    text.get(..text.len() - rest.len()).unwrap_or_default()
}

fn doubt_tail(runs: &mut Vec<Run>) {
    if let Some(run) = runs.pop() {
        let start = run.text.len() - tail(&run.text).len();
        part(runs, &run, start, false);
    }
}

fn doubt_head(runs: &mut Vec<Run>) {
    if runs.is_empty() {
        return;
    }
    let run = runs.remove(0);
    let end = head(&run.text).len();
    let mut parts = Vec::new();
    part(&mut parts, &run, end, true);
    parts.append(runs);
    *runs = parts;
}

/// Adds a stretch in two, of which one is not followed.
fn part(runs: &mut Vec<Run>, run: &Run, at: usize, first: bool) {
    let Some((before, behind)) = run.text.split_at_checked(at) else {
        return;
    };
    let doubt = |look| match look {
        Look::Plain => Look::Unfollowed,
        look => look,
    };
    let looks = match first {
        true => (doubt(run.look), run.look),
        false => (run.look, doubt(run.look)),
    };
    for (text, look) in [(before, looks.0), (behind, looks.1)] {
        if !text.is_empty() {
            runs.push(Run::new(text, look));
        }
    }
}
