//! OLE2 compound files: the streams that stand at their root. Every chain of sectors is at most as long as the file.

/// A sector of these ends a chain, or is none.
const NO_SECTOR: u32 = 0xffff_fffa;
const HEADER: usize = 512;
const ENTRY: usize = 128;
const NO_ENTRY: u32 = u32::MAX;

/// The names, beginnings and lengths of the streams at the root.
#[derive(Debug)]
pub(crate) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// The sector behind each sector.
    next: Vec<u32>,
    /// The same for the small sectors, which the stream of the root holds.
    next_small: Vec<u32>,
    small: Vec<u8>,
    small_below: usize,
    streams: Vec<(String, u32, usize)>,
}

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

impl<'b> Compound<'b> {
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut compound = Compound {
            bytes,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            small_below: size_at(bytes, 56)?,
            streams: Vec::new(),
        };
        compound.next = compound.table()?;
        let directory = compound.chain(u32_at(bytes, 48)?, usize::MAX)?;
        compound.next_small = numbers(&compound.chain(u32_at(bytes, 60)?, usize::MAX)?);
        let root = directory.get(..ENTRY)?;
        let (start, length) = (u32_at(root, 116)?, size_at(root, 120)?);
        compound.small = compound.chain(start, length)?;
        compound.list(&directory, u32_at(root, 76)?)?;
        Some(compound)
    }

    /// The table of sectors, which sectors hold that the header names, and a chain of further ones.
    fn table(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector + 1;
        let mut holders = numbers(self.bytes.get(76..HEADER)?);
        let mut more = u32_at(self.bytes, 68)?;
        for _ in 0..most {
            if more >= NO_SECTOR {
                break;
            }
            let mut names = numbers(self.sector(more)?);
            more = names.pop()?;
            holders.append(&mut names);
        }
        let mut table = Vec::new();
        for holder in holders.into_iter().filter(|it| *it < NO_SECTOR).take(most) {
            table.append(&mut numbers(self.sector(holder)?));
        }
        Some(table)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = usize::try_from(number)
            .ok()?
            .checked_add(1)?
            .checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|it| !it.is_empty())
    }

    /// The bytes of a chain of sectors, so many at most.
    fn chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut at = start;
        while at < NO_SECTOR && bytes.len() < length {
            // A chain that bites its tail is longer than the file.
            if bytes.len() > self.bytes.len() {
                return None;
            }
            bytes.extend_from_slice(self.sector(at)?);
            at = *self.next.get(usize::try_from(at).ok()?)?;
        }
        bytes.truncate(length);
        Some(bytes)
    }

    fn small_chain(&self, start: u32, length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut at = start;
        while at < NO_SECTOR && bytes.len() < length {
            let index = usize::try_from(at).ok()?;
            let from = index.checked_mul(64)?;
            let end = from.checked_add(64)?.min(self.small.len());
            if bytes.len() > self.small.len() {
                return None;
            }
            let sector = self.small.get(from..end).filter(|it| !it.is_empty())?;
            bytes.extend_from_slice(sector);
            at = *self.next_small.get(index)?;
        }
        bytes.truncate(length);
        Some(bytes)
    }

    /// Lists what stands at the root: a tree of entries. What stands within other storages is of other documents.
    fn list(&mut self, directory: &[u8], child: u32) -> Option<()> {
        let entries: Vec<&[u8]> = directory.chunks_exact(ENTRY).collect();
        let mut seen = vec![false; entries.len()];
        let mut open = vec![child];
        while let Some(number) = open.pop() {
            if number == NO_ENTRY {
                continue;
            }
            let index = usize::try_from(number).ok()?;
            let entry = entries.get(index)?;
            if std::mem::replace(seen.get_mut(index)?, true) {
                continue;
            }
            let units = usize::from(u16_at(entry, 64)? / 2)
                .saturating_sub(1)
                .min(31);
            let name = entry
                .chunks_exact(2)
                .take(units)
                .filter_map(|it| u16_at(it, 0));
            let name: Vec<u16> = name.collect();
            let is_stream = entry.get(66) == Some(&2);
            if is_stream {
                let name = String::from_utf16_lossy(&name);
                let place = (u32_at(entry, 116)?, size_at(entry, 120)?);
                self.streams.push((name, place.0, place.1));
            }
            open.push(u32_at(entry, 68)?);
            open.push(u32_at(entry, 72)?);
        }
        Some(())
    }

    pub fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|(stream, ..)| stream == name)
    }

    /// The bytes of a stream, all of them.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (_, start, length) = self.streams.iter().find(|it| it.0 == name)?;
        let bytes = match *length < self.small_below {
            true => self.small_chain(*start, *length)?,
            false => self.chain(*start, *length)?,
        };
        (bytes.len() == *length).then_some(bytes)
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .filter_map(|it| u32_at(it, 0))
        .collect()
}
