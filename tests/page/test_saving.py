"""Pictures and facts saved from the page."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser import Page
from example_graph import example
from graphs import posts, succeeded
from pyoxigraph import BlankNode, RdfFormat, parse
from pypdf import PdfReader
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from kg import rdf
from kg.iris import documents
from kg.ontology import Ontology


def saved(page: Page, tmp_path: Path, item: str) -> bytes:
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.click("#save")
    page.click(f"#save-{item}")
    page.until(lambda: [p for p in tmp_path.iterdir() if not p.name.endswith(".crdownload") and p.stat().st_size])
    return next(tmp_path.iterdir()).read_bytes()


def test_the_picture_is_saved_as_png(page: Page, tmp_path: Path) -> None:
    image = saved(page, tmp_path, "png")
    assert image.startswith(b"\x89PNG")
    assert len(image) > 5_000


def test_the_picture_is_saved_as_svg(page: Page, tmp_path: Path) -> None:
    root = ElementTree.fromstring(saved(page, tmp_path, "svg"))
    texts = "".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Larkfield Motors" in texts
    assert "青溪科技" in texts


def statements(turtle: bytes) -> set[str]:
    triples = parse(turtle, RdfFormat.TURTLE)
    return {str(t.triple) for t in triples if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode)}


@pytest.mark.parametrize(
    ("fragment", "facts"), [("", 6), ("s=entity:person/lin-xiaoyun", 1), ("s=fact:5e", 1), ("p=person/lin-xiaoyun|person/maria-okafor", 3)]
)
def test_the_facts_chosen_are_saved_as_turtle_that_the_graph_agrees_with(
    page: Page, tmp_path: Path, ontology: Ontology, fragment: str, facts: int
) -> None:
    page.open(fragment)
    found = statements(saved(page, tmp_path, "turtle"))
    assert sum("#Statement>" in t for t in found) == facts
    known = {str(t) for t in rdf.triples(example(), ontology)}
    assert found <= known


def test_a_fact_that_a_succession_ended_is_saved_as_the_graph_says_it(
    driver: webdriver.Chrome, files: Callable[[str], Path], tmp_path: Path, ontology: Ontology
) -> None:
    found = statements(saved(Page(driver, files("succeeded")).open("s=fact:fact/a"), tmp_path, "turtle"))
    known = {str(t) for t in rdf.triples(succeeded(), ontology, documents(succeeded()))}
    assert found <= known
    assert found >= {t for t in known if t.split()[0].endswith("/fact/a>")}


def test_posts_of_every_status_are_saved_as_the_graph_says_them(
    driver: webdriver.Chrome, files: Callable[[str], Path], tmp_path: Path, ontology: Ontology
) -> None:
    found = statements(saved(Page(driver, files("posts")).open(), tmp_path, "turtle"))
    assert found == {str(t) for t in rdf.triples(posts(ontology), ontology, documents(posts(ontology)))}


def test_the_facts_chosen_are_saved_as_csv(page: Page, tmp_path: Path) -> None:
    page.open("s=entity:person/maria-okafor")
    rows = list(csv.DictReader(io.StringIO(saved(page, tmp_path, "csv").decode("utf-8-sig"))))
    assert {r["fact"] for r in rows} == {"1a", "3c"}
    assert rows[0]["evidence"] == "Maria Okafor has been chief executive of Larkfield Motors"
    assert rows[0]["document"] == "news/en-1.txt"


def test_all_of_the_panel_is_printed(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("seeds")).open("s=entity:organization/alibaba-group")
    shown = [e.text for e in page.all("#panel h2, #panel .fact .line, #panel .quote p") if e.text]
    pdf = PdfReader(io.BytesIO(base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {})["data"])))
    printed = "".join("".join(p.extract_text() for p in pdf.pages).split())
    assert len(shown) > 10
    assert [text for text in shown if "".join(text.split()) not in printed] == []


def test_what_is_dark_is_printed_light(page: Page) -> None:
    page.open("s=fact:2b&theme=dark")
    page.click("details.rest summary")
    themes = []
    for event in ("beforeprint", "afterprint"):
        page.js("window.dispatchEvent(new Event(arguments[0]))", event)
        themes.append(page.one("html").get_attribute("data-theme"))
    assert themes == ["light", "dark"]
    assert page.one("details.rest").get_attribute("open")


def test_the_menu_goes_by_keyboard(page: Page) -> None:
    page.js("document.getElementById('save').focus()")
    page.press(Keys.ENTER)
    page.press(Keys.ARROW_DOWN)
    assert page.js("return document.activeElement.id") == "save-svg"
    page.press(Keys.ESCAPE)
    assert page.js("return document.activeElement.id") == "save"
