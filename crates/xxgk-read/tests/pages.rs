//! What is shown of pages and documents, and what is not.

mod support;

use support::office::docx_of;
use xxgk_read::read;

fn text(bytes: &[u8]) -> String {
    read(bytes).unwrap().text().to_owned()
}

#[test]
fn text_of_pages() {
    for (page, shown) in [
        (
            "<p>收到\n  申请<b>数</b>&nbsp;27<br>件</p>末",
            "收到 申请数 27\n件\n末\n",
        ),
        (
            "<title>甲</title><style>p{}</style><script>乙</script><template><p>丙</p></template><p>丁",
            "丁\n",
        ),
        (
            "<p hidden>甲</p><p style=\"color:red; Display : none\">乙</p><noscript>丙</noscript><p>戊<!-- 丁 -->",
            "戊\n",
        ),
        (
            "<pre>甲\t27\n乙  28\n</pre><textarea>\n丙\n丁</textarea>",
            "甲\t27\n乙 28\n丙\n丁\n",
        ),
        (
            "<table><caption>题</caption><tr><td>甲<p>乙</p><div>丙</div></td><td>2<span>7</span></td></tr></table>",
            "题\n甲 乙 丙 | 27\n",
        ),
        (
            "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁</table>",
            "甲 | 乙 | \n | 丙 | 丁\n",
        ),
        (
            "<table><tbody><tr><td rowspan=0>甲<td>乙<tr><td>丙<tbody><tr><td>丁<td>戊</table>",
            "甲 | 乙\n | 丙\n丁 | 戊\n",
        ),
        (
            "<table><tr><td>外<td><table><tr><td>甲<td>27</table></table>",
            "外\n甲 | 27\n",
        ),
        ("<table><tr><td>只有一格<p>两段</table>", "只有一格\n两段\n"),
        (
            "<table><tr><td>甲<td hidden>9<td>27<tr style='display:none'><td>乙<td>9</table>",
            "甲 | 27\n",
        ),
        (
            "<table><tr><td>甲<td>乙</table><table><tr><td><td></table><table><tr><td>丙<td>丁</table>",
            "甲 | 乙\n丙 | 丁\n",
        ),
        (
            "<div>一<table>乱<tr><td>甲<td>27</table>",
            "一乱\n甲 | 27\n",
        ),
        (
            "<p>&lt;table&gt; &#x5e74; &unknown;",
            "<table> 年 &unknown;\n",
        ),
        ("<table><tr><td><pre>2\n7</pre><td>甲</table>", "2 7 | 甲\n"),
    ] {
        assert_eq!(text(page.as_bytes()), shown, "{page}");
    }
}

/// Workbooks that are pages, as websites offer them for download.
#[test]
fn a_workbook_that_is_a_page() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=gbk><!--[if gte mso 9]><xml><x:ExcelWorkbook/></xml><![endif]--></head><body><table><tr><td>收到申请数</td><td x:num>27</td></tr></table>";
    assert_eq!(text(&encoding_rs::GBK.encode(page).0), "收到申请数 | 27\n");
    assert_eq!(
        text(b"<?xml version=\"1.0\"?><html><body><p>27</p></body></html>"),
        "27\n"
    );
    assert_eq!(text("<p>甲|27".as_bytes()), "甲|27\n");
    // It begins like one, and is none.
    assert_eq!(text(b"<27 ,5"), "<27 ,5");
}

#[test]
fn a_document_whose_text_is_numbered() {
    let text = b"<w:p><w:r><w:t>27</w:t></w:r></w:p>";
    let file = support::office::archive(&[("word/document2.xml", text)]);
    assert_eq!(read(&file).unwrap().text(), "27\n");
}

#[test]
fn text_of_documents() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let paragraph = |text: &str| format!("<w:p>{}</w:p>", run(text));
    let cell = |properties: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>",
            paragraph(text)
        )
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let pair = row(&[cell("", "甲"), cell("", "27")]);
    let boxed = |inside: &str| format!("<w:txbxContent>{inside}</w:txbxContent>");
    for (body, shown) in [
        ("<w:p><w:r><w:t>2</w:t></w:r><w:ins><w:r><w:t>7</w:t></w:r></w:ins><w:del><w:r><w:t>8</w:t></w:r></w:del><w:r><w:br/><w:t>件</w:t><w:tab/><w:t>次</w:t></w:r></w:p>".to_owned(), "27\n件\t次\n"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>".to_owned(), "显\n"),
        (format!("<w:p><w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>{}</w:p>", boxed(&paragraph("框")), boxed(&paragraph("框")), run("外")), "框\n外\n"),
        (table(&[pair.clone(), row(&[cell("<w:gridSpan w:val=\"2\"/>", "合并")])]), "甲 | 27\n合并 | \n"),
        (table(&[row(&[cell("<w:vMerge w:val=\"restart\"/>", "甲"), cell("", "1")]), row(&[cell("<w:vMerge/>", "不见"), cell("", "2")]), row(&[cell("", "乙"), cell("", "3")])]), "甲 | 1\n | 2\n乙 | 3\n"),
        (table(&[format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>", cell("", "1")), pair.clone()]), " | 1\n甲 | 27\n"),
        (table(&[pair.clone(), format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("", "9")), pair.clone()]), "甲 | 27\n甲 | 27\n"),
        (format!("<w:tbl><w:tr><w:tc>{}{}{}</w:tc></w:tr></w:tbl>", paragraph("题"), table(std::slice::from_ref(&pair)), paragraph("注")), "题\n甲 | 27\n注\n"),
        (format!("<w:tbl><w:tr><w:tc>{}{}</w:tc>{}</w:tr></w:tbl>", table(std::slice::from_ref(&pair)), paragraph("左"), cell("", "右")), "左 | 右\n甲 | 27\n"),
        (format!("<w:sdt><w:sdtPr><w:t>9</w:t></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph("27")), "27\n"),
        (table(&[row(&[cell("<w:hMerge w:val=\"restart\"/>", "甲"), cell("<w:hMerge/>", ""), cell("", "27")])]), "甲 |  | 27\n"),
    ] {
        assert_eq!(text(&docx_of(&body)), shown, "{body}");
    }
}
