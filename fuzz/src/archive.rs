//! Archives of parts of which each may be anything.

use std::io::{Cursor, Write as _};

/// An archive with right checksums: a fuzzer would look for them in vain.
pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
