//! Reports as objects, one a line.

use std::io::{self, Write};

use xxgk_show::html::Table;

use super::{Context, Objects, Renderer, Source};

/// A line with an object for each report: `xxgk/report/1`.
pub struct Jsonl<'a> {
    context: Context<'a>,
    objects: Objects,
}

impl<'a> Jsonl<'a> {
    pub fn new(context: Context<'a>) -> Self {
        Jsonl {
            context,
            objects: Objects::lines(),
        }
    }
}

impl Renderer for Jsonl<'_> {
    fn report(
        &mut self,
        out: &mut dyn Write,
        table: &Table<'_>,
        _source: &mut Source<'_>,
    ) -> io::Result<()> {
        let view = table.report.view(self.context.lang, self.context.verbose);
        self.objects.write(out, &view)
    }
}
