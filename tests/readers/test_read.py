"""Files of every format, good and bad, are read as documents or named in an issue."""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kg.errors import InputError
from kg.model import Document, Issue
from kg.readers import read
from kg.readers.pdf import LIGATURES
from kg.readers.text import dated, headline

ENGLISH = "Tarrow Mills names a chief executive\n\nTarrow Mills has appointed Ines Okafor as chief executive officer.\n"
INDONESIAN = "PT Rimba Kencana menunjuk direktur utama baru\n\nSari Wulandari mulai menjabat pada Senin.\n"
CHINESE = "青岚科技任命新首席执行官\n\n青岚科技周一宣布，陆知远出任首席执行官。\n"


def pdf(path: Path, line: str, title: str | None = None, password: str | None = None) -> None:
    """Write a one-page PDF that says `line`."""
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    font = DictionaryObject()
    font.update({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(path)


def word(path: Path) -> None:
    file = docx.Document()
    file.core_properties.title = "Laporan tahunan"
    file.add_paragraph("PT Rimba Kencana menunjuk Sari Wulandari.")
    table = file.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Direktur utama", "Sari Wulandari"
    file.add_paragraph("Ia mulai bekerja pada Senin.")
    file.save(str(path))


PAGE = """<html><head><meta charset="{charset}"><title>{title} | Surat Pagi</title>
<meta property="article:published_time" content="2031-03-05T10:00:00Z"></head><body><nav><a href="/">Home</a> <a href="/x">About</a></nav>
<article><h1>{title}</h1><p>{text}</p><p>{text} Demikian.</p></article><footer>© all rights</footer></body></html>"""


@pytest.mark.parametrize("text", [ENGLISH, INDONESIAN, CHINESE, "a\vb\tc\u3000d  e\n\n\n", "ﬁ é é\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_text_keeps_every_character(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (document,), issues = read([tmp_path])
    assert (document.text, issues) == (text, ())


def test_line_ends_of_windows_and_of_old_macs_become_line_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo\r\n\rthree\rfour")
    assert read([tmp_path])[0][0].text == "one\ntwo\n\nthree\nfour"


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200).filter(lambda t: t.strip() and "\0" not in t and "\r" not in t and t[0] != "\ufeff"))
def test_any_text_comes_back_but_for_its_layout(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("texts") / "a.txt"
    path.write_bytes(text.encode())
    documents, _ = read([path])
    layout = r"[\s\u00ad\u061c\u200b\u200e-\u2010\u202a-\u202e\u2060\u2066-\u2069\ufeff-]|[\ufffd-\uffff]"
    assert re.sub(layout, "", "".join(d.text for d in documents)) == re.sub(layout, "", text)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (
            "Tarrow &amp; Sons said &#8220;yes&#x201D;&nbsp;&ndash; AT&T &copy 2031 &nothing;",
            "Tarrow & Sons said “yes”\u00a0– AT&T &copy 2031 &nothing;",
        ),
        ("Rim\u00adba Ken\u200bcana\ufeff", "Rimba Kencana"),
        ("\u200eRimba\u200f \u202aKencana\u202c said \u2066Ines Okafor\u2069", "Rimba Kencana said Ines Okafor"),
        ("Rimba\ufffe Kencana\uffff", "Rimba\ufffd Kencana\ufffd"),
    ],
    ids=["entities", "invisible", "directions", "noncharacters"],
)
def test_what_a_scraper_left_behind_goes(tmp_path: Path, written: str, seen: str) -> None:
    (tmp_path / "a.txt").write_text(written, encoding="utf-8")
    assert read([tmp_path])[0][0].text == seen


def test_the_title_is_cleaned_as_the_text_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tarrow &amp; Sons names\u200b chief\n\nText of it.\n", encoding="utf-8")
    (document,), _ = read([tmp_path])
    assert (document.title, document.text) == ("Tarrow & Sons names chief", "Tarrow & Sons names chief\n\nText of it.\n")


MARKDOWN = """---
title: "Tarrow Mills: a new chief"
date: 2031-05-04T10:00:00Z
lang: en
---
# Tarrow Mills *names* chief

Tarrow Mills, the **maker** of [looms](https://example.org/x_y "t"), named Ines Okafor &amp; Co.<br>She starts in `May`.

- Ines **Okafor**, chief executive
- Tom Brandt, chairman

| Name | Post |
|---|---|
| Lu Zhiyuan | head of research |

<div><script>evil()</script><p>Some <b>bold</b> words</p></div>

<!-- a comment -->

![A loom of 1902](loom.png)
"""
RENDERED = """Tarrow Mills names chief

Tarrow Mills, the maker of looms, named Ines Okafor & Co.
She starts in May.

Ines Okafor, chief executive
Tom Brandt, chairman

Name\tPost
Lu Zhiyuan\thead of research

Some bold words

A loom of 1902"""


def test_markdown_is_read_as_it_is_rendered(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKDOWN, encoding="utf-8")
    (document,), issues = read([tmp_path])
    assert issues == ()
    assert document == Document("a.md", RENDERED, "en", "Tarrow Mills: a new chief", "2031-05-04")


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("---\ntitle: Tarrow's day\n---", "Tarrow's day"),
        ("---\r\ntitle: 'Tarrow''s day'\r\n---", "Tarrow's day"),
        ('+++\ntitle = "Tarrow\'s day"\n+++', "Tarrow's day"),
        ("+++\ntitle = 'Tarrow'\ndraft = true\n+++", "Tarrow"),
    ],
    ids=["YAML", "YAML in quotes", "TOML", "TOML in quotes"],
)
def test_front_matter_gives_the_title(tmp_path: Path, front: str, title: str) -> None:
    (tmp_path / "a.md").write_bytes(f"{front}\nText of it.\n".encode())
    (document,), _ = read([tmp_path])
    assert (document.title, document.text) == (title, "Text of it.")


def test_front_matter_whose_date_is_left_out_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 12/09/2031\n---\nText of it.\n", encoding="utf-8")
    (document,), (issue,) = read([tmp_path])
    assert (document.text, document.issued, issue.path) == ("Text of it.", None, "a.md")
    assert issue.reason.startswith("date '12/09/2031' is left out")


def test_markdown_without_front_matter_has_its_heading_for_title(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Tarrow Mills names chief\n---\n\n***\nText of it.\n", encoding="utf-8")
    (document,), _ = read([tmp_path])
    assert (document.title, document.text) == ("Tarrow Mills names chief", "Tarrow Mills names chief\n\nText of it.")


@settings(deadline=None)
@given(st.text(st.sampled_from("ab *_[]()<>!`#-|\n&;:~"), min_size=1, max_size=80).filter(str.strip))
def test_any_markdown_is_read_or_named(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("texts") / "a.md"
    path.write_text(text, encoding="utf-8")
    documents, issues = read([path])
    assert len(documents) + len(issues) == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (ENGLISH, "Tarrow Mills names a chief executive"),
        (CHINESE, "青岚科技任命新首席执行官"),
        ("# PT Rimba Kencana punya bos baru\n\nIsi.", "PT Rimba Kencana punya bos baru"),
        ("3 March 2031\nTarrow Mills names a chief executive\nText.", "Tarrow Mills names a chief executive"),
        ("COMPANIES\n\nTarrow Mills names a chief\nText.", "Tarrow Mills names a chief"),
        ("Tarrow Mills has a new chief executive.\nMore text.", None),
        ("青岚科技周一宣布任命新首席执行官。\n正文。", None),
        ("Only one line without a stop", None),
        ("", None),
        ('2031-03-12\n\nTarrow Mills will grow.\n\n"We never planned to sell," said Ines Okafor. She added: "It is false."\n\nMore', None),
        ("2031年2月8日\n\n陆知远说：“我们没有收购青岚科技的计划。”\n\n正文", None),
        ('"Nobody should be proud of sleeping in the office"\n\nText.', '"Nobody should be proud of sleeping in the office"'),
        ('Ministry confirms dismissal; successor "within days"\n\nText.', 'Ministry confirms dismissal; successor "within days"'),
        ("The sign of Tarrow Mills hangs in Haizhou.\n(Photograph: Ines Okafor | Surat Pagi)\nText of it.", None),
        ("(Photograph: Ines Okafor | Surat Pagi)\nTarrow Mills names a chief\nText of it.", "Tarrow Mills names a chief"),
        ("（发布会速记，未经本人审阅）\n\n主持人 岳鸣：有请我们的首席执行官！\n\n陆知远：谢谢大家。\n\n岳鸣：请坐。", None),
        ("Q&A: Ines Okafor on milling\n\nSurat Pagi: Why mills?\n\nOkafor: Why not?\n\nText.", "Q&A: Ines Okafor on milling"),
        ("Senin, 12 Januari 2031 10:30 WIB\n\nTarrow Mills punya bos baru\n\nIsi.", "Tarrow Mills punya bos baru"),
        ("2031年2月8日 星期四\n青岚科技任命新首席执行官\n正文。", "青岚科技任命新首席执行官"),
        ("Published on Tuesday, March 3, 2031 at 10:00 AM GMT\nTarrow Mills names a chief\nText.", "Tarrow Mills names a chief"),
        ("KORAN SORE KOTA BARU      Selasa, 5 Nopember 2030\nTARROW LEPAS ANAK USAHA\nIsi.", "TARROW LEPAS ANAK USAHA"),
        ("FOR IMMEDIATE RELEASE\n\nTarrow Mills names a chief\n\nText.", "Tarrow Mills names a chief"),
        ("News Release –\nTarrow Mills names a chief\nText.", "Tarrow Mills names a chief"),
        ("新闻稿（即时发布）\n青岚科技任命新首席执行官\n正文。", "青岚科技任命新首席执行官"),
        ("UNTUK SEGERA DISIARKAN\n\nTarrow Mills punya bos baru\n\nIsi.", "Tarrow Mills punya bos baru"),
        ("By Hannah Crewe and Tom Brandt\nTarrow Mills names a chief\nText.", "Tarrow Mills names a chief"),
        ("Tarrow Mills names a chief\nBy Hannah Crewe\nText.", "Tarrow Mills names a chief"),
        ("By next year Tarrow Mills will be sold\nText.", "By next year Tarrow Mills will be sold"),
        ("Oleh Siti Rahma, Jakarta\nTarrow Mills punya bos baru\nIsi.", "Tarrow Mills punya bos baru"),
        ("Oleh: Siti Rahma\nTarrow Mills punya bos baru\nIsi.", "Tarrow Mills punya bos baru"),
        ("本报记者 李明 北京报道\n青岚科技任命新首席执行官\n正文。", "青岚科技任命新首席执行官"),
        ("记者李明北京报道\n青岚科技任命新首席执行官\n正文。", "青岚科技任命新首席执行官"),
        ("来源：海州晚报财经频道\n青岚科技任命新首席执行官\n正文。", "青岚科技任命新首席执行官"),
        ("Photo by John Smith/Finwire\nTarrow Mills names a chief\nText.", "Tarrow Mills names a chief"),
        ("Foto: Budi Hartawan menyapa karyawan\nTarrow Mills punya bos baru\nIsi.", "Tarrow Mills punya bos baru"),
        ("Photo maker Tarrow Mills names a chief\nText.", "Photo maker Tarrow Mills names a chief"),
        ("记者节上青岚科技宣布新任首席执行官\n正文。", "记者节上青岚科技宣布新任首席执行官"),
        ("青岚科技发文 回应裁员传闻\n正文。", "青岚科技发文 回应裁员传闻"),
        ("青岚科技回应记者 不会裁员\n正文。", "青岚科技回应记者 不会裁员"),
        ("By " + "A-A, " * 30 + "z.z\nText.", "By " + "A-A, " * 30 + "z.z"),
        ("Share this article\nTarrow Mills names a chief\nText.", "Tarrow Mills names a chief"),
        ("Bagikan artikel ini\nTarrow Mills punya bos baru\nIsi.", "Tarrow Mills punya bos baru"),
        ("Business | Companies | Logistics\nTarrow Mills names a chief\nText.", "Tarrow Mills names a chief"),
        ("首页 > 财经 > 公司新闻\n青岚科技任命新首席执行官\n正文。", "青岚科技任命新首席执行官"),
        ("Tarrow Mills names a chief | Surat Pagi\nText.", "Tarrow Mills names a chief | Surat Pagi"),
        ("Reporter: Bagaimana awalnya?\n\nSari: Kami mulai di Bandung.\n\nReporter: Lalu?\n\nSari: Tumbuh.", None),
        ("Surat Pagi: How did it begin?\n\nOkafor: In a shed.\n\nSurat Pagi: And then?\n\nOkafor: It grew.", None),
        ("记者：公司是怎么开始的？\n\n陆知远：从一间车库。\n\n记者：后来呢？", None),
        ("陆知远：磨坊要走三条路\n\n今年5月，陆知远来到海州。\n\n陆知远：先说水。\n\n记者：后来呢？", "陆知远：磨坊要走三条路"),
        ("Siaran pers Tarrow Mills hari ini\nIsi.", "Siaran pers Tarrow Mills hari ini"),
        ("Tarrow Mills opens its office on 3 March 2031\nText.", "Tarrow Mills opens its office on 3 March 2031"),
    ],
)
def test_the_title_is_a_leading_line_that_reads_like_a_headline(text: str, title: str | None) -> None:
    assert headline(text) == title


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2031", "2031"),
        ("2031-02", "2031-02"),
        ("2032-02-29", "2032-02-29"),
        ("2031-02-29", None),
        ("2031-04-31T10:00:00Z", None),
        ("2031-13", None),
        ("0000", None),
        ("last week", None),
    ],
)
def test_a_date_of_metadata_is_one_of_the_calendar(written: str, date: str | None) -> None:
    assert dated(written) == date


@pytest.mark.parametrize(
    ("charset", "title", "text"),
    [
        ("utf-8", "Tarrow Mills names a chief", "Tarrow Mills said on Tuesday that Ines Okafor would lead the maker of looms."),
        (
            "utf-8",
            "Rimba Kencana punya bos baru",
            "PT Rimba Kencana mengumumkan pada Selasa bahwa Sari Wulandari akan memimpin perusahaan.",
        ),
        ("gb2312", "青岚科技任命新首席执行官", "青岚科技周二宣布，陆知远将于五月出任首席执行官，接替退休的前任，公司总部设在海州。"),
    ],
)
def test_a_page_gives_its_article_title_and_date(tmp_path: Path, charset: str, title: str, text: str) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.format(charset=charset, title=title, text=text).encode(charset, "ignore"))
    (document,), issues = read([tmp_path])
    assert (document.title, document.issued, issues) == (title, "2031-03-05", ())
    assert text in document.text
    assert title in document.text
    assert "About" not in document.text


def test_a_table_of_a_page_has_tabs_between_its_cells(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>Name</th><th>Post</th></tr><tr><td>Lu Zhiyuan</td><td><p>head of <b>research</b></p></td></tr>"
        "<tr><td></td><td>chair|woman</td></tr></table>"
    )
    paragraph = "<p>Tarrow Mills, the maker of looms, said on Tuesday that it would name the heads of its units at Haizhou in May.</p>"
    (tmp_path / "a.html").write_text(f"<html><body><article>{paragraph * 3}{table}</article></body></html>", encoding="utf-8")
    (document,), _ = read([tmp_path])
    assert document.text.split("\n")[-3:] == ["Name\tPost", "Lu Zhiyuan\thead of research", "\tchair|woman"]


PIECES = {
    "a paragraph": "<p>Ines Okafor leads Tarrow Mills.</p>",
    "a mail": '<div dir="ltr">Ines Okafor leads Tarrow Mills.</div>',
    "as typed": "<pre>Ines Okafor leads Tarrow Mills.</pre>",
    "a span": "<span>Ines Okafor leads <b>Tarrow</b> Mills.</span>",
    "words": "Ines Okafor leads Tarrow Mills.",
    "a table": "<table><tr><td><p>Ines Okafor leads Tarrow Mills.</p></td></tr></table>",
    "lines": "Ines Okafor leads Tarrow Mills.<br>Tom Brandt is its chairman.",
    "Chinese": "<p>Ines Okafor leads Tarrow Mills.</p><p>陆知远出任首席执行官。</p>",
}


@pytest.mark.parametrize("page", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("head", ["", "Subject: News\nContent-Type: text/html; charset=utf-8\n\n"], ids=["html", "eml"])
def test_a_piece_of_html_gives_its_words(tmp_path: Path, page: str, head: str) -> None:
    (tmp_path / ("a.eml" if head else "a.html")).write_text(head + page, encoding="utf-8")
    (document,), issues = read([tmp_path])
    assert issues == ()
    assert "Ines Okafor leads Tarrow Mills." in document.text
    assert document.title == ("News" if head else None)


def test_html_in_json_lines_gives_its_words(tmp_path: Path) -> None:
    page = "<p>Tarrow <b>Mills</b> &amp; Sons.</p><ul><li>Ines Okafor<li>Tom Brandt</ul>One<br/>two<script>evil()</script>"
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": page}), encoding="utf-8")
    (document,), issues = read([tmp_path])
    assert (document.text, issues) == ("Tarrow Mills & Sons.\n\nInes Okafor\n\nTom Brandt\nOne\ntwo", ())


def test_a_pdf_gives_its_text_and_title(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf", "Tarrow Mills has a new chief executive.", "Annual report")
    (document,), _ = read([tmp_path])
    assert (document.identifier, document.title) == ("a.pdf", "Annual report")
    assert document.text == "Tarrow Mills has a new chief executive."


@pytest.mark.parametrize("title", ["looms.html", "report-2031.indd", "Microsoft Word - looms.docx"])
def test_the_name_of_a_file_is_no_title_of_a_pdf(tmp_path: Path, title: str) -> None:
    pdf(tmp_path / "a.pdf", "Tarrow Mills has a new chief executive.", title)
    assert read([tmp_path])[0][0].title is None


def test_letters_that_a_pdf_ties_together_are_letters() -> None:
    assert "Paci\ufb01c o\ufb03ces, \ufb02eet, o\ufb00er".translate(LIGATURES) == "Pacific offices, fleet, offer"


def test_what_a_browser_prints_around_a_page_is_no_text_of_it(tmp_path: Path) -> None:
    lines = ("4/5/31, 3:08 AM Looms", "Tarrow Mills sold looms on", "4/5/31, 3:08 AM", "https://tarrow.example/looms 1/1")
    pdf(tmp_path / "a.pdf", ") Tj 0 -14 Td (".join(lines))
    assert read([tmp_path])[0][0].text == "Tarrow Mills sold looms on"
    pdf(tmp_path / "a.pdf", ") Tj 0 -14 Td (".join(lines[:3]))
    assert read([tmp_path])[0][0].text == "\n".join(lines[:3])


def test_a_word_file_gives_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    word(tmp_path / "a.docx")
    (document,), _ = read([tmp_path])
    assert document.title == "Laporan tahunan"
    assert document.text.split("\n") == [
        "PT Rimba Kencana menunjuk Sari Wulandari.",
        "Direktur utama\tSari Wulandari",
        "Ia mulai bekerja pada Senin.",
    ]


SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def marked_up(blocks: str, path: Path, **notes: Mapping[int, str]) -> None:
    """Write a Word file of these blocks, and of notes by kind and number."""
    file = docx.Document()
    for block in reversed([*parse_xml(f"<w:body {SPACES}>{blocks}</w:body>")]):
        file.element.body.insert(0, block)
    for kind, numbered in notes.items():
        inner = "".join(f'<w:{kind} w:id="{number}">{content}</w:{kind}>' for number, content in numbered.items())
        content = f"<w:{kind}s {SPACES}>{inner}</w:{kind}s>".encode()
        part = Part(PackURI(f"/word/{kind}s.xml"), getattr(CONTENT_TYPE, f"WML_{kind.upper()}S"), content, file.part.package)
        file.part.relate_to(part, getattr(RELATIONSHIP_TYPE, f"{kind.upper()}S"))
    file.save(str(path))


SEEN = "Sari Wulandari memimpin Rimba Kencana."
RUN = "<w:r><w:t>Sari Wulandari</w:t></w:r>"


@pytest.mark.parametrize(
    "markup",
    [
        f"<w:p><w:ins>{RUN}</w:ins>%s</w:p>",
        f"<w:p><w:moveTo>{RUN}</w:moveTo>%s</w:p>",
        f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{RUN}</w:sdtContent></w:sdt>%s</w:p>",
        f"<w:p><w:smartTag><w:smartTag>{RUN}</w:smartTag></w:smartTag>%s</w:p>",
        f"<w:p><w:hyperlink><w:ins>{RUN}</w:ins></w:hyperlink>%s</w:p>",
        f"<w:sdt><w:sdtContent><w:p>{RUN}%s</w:p></w:sdtContent></w:sdt>",
        f"<w:p><w:del><w:r><w:delText>Ia</w:delText></w:r></w:del>{RUN}%s</w:p>",
        f"<w:p><w:moveFrom><w:r><w:t>Ia</w:t></w:r></w:moveFrom>{RUN}%s</w:p>",
    ],
    ids=["inserted", "moved here", "control", "smart tags", "inserted link", "control of paragraphs", "deleted", "moved away"],
)
def test_a_word_file_gives_what_its_last_version_shows(tmp_path: Path, markup: str) -> None:
    rest = '<w:r><w:t xml:space="preserve"> memimpin Rimba Kencana.</w:t></w:r>'
    marked_up(markup % rest, tmp_path / "a.docx")
    (document,), issues = read([tmp_path])
    assert (document.text, issues) == (SEEN, ())


def said(words: str, more: str = "") -> str:
    """A paragraph in the markup of Word."""
    return f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r>{more}</w:p>'


def choice(*forms: str) -> str:
    """Markup for newer programs, and others in its place for older ones."""
    first, *others = forms
    rest = "".join(f"<mc:Fallback>{form}</mc:Fallback>" for form in others)
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{first}</mc:Choice>{rest}</mc:AlternateContent></w:r>'


BOX = (
    '<w:drawing><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><wps:wsp '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:txbx><w:txbxContent>%s</w:txbxContent></wps:txbx>'
    "</wps:wsp></a:graphicData></a:graphic></w:drawing>"
)
OLD_BOX = (
    '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>%s</w:txbxContent></v:textbox></v:shape></w:pict>'
)
TABLE = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc>%s</w:tc><w:tc>%s</w:tc></w:tr></w:tbl>"
ONE, TWO, THREE = said("Sari Wulandari memimpin."), said("Rimba Kencana untung."), said("Ia senang.")


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (said("Kencana.", choice(BOX % ONE, OLD_BOX % ONE)) + TWO, ["Kencana.", "Sari Wulandari memimpin.", "Rimba Kencana untung."]),
        (said("Kencana.", choice("<w:drawing/>", OLD_BOX % ONE)), ["Kencana.", "Sari Wulandari memimpin."]),
        (
            said("Kencana.", f"<w:r>{OLD_BOX % ONE}</w:r><w:r>{OLD_BOX % TWO}</w:r>"),
            ["Kencana.", "Sari Wulandari memimpin.", "Rimba Kencana untung."],
        ),
        (
            said("Kencana.", choice(BOX % (ONE + TABLE % (TWO, THREE)))),
            ["Kencana.", "Sari Wulandari memimpin.", "Rimba Kencana untung.\tIa senang."],
        ),
        (
            said("Kencana.", choice(BOX % said("Rapat.", f"<w:r>{OLD_BOX % ONE}</w:r>"))) + TWO,
            ["Kencana.", "Rapat.", "Sari Wulandari memimpin.", "Rimba Kencana untung."],
        ),
        (TABLE % (said("Kencana.", choice(BOX % ONE)), TWO), ["Kencana.", "Sari Wulandari memimpin.\tRimba Kencana untung."]),
        (
            said("Kencana.", f"<w:del>{choice(BOX % ONE, OLD_BOX % ONE)}</w:del><w:ins>{choice(BOX % TWO)}</w:ins>"),
            ["Kencana.", "Rimba Kencana untung."],
        ),
    ],
    ids=["two forms", "old form alone has words", "two old boxes", "table in it", "box in a box", "in a table", "deleted and inserted"],
)
def test_text_boxes_of_a_word_file_stand_once_and_in_their_place(tmp_path: Path, markup: str, lines: list[str]) -> None:
    marked_up(markup, tmp_path / "a.docx")
    (document,), issues = read([tmp_path])
    assert (document.text.split("\n"), issues) == (lines, ())


def test_footnotes_and_endnotes_of_a_word_file_follow_its_body(tmp_path: Path) -> None:
    def mark(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    footnotes = {-1: said("separator"), 1: ONE, 2: TWO + TABLE % (ONE, THREE), 3: said("Taken out."), 4: said("Left over.")}
    body = said("Kencana", mark("endnote", 1) + mark("footnote", 2)) + said(
        "Rapat", mark("footnote", 1) + f"<w:del>{mark('footnote', 3)}</w:del>"
    )
    marked_up(body, tmp_path / "a.docx", footnote=footnotes, endnote={1: said("Angka 2031.", f"<w:ins>{RUN}</w:ins>")})
    (document,), issues = read([tmp_path])
    lines = [
        "Kencana",
        "Rapat",
        "Rimba Kencana untung.",
        "Sari Wulandari memimpin.\tIa senang.",
        "Sari Wulandari memimpin.",
        "Angka 2031.Sari Wulandari",
    ]
    assert (document.text.split("\n"), issues) == (lines, ())


def test_cells_of_a_word_file_are_folded_only_where_they_are_one(tmp_path: Path) -> None:
    file = docx.Document()
    table = file.add_table(rows=3, cols=3)
    for row, line in zip(table.rows, ["Kencana 15 15", "Rimba 7 -", "Rimba 8 -"], strict=True):
        for cell, text in zip(row.cells, line.split(), strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(1, 2)).text = "7"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Rimba"
    table.cell(2, 2).add_table(rows=1, cols=1).cell(0, 0).text = "Sari Wulandari"
    file.save(str(tmp_path / "a.docx"))
    (document,), _ = read([tmp_path])
    assert document.text.split("\n") == ["Kencana\t15\t15", "Rimba\t7", "Rimba\t8\t-", "Sari Wulandari"]


def test_json_lines_give_a_document_each(tmp_path: Path) -> None:
    fields = {
        "id": "k/1",
        "text": CHINESE,
        "title": "新闻",
        "date": "2031-03-05T08:00:00Z",
        "language": "ZH",
        "source": "https://a.example/1",
    }
    lines = [json.dumps(fields), "", json.dumps({"text": ENGLISH, "date": None, "source": ""}), json.dumps({"id": 7, "text": INDONESIAN})]
    (tmp_path / "n.jsonl").write_text("\n".join(lines), encoding="utf-8")
    documents, issues = read([tmp_path])
    assert issues == ()
    assert documents == (
        Document("n.jsonl/3", ENGLISH),
        Document("n.jsonl/7", INDONESIAN),
        Document("n.jsonl/k_1-860989f0", CHINESE, "zh", "新闻", "2031-03-05", "https://a.example/1"),
    )


BAD = {
    "empty.txt": (b"", "empty file"),
    "white.txt": (b" \n\t\xe3\x80\x80\n", "only white space"),
    "nul.txt": (b"ab\0cd", "binary"),
    "picture.md": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    "latin.txt": ("Café Tarrow".encode("latin-1"), "not valid UTF-8 (byte 3)"),
    "chinese.txt": (CHINESE.encode("gb18030"), "not valid UTF-8"),
    "half.txt": (CHINESE.encode()[:-2], "not valid UTF-8"),
    "odd.txt": (b"\xff\xfea\0b", "not valid UTF-16"),
    "long.txt": (b"word " * 1_000_000, "over the limit"),
    "empty.eml": (b"\n\n", "no text in the e-mail"),
    "blank.eml": (b"Subject: News of Tarrow Mills\n\n \n", "only white space"),
    "page.eml": (b"Subject: News of Tarrow Mills\nContent-Type: text/html\n\n<p><img src=x></p>", "only white space"),
    "odd.eml": (b"Subject: x\nContent-Type: text/plain; charset=klingon\n\n\xff\xff", "damaged e-mail"),
    "junk.pdf": (b"%PDF-1.7 and then nothing", "damaged PDF"),
    "text.pdf": (b"no PDF at all", "damaged PDF"),
    "junk.docx": (b"PK\x03\x04 junk", "damaged or encrypted Word file"),
    "bad.html": (b"<meta charset=utf-8><p>\xff\xff</p>", "not valid utf-8"),
    "odd.html": (b"<meta charset=hex><p>Words</p>", "not valid hex"),
    "nul.html": (b"<p>a\0b</p>", "binary"),
    "bare.html": (b"<html><body></body></html>", "only white space"),
    "title.html": (b"<html><head><title>Tarrow Mills names a chief</title></head><body></body></html>", "only white space"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_an_issue_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(ENGLISH, encoding="utf-8")
    documents, issues = read([tmp_path])
    assert [d.identifier for d in documents] == ["good.txt"]
    assert [i.path for i in issues] == [name]
    assert reason in issues[0].reason


def test_an_encrypted_pdf_is_an_issue(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf", "Secret", password="x")
    assert read([tmp_path]) == ((), (Issue("a.pdf", "encrypted PDF: needs a password"),))


def test_a_pdf_with_an_empty_password_is_read(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf", "Open to all", password=None)
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "a.pdf"))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert read([tmp_path])[0][0].text == "Open to all"


def test_a_pdf_of_pictures_is_an_issue(tmp_path: Path) -> None:
    pdf(tmp_path / "a.pdf", "")
    assert "no text" in read([tmp_path])[1][0].reason


@pytest.mark.parametrize(
    ("line", "where", "reason"),
    [
        ("{nope", "n.jsonl/2", "no JSON"),
        ('["text"]', "n.jsonl/2", 'no field "text"'),
        ('{"text": 3}', "n.jsonl/2", 'no field "text"'),
        ('{"id": "a", "text": "again"}', "n.jsonl/a", "occurs 2 times"),
        ('{"id": "a", "text": "again"}\n' * 3, "n.jsonl/a", "occurs 4 times"),
        ('{"text": ""}', "n.jsonl/2", "only white space"),
        (r'{"text": "half \ud83d"}', "n.jsonl/2", "not valid Unicode"),
        (r'{"text": "two", "title": "half \ud83d"}', "n.jsonl/2", "not valid Unicode"),
        (r'{"text": "two", "source": "half \ude00"}', "n.jsonl/2", "not valid Unicode"),
        (r'{"text": "two", "language": "\ud83d"}', "n.jsonl/2", "not valid Unicode"),
        ("[" * 100_000, "n.jsonl/2", "no JSON"),
        ("\udcff", "n.jsonl/2", "no JSON"),
    ],
)
def test_a_bad_line_is_an_issue_and_the_rest_is_read(tmp_path: Path, line: str, where: str, reason: str) -> None:
    text = f'{{"id": "a", "text": "one"}}\n{line}\n{{"id": "c", "text": "three"}}\n'
    (tmp_path / "n.jsonl").write_bytes(text.encode("utf-8", "surrogateescape"))
    documents, issues = read([tmp_path])
    assert [d.text for d in documents] == ["one", "three"]
    assert [i.path for i in issues] == [where]
    assert reason in issues[0].reason


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        *(
            ("date", value, f"date '{value}' is left out: write 2023-09-10, 2023-09 or 2023")
            for value in ("12/09/2031", "Sept 12, 2031", "20310912", "2031-9-1", 1946937600, "last week", "2031年9月12日")
        ),
        ("date", "half \ud83d", "date 'half \\ud83d' is left out: write 2023-09-10, 2023-09 or 2023"),
        *(
            (field, value, f'field "{field}" is left out: neither a text nor a whole number')
            for field, value in (("source", ["Tarrow Post"]), ("id", 1.5), ("id", True), ("title", {"en": "One"}), ("language", False))
        ),
    ],
)
def test_a_field_that_is_left_out_is_an_issue_and_its_record_is_read(tmp_path: Path, field: str, value: object, reason: str) -> None:
    (tmp_path / "n.jsonl").write_text(json.dumps({"text": "one", field: value}), encoding="utf-8")
    assert read([tmp_path]) == ((Document("n.jsonl/1", "one"),), (Issue("n.jsonl/1", reason),))


@pytest.mark.parametrize("size", [1, 63, 64, 65, 127, 128, 129, 300])
@pytest.mark.parametrize("end", ["\n", ""])
def test_a_line_that_is_too_long_to_hold_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, end: str) -> None:
    monkeypatch.setattr("kg.readers.jsonl.LONGEST", 64)
    first, last = (json.dumps({"id": n, "text": n}) for n in ("one", "three"))
    (tmp_path / "n.jsonl").write_text(f"{first}\n{' ' * size}\n{last}{end}", encoding="utf-8")
    documents, issues = read([tmp_path])
    assert [d.text for d in documents] == ["one", "three"]
    assert [i.path for i in issues] == (["n.jsonl/2"] if size >= 64 else [])


@pytest.mark.parametrize("identifier", ["../../up", "/etc/x", "..", "a\\b", "x\ny"])
def test_an_identifier_is_never_a_way_out_of_a_folder(tmp_path: Path, identifier: str) -> None:
    (tmp_path / "n.jsonl").write_text(json.dumps({"id": identifier, "text": "one"}), encoding="utf-8")
    (document,), _ = read([tmp_path])
    folder, _, name = document.identifier.partition("/")
    assert folder == "n.jsonl"
    assert name not in {"", ".", ".."}
    assert not set(name) & set("/\\\n")


def test_different_identifiers_stay_so(tmp_path: Path) -> None:
    names = ["a_b", "a/b", "a?b", "a b", "https://x.example/b?p=1", "https://x.example/b/p=1", "é", "e\u0301", 7]
    (tmp_path / "n.jsonl").write_text("\n".join(json.dumps({"id": name, "text": "one"}) for name in names), encoding="utf-8")
    documents, issues = read([tmp_path])
    assert (len(documents), issues) == (len(names), ())
    assert {"n.jsonl/a_b", "n.jsonl/é", "n.jsonl/7"} < {d.identifier for d in documents}


def test_a_number_of_any_length_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "n.jsonl").write_text(f'{{"text": "one", "hash": {"9" * 10_000}}}', encoding="utf-8")
    assert read([tmp_path]) == ((Document("n.jsonl/1", "one"),), ())


def test_identifiers_are_paths_below_the_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.TXT", "a/deep/d.md", ".hidden.txt", ".git/e.txt", "gold.json", "picture.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    documents, issues = read([tmp_path])
    assert [d.identifier for d in documents] == ["a/c.TXT", "a/deep/d.md", "b.txt"]
    assert issues == ()


def test_clashing_names_get_their_folders_and_no_file_is_read_twice(tmp_path: Path) -> None:
    for name in ("x/a.txt", "y/a.txt", "y/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    inputs = [tmp_path / "x", tmp_path / "y", tmp_path / "y" / "a.txt"]
    documents, issues = read(inputs)
    assert {d.identifier: d.text for d in documents} == {"b.txt": "y/b.txt", "x/a.txt": "x/a.txt", "y/a.txt": "y/a.txt"}
    assert issues == ()
    assert read(inputs[::-1]) == (documents, issues)


def test_a_file_named_as_a_folder_of_another_input_gets_its_folder(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y" / "a.txt").mkdir(parents=True)
    for name in ("x/a.txt", "y/a.txt/b.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    documents, _ = read([tmp_path / "x", tmp_path / "y"])
    assert {d.identifier: d.text for d in documents} == {"x/a.txt": "x/a.txt", "a.txt/b.txt": "y/a.txt/b.txt"}


def test_links_are_followed_but_loops_and_dead_ends_are_issues(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "o.txt").write_text("outside", encoding="utf-8")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "sub" / "up").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "self.txt").symlink_to("self.txt")
    (tmp_path / "in" / "gone.txt").symlink_to("nowhere")
    documents, issues = read([tmp_path / "in"])
    assert [d.identifier for d in documents] == ["linked/o.txt"]
    assert [i.path for i in issues] == ["gone.txt", "self.txt", "sub/up"]


def test_a_pipe_is_an_issue_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert read([tmp_path]) == ((), (Issue("a.txt", "not a regular file"),))


READ = "import sys, pathlib, kg.readers as r; d, i = r.read([pathlib.Path(sys.argv[1])]); print(len(d), [(x.path, x.reason) for x in i])"


def test_an_unreadable_file_or_folder_is_an_issue(tmp_path: Path, powerless: Callable[[], None]) -> None:
    (tmp_path / "good.txt").write_text("good", encoding="utf-8")
    (tmp_path / "shut.txt").write_text("shut", encoding="utf-8")
    (tmp_path / "room").mkdir()
    for name in ("shut.txt", "room"):
        (tmp_path / name).chmod(0)
    told = subprocess.run(
        [sys.executable, "-c", READ, tmp_path], stdout=subprocess.PIPE, text=True, check=True, preexec_fn=powerless
    ).stdout
    assert told.startswith("1 [('room', 'folder cannot be read: Permission denied'), ('shut.txt', 'cannot be read: Permission denied')]")
    (tmp_path / "room").chmod(0o700)


def test_a_file_that_disappears_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("here", encoding="utf-8")
    listed = os.listdir

    def vanish(folder: Path) -> list[str]:
        names = listed(folder)
        path.unlink()
        return names

    monkeypatch.setattr(os, "listdir", vanish)
    assert read([tmp_path]) == ((), (Issue("a.txt", "cannot be read: No such file or directory"),))


def test_names_that_are_not_unicode_stay_apart(tmp_path: Path) -> None:
    for name in (b"caf\xe8.txt", b"caf\xe9.txt", rb"caf\xe9.txt", rb"c\xyz.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("text", encoding="utf-8")
    assert [d.identifier for d in read([tmp_path])[0]] == [
        r"c\xyz.txt",
        r"caf\x5cxe9.txt",
        r"caf\xe8.txt",
        r"caf\xe9.txt",
    ]


def test_an_unknown_format_named_directly_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b", encoding="utf-8")
    (issue,) = read([tmp_path / "a.csv"])[1]
    assert (issue.path, issue.reason.split(";")[0]) == ("a.csv", "format that cannot be read")


def test_a_document_of_a_format_that_nobody_reads_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    for name in ("a.txt", "b.doc", "c.ODT", "d.json", "e.png", "f.MP4", "g.csv", "h.bin", "i", "README.rst", "LICENSE"):
        (tmp_path / name).write_text("Tarrow Mills has a new chief executive.", encoding="utf-8")
    documents, issues = read([tmp_path])
    assert [d.identifier for d in documents] == ["a.txt"]
    assert [(i.path, i.reason.split(";")[0]) for i in issues] == [
        (n, "format that cannot be read") for n in ("b.doc", "c.ODT", "g.csv", "h.bin", "i")
    ]
    (tmp_path / "a.txt").unlink()
    with pytest.raises(InputError, match="holds no documents"):
        read([tmp_path])


@pytest.mark.parametrize("name", ["missing.txt", "missing", "bare"])
def test_a_missing_path_or_a_folder_without_documents_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=name):
        read([tmp_path / name])


MAIL = b"""From: press@tarrow.example
Subject: =?utf-8?q?Tarrow_Mills=C2=A0names_chief?=
Date: Sun, 04 May 2031 23:30:00 +0700
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=AA

--AA
Content-Type: multipart/alternative; boundary=BB

--BB
Content-Type: text/plain; charset="utf-8"; format=flowed
Content-Transfer-Encoding: quoted-printable

Tarrow Mills, the maker of looms that was founded=20
in 1902, said on Tuesday that Ines Okafor =E2=80=93 a weaver
herself =E2=80=93 would become its next chief executive.

--BB
Content-Type: text/html

<p>Not read.</p>
--BB--
--AA
Content-Type: application/pdf; name="looms.pdf"
Content-Disposition: attachment; filename="looms.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--AA--
"""
MAILED = (
    "Tarrow Mills names chief\n\nTarrow Mills, the maker of looms that was founded in 1902, said on Tuesday that Ines Okafor – a weaver"
    " herself – would become its next chief executive."
)


def test_an_e_mail_gives_its_words_its_subject_and_its_day(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL)
    (document,), issues = read([tmp_path])
    assert document.text.strip() == MAILED
    assert (document.title, document.issued) == ("Tarrow Mills names chief", "2031-05-04")
    assert issues == (Issue("a.eml", "attachment not read: looms.pdf"),)


def test_an_e_mail_in_html_gives_its_article(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8", title="Tarrow Mills names chief", text="Tarrow Mills said that Ines Okafor would lead it.")
    (tmp_path / "a.eml").write_text(f"Subject: News\nContent-Type: text/html; charset=utf-8\n\n{page}", encoding="utf-8")
    (document,), issues = read([tmp_path])
    assert issues == ()
    assert document.text.startswith("News\n\n")
    assert "Ines Okafor would lead it." in document.text
    assert "About" not in document.text


def test_an_e_mail_gives_its_html_where_its_plain_part_is_blank(tmp_path: Path) -> None:
    parts = b"--B\nContent-Type: text/plain\n\n \n--B\nContent-Type: text/html\n\n<p>Ines Okafor leads Tarrow Mills.</p>\n--B--\n"
    (tmp_path / "a.eml").write_bytes(b"Subject: News\nContent-Type: multipart/alternative; boundary=B\n\n" + parts)
    (document,), issues = read([tmp_path])
    assert (document.text, issues) == ("News\n\nInes Okafor leads Tarrow Mills.", ())


@pytest.mark.parametrize(
    ("stated", "encoding", "text"),
    [
        ("gb2312", "gb18030", "青岚科技任命陆知远，接替朱镕喆。"),
        ("us-ascii", "utf-8", "Café Tarrow names Ines Okafor."),
        ("klingon", "utf-8", "Café Tarrow names Ines Okafor."),
        ("iso-8859-1", "cp1252", "“Café Tarrow” names Ines Okafor."),
        (None, "utf-8", "Café Tarrow names Ines Okafor."),
    ],
)
def test_an_e_mail_is_read_though_it_states_another_encoding(tmp_path: Path, stated: str | None, encoding: str, text: str) -> None:
    kind = f"Content-Type: text/plain; charset={stated}\n" if stated else ""
    (tmp_path / "a.eml").write_bytes(f"Subject: News\n{kind}Content-Transfer-Encoding: 8bit\n\n".encode() + text.encode(encoding))
    (document,), issues = read([tmp_path])
    assert (document.text, issues) == (f"News\n\n{text}", ())


@pytest.mark.parametrize(
    ("flow", "text"),
    [
        ("flowed; delsp=yes", "Tarrow Mills names Oka \nfor chief.\nIt makes looms  \nin Haizhou.\n-- \nTom Brandt"),
        ("flowed", "Tarrow Mills names \nOkafor chief.\nIt makes looms \nin Haizhou.\n-- \nTom Brandt"),
    ],
)
def test_lines_of_an_e_mail_flow_where_it_says_so(tmp_path: Path, flow: str, text: str) -> None:
    (tmp_path / "a.eml").write_bytes(f"Subject: News\nContent-Type: text/plain; format={flow}\n\n{text}".encode())
    (document,), _ = read([tmp_path])
    assert document.text == "News\n\nTarrow Mills names Okafor chief.\nIt makes looms in Haizhou.\n-- \nTom Brandt"


PACKED = base64.encodebytes(f"{'Ines Okafor leads Tarrow Mills. ' * 4}青岚科技".encode()).decode()  # three lines
NOTHING = "its text is broken: nothing of it can be decoded"
BROKEN = "its text is cut off or broken: what stands before is read"


@pytest.mark.parametrize(
    ("packed", "ending"),
    [
        (PACKED[:-4], "Tarrow Mills. 青岚科"),
        (PACKED[:-5], "Tarrow Mills. 青岚科"),
        (PACKED[:-6], "Tarrow Mills. 青岚科"),
        (PACKED[:-7], "Tarrow Mills. 青岚"),
        (PACKED[:160] + "?" + PACKED[161:], "Okafor leads Tarrow Mills. Ines Okafor leads "),
        (PACKED + "-- \nTo unsubscribe write to us", "Tarrow Mills. 青岚科技"),
    ],
    ids=["4 less", "5 less", "6 less", "7 less", "a wrong letter in the last line", "a footer in plain letters"],
)
def test_broken_base64_of_an_e_mail_is_read_as_far_as_it_is_whole(tmp_path: Path, packed: str, ending: str) -> None:
    head = "Subject: News\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: Base64\n\n"
    (tmp_path / "a.eml").write_text(head + packed, encoding="utf-8")
    (document,), issues = read([tmp_path])
    assert document.text.startswith("News\n\nInes Okafor leads Tarrow Mills. Ines") and document.text.endswith(ending)
    assert issues == (Issue("a.eml", BROKEN),)


def test_base64_of_an_e_mail_may_have_lines_of_any_length(tmp_path: Path) -> None:
    head = "Subject: News\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    packed = " \r\n\r\n".join(re.findall(".{1,35}", PACKED.replace("\n", "")))
    (tmp_path / "a.eml").write_text(head + packed, encoding="utf-8", newline="")
    (document,), issues = read([tmp_path])
    assert document.text.endswith("Tarrow Mills. 青岚科技") and issues == ()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_an_e_mail_that_states_base64_and_has_none_is_an_issue_alone(tmp_path: Path, charset: str) -> None:
    head = f"Subject: News\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    (tmp_path / "a.eml").write_text(head + "Ines Okafor leads Tarrow Mills.\n", encoding="utf-8")
    assert read([tmp_path]) == ((), (Issue("a.eml", NOTHING),))


def test_an_e_mail_gives_its_html_where_the_base64_of_its_plain_part_is_broken(tmp_path: Path) -> None:
    plain = f"--B\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{PACKED[:-5]}\n"
    html = "--B\nContent-Type: text/html\n\n<p>Ines Okafor leads Tarrow Mills.</p>\n--B--\n"
    (tmp_path / "a.eml").write_text(f"Subject: News\nContent-Type: multipart/alternative; boundary=B\n\n{plain}{html}", encoding="utf-8")
    (document,), issues = read([tmp_path])
    assert (document.text, issues) == ("News\n\nInes Okafor leads Tarrow Mills.", ())


def test_parts_of_an_e_mail_need_no_header(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: News\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nInes Okafor leads it.\n--B--\n")
    (document,), issues = read([tmp_path])
    assert (document.text.strip(), issues) == ("News\n\nInes Okafor leads it.", ())


def test_a_signed_e_mail_names_what_is_attached(tmp_path: Path) -> None:
    kind, _, mixed = MAIL.partition(b"MIME-Version: 1.0\n")
    signed = b"--CC\n" + mixed + b"\n--CC\nContent-Type: application/pgp-signature\n\nx\n--CC--\n"
    (tmp_path / "a.eml").write_bytes(kind + b"Content-Type: multipart/signed; boundary=CC\n\n" + signed)
    (document,), issues = read([tmp_path])
    assert document.text.strip() == MAILED
    assert [issue.reason for issue in issues] == [f"attachment not read: {name}" for name in ("application/pgp-signature", "looms.pdf")]


def test_an_e_mail_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"\xef\xbb\xbf" + MAIL)
    (document,), _ = read([tmp_path])
    assert (document.title, document.text.strip()) == ("Tarrow Mills names chief", MAILED)
