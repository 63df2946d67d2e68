//! How the text of a document of Word is shown: what is said of the characters themselves goes before their styles.

use xxgk::Look;

use crate::css::{Paint, WHITE};

/// In half points: nobody sees text of that size.
pub(crate) const NO_SIZE: usize = 2;

/// What a run, or a style, says of how text is shown, as far as it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Properties {
    pub struck: Option<bool>,
    pub struck_twice: Option<bool>,
    pub vanished: Option<bool>,
    /// Hidden on the web.
    pub unseen: Option<bool>,
    pub no_size: Option<bool>,
    pub raised: Option<bool>,
    pub moved: Option<bool>,
    /// Two lines in one.
    pub odd: Option<bool>,
    pub color: Option<Paint>,
    pub behind: Option<Paint>,
}

impl Properties {
    pub fn or(self, base: Properties) -> Properties {
        Properties {
            struck: self.struck.or(base.struck),
            struck_twice: self.struck_twice.or(base.struck_twice),
            vanished: self.vanished.or(base.vanished),
            unseen: self.unseen.or(base.unseen),
            no_size: self.no_size.or(base.no_size),
            raised: self.raised.or(base.raised),
            moved: self.moved.or(base.moved),
            odd: self.odd.or(base.odd),
            color: self.color.or(base.color),
            behind: self.behind.or(base.behind),
        }
    }
}

/// All that says how a stretch of text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Layers {
    pub own: Properties,
    /// The styles of the run, of its paragraph, and of the table.
    pub run: Properties,
    pub paragraph: Properties,
    pub table: Properties,
    pub defaults: Properties,
    /// What is behind it, as paragraph, cell and table say.
    pub behind: Option<Paint>,
    /// The style of the table paints cells, some of them perhaps.
    pub paints: bool,
}

impl Layers {
    /// These are switched by each kind of style.
    fn is(&self, get: fn(&Properties) -> Option<bool>) -> bool {
        get(&self.own).unwrap_or(self.styled(get))
    }

    /// What the styles say together of such a switch.
    pub fn styled(&self, get: fn(&Properties) -> Option<bool>) -> bool {
        let on = |properties: &Properties| get(properties) == Some(true);
        let switched = on(&self.run) ^ on(&self.paragraph) ^ on(&self.table);
        switched || on(&self.defaults)
    }

    pub fn look(&self, text: &str) -> Look {
        let styles = self.run.or(self.paragraph).or(self.table);
        let all = self.own.or(styles).or(self.defaults);
        let unknown = if self.paints { Paint::Unknown } else { WHITE };
        let behind = (self.own.behind)
            .or(self.run.behind)
            .or(self.behind)
            .unwrap_or(unknown);
        let color = all.color.unwrap_or(Paint::Unknown);
        let maybe_white = behind == Paint::Unknown && color.is_lost_on(WHITE);
        let unseen = all.unseen == Some(true) || all.no_size == Some(true);
        if self.is(|it| it.vanished) || unseen || color.is_lost_on(behind) {
            Look::Hidden
        } else if self.is(|it| it.struck) || self.is(|it| it.struck_twice) {
            Look::Struck
        } else if all.odd == Some(true) || maybe_white && text.contains(char::is_numeric) {
            Look::Unfollowed
        } else if all.raised == Some(true) || all.moved == Some(true) {
            Look::Raised
        } else {
            Look::Plain
        }
    }
}
