"""What the page calls things, and how it writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import FIRST, Page
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from kg.outputs import page as output


@pytest.mark.parametrize(("language", "name"), [("en", "Confidence"), ("id", "Keyakinan"), ("zh", "置信度")])
def test_the_meter_of_a_fact_bears_the_name_of_what_it_measures_and_the_slider_its_own(page: Page, language: str, name: str) -> None:
    page.open(f"s=fact:1a&lang={language}")
    meter = page.one(".meter")
    assert meter.get_attribute("title") == name
    assert meter.get_attribute("textContent") == f"{name} 93 %"
    assert page.one("label[for=confidence]").text != name


def test_names_keep_their_first_letter_in_lists_and_words_of_the_ontology_begin_with_a_capital(page: Page) -> None:
    first = "return getComputedStyle(document.querySelector(arguments[0]), '::first-letter').textTransform"
    names = ("#document-filter .name", "#panel .row .name")
    assert [page.js(first, name) for name in names] == ["none", "none"]
    words = [f"#{words}-filter .name" for words in ("class", "relation", "status")]
    assert [page.js(first, word) for word in words] == ["uppercase"] * 3


def test_an_empty_graph_is_called_empty(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("empty")).open()
    assert page.one("#nothing").text == "This graph is empty."
    page.value("#language", "id")
    assert page.one("#nothing").text == "Graf ini kosong."


def test_of_one_the_words_are_singular(page: Page, files: Callable[[str], Path]) -> None:
    page.open("p=person/lin-xiaoyun|organization/青溪科技")
    assert "1 step" in page.panel.split("\n")
    page.click("#panel .stop .link")
    assert page.one("#spoken").get_attribute("textContent") == "林晓云, person, 1 fact"
    assert Page(page.driver, files("single")).open().counts == "1 entity · 0 facts"


def test_since_is_said_only_of_what_holds(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("begun")).open("s=entity:person/mira")
    when = {f.get_attribute("data-fact"): f.find_element(By.CSS_SELECTOR, ".meta").text for f in page.all(".fact")}
    assert {fact for fact, text in when.items() if "since May 2032" in text} == {"fact/Current", "fact/Interim"}
    assert {fact for fact, text in when.items() if "from May 2032" in text} == {
        f"fact/{s}" for s in ("Denied", "Future", "Past", "Rumoured")
    }


def test_where_the_link_is_not_copied_the_button_says_so(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    page.js("document.execCommand = () => false")
    page.click('[data-act="copy"]')
    assert page.one('[data-act="copy"]').text == page.one("#spoken").get_attribute("textContent") == "Could not copy"


def test_a_long_name_breaks_in_the_tip(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("single")).open()
    x, y = page.js(FIRST)
    graph = page.one("#graph")
    middle = [round(x - graph.size["width"] / 2), round(y - graph.size["height"] / 2)]
    ActionChains(driver).move_to_element_with_offset(graph, *middle).perform()
    page.until(lambda: page.one("#tip").is_displayed())
    assert page.js("const tip = document.getElementById('tip'); return tip.scrollWidth <= tip.clientWidth")


@pytest.mark.parametrize(
    ("language", "title", "person", "status"), [("id", "Graf pengetahuan", "orang", "Status"), ("zh", "知识图谱", "人物", "状态")]
)
def test_the_interface_speaks_the_language_chosen(page: Page, language: str, title: str, person: str, status: str) -> None:
    page.value("#language", language)
    assert page.one("h1").text == title
    assert page.one('#class-filter [data-name="Person"] .name').text.lower() == person
    assert page.one("#h-status").text == status
    assert page.one("html").get_attribute("lang") == language


def test_every_language_has_every_word() -> None:
    words = json.loads((Path(output.__file__).parent / "words.json").read_text(encoding="utf-8"))
    assert {language: sorted(words[language]) for language in words} == {language: sorted(words["en"]) for language in words}
    slots = {language: {k: sorted(re.findall(r"\{\w+\}", v)) for k, v in words[language].items()} for language in words}
    assert slots["id"] == slots["en"] == slots["zh"]
