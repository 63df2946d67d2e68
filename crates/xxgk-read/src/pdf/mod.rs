//! PDF: its pages are drawn by hayro, and taken apart by [`page`](crate::page).
//!
//! - [`device`]: what is drawn, glyph by glyph and line by line
//! - [`bounds`]: what a hostile file would take

mod bounds;
mod device;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent, hayro_cmap,
    interpret_page,
};

use crate::error::ReadError;
use crate::format::Format;
use crate::output::Output;
use crate::page::Pages;
use crate::page::drawn::{Page, unit};
use device::Drawing;

/// Stands for every font that is not in the file: only where its glyphs are is looked at, and what they mean and how wide they are,
/// the file or its standard says. Of PDFium, with its licence beside it.
const STAND_IN: &[u8] = include_bytes!("../../assets/FoxitSans.pfb");

pub(crate) fn read(bytes: &[u8], output: &mut Output) -> Result<(), ReadError> {
    bounds::unpacked(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ReadError::Encrypted,
        _ => ReadError::Damaged(Format::Pdf),
    })?;
    let cache = InterpreterCache::new();
    // Text in a font that cannot be loaded is not drawn, and would be lost without a word.
    let lost = Arc::new(AtomicBool::new(false));
    let told = lost.clone();
    let settings = InterpreterSettings {
        font_resolver: Arc::new(|_| Some((Arc::new(STAND_IN), 0))),
        cmap_resolver: Arc::new(hayro_cmap::load_embedded),
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                told.store(true, Ordering::Relaxed);
            }
        }),
        render_content: RenderContent::all(),
    };
    let mut pages = Pages::default();
    let mut room = bounds::MAX_STEPS;
    for page in pdf.pages().iter() {
        bounds::steps(page, &mut room)?;
        pages.push(draw(page, &pdf, &cache, settings.clone()))?;
    }
    if pages.is_empty() || lost.load(Ordering::Relaxed) {
        return Err(ReadError::Damaged(Format::Pdf));
    }
    pages.write(output)
}

fn draw<'p>(
    page: &PdfPage<'p>,
    pdf: &'p Pdf,
    cache: &InterpreterCache<'p>,
    settings: InterpreterSettings,
) -> Page {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let begin = Affine::new(page.initial_transform(true).as_coeffs());
    let area = Rect::new(0.0, 0.0, width, height);
    let mut context = Context::new(begin, area, cache, pdf.xref(), settings);
    let mut drawing = Drawing::new(Page::new(unit(width), unit(height)));
    interpret_page(page, &mut context, &mut drawing);
    drawing.page
}
