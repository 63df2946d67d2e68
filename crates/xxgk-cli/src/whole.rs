//! A file that appears whole or not at all: until its end it has another name.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The name of a file that is being written. Where it is not finished, what there is of the file is removed.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
    /// What the file is called until it is whole; `None` once it is.
    partial: Option<PathBuf>,
}

impl Unfinished {
    pub fn create(path: &Path) -> io::Result<(Unfinished, File)> {
        let path = pointed_to(path);
        // What is no file, such as a pipe, has no other name meanwhile, and nothing to be taken for whole.
        let is_file = fs::metadata(&path).map_or(true, |it| it.is_file());
        let partial = is_file.then(|| partial(&path));
        let file = File::create(partial.as_deref().unwrap_or(&path))?;
        Ok((Unfinished { path, partial }, file))
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> io::Result<()> {
        match self.partial.take() {
            Some(partial) => fs::rename(partial, &self.path),
            None => Ok(()),
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(partial) = self.partial.take() {
            // What is left of it says by its name that it is not whole.
            _ = fs::remove_file(partial);
        }
    }
}

/// Writes a file whole, or leaves it as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (name, mut file) = Unfinished::create(path)?;
    file.write_all(bytes)?;
    name.finish()
}

/// The file that is written while this one is not whole.
fn partial(path: &Path) -> PathBuf {
    let mut partial = OsString::from(path);
    partial.push(".partial");
    PathBuf::from(partial)
}

/// Removes what a run that was killed has left of a file.
pub fn clear(path: &Path) {
    // Where there is none, or it cannot be removed, writing will say so.
    _ = fs::remove_file(partial(&pointed_to(path)));
}

/// Where a link leads, so that the link stays one.
fn pointed_to(path: &Path) -> PathBuf {
    // As many links as a kernel follows.
    const MOST: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}
