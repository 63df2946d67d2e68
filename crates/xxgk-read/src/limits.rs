//! What no report exceeds, so that no file takes the machine's memory.

/// Rows times columns of all tables of a document. The largest form has 200 cells, and a workbook of a province with a
/// sheet for each of 3,000 offices would still fit.
pub(crate) const MAX_CELLS: usize = 1_000_000;
/// So many columns of a row count: the recogniser takes what is wider for no row, and keeps no more of it.
pub(crate) const MAX_COLUMNS: usize = 65;
/// Bytes of text in tables: one string may stand in many cells, and many bytes in one.
pub(crate) const MAX_TEXT: usize = 64 * 1024 * 1024;
/// Bytes of an archive once it is unpacked, whatever sizes it declares.
pub(crate) const MAX_UNPACKED: usize = 256 * 1024 * 1024;
/// Pages of a document that only draws.
pub(crate) const MAX_PAGES: usize = 2_000;
/// Glyphs on all of them.
pub(crate) const MAX_GLYPHS: usize = 3_000_000;
/// Files in an archive; a document with every page scanned has some hundreds.
pub(crate) const MAX_ENTRIES: usize = 10_000;
/// Elements within each other. Browsers stop at 512; and the tree builder looks through all that are open at each tag.
pub(crate) const MAX_DEPTH: usize = 512;
/// Nodes of a page: a few unclosed elements are opened again in each paragraph, so that they may outgrow the file.
pub(crate) const MAX_NODES: usize = 4_000_000;
/// Attributes of a tag: the parser compares each with all before it.
pub(crate) const MAX_ATTRIBUTES: usize = 200;
