//! What a report says in sentences, held against its table.
//!
//! A report says most of its numbers twice: in the table, and in sentences. Each number of a sentence, and each 未 that says there
//! is none, is a [`Claim`]. It is bound to cells of the form by the phrases of the form's file, by rules that are exact and
//! can be explained; where anything is in doubt it is left unbound, and then never compared.
//!
//! # What is read
//!
//! ```text
//! sentence = clause { sign clause } "。"                 sign: , : ( ) and ;
//! clause   = [ opening ] [ subject ] [ period ] { figure | none | other words }
//! opening  = 其中 | 全年 | 2023年 | …                     words that name nobody
//! subject  = whole | part | either                       whole: 全市, 本机关, the name in the title; part: 市公安局, 各县区, 街道层面
//! period   = 上半年 | 12月 | 上年 | 2020年至2024年 | …     it is then not of the year of the table
//! figure   = phrase number unit | phrase number phrase | number unit 全部 phrase | share
//! share    = 占 [ whole ] number % | ( number % )
//! none     = 未 | 没有 | 无, then phrases and words that say nothing
//! list     = figure ( 其中 | : ) figure { , figure }       parts of the figure before
//! names    = phrase { 、 phrase } 分别为 number { 、 number }
//! ```
//!
//! - A subject holds to the end of its sentence, or until another is named; a period until the next `;`; in brackets both hold within
//!   them. 其中 may begin the next sentence, and goes on with what governs it: the figure before it, and not what a bracket added.
//! - A figure is bound where a phrase of the form stands at it, its measure word can count what the row counts, the subject is not a
//!   part of the body and the period not another time, and nothing is supposed (如, 若), quoted or denied (的说法不实).
//! - A phrase that several things share (予以公开, 办结, 结转) is bound only where its thing is named or carried on.
//! - Two numbers of one sentence for one row, or three of one report, are of parts of it, and not bound.
//!
//! ```
//! use xxgk::prose::{Claims, Said};
//! use xxgk::{Table, Value, nine_category::NineCategory};
//!
//! let text = "四、依申请公开情况\n全年收到政府信息公开申请28件,其中当面申请27件。12345热线受理来电343件。";
//! let claims = Claims::of_text(text, NineCategory::form(), Some(2017));
//! let bound: Vec<_> = claims.bound().map(|claim| (&claim.said, &*claim.place.text)).collect();
//! assert_eq!(bound[0], (&Said::Value(Value::Count(28)), "全年收到政府信息公开申请28件"));
//! assert_eq!((bound.len(), claims.unbound()), (2, 1));
//!
//! let mut table = NineCategory::default();
//! table.requests.received.total = Some(27);
//! table.requests.received.in_person = Some(27);
//! let (counts, findings) = claims.compare(&table.record(Default::default()));
//! assert_eq!((counts.agree, counts.contradict), (1, 1));
//! assert_eq!(&*findings[0].rule, "N001");
//! assert_eq!(findings[0].sides.unwrap(), [28, 27, 1]);
//! ```

// - `by_char`: words by their first or last character; `words`: the words that are no form's
// - `sentence`: sentences written alike, and the headings above them
// - `scope`: whose number it is, and of when
// - `marks`: which words stand in a sentence, found in one pass
// - `figure`: which numbers count something; `numeral`: those that are written out
// - `subject`: which phrase of the form stands at a number
// - `bind`: the claims of a sentence, one after the other
// - `respective`: numbers that are named before them, one after the other
// - `target`: the cells that a number is of; `share`: what a percentage is a share of; `whole`: "all", and "none"
// - `tally`: a whole and its parts within a sentence, whatever they are of
// - `compare`: claims against a table; `told`: what was understood of them

mod bind;
mod by_char;
mod compare;
mod figure;
mod marks;
mod numeral;
mod respective;
mod scope;
mod sentence;
mod share;
mod subject;
mod tally;
mod target;
mod told;
mod whole;
mod words;

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use crate::check::ratio::Percentage;
use crate::document::layout;
use crate::document::{Line, quoted};
use crate::form::Form;
use crate::lang::Text;
use crate::number::Value;
use crate::place::Place;
pub use crate::report::ClaimCounts;
use bind::Binder;
pub use scope::Who;
use sentence::{Headings, sentences};
use tally::Uneven;

/// A text of more claims is no report.
const MAX_CLAIMS: usize = 1 << 13;

/// The claims of a text.
#[derive(Clone, Debug)]
pub struct Claims {
    form: Arc<Form>,
    /// That of the table.
    year: Option<u16>,
    claims: Vec<Claim>,
    lists: Vec<List>,
    /// What does not sum within a sentence, whatever it is of.
    uneven: Vec<Uneven>,
    /// Whether another body than the one that reports, or a part of it, is named anywhere.
    others: bool,
}

/// One number of a sentence, or one thing of which it says that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// Where it stands; the text there is the clause that makes it.
    pub place: Place,
    /// What is said.
    pub said: Said,
    /// What it is said of; `None` where that is in doubt.
    pub meaning: Option<Meaning>,
    /// What decided it.
    pub why: Why,
    /// Whose number it is.
    pub who: Who,
    /// Of which time it is, where that is not the year of the table: 上半年, 2016年.
    pub period: Option<String>,
    /// It names the row in the form's own words, and not in a short way that needs the sentence around it.
    own_words: bool,
    /// Where in the clause its number stands.
    figure: Option<Range<usize>>,
}

impl Claim {
    /// Where in the text at its place its number stands with its unit, in bytes; `None` where it says that there is none, or all.
    ///
    /// ```
    /// use xxgk::prose::Claims;
    /// use xxgk::{Table, nine_category::NineCategory};
    /// let claims = Claims::of_text("全年收到政府信息公开申请 28 件（下同）。", NineCategory::form(), Some(2017));
    /// let claim = &claims.all()[0];
    /// assert_eq!(&claim.place.text[claim.figure().unwrap()], "28 件");
    /// ```
    #[must_use]
    pub fn figure(&self) -> Option<Range<usize>> {
        self.figure.clone()
    }
}

/// What a claim says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Said {
    /// A number of things, or an amount.
    Value(Value),
    /// A number that is not exact (近4万, 800余条): it is never compared.
    Approximate,
    /// A percentage, at the decimals it is printed with.
    Percentage(Percentage),
    /// That all of one thing is of one kind (全部为兼职人员).
    All,
    /// A number that is about nothing of the form for certain: it is as the text at its place has it.
    Unknown,
}

/// What a claim is about: cells of the form, by their indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning {
    /// The sum of some cells; where the words may mean either of several sums, each of them.
    Sum(Vec<Vec<usize>>),
    /// A part as a share of a whole; where the words may mean either of several wholes, each of them.
    Share {
        /// The cells whose sum is the part.
        part: Vec<usize>,
        /// The cells whose sum is the whole.
        wholes: Vec<Vec<usize>>,
    },
    /// A part that is all of a whole.
    All {
        /// The cells whose sum is the part.
        part: Vec<usize>,
        /// The cells whose sum is the whole.
        whole: Vec<usize>,
    },
}

/// What decided what a claim is about, or that it is about nothing of the form for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// This phrase of the form's file.
    Phrase(String),
    /// It is a share of what stands before it.
    Before,
    /// No phrase of the form stands at it.
    NoPhrase,
    /// The phrase is that of several rows, and nothing before it says of which.
    SeveralRows(String),
    /// The row has several columns, and the sentence names none.
    NoColumn(String),
    /// It is of another year.
    OtherYear(u16),
    /// This word makes it something else.
    Otherwise(String),
    /// None of the words stands near that tell what it is about.
    NotNear(String),
    /// It is a sum with something that is not of the form.
    Joined,
    /// It is a part of what the phrase names, behind 其中.
    Part(String),
    /// The text has several numbers for the row.
    SeveralNumbers,
    /// It counts something else.
    OtherUnit(String),
    /// It is of a part of the body that reports, or of another one.
    PartOfBody(String),
    /// With this word it is only supposed.
    Supposed(String),
    /// It is quoted.
    Quoted,
    /// With this word the sentence says that it is not so.
    Denied(String),
}

impl Why {
    /// As a sentence's end.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Why::Phrase(phrase) => {
                let phrase = shown(phrase);
                Text::new(
                    format!("按说法“{phrase}”认定"),
                    format!("told by the phrase “{phrase}”"),
                )
            }
            Why::Before => Text::new("所占的比例", "a share of what stands before it"),
            Why::NoPhrase => Text::new("没有表中指标的说法", "no phrase of the form stands at it"),
            Why::SeveralRows(phrase) => {
                let phrase = shown(phrase);
                Text::new(
                    format!("“{phrase}”可以指多个指标"),
                    format!("“{phrase}” may mean several rows"),
                )
            }
            Why::NoColumn(row) => Text::new(
                format!("没有说明是“{row}”的哪一列"),
                format!("it does not say which column of “{row}”"),
            ),
            Why::OtherYear(year) => {
                Text::new(format!("说的是{year}年"), format!("it is of {year}"))
            }
            Why::Otherwise(word) => Text::new(
                format!("“{word}”说明是另一个数"),
                format!("“{word}” makes it another number"),
            ),
            Why::NotNear(row) => Text::new(
                format!("没有说明与“{row}”有关"),
                format!("nothing says that it is about “{row}”"),
            ),
            Why::Joined => Text::new(
                "与表外的内容合在一起",
                "it is a sum with something that is not of the form",
            ),
            Why::Part(row) => {
                let row = shown(row);
                Text::new(
                    format!("是“{row}”的一部分"),
                    format!("it is a part of “{row}”"),
                )
            }
            Why::SeveralNumbers => Text::new(
                "正文对同一指标有几个不同的数",
                "the text has several numbers for the row",
            ),
            Why::OtherUnit(unit) => Text::new(
                format!("单位“{unit}”不同"),
                format!("the unit “{unit}” is another"),
            ),
            Why::PartOfBody(name) => Text::new(
                format!("说的是“{name}”，不是填报单位的全部"),
                format!("it is of “{name}”, not of all that the table counts"),
            ),
            Why::Supposed(word) => Text::new(
                format!("“{word}”说明只是假设"),
                format!("“{word}” makes it a supposition"),
            ),
            Why::Quoted => Text::new("是引用的话", "it is quoted"),
            Why::Denied(word) => Text::new(
                format!("“{word}”说明并非如此"),
                format!("“{word}” says that it is not so"),
            ),
        }
    }
}

/// A phrase as the form's file writes it, without the signs of the file: `#` is where the number stands.
fn shown(phrase: &str) -> String {
    let words = phrase.trim_start_matches('^').replace(' ', "");
    words.replace('#', "…")
}

/// A list behind 其中: it is closed, and must sum.
#[derive(Clone, Debug)]
struct List {
    head: usize,
    items: Vec<usize>,
    /// It says that it names all of the parts.
    complete: bool,
}

/// A paragraph of running text, to which nothing of a table belongs.
pub(crate) struct Paragraph<'t, P> {
    /// Its text, without a line break.
    pub text: &'t str,
    /// Makes the place of a part of it, from the column (in characters, from 1) and the text there. Called for claims only.
    pub place: P,
}

impl Claims {
    /// The claims of a plain text about a table of a form; `year` is that of the table.
    #[must_use]
    pub fn of_text(text: &str, form: &Arc<Form>, year: Option<u16>) -> Self {
        let claims = Self::of_lines(layout::lines(text).whole(), form, year, &[]);
        claims.unwrap_or_else(|| Claims {
            form: form.clone(),
            year,
            claims: Vec::new(),
            lists: Vec::new(),
            uneven: Vec::new(),
            others: false,
        })
    }

    /// The claims of the lines of a document that stand in none of its tables, which are given as the lines from one to
    /// another. `None` where there are more than any report has.
    pub(crate) fn of_lines<'t>(
        lines: impl Iterator<Item = Line<'t>>,
        form: &Arc<Form>,
        year: Option<u16>,
        tables: &[Range<usize>],
    ) -> Option<Self> {
        let running = lines.filter(|line| !tables.iter().any(|table| table.contains(&line.number)));
        let paragraphs = running.map(|line| Paragraph {
            text: line.text,
            place: move |column, text: &str| Place {
                line: line.number,
                column,
                text: quoted(text),
                within: line.within.cloned(),
            },
        });
        Self::of_paragraphs(paragraphs, form, year)
    }

    /// The claims of some paragraphs about a table of a form; `year` is that of the table. `None` where there are more than any
    /// report has. The title of the report stands among the paragraphs, before the others: it says who reports.
    pub(crate) fn of_paragraphs<'t, P: Fn(usize, &str) -> Place>(
        paragraphs: impl Iterator<Item = Paragraph<'t, P>>,
        form: &Arc<Form>,
        year: Option<u16>,
    ) -> Option<Self> {
        let mut binder = Binder::new(form, year);
        let mut headings = Headings::default();
        for paragraph in paragraphs {
            binder.bodies.note(paragraph.text);
            let columns = Columns::of(paragraph.text);
            sentences(paragraph.text, &mut headings, |sentence, headings| {
                let place = |part: Range<usize>| {
                    let range = sentence.in_line(part);
                    let text = paragraph.text.get(range.clone()).unwrap_or_default();
                    (paragraph.place)(columns.at(range.start), text)
                };
                binder.sentence(sentence, headings, &place);
            });
            if binder.claims.len() > MAX_CLAIMS {
                return None;
            }
        }
        let others = binder.bodies.others;
        let uneven = std::mem::take(&mut binder.uneven);
        let (claims, lists) = binder.settled();
        Some(Claims {
            form: form.clone(),
            year,
            claims,
            lists,
            uneven,
            others,
        })
    }

    /// Every claim, in the order of the text.
    #[must_use]
    pub fn all(&self) -> &[Claim] {
        &self.claims
    }

    /// The claims about cells of the form.
    pub fn bound(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(|claim| claim.meaning.is_some())
    }

    /// How many claims are about nothing of the form for certain.
    #[must_use]
    pub fn unbound(&self) -> usize {
        self.claims.len() - self.bound().count()
    }
}

/// Counts the characters of a line up to a byte, from the byte that was asked for last.
struct Columns<'t> {
    line: &'t str,
    last: Cell<(usize, usize)>,
}

impl<'t> Columns<'t> {
    fn of(line: &'t str) -> Self {
        let last = Cell::new((0, 1));
        Columns { line, last }
    }

    /// The column of a byte, from 1.
    fn at(&self, byte: usize) -> usize {
        let (from, column) = self.last.get();
        let (from, column) = if from <= byte { (from, column) } else { (0, 1) };
        let between = self.line.get(from..byte).unwrap_or_default();
        let column = column + between.chars().count();
        self.last.set((byte, column));
        column
    }
}
