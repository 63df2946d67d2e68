//! Whose report a table is: by the name in the file, else by the name of the file, and never by guess.

use std::collections::HashMap;

use crate::agencies::Agencies;
use crate::collection::Remark;
use crate::filed::Filed;
use crate::names::{Meaning, in_file, normal};

/// Whose a table is.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    /// The agency of the list.
    pub agency: Option<usize>,
    /// The name that it has in the file, or in the name of the file.
    pub name: String,
    /// What there is to say of how that was told.
    pub remark: Option<Remark>,
    how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// The names are the same.
    Same,
    /// One contains the other.
    Contained,
    /// It was not told.
    Not,
}

/// The owner of each table.
pub(crate) fn owners(list: Option<&Agencies>, filed: &[Filed]) -> Vec<Owner> {
    let Some(list) = list else {
        return filed.iter().map(by_itself).collect();
    };
    let mut owners: Vec<Owner> = filed.iter().map(|it| owner(list, it)).collect();
    for (agency, names) in contained(&owners) {
        let is_same = |it: &Owner| it.agency == Some(agency) && it.how == How::Same;
        if names.len() == 1 && !owners.iter().any(is_same) {
            continue;
        }
        for owner in &mut owners {
            if owner.agency == Some(agency) && owner.how == How::Contained {
                *owner = Owner::unknown(&owner.name, Some(doubtful(&[list.name(agency)])));
            }
        }
    }
    owners
}

/// The names by which agencies are called that do not have them.
fn contained(owners: &[Owner]) -> Vec<(usize, Vec<String>)> {
    let mut all: HashMap<usize, Vec<String>> = HashMap::new();
    for owner in owners.iter().filter(|it| it.how == How::Contained) {
        let Some(agency) = owner.agency else { continue };
        let (names, name) = (all.entry(agency).or_default(), normal(&owner.name));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    all.into_iter().collect()
}

/// Without a list, every name is an agency.
fn by_itself(filed: &Filed) -> Owner {
    match (&filed.agency, in_file(&filed.file)) {
        (Some(agency), _) => Owner::unknown(agency, None),
        (None, Some(name)) => Owner::unknown(&name, Some(by_file_name())),
        (None, None) => Owner::unknown(&filed.file, Some(by_file_name())),
    }
}

fn owner(list: &Agencies, filed: &Filed) -> Owner {
    let of_file = in_file(&filed.file);
    let by_file = || {
        of_file
            .as_deref()
            .map_or(Meaning::None, |it| list.meaning(it))
    };
    let file_name = || of_file.clone().unwrap_or_else(|| filed.file.clone());
    let Some(name) = &filed.agency else {
        return found(list, by_file(), &file_name(), Some(by_file_name()));
    };
    match (list.meaning(name), by_file()) {
        // The file calls itself otherwise, but its name is one of the list.
        (Meaning::None | Meaning::Several(_), Meaning::Same(agency)) => Owner {
            agency: Some(agency),
            name: name.clone(),
            remark: Some(Remark::soft(format!(
                "文件中的单位名称为“{name}”，按文件名对应到“{}”，请核实。",
                list.name(agency)
            ))),
            how: How::Same,
        },
        (meaning, _) => found(list, meaning, name, None),
    }
}

fn found(list: &Agencies, meaning: Meaning<usize>, name: &str, remark: Option<Remark>) -> Owner {
    match meaning {
        Meaning::Same(agency) => Owner {
            agency: Some(agency),
            name: name.to_owned(),
            remark,
            how: How::Same,
        },
        Meaning::Contained(agency) => {
            let by = match remark {
                Some(_) => "文件中没有写明填报单位，按文件名",
                None => "按名称",
            };
            let meant = list.name(agency);
            Owner {
                agency: Some(agency),
                name: name.to_owned(),
                remark: Some(Remark::note(format!(
                    "{by}“{name}”对应到“{meant}”，请核对。"
                ))),
                how: How::Contained,
            }
        }
        Meaning::Several(agencies) => {
            let names: Vec<&str> = agencies.iter().map(|it| list.name(*it)).collect();
            Owner::unknown(name, Some(doubtful(&names)))
        }
        Meaning::None => Owner::unknown(name, remark),
    }
}

impl Owner {
    fn unknown(name: &str, remark: Option<Remark>) -> Self {
        Owner {
            agency: None,
            name: name.to_owned(),
            remark,
            how: How::Not,
        }
    }
}

fn by_file_name() -> Remark {
    Remark::note("文件中没有写明填报单位，按文件名认定。".to_owned())
}

/// Says that a name may be that of agencies of the list.
fn doubtful(names: &[&str]) -> Remark {
    const NAMED: usize = 5;
    let more = if names.len() > NAMED { "等" } else { "" };
    let named: Vec<&str> = names.iter().copied().take(NAMED).collect();
    Remark::soft(format!(
        "名称与名单中的“{}”{more}相近，不能确定是不是同一单位；是的，请在名单的别名中写明。",
        named.join("”“")
    ))
}
