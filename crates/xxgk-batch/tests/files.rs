//! Files of records: the same findings as in memory, however they are stored and read; and files that are no good.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type};
use arrow_array::*;
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;
use tempfile::TempDir;
use xxgk::batch::{Plan, Tally};
use xxgk::nine_category::NineCategory;
use xxgk::{Example, FINDING_KINDS, Table};
use xxgk_batch::{BatchError, Checked, Checker, Findings, Input, Keys, Mapping, Pace};

const STAFF: [&str; 3] = [
    "capacity.staff.total",
    "capacity.staff.full_time",
    "capacity.staff.part_time",
];

fn plan() -> Plan {
    Plan::new(NineCategory::form())
}

/// The staff of so many agencies: of every seventh a part is blank, of every ninth they do not add up, of every thousandth
/// there are fewer than none.
fn agencies(count: i32) -> RecordBatch {
    let part = |number: i32| (number % 7 != 0).then_some(number % 5);
    let all = |number: i32| match number {
        _ if number % 1000 == 999 => -1,
        _ => 3 + number % 5 + i32::from(number % 9 == 0),
    };
    let names = (0..count).map(|number| Some(format!("机关{number}")));
    let columns: [(&str, ArrayRef); 5] = [
        ("机关", Arc::new(names.collect::<StringArray>())),
        (
            STAFF[0],
            Arc::new((0..count).map(|it| Some(all(it))).collect::<Int32Array>()),
        ),
        (
            "不相干",
            Arc::new(BooleanArray::from(vec![true; count as usize])),
        ),
        (
            STAFF[1],
            Arc::new(Int64Array::from(vec![3; count as usize])),
        ),
        (
            STAFF[2],
            Arc::new(
                (0..count)
                    .map(part)
                    .map(|it| it.map(|it| it.to_string()))
                    .collect::<StringArray>(),
            ),
        ),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true)))
        .unwrap()
}

fn parquet(
    folder: &TempDir,
    batch: &RecordBatch,
    group: usize,
    compression: Compression,
) -> PathBuf {
    let path = folder.path().join("a.parquet");
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(group))
        .set_compression(compression);
    let file = File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties.build())).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    path
}

fn csv(folder: &TempDir, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join("a.csv");
    fs::write(&path, text).unwrap();
    path
}

type Found = (Vec<Tally>, Vec<String>);

fn add(found: &mut Found, findings: &Findings, checked: &Checked) {
    found.0.resize(checked.tallies.len(), Tally::default());
    for (all, some) in found.0.iter_mut().zip(&checked.tallies) {
        *all += *some;
    }
    let batch = findings.batch(checked, "").unwrap();
    let word = |name: &str, row: usize| {
        let words = batch[name].as_dictionary::<Int32Type>();
        let key = words.key(row)?;
        Some(words.values().as_string::<i32>().value(key).to_owned())
    };
    for row in 0..batch.num_rows() {
        let record = match batch["record"].data_type() {
            DataType::Utf8 => batch["record"].as_string::<i32>().value(row).to_owned(),
            _ => batch["record"]
                .as_primitive::<types::UInt64Type>()
                .value(row)
                .to_string(),
        };
        let residual = batch["residual"].as_primitive::<Decimal128Type>();
        let residual = residual
            .is_valid(row)
            .then(|| residual.value_as_string(row));
        found.1.push(format!(
            "{record} {:?} {residual:?} {:?}",
            word("rule", row),
            word("indicator", row)
        ));
    }
}

fn in_memory(batch: &RecordBatch, key: Option<&str>) -> Found {
    let plan = plan();
    let checker = Checker::new(&plan, batch.schema_ref(), &Mapping::new(), key).unwrap();
    let findings = Findings::new(&checker, false).unwrap();
    let mut found = Found::default();
    add(&mut found, &findings, &checker.check(batch, 1).unwrap());
    found
}

fn in_file(
    path: &Path,
    key: Option<&str>,
    jobs: usize,
    batch: usize,
) -> (Found, Result<(), BatchError>) {
    let mut found = Found::default();
    let checked = (|| {
        let plan = plan();
        let input = Input::open(path)?;
        let checker = Checker::new(&plan, input.schema(), &Mapping::new(), key)?;
        let findings = Findings::new(&checker, false)?;
        let pace = Pace {
            jobs: NonZeroUsize::new(jobs).unwrap(),
            batch: NonZeroUsize::new(batch).unwrap(),
        };
        let each = |checked| {
            add(&mut found, &findings, &checked);
            Ok(())
        };
        input.check(&checker, pace, Ok, each)
    })();
    (found, checked)
}

#[track_caller]
fn read(path: &Path, key: Option<&str>, jobs: usize, batch: usize) -> Found {
    let (found, checked) = in_file(path, key, jobs, batch);
    checked.unwrap();
    found
}

#[track_caller]
fn refused(path: &Path) -> BatchError {
    let error = in_file(path, None, 2, 100).1.unwrap_err();
    let message = error.message();
    assert!(!message.zh.is_empty() && message.en == error.to_string());
    error
}

#[test]
fn the_same_findings_whatever_the_threads_and_batches() {
    let folder = tempfile::tempdir().unwrap();
    let batch = agencies(3000);
    let expected = in_memory(&batch, None);
    assert!(expected.1.len() > 250, "{}", expected.1.len());
    let text = as_csv(&batch);
    for (jobs, size) in [(1, 8192), (2, 8192), (1, 7), (2, 7), (3, 1000)] {
        for group in [64, 1000, 1 << 20] {
            let path = parquet(&folder, &batch, group, Compression::UNCOMPRESSED);
            assert_eq!(
                read(&path, None, jobs, size),
                expected,
                "{jobs} {size} {group}"
            );
        }
        assert_eq!(
            read(&csv(&folder, &text), None, jobs, size),
            expected,
            "{jobs} {size} CSV"
        );
    }
    let by_name = in_memory(&batch, Some("机关"));
    assert_eq!(by_name.1[0].split(' ').next(), Some("机关9"));
    let path = parquet(&folder, &batch, 1000, Compression::SNAPPY);
    assert_eq!(read(&path, Some("机关"), 2, 500), by_name);
    assert_eq!(read(&csv(&folder, &text), Some("机关"), 2, 500), by_name);
}

fn as_csv(batch: &RecordBatch) -> String {
    let column = |name: &str, row: usize| match batch[name].data_type() {
        DataType::Utf8 => {
            let texts = batch[name].as_string::<i32>();
            if texts.is_valid(row) {
                texts.value(row).to_owned()
            } else {
                String::new()
            }
        }
        DataType::Int32 => batch[name]
            .as_primitive::<Int32Type>()
            .value(row)
            .to_string(),
        _ => batch[name]
            .as_primitive::<types::Int64Type>()
            .value(row)
            .to_string(),
    };
    let mut text = format!("机关,{},{},{}\n", STAFF[0], STAFF[1], STAFF[2]);
    for row in 0..batch.num_rows() {
        let fields = ["机关", STAFF[0], STAFF[1], STAFF[2]].map(|name| column(name, row));
        text += &fields.join(",");
        text.push('\n');
    }
    text
}

#[test]
fn a_large_row_group_is_read_in_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let batch = agencies(200_000);
    let expected = in_memory(&batch, None);
    let path = parquet(&folder, &batch, 1 << 20, Compression::SNAPPY);
    for jobs in [1, 2] {
        assert!(read(&path, None, jobs, 8192) == expected, "{jobs}");
    }
}

#[test]
fn texts_of_any_type_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let texts = || (0..3000).map(|it| (it % 7 != 0).then(|| (it % 5).to_string()));
    let mut words = StringDictionaryBuilder::<Int32Type>::new();
    texts().for_each(|it| words.append_option(it));
    let columns: [(&str, ArrayRef); 3] = [
        (STAFF[0], Arc::new(texts().collect::<LargeStringArray>())),
        (STAFF[1], Arc::new(texts().collect::<StringViewArray>())),
        (STAFF[2], Arc::new(words.finish())),
    ];
    let columns = columns.map(|(name, array)| (name, array, true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
    let path = parquet(&folder, &batch, 1000, Compression::SNAPPY);
    assert_eq!(read(&path, None, 2, 500), in_memory(&batch, None));
}

#[test]
fn every_compression() {
    let folder = tempfile::tempdir().unwrap();
    let batch = agencies(2000);
    let expected = in_memory(&batch, None);
    for compression in [
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ] {
        let path = parquet(&folder, &batch, 700, compression);
        assert_eq!(read(&path, None, 2, 512), expected, "{compression:?}");
    }
}

#[test]
fn a_damaged_parquet_file_is_refused_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(parquet(&folder, &agencies(500), 200, Compression::SNAPPY)).unwrap();
    let path = folder.path().join("damaged.parquet");
    for length in (0..whole.len()).step_by(whole.len() / 60) {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(
            matches!(refused(&path), BatchError::Damaged(_)),
            "{length} of {}",
            whole.len()
        );
    }
    // A flipped bit may also be in a value, which no one can tell.
    let mut said = BTreeSet::new();
    for at in (0..whole.len())
        .step_by(11)
        .chain(whole.len() - 600..whole.len())
    {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&path, &flipped).unwrap();
        if let (_, Err(error)) = in_file(&path, None, 1, 128) {
            said.insert(error.to_string());
        }
    }
    assert!(said.len() > 10, "{said:#?}");
}

#[test]
fn what_is_no_parquet_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    fs::write(&path, format!("{}\n3\n", STAFF[0])).unwrap();
    assert!(matches!(refused(&path), BatchError::Damaged(_)));
    fs::write(&path, b"PARE\0\0\0\0PARE").unwrap();
    assert!(matches!(refused(&path), BatchError::Encrypted));
    assert!(matches!(
        refused(&folder.path().join("none.csv")),
        BatchError::Io(_)
    ));
}

#[test]
fn csv_as_it_is_written_by_spreadsheets() {
    let folder = tempfile::tempdir().unwrap();
    let text = "\u{feff}\"机关\",\"capacity.staff.total\",capacity.staff.full_time,capacity.staff.part_time\r\n\
        \"甲, \"\"乙\"\"\n丙\",3,\"1\",2\r\n\
        \r\n\
        丁,\"4\",1.00,2\r\n\
        戊,4,,2";
    let (tallies, findings) = read(&csv(&folder, text), Some("机关"), 2, 1);
    let tally = tallies[plan().rule("R801").unwrap()];
    assert_eq!((tally.passed, tally.failed, tally.undetermined), (1, 1, 1));
    assert_eq!(findings.len(), 1);
    assert!(
        findings[0].starts_with("丁 Some(\"R801\") Some(\"1"),
        "{findings:?}"
    );
    let none = read(&csv(&folder, "capacity.staff.total\n"), None, 1, 1);
    assert_eq!(none, (Vec::new(), Vec::new()));
}

#[test]
fn a_csv_file_that_is_no_good_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |bytes: &[u8]| refused(&csv(&folder, bytes));
    let header = format!("{},{}\n", STAFF[0], STAFF[1]);
    let with = |rest: &[u8]| [header.as_bytes(), rest].concat();
    assert!(matches!(refused(b""), BatchError::TooFew { found: 0, .. }));
    // One value in GBK among UTF-8, and bytes that are in no encoding.
    let broken = |bytes: &[u8]| match refused(bytes) {
        BatchError::Broken { encoding, line } => (encoding, line),
        other => panic!("{other:?}"),
    };
    let utf_8 = format!("机关,{header}甲市,1,1\n\"乙\n市\",1,1\n");
    assert_eq!(
        broken(&[utf_8.as_bytes(), b"\"a\nb\",1,\xce\xde\n"].concat()),
        ("UTF-8", 6)
    );
    assert_eq!(broken(&with(b"1,1\n\xff\xff,2\n")), ("GB18030", 3));
    assert!(matches!(
        refused(&with(b"1,1\n1,2,3\n")),
        BatchError::Fields {
            record: 2,
            expected: 2,
            found: 3
        }
    ));
    let endless = [&b"1,1\n1,\""[..], &vec![b'1'; 1 << 25]].concat();
    assert!(matches!(
        refused(&with(&endless)),
        BatchError::TooLong { record: 2 }
    ));
}

#[test]
fn what_comes_before_an_error_is_handed_on_the_same_whatever_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = as_csv(&agencies(1000));
    text += "末,3,1\n";
    let path = csv(&folder, text);
    let (before, error) = in_file(&path, None, 1, 50);
    assert!(matches!(
        error,
        Err(BatchError::Fields { record: 1001, .. })
    ));
    assert_eq!(before, in_memory(&agencies(1000), None));
    assert_eq!(in_file(&path, None, 3, 50).0, before);
}

#[test]
fn a_cell_that_is_no_number_is_a_finding_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let header = format!("机关,{},{},{}\n", STAFF[0], STAFF[1], STAFF[2]);
    let text = header + "甲,3,1,2\n乙,NA,1,2\n丙,\"1,004\",2.5,1\n丁,4,1,2\n";
    let (tallies, findings) = read(&csv(&folder, text), Some("机关"), 2, 3);
    let tally = tallies[plan().rule("R801").unwrap()];
    assert_eq!((tally.passed, tally.failed, tally.undetermined), (1, 1, 2));
    let expected = [
        "乙 Some(\"S002\") None Some(\"capacity.staff.total\")",
        "丙 Some(\"S004\") None Some(\"capacity.staff.full_time\")",
    ];
    assert_eq!(findings[..2], expected);
    assert!(findings[2].starts_with("丁 Some(\"R801\")"), "{findings:?}");
}

#[test]
fn the_same_records_in_any_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let batch = agencies(3000);
    let expected = in_memory(&batch, Some("机关"));
    let text = as_csv(&batch);
    let utf_16 = "\u{feff}".to_owned() + &text;
    let utf_16: Vec<u8> = utf_16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gb18030 = encoding_rs::GB18030.encode(&text).0;
    for bytes in [text.as_bytes(), &utf_16, &gb18030] {
        let path = csv(&folder, bytes);
        assert!(
            read(&path, Some("机关"), 2, 1000) == expected,
            "{:x?}",
            &bytes[..4]
        );
    }
}

#[test]
fn the_example_of_a_kind_of_records_raises_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut raised = 0;
    for kind in FINDING_KINDS {
        let Example::Records(text) = kind.example else {
            continue;
        };
        let path = csv(&folder, text);
        let plan = plan();
        let input = Input::open(&path).unwrap();
        let checker = Checker::new(&plan, input.schema(), &Mapping::new(), Some("id")).unwrap();
        let mut keys = Keys::default();
        let pace = Pace::new(NonZeroUsize::MIN);
        let each = |mut checked: Checked| {
            let fingerprints = checked.fingerprints();
            checked.twice(&keys.again(&fingerprints, 0).here);
            raised += checked
                .outside
                .iter()
                .filter(|it| it.rule == kind.id)
                .count();
            Ok::<(), BatchError>(())
        };
        input.check(&checker, pace, Ok, each).unwrap();
    }
    assert_eq!(raised, 1);
}
