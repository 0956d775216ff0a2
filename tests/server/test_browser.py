"""Server pages in a real browser, as on a phone: a linked query is asked, rows lead on, and nothing is wider than the screen."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from example_graph import HOSTILE, example, ontology
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from kg.graph import Graph
from kg.outputs import nodelink, page, turtle
from kg.server import app

PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
WIDEST = "return document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def phone(chromium: Callable[[], Any]) -> Iterator[webdriver.Chrome]:
    options, service = chromium()
    started = webdriver.Chrome(options=options, service=service)
    started.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    yield started
    started.quit()


def long_named() -> Graph:
    graph = example([*HOSTILE, "Larkfield" * 20])
    documents = graph.graph["documents"]
    documents["zh-1.txt"].update(title="x" * 200, source=f"https://news.example/{'a' * 200}")
    return graph


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("site")
    turtle.write(long_named(), ontology(), out / "graph.ttl")
    nodelink.write(long_named(), ontology(), out / "graph.json")
    page.write(example(), ontology(), out / "graph.html")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # who comes before the server does waits
        server = uvicorn.Server(uvicorn.Config(app(Path(out), ontology()), log_level="error", http="h11"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def rows(phone: webdriver.Chrome, address: str) -> list[str]:
    """Open a query page with a query in its address and give the links of the answer."""
    phone.get(address)
    WebDriverWait(phone, 30).until(lambda d: "rows" in d.find_element(By.ID, "status").text)
    return [str(a.get_attribute("href")) for a in phone.find_elements(By.CSS_SELECTOR, "#result a")]


def test_a_query_in_the_address_is_asked_and_its_rows_lead_to_pages(phone: webdriver.Chrome, site: str) -> None:
    query = "SELECT ?x { VALUES ?p { dcterms:identifier kgo:status kgo:text oa:hasSource } ?x ?p ?o }"
    found = rows(phone, f"{site}/query?query={quote(query)}")
    assert {a.removeprefix(f"{site}/entity/").split("/")[0] for a in found} == {"doc", "fact", "quotation"}
    assert phone.find_element(By.ID, "text").get_attribute("value") == query
    phone.get(next(a for a in found if "#char=83,115" in a))
    assert phone.execute_script("return document.querySelector(':target').nextSibling.textContent") == "She took over from Budi Hartanto"


def test_a_query_that_was_run_stands_in_the_address(phone: webdriver.Chrome, site: str) -> None:
    phone.get(f"{site}/query")
    phone.find_element(By.ID, "run").click()
    WebDriverWait(phone, 30).until(lambda d: "rows" in d.find_element(By.ID, "status").text)
    assert "?query=SELECT+" in phone.current_url
    assert rows(phone, phone.current_url)


def test_the_names_of_a_ready_question_lead_to_entities(phone: webdriver.Chrome, site: str) -> None:
    phone.get(f"{site}/query")
    WebDriverWait(phone, 30).until(lambda d: d.find_elements(By.CSS_SELECTOR, "option[value=people]"))
    phone.find_element(By.CSS_SELECTOR, "option[value=people]").click()
    phone.find_element(By.ID, "use").click()
    WebDriverWait(phone, 30).until(lambda d: "rows" in d.find_element(By.ID, "status").text)
    phone.find_element(By.LINK_TEXT, "Maria Okafor").click()
    WebDriverWait(phone, 30).until(lambda d: d.current_url == f"{site}/entity/person/maria-okafor")


def test_an_answer_shows_the_number_of_signs_that_turn_text(phone: webdriver.Chrome, site: str) -> None:
    rows(phone, f"{site}/query?query={quote('SELECT ?n { product:p0004 skos:prefLabel ?n }')}")
    assert "⟨U+202E⟩gnp.exe⟨U+202C⟩" in phone.find_element(By.ID, "result").text


@pytest.mark.parametrize(
    "path", ["/", "/query", "/nothing", "/entity/organization/larkfield-motors", "/entity/product/p0015", "/entity/fact/5e"]
)
def test_no_page_is_wider_than_a_phone(phone: webdriver.Chrome, site: str, path: str) -> None:
    phone.get(site + path)
    if path == "/query":
        WebDriverWait(phone, 30).until(lambda d: d.find_element(By.ID, "prefixes").get_attribute("textContent"))
        phone.execute_script(
            "document.querySelector('option').textContent = 'x'.repeat(200); document.querySelector('details').open = true"
        )
    assert phone.execute_script(WIDEST) <= PHONE["width"]


def test_the_picture_leads_back_to_the_contents(phone: webdriver.Chrome, site: str) -> None:
    phone.get(f"{site}/graph")
    WebDriverWait(phone, 60).until(lambda d: d.execute_script("return document.documentElement.dataset.ready"))
    assert phone.execute_script(WIDEST) <= PHONE["width"]
    phone.find_element(By.LINK_TEXT, "Knowledge graph").click()
    WebDriverWait(phone, 30).until(lambda d: d.current_url == f"{site}/")


def test_the_page_of_a_document_is_no_wider_than_a_phone(phone: webdriver.Chrome, site: str) -> None:
    for address in sorted(set(rows(phone, f"{site}/query?query={quote('SELECT ?x { ?x a schema:Article }')}"))):
        phone.get(address)
        assert phone.execute_script(WIDEST) <= PHONE["width"]
