//! A national report in PDF, from its bytes to text and tables, beside the interpreter alone: what every reader of a PDF has to do
//! before it knows where a glyph stands.
#![forbid(unsafe_code)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

/// The same report by two writers.
const FILES: [(&str, &[u8]); 2] = [
    (
        "LibreOffice",
        include_bytes!("../crates/xxgk-read/tests/office/pdf-n21-upright-wrong.pdf"),
    ),
    (
        "reportlab",
        include_bytes!("../crates/xxgk-read/tests/office/reportlab-n21-upright-wrong.pdf"),
    ),
];

/// Counts what is drawn.
#[derive(Default)]
struct Count(usize);

impl<'a> Device<'a> for Count {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.0 += 1;
    }
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.0 += run.glyphs().len();
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn interpreted(bytes: &[u8]) -> usize {
    let pdf = Pdf::new(bytes.to_vec()).expect("the file is sound");
    let cache = InterpreterCache::new();
    let mut count = Count::default();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let begin = Affine::new(page.initial_transform(true).as_coeffs());
        let area = Rect::new(0.0, 0.0, width.into(), height.into());
        let settings = InterpreterSettings::default();
        let mut context = Context::new(begin, area, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut count);
    }
    count.0
}

fn pages(criterion: &mut Criterion) {
    for (name, bytes) in FILES {
        let pdf = Pdf::new(bytes.to_vec()).expect("the file is sound");
        let mut group = criterion.benchmark_group(format!("pages/{name}"));
        group.throughput(Throughput::Elements(pdf.pages().len() as u64));
        group.bench_function("xxgk", |bencher| {
            bencher.iter(|| xxgk_read::read(black_box(bytes)).expect("the file is read"));
        });
        group.bench_function("hayro", |bencher| {
            bencher.iter(|| interpreted(black_box(bytes)));
        });
        group.finish();
    }
}

criterion_group!(benches, pages);
criterion_main!(benches);
