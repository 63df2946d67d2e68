//! The findings that are no rule of a form, one file a kind: its id and severity, what it means, an example that raises it, and
//! the sentences that it is said in.
//!
//! S: what keeps a document, or a value, from being read as the form. P: a percentage that is stated. N: what the text says
//! otherwise than the table. D: the report as a whole. U: between levels. Y9: what is odd beside the year before.

use crate::lang::Text;
use crate::place::{Place, Within};
use crate::rule::Severity;

/// One kind of finding that is no rule of a form.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FindingKind {
    /// The id, such as `S008`. Ids are permanent.
    pub id: &'static str,
    /// What it is called, in Chinese and in English.
    pub title: [&'static str; 2],
    /// What it means, and what becomes of the cell.
    pub meaning: [&'static str; 2],
    /// How much it weighs; where that depends, the meaning says on what.
    pub severity: Severity,
    /// A small input that raises it.
    pub example: Example,
}

/// A small input that raises a kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Example {
    /// Rows of a table of the nine-category form.
    Rows(&'static str),
    /// The same, read with blanks as zero.
    BlankRows(&'static str),
    /// Rows of a table of the nine-category form on a sheet: what stands between `~~` is struck out, and `=` is a formula that
    /// was not calculated.
    Sheet {
        /// The rows.
        rows: &'static str,
        /// The sheet is hidden.
        hidden: bool,
    },
    /// A sentence beside a table of the nine-category form, in which 27 requests were received: 20 in person, 5 online, 2 by
    /// letter.
    Sentence(&'static str),
    /// A document.
    Document(&'static str),
    /// A report of some agency on 2023, in which `{2}`, `{3}` and `{4}` are the tables of its parts, by the national form of 2021.
    Report(&'static str),
    /// The beginning of a file.
    File(&'static [u8]),
    /// A share and its base, by their keys and figures, and the percentage that is stated.
    Share {
        /// The part.
        part: (&'static str, u64),
        /// What it is a share of.
        base: (&'static str, u64),
        /// The percentage, as it is written.
        stated: &'static str,
    },
    /// Figures of last year and of this year, by their keys.
    Years(&'static [(&'static str, u64, u64)]),
    /// A figure by its key, at a level and at each level below it; `None` where that has not reported.
    Levels(&'static str, u64, &'static [Option<u64>]),
    /// The same, where the parts report of another year.
    OtherYear(&'static str, u64, &'static [Option<u64>]),
    /// Records of the nine-category form in a CSV file, which a column `id` names.
    Records(&'static str),
}

impl FindingKind {
    /// The kind of an id.
    ///
    /// ```
    /// use xxgk::FindingKind;
    /// assert_eq!(FindingKind::of("S008").unwrap().title[0], "空白");
    /// ```
    #[must_use]
    pub fn of(id: &str) -> Option<&'static FindingKind> {
        FINDING_KINDS.iter().find(|kind| kind.id == id)
    }

    /// Whether it is about how a document can be read: many findings of such a kind may be shown as one.
    #[must_use]
    pub fn is_structural(&self) -> bool {
        self.id.starts_with('S')
    }
}

impl FindingKind {
    /// The kinds that are found of a record among many: a value that is no number, or that no cell can hold (negative, with
    /// decimals, out of range), and a record that is there twice.
    pub const OF_RECORDS: [FindingKind; 5] =
        [NOT_A_NUMBER, NEGATIVE, FRACTION, OUT_OF_RANGE, TWICE];
}

macro_rules! kinds {
    ($($module:ident: $name:ident,)*) => {
        $(
            pub(crate) mod $module;
            pub(crate) use $module::KIND as $name;
        )*

        /// Every such kind, by id within each letter.
        pub const FINDING_KINDS: &[FindingKind] = &[$($name,)*];
    };
}

kinds! {
    d001_no_part: NO_PART,
    d002_part_title: PART_TITLE,
    d003_part_order: PART_ORDER,
    d004_table_elsewhere: TABLE_ELSEWHERE,
    d005_unsaid: UNSAID,
    d006_other_year: OTHER_YEAR,
    d007_left_blank: LEFT_BLANK,
    d008_other_agency: OTHER_AGENCY,
    s001_no_row: NO_ROW,
    s002_not_a_number: NOT_A_NUMBER,
    s003_negative: NEGATIVE,
    s004_fraction: FRACTION,
    s005_other_unit: OTHER_UNIT,
    s006_contradiction: CONTRADICTION,
    s007_unknown_row: UNKNOWN_ROW,
    s008_blank: BLANK,
    s009_converted: CONVERTED,
    s010_approximate: APPROXIMATE,
    s011_out_of_range: OUT_OF_RANGE,
    s012_other_spelling: OTHER_SPELLING,
    s013_several_columns: SEVERAL_COLUMNS,
    s014_note_mark: NOTE_MARK,
    s015_left_out: LEFT_OUT,
    s016_uncalculated: UNCALCULATED,
    s017_broken: BROKEN,
    s018_empty: EMPTY,
    s019_hidden: HIDDEN,
    s020_no_table: NO_TABLE,
    s021_ambiguous: AMBIGUOUS,
    s022_not_read: NOT_READ,
    s023_blank_as_zero: BLANK_AS_ZERO,
    s024_twice: TWICE,
    p001_wrong_percentage: WRONG_PERCENTAGE,
    p002_last_place: LAST_PLACE,
    p003_no_base: NO_BASE,
    n001_contradicted: CONTRADICTED,
    n002_list_sum: LIST_SUM,
    u001_rollup: ROLLUP,
    u002_missing_part: MISSING_PART,
    u003_unlike_part: UNLIKE_PART,
    y901_copied: COPIED,
    y902_power_of_ten: POWER_OF_TEN,
    y903_large_change: LARGE_CHANGE,
}

/// What the text says at a place, as the beginning of a sentence.
fn claimed(place: &Place) -> Text {
    let text = &place.text;
    match &place.within {
        Some(Within::Paragraph {
            page: Some(page),
            paragraph,
        }) => Text::new(
            format!("正文第{page}页第{paragraph}段称“{text}”"),
            format!("Paragraph {paragraph} on page {page} says “{text}”"),
        ),
        Some(Within::Paragraph { paragraph, .. }) => Text::new(
            format!("正文第{paragraph}段称“{text}”"),
            format!("Paragraph {paragraph} of the text says “{text}”"),
        ),
        _ => Text::new(
            format!("正文第{}行称“{text}”", place.line),
            format!("Line {} of the text says “{text}”", place.line),
        ),
    }
}
