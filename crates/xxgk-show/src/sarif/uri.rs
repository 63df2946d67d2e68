//! The name of a file as a URI, relative where the name is.

use std::fmt::Write;

use crate::pieces::STDIN;

/// The name of a file as a URI. Standard input has none that leads anywhere.
pub fn uri(source: &str) -> String {
    if source == STDIN {
        return "stdin:".to_owned();
    }
    // On Windows either sign parts the names, elsewhere \ is a sign of a name.
    let (path, drive) = match cfg!(windows) {
        true => (source.replace('\\', "/"), drive(source)),
        false => (source.to_owned(), 0),
    };
    let mut path = path.as_str();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    let (drive, names) = path.split_at(drive);
    let mut uri = String::with_capacity(path.len() + 8);
    if !drive.is_empty() {
        uri += "file:///";
    } else if path.starts_with('/') {
        uri += "file://";
    }
    uri += drive;
    for byte in names.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            // To write to a string cannot fail.
            _ => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri
}

/// The length of the name of a drive that a path of Windows begins with: `C:`.
fn drive(source: &str) -> usize {
    match source.as_bytes() {
        [letter, b':', ..] if letter.is_ascii_alphabetic() => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_name_stays_one_and_nothing_in_a_name_has_a_meaning() {
        assert_eq!(uri("reports/2023.txt"), "reports/2023.txt");
        assert_eq!(uri("./reports/2023.txt"), "reports/2023.txt");
        assert_eq!(uri("../a b#c?d%.txt"), "../a%20b%23c%3Fd%25.txt");
        // A colon in the first name would make a scheme of it.
        assert_eq!(uri("javascript:x"), "javascript%3Ax");
        assert_eq!(uri("年报.docx"), "%E5%B9%B4%E6%8A%A5.docx");
        assert_eq!(uri("a\n\"b\".txt"), "a%0A%22b%22.txt");
        assert_eq!(uri("-"), "stdin:");
    }

    #[test]
    fn an_absolute_name_is_one_of_a_file() {
        assert_eq!(uri("/tmp/年.txt"), "file:///tmp/%E5%B9%B4.txt");
        // Two slashes would name a host.
        assert_eq!(uri("//host/a"), "file:////host/a");
        assert_eq!((drive("C:\\a"), drive("ab:c"), drive("年")), (2, 0, 0));
    }
}
