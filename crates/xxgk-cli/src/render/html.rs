//! Reports as a page: an overview where there are several, then each with its table.

use std::io::{self, Write};

use xxgk_show::html::{Page, Table};

use super::{Context, Renderer, Source};

/// A page with every report. It begins with the overview, so that it is written when the last of them is known: until then the HTML
/// of each is held, and not its table.
pub struct Html {
    page: Page,
}

impl Html {
    pub fn new(context: Context<'_>) -> Self {
        Html {
            page: Page::new(context.lang),
        }
    }
}

impl Renderer for Html {
    fn report(
        &mut self,
        _out: &mut dyn Write,
        table: &Table<'_>,
        _source: &mut Source<'_>,
    ) -> io::Result<()> {
        self.page.add(table);
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        for piece in self.page.pieces() {
            out.write_all(piece.as_bytes())?;
        }
        Ok(())
    }
}
