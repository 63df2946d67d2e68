//! Files that no program would write: whatever becomes of them, nothing panics, and a copy reads as the file does.

mod support;

use support::written::expect::{sample, with};
use support::written::html::{self, Style};
use support::written::nine;
use support::written::office::{self, Numbers};
use support::written::random::Random;
use support::{annotated, checked, entries, read};
use xxgk::Lang;

/// Bytes with a stretch left out, doubled, or written over.
fn broken(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let length = u64::try_from(bytes.len()).unwrap();
    let mut place = || usize::try_from(random.below(length + 1)).unwrap();
    let (one, other) = (place(), place());
    let from = one.min(other);
    let to = one.max(other).min(from + one % 64);
    match other % 4 {
        0 => [&bytes[..from], &bytes[to..]].concat(),
        1 => [&bytes[..to], &bytes[from..]].concat(),
        2 => [
            &bytes[..from],
            &b"\"'<>/&= "[one % 8..][..1],
            &bytes[from..],
        ]
        .concat(),
        // Tags, where they may be.
        _ => {
            let tags: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'<').collect();
            let Some(tag) = tags.get(one % tags.len().max(1)) else {
                return Vec::new();
            };
            let end = bytes[*tag..].iter().position(|it| *it == b'>');
            let end = tag + end.map_or(0, |end| end + 1);
            [&bytes[..*tag], &bytes[end..]].concat()
        }
    }
}

/// Annotates what can be read, and says whether there was a copy.
fn survives(bytes: &[u8]) -> bool {
    if xxgk_read::read(bytes).is_err() {
        return false;
    }
    let checked = checked(bytes);
    let tables: Vec<_> = checked
        .iter()
        .map(|it| (it.1.clone(), Some(&it.0)))
        .collect();
    let Ok(copy) = xxgk_mark::annotate(bytes, &tables, Lang::Zh) else {
        return false;
    };
    assert_eq!(read(&copy.file).text(), read(bytes).text());
    true
}

#[test]
fn broken_parts_of_archives() {
    let printed = nine(
        &with(sample("jilin-2017"), &[("requests.received.total", "28")]),
        true,
    );
    // Copies have comments and drawings, too.
    let files = [
        annotated(&office::docx(&printed, true)).file,
        annotated(&office::xlsx(&printed, Numbers::Floats, true, (0, 0))).file,
    ];
    let random = &mut Random(7);
    let mut copies = 0;
    for file in files {
        let parts = entries(&file);
        for _ in 0..100 {
            let mut parts = parts.clone();
            let index = usize::try_from(random.below(parts.len() as u64)).unwrap();
            parts[index].2 = broken(&parts[index].2, random);
            let parts: Vec<(&str, &[u8])> = parts.iter().map(|it| (&*it.0, &*it.2)).collect();
            copies += usize::from(survives(&office::archive(&parts)));
        }
    }
    assert!(copies > 30, "{copies}");
}

#[test]
fn broken_pages() {
    let printed = nine(
        &with(sample("jilin-2017"), &[("requests.received.total", "28")]),
        true,
    );
    let page = html::write(&printed, Style::default());
    let random = &mut Random(8);
    let mut copies = 0;
    for _ in 0..100 {
        let mut bytes = page.clone().into_bytes();
        for _ in 0..=random.below(4) {
            bytes = broken(&bytes, random);
        }
        copies += usize::from(survives(&bytes));
    }
    assert!(copies > 30, "{copies}");
}
