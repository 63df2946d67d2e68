//! A text is read in the encoding that it is in, whatever it says of itself, and without one character replaced.

mod support;

use encoding_rs::{GB18030, GBK};
use xxgk_read::{Format, ReadError, format, read};

const TEXT: &str = "政府信息公开情况统计表(2017年度)\n收到申请数\t件\t27\n";
/// Of four bytes in GB18030.
const RARE: &str = "某市㑇乡𠀀村政府信息公开情况统计表\n收到申请数\t件\t27\n";

#[track_caller]
fn reads(bytes: &[u8], text: &str) {
    assert_eq!(format(bytes), Ok(Format::Text));
    assert_eq!(read(bytes).unwrap().text(), text);
}

#[test]
fn plain_texts() {
    reads(TEXT.as_bytes(), TEXT);
    reads(format!("\u{feff}{TEXT}").as_bytes(), TEXT);
    reads(&GBK.encode(TEXT).0, TEXT);
    reads(&GB18030.encode(RARE).0, RARE);
    let units = || RARE.encode_utf16();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    reads(&[b"\xff\xfe", &*little].concat(), RARE);
    reads(&[b"\xfe\xff", &*big].concat(), RARE);
    reads(b"", "");
    reads(b"a\tb\r\n\x0c", "a\tb\r\n\x0c");
    // Few characters may look like any language.
    reads(&GBK.encode("数,27").0, "数,27");
}

#[test]
fn pages_that_say_what_they_are_in() {
    let page = |charset: &str| {
        format!(
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\"></head><body><p>{}</p></body></html>",
            "收到申请数27件"
        )
    };
    for charset in [
        "gb2312",
        "GBK",
        "utf-8",
        "big5",
        "iso-8859-1",
        "utf-16",
        "nonsense",
    ] {
        let page = page(charset);
        for bytes in [page.as_bytes(), &GBK.encode(&page).0] {
            assert_eq!(format(bytes), Ok(Format::Html));
            let read = read(bytes).unwrap();
            assert_eq!(read.text(), "收到申请数27件\n", "{charset}");
        }
    }
    let rare = format!(
        "<!doctype html><meta charset='utf-8'><p>{}",
        RARE.replace('\n', "<br>")
    );
    assert!(
        read(&GB18030.encode(&rare).0)
            .unwrap()
            .text()
            .contains("㑇乡𠀀村")
    );
}

/// Some programs end a line with CR alone.
#[test]
fn lines_that_end_with_one_character() {
    for (text, expected) in [
        ("a\rb\r", "a\nb\n"),
        ("a\r\nb\r\n", "a\r\nb\r\n"),
        ("a\rb\r\nc\n\rd", "a\nb\r\nc\n\nd"),
        ("\r\r\n", "\n\r\n"),
        ("<27,\r5", "<27,\n5"),
    ] {
        reads(text.as_bytes(), expected);
    }
    let text = read(&support::case("cr.csv")).unwrap().text().to_owned();
    assert!(text.contains("\n(一)收到申请数,件,27\n"), "{text}");
}

/// One broken byte of a long text is one character that cannot be read.
#[test]
fn a_few_broken_bytes() {
    let long = |text: &str| format!("{}\n{text}", "政府信息公开情况统计表,".repeat(40));
    let text = long("收到申请数\t件\t27\n当面申请数\t件\t27\n");
    let at =
        |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|it| it == what).unwrap();
    for broken in [b'\xff', b'\x80', b'\x0b', b'\x1b'] {
        let mut bytes = text.clone().into_bytes();
        bytes.insert(at(&bytes, b"27") + 1, broken);
        assert_eq!(
            read(&bytes).unwrap().text(),
            text.replacen("27", "2\u{fffd}7", 1)
        );
    }
    let mut bytes = GBK.encode(&text).0.into_owned();
    bytes.insert(at(&bytes, b"27") + 1, b'\xff');
    assert_eq!(
        read(&bytes).unwrap().text(),
        text.replacen("27", "2\u{fffd}7", 1)
    );
    // One half of a character is lost.
    let mut bytes = GBK.encode(&text).0.into_owned();
    bytes.remove(at(&bytes, b"\t27") - 1);
    assert_eq!(
        read(&bytes).unwrap().text(),
        text.replacen("件\t27", "\u{fffd}\t27", 1)
    );
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(
        text.encode_utf16()
            .chain([0xd800, 0x35])
            .flat_map(u16::to_le_bytes),
    );
    assert_eq!(read(&bytes).unwrap().text(), format!("{text}\u{fffd}5"));
    // More than a few, and it is no text.
    for many in [long("27"), text.repeat(3)] {
        let mut bytes = many.into_bytes();
        let third = bytes.len() / 30;
        for at in (0..bytes.len()).step_by(third) {
            bytes[at] = 0xff;
        }
        assert_eq!(read(&bytes).unwrap_err(), ReadError::NotText);
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let noise: Vec<u8> = (0..=255).collect::<Vec<u8>>().repeat(16);
    let cut = GBK.encode(TEXT).0;
    for bytes in [
        &noise[..],
        b"27\0",
        b"27\x08",
        b"27\x1b[0m",
        b"\xff\xfe\x00",
        b"\xff\xff\xff\xff",
        &cut[..3],
        &[b"\xef\xbb\xbf", &*cut].concat(),
        "收到\u{85}27".as_bytes(),
    ] {
        assert_eq!(read(bytes).unwrap_err(), ReadError::NotText, "{bytes:?}");
        assert_eq!(format(bytes), Err(ReadError::NotText));
    }
}
