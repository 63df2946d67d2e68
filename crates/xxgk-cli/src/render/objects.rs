//! Objects of JSON, of whatever command.

use std::io::{self, Write};

use serde::Serialize;

/// Objects as one array, or one a line.
pub struct Objects {
    lines: bool,
    first: bool,
}

impl Objects {
    /// As one array.
    pub fn array() -> Self {
        Objects {
            lines: false,
            first: true,
        }
    }

    /// One a line.
    pub fn lines() -> Self {
        Objects {
            lines: true,
            first: true,
        }
    }

    pub fn write(&mut self, mut out: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
        if self.lines {
            serde_json::to_writer(&mut out, object)?;
            return out.write_all(b"\n");
        }
        out.write_all(if self.first { b"[\n" } else { b",\n" })?;
        self.first = false;
        Ok(serde_json::to_writer_pretty(out, object)?)
    }

    /// What stands behind the last object.
    pub fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        let end: &[u8] = match (self.lines, self.first) {
            (true, _) => b"",
            (false, true) => b"[]\n",
            (false, false) => b"\n]\n",
        };
        out.write_all(end)
    }
}
