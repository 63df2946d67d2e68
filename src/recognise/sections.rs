//! The reports of a document: each table goes with the title above it, and with the sentences between that title and the next.

use std::ops::Range;

use super::agency;
use super::year::{Title, is_report, title};
use super::{Options, Reading};
use crate::document::{Line, quoted};
use crate::outline::Outline;
use crate::place::Place;
use crate::prose::{Claims, Paragraph};
use crate::unicode::letters;

/// One report of a document: from its title to the next.
struct Section {
    lines: Range<usize>,
    year: Option<u16>,
    agency: Option<String>,
}

/// Gives each reading the agency in the title above it, and what the sentences of its report claim of it.
pub(crate) fn assign<'t>(
    readings: &mut [Reading],
    paragraphs: &(impl Iterator<Item = Line<'t>> + Clone),
    options: &Options,
) {
    let tables: Vec<Range<usize>> = readings.iter().map(|it| it.lines.clone()).collect();
    for section in sections(paragraphs.clone()) {
        let mut of_section: Vec<&mut Reading> = readings
            .iter_mut()
            .filter(|it| it.record.is_some() && section.lines.contains(&it.lines.start))
            .collect();
        for reading in &mut of_section {
            reading.agency = reading.agency.take().or_else(|| section.agency.clone());
        }
        if of_section.len() > 1 {
            of_section.retain(|it| section.year.is_some() && it.year == section.year);
        }
        let [reading] = &mut of_section[..] else {
            continue;
        };
        if !options.report && !options.prose {
            continue;
        }
        let in_table = |line: &Line<'_>| tables.iter().any(|lines| lines.contains(&line.number));
        let lines = paragraphs
            .clone()
            .skip_while(|line| line.number < section.lines.start)
            .take_while(|line| line.number < section.lines.end);
        let lines: Vec<(Line<'_>, bool)> = lines
            .map(|line| {
                let in_table = in_table(&line);
                (line, in_table)
            })
            .collect();
        if options.report {
            outline(reading, &section, &lines);
        }
        if options.prose {
            let running = lines.iter().filter(|(_, in_table)| !in_table);
            claim(reading, running.map(|(line, _)| line));
        }
    }
}

/// Reads what there is to say of a report as a whole.
fn outline(reading: &mut Reading, section: &Section, lines: &[(Line<'_>, bool)]) {
    let Some(form) = reading.form.clone() else {
        return;
    };
    let Some(mut outline) = Outline::new(&form, reading.year, section.agency.as_deref()) else {
        return;
    };
    for (line, in_table) in lines {
        outline.line(line, *in_table);
    }
    let begins = |(index, section): (usize, &crate::form::Section)| {
        let rows = form.rows().get(section.rows.clone())?;
        let cells = rows.iter().flat_map(|row| row.cells());
        let lines = cells.filter_map(|cell| Some(reading.place(cell)?.line));
        Some((index, lines.min()?))
    };
    let tables: Vec<(usize, usize)> = form
        .sections()
        .iter()
        .enumerate()
        .filter_map(begins)
        .collect();
    reading.outline = outline.findings(&tables);
}

/// Reads what the sentences of a report claim of its table.
fn claim<'l, 't: 'l>(reading: &mut Reading, lines: impl Iterator<Item = &'l Line<'t>>) {
    let Some(form) = &reading.form else { return };
    let paragraphs = lines.map(|line| Paragraph {
        text: line.text,
        place: move |column: usize, text: &str| Place {
            line: line.number,
            column,
            text: quoted(text),
            within: line.within.cloned(),
        },
    });
    let claims = Claims::of_paragraphs(paragraphs, form, reading.year);
    reading.claims = claims.filter(|claims| !claims.all().is_empty());
}

/// The reports of a document. A title that is printed again, on every page say, begins none.
fn sections<'t>(paragraphs: impl Iterator<Item = Line<'t>>) -> Vec<Section> {
    let mut out = vec![Section {
        lines: 0..usize::MAX,
        year: None,
        agency: None,
    }];
    let mut last = String::new();
    for line in paragraphs {
        let Some(Title::Report(year)) = title(line.text).filter(|_| is_report(line.text)) else {
            continue;
        };
        let letters = letters(line.text);
        if letters == last {
            continue;
        }
        let first = std::mem::replace(&mut last, letters).is_empty();
        let (year, agency) = (Some(year), agency::in_title(line.text));
        match out.last_mut() {
            Some(section) if first => (section.year, section.agency) = (year, agency),
            section => {
                if let Some(section) = section {
                    section.lines.end = line.number;
                }
                out.push(Section {
                    lines: line.number..usize::MAX,
                    year,
                    agency,
                });
            }
        }
    }
    out
}
