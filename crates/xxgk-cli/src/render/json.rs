//! Reports as one array of objects.

use std::io::{self, Write};

use xxgk_show::html::Table;

use super::{Context, Objects, Renderer, Source};

/// One array, with an object a report: `xxgk/report/1`.
pub struct Json<'a> {
    context: Context<'a>,
    objects: Objects,
}

impl<'a> Json<'a> {
    pub fn new(context: Context<'a>) -> Self {
        Json {
            context,
            objects: Objects::array(),
        }
    }
}

impl Renderer for Json<'_> {
    fn report(
        &mut self,
        out: &mut dyn Write,
        table: &Table<'_>,
        _source: &mut Source<'_>,
    ) -> io::Result<()> {
        let view = table.report.view(self.context.lang, self.context.verbose);
        self.objects.write(out, &view)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.objects.end(out)
    }
}
