//! How each stretch of a cell's text is said to be shown: struck out, hidden, raised, by a rule that is not followed, never
//! calculated. Only plain text is text of the cell; what becomes of the rest is not decided here.

mod support;

use support::{case, cells, changed};

/// The cells of the one row of a table in a page.
#[track_caller]
fn page(head: &str, cell: &str) -> String {
    let page = format!(
        "<html><head>{head}</head><body><table><tr><td>甲</td><td>{cell}</td></tr></table></body></html>"
    );
    let shown = cells(page.as_bytes());
    let cell = shown.trim_end_matches('\n').strip_prefix("甲 | ");
    cell.unwrap_or(&shown).to_owned()
}

#[test]
fn text_of_pages_that_is_not_shown() {
    for style in [
        "display:none",
        "DISPLAY : none !important",
        "visibility:hidden",
        "visibility: collapse",
        "opacity:0",
        "opacity:0.0%",
        "font-size:0",
        "font-size:0px",
        "font:0/0 a",
        "mso-hide:all",
        "position:absolute;left:-9999px",
        "position:fixed; top:-100em",
        "display:inline-block;text-indent:-9999px",
        "margin-left:-10000px",
        "display:inline-block;width:0;height:0;overflow:hidden",
        "display:block;max-height:0;overflow:hidden",
        "position:absolute;width:1px;height:1px;overflow:hidden",
        "position:absolute;clip:rect(0 0 0 0)",
        "clip-path:inset(50%)",
        "transform:scale(0)",
        "transform:translateX(-9999px)",
        "color:#fff",
        "color:white",
        "color:#FEFEFE",
        "color:rgba(0,0,0,0)",
        "color:transparent",
        "background:#336699;color:#369",
        "background-color:rgb(1,2,3);color:rgb(1,2,3)",
    ] {
        let expected = "-{9}93";
        assert_eq!(
            page("", &format!("<span style=\"{style}\">9</span>93")),
            expected,
            "{style}"
        );
        let class = format!("<style>.a, td .hid {{ {style} }}</style>");
        assert_eq!(
            page(&class, "<span class='x hid'>9</span>93"),
            expected,
            "{style}"
        );
        let id = format!("<style>/* .a */ @media screen {{ #h {{ {style} }} }}</style>");
        assert_eq!(page(&id, "<span id=h>9</span>93"), expected, "{style}");
        let name = format!("<style><!-- td > u {{ {style} }} --></style>");
        assert_eq!(page(&name, "<u>9</u>93"), expected, "{style}");
    }
    for (cell, expected) in [
        ("<span hidden>9</span>93", "-{9}93"),
        ("<span hidden=until-found>9</span>93", "-{9}93"),
        ("<font color=#ffffff>9</font>93", "-{9}93"),
        ("<font color=white>9</font>93", "-{9}93"),
        (
            "<span style='visibility:hidden'>9<b style='visibility:visible'>3</b></span>",
            "-{9}3",
        ),
        (
            "<span style='display:none'>9<b style='display:inline'>3</b></span>1",
            "-{93}1",
        ),
        (
            "<span style='font-size:0'>9<b style='font-size:12px'>3</b></span>",
            "-{9}3",
        ),
        (
            "<span style='font-size:0'>9<b style='font-size:200%'>3</b></span>1",
            "-{93}1",
        ),
        ("<dialog>9</dialog>93", "-{9} 93"),
    ] {
        assert_eq!(page("", cell), expected, "{cell}");
    }
}

#[test]
fn text_of_pages_that_is_shown() {
    for cell in [
        "<span style='display:inline'>93</span>",
        "<span style='opacity:0.8'>93</span>",
        "<span style='font-size:80%;color:#333;background:#fff'>93</span>",
        "<span style='background:#00f;color:#fff'>93</span>",
        "<span style='position:relative;left:3px'>93</span>",
        "<span style='vertical-align:baseline'>93</span>",
        "<span style='overflow:hidden;width:80px'>93</span>",
        "<span class=print>93</span>",
        "<span class=hover>93</span>",
        "<span class=wide>93</span>",
        "<span class=over>93</span>",
        "<span class=none>93</span>",
        "<p class=MsoNormal style='mso-hide:none;vertical-align:middle'>93</p>",
        "<b style='text-decoration:underline'>93</b>",
    ] {
        let head = "<style>@charset \"utf-8\"; @media print { .print { display:none } } .hover:hover { display: none }
            @media (max-width: 600px) { .wide { display:none } } span.over { display:inline } .over { display:none }
            div .none { display:none } .none > b { display:none } @font-face { font-family: a; src: url(b) }
            @keyframes k { from { opacity: 0 } } b:after { content: \";}\" }</style>";
        assert_eq!(page(head, cell), "93", "{cell}");
    }
    // A dark row is white text by a sheet of the page: a heading.
    let head = "<style>.h { background: #048 } .h td { color: #fff }</style>";
    let row = "<tr class=h><td>单位<td>2017年</tr><tr><td>件<td>93</tr>";
    let table = format!("{head}<table>{row}</table>");
    assert_eq!(cells(table.as_bytes()), "单位 | 2017年\n件 | 93\n");
}

#[test]
fn marks_and_struck_text_of_pages() {
    for (cell, expected) in [
        ("93<sup>1</sup>", "93^{1}"),
        ("93<sub>a</sub>", "93^{a}"),
        ("93<span style='vertical-align:super'>1</span>", "93^{1}"),
        ("93<span style='vertical-align:-2pt'>1</span>", "93^{1}"),
        (
            "93<span style='position:relative;top:-5px'>1</span>",
            "93^{1}",
        ),
        ("93<span style='mso-text-raise:4.0pt'>1</span>", "93^{1}"),
        ("93<a href=#1><sup>[1]</sup></a>", "93^{[1]}"),
        ("93<b class=up>1</b>", "93^{1}"),
        ("<s>90</s>93", "~{90}93"),
        ("<del>90</del> <ins>93</ins>", "~{90} 93"),
        ("<strike>9<b>0</b></strike>93", "~{90}93"),
        (
            "<span style='text-decoration:line-through'>9<b style='text-decoration:none'>0</b></span>93",
            "~{90}93",
        ),
        ("<i class=old>90</i>93", "~{90}93"),
        ("<s style='display:none'>90</s>93", "-{90}93"),
        ("93<bdo dir=rtl>12</bdo>", "93!{12}"),
        (
            "<span style='unicode-bidi:bidi-override;direction:rtl'>39</span>",
            "!{39}",
        ),
        ("<math><mfrac><mn>9</mn><mn>3</mn></mfrac></math>", "!{93}"),
        (
            "<math><semantics><mn>9</mn><annotation>9</annotation></semantics></math>",
            "!{9}",
        ),
        ("<ruby>93<rp>(</rp><rt>12</rt><rp>)</rp></ruby>", "!{93}"),
        ("<ruby>件<rt>jian</rt></ruby>", "件"),
        ("<svg><text>9</text></svg>3", "!{9}3"),
        ("<iframe>9</iframe>93", "93"),
        ("<noscript>9</noscript>93", "93"),
        (
            "<object>9</object><canvas>8</canvas><video>7</video><audio>6</audio>93",
            "93",
        ),
        (
            "<meter value=9>9</meter><progress>8</progress><template>7</template>93",
            "93",
        ),
        (
            "<script>9</script><style>8{}</style><noframes>7</noframes>93",
            "93",
        ),
        // A rule that is not followed may be for it.
        ("<em>9</em><em>3</em>", "!{93}"),
        ("<em>无</em>", "无"),
        ("<q>93</q>", "!{93}"),
    ] {
        let head = "<style>.up { vertical-align: super } i.old { text-decoration: line-through }
            em:first-child { display: none } q::before { content: '9' } span::before { content: '·' }</style>";
        assert_eq!(page(head, cell), expected, "{cell}");
    }
}

#[test]
fn fields_of_pages() {
    for (cell, expected) in [
        ("<input value=93>", "93"),
        ("<input type=number value=' 93 ' readonly>件", "93 件"),
        ("<input type=hidden value=9>93", "93"),
        (
            "<input type=password value=9><input type=checkbox value=9>93",
            "93",
        ),
        ("<input type=button value=9>93", "93"),
        ("<textarea>\n93</textarea>", "93"),
        (
            "<select><option>1<option selected>93<option>2</select>",
            "93",
        ),
        ("<select><option>93<option>2</select>", "93"),
        ("<select multiple><option>93<option>2</select>", ""),
        ("<input value=9 style='display:none'>93", "-{9}93"),
        ("<datalist><option>9</datalist>93", "93"),
    ] {
        assert_eq!(page("", cell), expected, "{cell}");
    }
}

#[test]
fn tables_of_pages_that_are_not_shown() {
    let table = "<table><tr><td>甲<td>9</table>";
    for around in [
        format!("<div hidden>{table}</div>"),
        format!("<div style='visibility:hidden'>文{table}</div>"),
        table.replace("<table", "<table style='display:none'"),
        format!(
            "<style>.off{{position:absolute;left:-2000px}}</style><div class=off>{table}</div>"
        ),
    ] {
        let page = format!("<p>题</p>{around}<table><tr><td>甲<td>93</table>");
        assert_eq!(
            cells(page.as_bytes()),
            "(hidden)\n甲 | 9\n甲 | 93\n",
            "{around}"
        );
        let text = xxgk_read::read(page.as_bytes()).unwrap().text().to_owned();
        assert_eq!(text, "题\n甲 | 93\n");
    }
}

/// Running text has no looks: what is not shown is left out, and raised digits are told from others.
#[test]
fn running_text_of_pages() {
    for (page, expected) in [
        (
            "<p>收到<s>90</s>93件<sup>1</sup><span hidden>8</span>。",
            "收到93件¹。\n",
        ),
        ("<p>收到<bdo dir=rtl>39</bdo>件", "收到\u{fffd}\u{fffd}件\n"),
        ("<p>共<input value=93>件", "共93件\n"),
    ] {
        assert_eq!(
            xxgk_read::read(page.as_bytes()).unwrap().text(),
            expected,
            "{page}"
        );
    }
}

/// The samples: 93, changed in the place that the name says.
#[test]
fn samples_of_pages() {
    for (name, expected) in [
        ("h-inputs.html", "93"),
        ("h-one-bad-byte.html", "93"),
        ("html-del.html", "~{90}93"),
        ("html-iframe.html", "93"),
        ("html-mathfrac.html", "!{93}"),
        ("html-ruby2.html", "!{93}"),
        ("html-s.html", "~{90}93"),
        ("html-supcss.html", "93^{1}"),
        ("html-white.html", "-{9}93"),
    ] {
        assert_eq!(changed(name), expected, "{name}");
    }
    let cells = cells(&case("h-one-class-hidden.html"));
    assert!(cells.contains("93-{"), "{cells}");
}
