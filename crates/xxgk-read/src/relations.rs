//! What a part of an office file says of the parts that it goes with.

use std::collections::HashMap;

use crate::archive::Archive;
use crate::error::ReadError;
use crate::xml::{Node, Xml};

/// Another part: what it is to this one, and where it is.
#[derive(Debug)]
pub(crate) struct Relation {
    pub kind: String,
    pub target: String,
}

/// The relations of a part, by their ids; none where it has none.
pub(crate) fn relations(
    archive: &mut Archive<'_>,
    part: &str,
) -> Result<HashMap<String, Relation>, ReadError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = format!("{folder}/_rels/{name}.rels");
    let mut relations = HashMap::new();
    if !archive.has(&path) {
        return Ok(relations);
    }
    let text = archive.text(&path)?;
    let mut xml = Xml::new(&text, archive.format);
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        let attribute = |name| tag.get(name).unwrap_or_default();
        if tag.name() != "Relationship" || attribute("TargetMode") == "External" {
            continue;
        }
        let target = attribute("Target");
        let target = match target.starts_with(['/', '\\']) {
            true => target,
            false => format!("{folder}/{target}"),
        };
        let kind = attribute("Type");
        relations.insert(attribute("Id"), Relation { kind, target });
    }
    Ok(relations)
}
