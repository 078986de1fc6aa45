//! The package around a sheet: what kind of document it is, what it brings along, and where its workbook is.

use crate::Unreadable;
use crate::archive::Archive;
use crate::xml::{Node, Tag, Xml};

/// Relations of one part that are followed.
const MAX_RELATIONS: usize = 2_000;
/// Where the kinds of all parts are listed.
const TYPES: &str = "[Content_Types].xml";
/// How the kind of a workbook ends that is no template and has no macros.
const WORKBOOK: &str = "spreadsheetml.sheet.main+xml";

/// A relation of one part to another.
#[derive(Debug)]
pub(crate) struct Relation {
    /// By which the part refers to it.
    pub(crate) id: String,
    /// The last word of its kind, such as `worksheet`.
    pub(crate) kind: String,
    /// Name of the other part.
    pub(crate) target: String,
}

/// Refuses what is no plain workbook, by the names, the kinds and the relations of all parts.
///
/// # Errors
/// What it is or has instead.
pub(crate) fn check(archive: &Archive<'_>) -> Result<(), Unreadable> {
    let types = archive.part(TYPES).ok_or(Unreadable::NotXlsx)?;
    let mut workbook = false;
    each(Xml::of(types), |tag| {
        if let ("Override" | "Default", [Some(kind)]) = (tag.name(), tag.attributes(["ContentType"])?) {
            check_kind(&kind.to_ascii_lowercase())?;
            workbook |= kind.ends_with(WORKBOOK);
        }
        Ok(())
    })?;
    if !workbook {
        return Err(Unreadable::NotXlsx);
    }
    for name in archive.names() {
        check_name(&name.to_ascii_lowercase())?;
    }
    let listed = archive.names().filter(|name| name.to_ascii_lowercase().ends_with(".rels"));
    listed.filter_map(|name| archive.part(name)).try_for_each(|part| each(Xml::of(part), check_relation))
}

/// The workbook of the package.
pub(crate) fn workbook(archive: &Archive<'_>) -> Result<String, Unreadable> {
    let roots = relations(archive, "")?;
    let root = roots.into_iter().find(|relation| relation.kind == "officeDocument");
    root.map(|relation| relation.target).ok_or(Unreadable::NotXlsx)
}

/// The relations of a part; `""` is the package itself.
pub(crate) fn relations(archive: &Archive<'_>, name: &str) -> Result<Vec<Relation>, Unreadable> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let separator = if folder.is_empty() { "" } else { "/" };
    let part = archive.part(&format!("{folder}{separator}_rels/{file}.rels")).ok_or(Unreadable::BrokenXml)?;
    let mut relations = Vec::new();
    each(Xml::of(part), |tag| {
        if tag.name() != "Relationship" {
            return Ok(());
        }
        let [Some(id), Some(kind), Some(target)] = tag.attributes(["Id", "Type", "Target"])? else { return Err(Unreadable::BrokenXml) };
        if relations.len() == MAX_RELATIONS {
            return Err(Unreadable::TooManyParts);
        }
        relations.push(Relation { id, kind: last(&kind).to_owned(), target: resolved(folder, &target) });
        Ok(())
    })?;
    Ok(relations)
}

/// Calls for each element of a part.
pub(crate) fn each(mut xml: Xml<'_>, mut call: impl FnMut(&Tag<'_>) -> Result<(), Unreadable>) -> Result<(), Unreadable> {
    loop {
        match xml.next()? {
            Node::Open(tag) => call(&tag)?,
            Node::Close | Node::Text(_) => {}
            Node::End => return Ok(()),
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The name that a target stands for, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let (folder, target) = target.strip_prefix('/').map_or((folder, target), |absolute| ("", absolute));
    let mut path: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(path.pop()),
            _ => path.push(segment),
        }
    }
    path.join("/")
}

/// By the kind of a part, in small letters.
fn check_kind(kind: &str) -> Result<(), Unreadable> {
    let has = |word: &str| kind.contains(word);
    // A binary workbook calls itself macro-enabled whether it has macros or not.
    if has("sheet.binary") {
        return Err(Unreadable::NotXlsx);
    }
    if has("macroenabled") || has("vbaproject") || has("activex") {
        return Err(Unreadable::Macros);
    }
    if has("externallink") || has("spreadsheetml.connections") || has("querytable") {
        return Err(Unreadable::ExternalLinks);
    }
    Ok(())
}

/// By the name of a part, in small letters.
fn check_name(name: &str) -> Result<(), Unreadable> {
    let has = |word: &str| name.contains(word);
    if has("vbaproject") || has("macrosheets/") || has("activex/") || has("dialogsheets/") {
        return Err(Unreadable::Macros);
    }
    if has("externallinks/") || has("querytables/") || last(name) == "connections.xml" {
        return Err(Unreadable::ExternalLinks);
    }
    if has("embeddings/") { Err(Unreadable::EmbeddedFile) } else { Ok(()) }
}

/// By a relation. A link in a cell leads outside too, but nothing follows it; Excel makes one of every address of a mail.
fn check_relation(tag: &Tag<'_>) -> Result<(), Unreadable> {
    let [kind, mode] = tag.attributes(["Type", "TargetMode"])?;
    let kind = kind.as_deref().map(last).unwrap_or_default();
    let outside = mode.is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
    match kind {
        "vbaProject" | "xlMacrosheet" | "xlIntlMacrosheet" | "control" | "activeXControlBinary" => Err(Unreadable::Macros),
        "oleObject" | "package" => Err(Unreadable::EmbeddedFile),
        "externalLink" | "externalLinkPath" | "connections" | "queryTable" => Err(Unreadable::ExternalLinks),
        "hyperlink" => Ok(()),
        _ if outside => Err(Unreadable::ExternalLinks),
        _ => Ok(()),
    }
}
