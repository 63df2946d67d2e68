//! Reports in a format that is made elsewhere, of pieces of text.

use std::io::{self, Write};

use xxgk_show::Format;
use xxgk_show::html::Table;

use super::{Renderer, Source};

/// A format, written as its pieces come.
pub struct Pieces<F>(pub F);

impl<F: Format> Renderer for Pieces<F> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.0.begin().as_bytes())
    }

    fn report(
        &mut self,
        out: &mut dyn Write,
        table: &Table<'_>,
        _source: &mut Source<'_>,
    ) -> io::Result<()> {
        out.write_all(self.0.report(table.report).as_bytes())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.0.end().as_bytes())
    }
}
