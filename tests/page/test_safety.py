"""Nothing in the data runs, and everybody can use the page."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from browser import CLICK, DESKTOP, HOVER, PHONE, TYPE, VIOLATIONS, Page, size
from example_graph import HOSTILE
from graphs import PAYLOADS
from pyoxigraph import RdfFormat, parse
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from kg.pipeline import build


def test_nothing_in_names_titles_texts_or_file_names_runs(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("hostile")).open()
    count = len(PAYLOADS) + len(HOSTILE)
    assert page.counts == f"{count} entities · {count} facts"
    for kind, table in (("entity", "kgPage.view().entities.map((e) => e.name)"), ("fact", "kgPage.view().facts.map((f) => f.key)")):
        for name in page.js(f"return {table}"):
            page.js("location.hash = new URLSearchParams({s: arguments[0]}).toString()", f"{kind}:{name}")
            page.until(lambda kind=kind, name=name: page.js("return document.getElementById('panel').dataset.key") == f"{kind}:{name}")
    for payload in PAYLOADS:
        page.js(TYPE, payload)
    page.js(HOVER)
    page.js("kgPage.svg(); kgPage.turtle(); kgPage.csv()")
    assert page.js("return typeof window.pwned") == "undefined"
    assert page.js("return document.querySelectorAll('iframe, img, object, embed, body script').length") == 3
    assert page.js("return document.scripts.length") == 3
    assert page.driver.get_log("browser") == []
    list(parse(page.js("return kgPage.turtle()").encode(), RdfFormat.TURTLE))
    assert all(not cell.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(page.js("return kgPage.csv()"))) for cell in row)


def test_nothing_runs_that_came_the_whole_way_from_files(driver: webdriver.Chrome, tmp_path: Path) -> None:
    top = tmp_path / "in"
    (top / "<script>pwned=1<").mkdir(parents=True)
    (top / "<img src=x onerror=pwned=1>.txt").write_text(f"Maria Okafor leads Larkfield Motors. {PAYLOADS[0]}", encoding="utf-8")
    (top / "<script>pwned=1<" / "script>.txt").write_text(f"{PAYLOADS[2]}\n\nMaria Okafor leads Larkfield Motors.", encoding="utf-8")
    text = "<p>Maria Okafor leads Larkfield Motors, as the firm told its shareholders in the spring of this year.</p>" * 6
    html = f"<!doctype html><html><head><title>{escape(PAYLOADS[3])}</title></head><body><article>{text}</article></body></html>"
    (top / "page.html").write_text(html, encoding="utf-8")
    texts = [f'Maria Okafor, chief executive of "{w}" and Larkfield Motors, said: "{w}" is {w}.' for w in PAYLOADS]
    records = [{"text": t, "title": w, "source": w, "language": "en"} for t, w in zip(texts, PAYLOADS, strict=True)]
    (top / "all.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert build([top], tmp_path / "out").documents == len(PAYLOADS) + 3
    page = Page(driver, tmp_path / "out" / "graph.html").open()
    for document in page.js("return JSON.parse(document.getElementById('data').textContent).documents.map((d) => d[0])"):
        page.js("location.hash = new URLSearchParams({s: arguments[0]}).toString()", f"document:{document}")
        page.until(lambda name=document: page.js("return document.getElementById('panel').dataset.key") == f"document:{name}")
    for entity in page.js("return kgPage.view().entities.map((e) => e.name)"):
        page.js("location.hash = new URLSearchParams({s: arguments[0]}).toString()", f"entity:{entity}")
        page.until(lambda name=entity: page.js("return document.getElementById('panel').dataset.key") == f"entity:{name}")
    page.js(HOVER)
    assert all(w in page.js("return document.getElementById('document-filter').textContent") for w in PAYLOADS[:9])
    assert page.js("return typeof window.pwned") == "undefined"
    assert page.js("return document.scripts.length") == 3
    assert page.driver.get_log("browser") == []


def test_html_put_into_the_page_by_force_is_refused(page: Page) -> None:
    script = "try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); return 'inserted'; } catch (e) { return e.name; }"
    assert page.js(script) == "TypeError"
    page.driver.get_log("browser")


def test_a_direction_override_does_not_turn_a_name_around(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("hostile")).open()
    page.search("gnp.exe")
    page.press(Keys.ENTER)
    assert "\u202e" not in page.js("return document.body.textContent.replace(document.getElementById('data').textContent, '')")
    assert "gnp.exe" in page.title


def violations(page: Page) -> list[Any]:
    """What axe-core objects to in the page as it is; AXE names another copy of its script, a newer one from npm, say."""
    axe = pytest.importorskip("axe_core_python")
    source = Path(os.environ.get("AXE", Path(next(iter(axe.__path__))) / "axe.min.js")).read_text(encoding="utf-8")
    page.driver.execute_script(source + "; window.axe = axe;")
    found: list[Any] = page.driver.execute_async_script(VIOLATIONS)
    return found


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "s=entity:person/maria-okafor",
        "s=fact:5e&theme=dark",
        "p=person/lin-xiaoyun|person/maria-okafor&lang=zh",
        "s=document:news/en-1.txt&lang=id&theme=dark",
        "s=entity:person/maria-okafor&f=person/maria-okafor&t=2031-12-01&c=Company&dated=1",
    ],
)
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_accessibility_checker_finds_nothing(page: Page, fragment: str, screen: tuple[int, int]) -> None:
    size(page.driver, *screen, phone=screen == PHONE)
    try:
        assert violations(page.open(fragment)) == []
    finally:
        size(page.driver, *DESKTOP)


@pytest.mark.parametrize("opens", ["#save", "#help", "#show-filters"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nor_where_something_is_open(page: Page, opens: str, theme: str) -> None:
    size(page.driver, *(PHONE if opens == "#show-filters" else DESKTOP), phone=opens == "#show-filters")
    try:
        page.open(f"theme={theme}")
        page.js(CLICK, opens)
        assert violations(page) == []
        page.js(TYPE, "mar")
        assert page.one("#suggestions").is_displayed()
        assert violations(page) == []
    finally:
        size(page.driver, *DESKTOP)


def test_nor_in_an_overview_with_a_group_chosen(large: Page) -> None:
    large.click("#panel [data-group]")
    assert violations(large) == []
