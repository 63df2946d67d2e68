//! The table as its form is printed, each cell coloured by how it stands.

use maud::{Markup, html};
use xxgk::form::Form;

use super::cells::{Cells, State, value};
use super::layout::{Line, Piece, Printed, What, tables};
use super::{Apart, NEWLINE, View};

/// All tables of the form, with what the colours mean.
pub(super) fn drawn(view: &View<'_>, cells: &Cells<'_>) -> Markup {
    let Some(form) = view.table.form() else {
        return html! {};
    };
    let lang = view.lang;
    html! {
        section.drawn {
            h3 { (lang.pick("统计表", "The table")) }
            (NEWLINE)
            p.legend {
                @for state in State::ALL { span.(state.class()) { (state.said(lang)) } " " }
                span.suspected { (lang.pick("可能有误的数", "may be the wrong figure")) }
            }
            (NEWLINE)
            @for table in tables(form, lang) { (drawn_table(view, cells, form, &table)) }
        }
        (NEWLINE)
    }
}

fn drawn_table(view: &View<'_>, cells: &Cells<'_>, form: &Form, table: &Printed) -> Markup {
    html! {
        div.scroll {
            table.form {
                caption { (table.title) }
                (NEWLINE)
                @for line in &table.lines { (drawn_line(view, cells, form, line)) }
            }
        }
        (NEWLINE)
    }
}

fn drawn_line(view: &View<'_>, cells: &Cells<'_>, form: &Form, line: &Line) -> Markup {
    let many = |count: usize| Some(count).filter(|count| *count > 1);
    html! {
        tr {
            @for Piece { what, rows, columns } in &line.pieces {
                @let (rows, columns) = (many(*rows), many(*columns));
                @match what {
                    What::Label { text, note, indent } => {
                        th.{ "in" (indent) } scope=(if line.is_head { "col" } else { "row" })
                            rowspan=[rows] colspan=[columns] {
                            (text)
                            @if let Some(note) = note { small { "（" (note) "）" } }
                        }
                    }
                    What::Unit(unit) => { td.unit rowspan=[rows] colspan=[columns] { (unit) } }
                    What::Nothing => { td rowspan=[rows] colspan=[columns] {} }
                    What::Cell(cell) => {
                        (drawn_cell(view, cells, form, *cell, [rows, columns]))
                    }
                }
            }
        }
        (NEWLINE)
    }
}

fn drawn_cell(
    view: &View<'_>,
    cells: &Cells<'_>,
    form: &Form,
    cell: usize,
    [rows, columns]: [Option<usize>; 2],
) -> Markup {
    let (state, lang) = (cells.state(view, cell), view.lang);
    let name = form.indicator(cell).map_or("", |it| it.name());
    let key = form.indicator(cell).map_or("", |it| it.key());
    let title = format!("{name}{}{}", lang.pick("：", ": "), state.said(lang));
    // What agrees needs no word; in a table of hundreds of cells it would only be read over.
    let title = Some(title).filter(|_| state != State::Agrees);
    html! {
        td.(state.class()).suspected[cells.is_suspected(cell)] id=(view.id("c", cell)) data-key=(key) rowspan=[rows]
            colspan=[columns] title=[title] {
            @if cells.is_told(view, cell) {
                a href=(view.link("d", cell)) { (figure(view, cell)) }
            } @else {
                (figure(view, cell))
            }
        }
    }
}

/// The value of a cell; where it has none, what stands there instead, or that it is blank.
fn figure(view: &View<'_>, cell: usize) -> Markup {
    if let Some(value) = value(view, cell) {
        return html! { (value.to_string()) };
    }
    let place = view.table.reading.and_then(|it| it.place(cell));
    match place.map(|it| it.text.trim()).filter(|it| !it.is_empty()) {
        Some(written) => html! { (Apart(written)) },
        None => html! { (view.lang.pick("空白", "blank")) },
    }
}
