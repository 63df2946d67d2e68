//! Properties as a list of modifiers: each a number, which says how long what follows is, and its operand.

use super::fib::size_at;
use crate::ole::u16_at;

/// The tabs of a paragraph, whose length may be one of its own.
const TABS: u16 = 0xc615;
/// What is said of a row; its length takes two bytes.
pub(super) const TABLE: u16 = 0xd608;
const OLD_TABLE: u16 = 0xd606;
/// More of them stand in the stream of data.
const ELSEWHERE: [u16; 3] = [0x6645, 0x6646, 0x646b];

/// A modifier.
#[derive(Clone, Copy)]
pub(super) struct Modifier<'b> {
    pub number: u16,
    pub operand: &'b [u8],
}

impl Modifier<'_> {
    pub fn byte(&self) -> u8 {
        self.operand.first().copied().unwrap_or_default()
    }

    pub fn word(&self) -> u16 {
        u16_at(self.operand, 0).unwrap_or_default()
    }

    pub fn is_on(&self) -> bool {
        self.byte() != 0
    }
}

/// The modifiers of a list. `None` where one does not end.
pub(super) fn modifiers(mut list: &[u8]) -> Option<Vec<Modifier<'_>>> {
    let mut all = Vec::new();
    // Lists are padded with zeros.
    while list.len() > 1 {
        let number = u16_at(list, 0)?;
        if number == 0 {
            break;
        }
        let rest = list.get(2..)?;
        let length = length(number, rest)?;
        all.push(Modifier {
            number,
            operand: rest.get(..length)?,
        });
        list = rest.get(length..)?;
    }
    Some(all)
}

/// The same, with those that stand in the stream of data in their places.
pub(super) fn all_modifiers<'b>(list: &'b [u8], data: &'b [u8]) -> Option<Vec<Modifier<'b>>> {
    let mut all = Vec::new();
    for modifier in modifiers(list)? {
        if ELSEWHERE.contains(&modifier.number) {
            let at = size_at(modifier.operand, 0)?;
            let length = usize::from(u16_at(data, at)?);
            let start = at.checked_add(2)?;
            all.append(&mut modifiers(
                data.get(start..start.checked_add(length)?)?,
            )?);
        } else {
            all.push(modifier);
        }
    }
    Some(all)
}

/// The bytes of an operand, those that say how many there are included.
fn length(number: u16, rest: &[u8]) -> Option<usize> {
    Some(match number >> 13 {
        0 | 1 => 1,
        2 | 4 | 5 => 2,
        3 => 4,
        7 => 3,
        _ if matches!(number, TABLE | OLD_TABLE) => usize::from(u16_at(rest, 0)?) + 1,
        _ => match *rest.first()? {
            255 if number == TABS => {
                let removed = usize::from(*rest.get(1)?);
                let added = usize::from(*rest.get(2 + 4 * removed)?);
                3 + 4 * removed + 3 * added
            }
            length => usize::from(length) + 1,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_of_all_lengths() {
        let list = [
            &[0x16, 0x24, 1][..],
            &[0x45, 0x48, 2, 3],
            &[0x70, 0x68, 4, 5, 6, 0],
            &[0x09, 0xea, 7, 8, 9],
            &[0x71, 0xca, 2, 1, 1],
            // Tabs: one is removed, two are added.
            &[0x15, 0xc6, 255, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0],
            &[0x08, 0xd6, 2, 0, 9],
            &[0],
        ]
        .concat();
        let all = modifiers(&list).unwrap();
        let lengths: Vec<usize> = all.iter().map(|it| it.operand.len()).collect();
        assert_eq!(lengths, [1, 2, 4, 3, 3, 13, 3]);
        for end in [2, 5, 10, 15, 20, 30, 41] {
            assert!(modifiers(&list[..end]).is_none(), "{end}");
        }
    }

    #[test]
    fn modifiers_that_stand_elsewhere() {
        let data = [9, 3, 0, 0x16, 0x24, 1];
        let list = [0x46, 0x66, 1, 0, 0, 0, 0x17, 0x24, 1];
        let all = all_modifiers(&list, &data).unwrap();
        let numbers: Vec<u16> = all.iter().map(|it| it.number).collect();
        assert_eq!(numbers, [0x2416, 0x2417]);
        assert!(all_modifiers(&list, &data[..5]).is_none());
    }
}
