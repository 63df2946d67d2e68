//! Where objects stand: lists of numbers, and the matrix that moves, turns and scales.

use crate::page::drawn::{Unit, unit};

/// Points in a millimetre.
pub(crate) const POINTS: f64 = 72.0 / 25.4;

/// Numbers with blanks between them.
#[derive(Clone, Debug)]
pub(crate) struct Numbers(Vec<f64>);

impl Numbers {
    /// Of a text; what is no number ends the list.
    pub fn of(text: &str) -> Self {
        let numbers = text.split_whitespace().map_while(|it| it.parse().ok());
        Numbers(numbers.filter(|it: &f64| it.is_finite()).collect())
    }

    pub fn array<const N: usize>(&self) -> Option<[f64; N]> {
        self.0.get(..N)?.try_into().ok()
    }

    pub fn as_slice(&self) -> &[f64] {
        &self.0
    }
}

/// Steps from glyph to glyph, of which `g 3 4.2` is three of 4.2. The last one goes on.
pub(crate) fn steps(text: &str, count: usize) -> Vec<f64> {
    let mut words = text.split_whitespace();
    let mut steps = Vec::new();
    while let Some(word) = words.next() {
        if steps.len() >= count {
            break;
        }
        if word != "g" {
            steps.push(number(word));
            continue;
        }
        let times: usize = words.next().and_then(|it| it.parse().ok()).unwrap_or(0);
        let step = number(words.next().unwrap_or_default());
        steps.extend(std::iter::repeat_n(step, times.min(count)));
    }
    let last = steps.last().copied().unwrap_or(0.0);
    steps.resize(count, last);
    steps
}

fn number(text: &str) -> f64 {
    let number: f64 = text.parse().unwrap_or(0.0);
    if number.is_finite() { number } else { 0.0 }
}

/// Moves, turns and scales the places of an object, and puts it where it stands on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matrix {
    pub to: [f64; 6],
    pub origin: (f64, f64),
}

impl Matrix {
    pub fn place(&self, x: f64, y: f64) -> (Unit, Unit) {
        let [a, b, c, d, e, f] = self.to;
        let (x, y) = (a * x + c * y + e, b * x + d * y + f);
        (
            unit((x + self.origin.0) * POINTS),
            unit((y + self.origin.1) * POINTS),
        )
    }

    /// A step, which knows no origin.
    pub fn step(&self, x: f64, y: f64) -> (Unit, Unit) {
        let [a, b, c, d, ..] = self.to;
        (
            unit((a * x + c * y) * POINTS),
            unit((b * x + d * y) * POINTS),
        )
    }

    /// How high type of a size stands.
    pub fn height(&self, size: f64) -> Unit {
        let [_, _, c, d, ..] = self.to;
        unit(c.hypot(d) * size * POINTS).max(1)
    }
}
