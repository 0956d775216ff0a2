"""What the panel tells of what is chosen: facts, sentences, quotations, documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import EDGE, Page
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


def test_a_click_on_a_node_shows_its_facts_with_their_sentences(page: Page) -> None:
    page.point(*page.place("Maria Okafor"))
    assert page.title == "Maria Okafor"
    fact = page.one('[data-fact="1a"]')
    assert "Larkfield Motors" in fact.text
    assert "chief executive" in fact.text
    assert "since Sep 10, 2031" in fact.text
    assert "93 %" in fact.text
    assert fact.find_element(By.CSS_SELECTOR, ".chip").text.lower() == "current"
    marked = "".join(m.text + " " for m in fact.find_elements(By.CSS_SELECTOR, "mark"))
    assert " ".join(marked.split()) == "Maria Okafor has been chief executive of Larkfield Motors"
    assert "since 10 September 2031." in fact.find_element(By.CSS_SELECTOR, "q").text
    assert "Larkfield has a new chief" in fact.find_element(By.CSS_SELECTOR, "cite").text
    assert "Conflicts with other facts" in fact.text


def test_the_panel_shows_quotations_names_documents_and_who_says_so(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    assert 'Okafor said, "We will build cars that nobody has to fear."' in page.one(".quote").text
    assert page.one(".quote mark").text == "We will build cars that nobody has to fear."
    assert page.one(".quote p .link.end").text == "Okafor said"
    page.open("s=entity:organization/青溪科技")
    assert "Qingxi" in page.one(".names").text
    assert "says Maria Okafor" in page.one('[data-fact="5e"]').text
    assert "amount: 1500000000 USD" in page.one('[data-fact="5e"]').text
    assert "zh-1.txt" in page.panel


def test_several_passages_and_what_was_inferred_are_told(page: Page) -> None:
    page.open("s=fact:2b")
    assert "end inferred" in page.panel
    summary = page.one("details.rest summary")
    assert summary.text == "2 more passages"
    summary.click()
    assert "Budi Hartanto memimpin Larkfield Motors" in page.panel
    assert "until Sep 2031" in page.panel


def test_a_document_shows_its_own_sentences_first(page: Page, driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page.open("s=document:id-1.txt")
    assert page.one('[data-fact="2b"] cite').text.startswith("Hartanto")
    repeated = Page(driver, files("repeated"))
    for name in ("02.txt", "13.txt"):
        repeated.open(f"s=document:{name}")
        assert repeated.one("#panel cite").text == name


def test_nothing_of_a_document_that_is_switched_off_is_shown(page: Page) -> None:
    other = "Larkfield has a new chief"
    for shown in ("entity:person/budi-hartanto", "entity:organization/larkfield-motors", "entity:person/maria-okafor", "fact:2b"):
        page.open(f"s={shown}")
        assert other in page.js("return document.getElementById('panel').textContent")
        page.open(f"s={shown}&d=news/en-1.txt")
        assert other not in page.js("return document.getElementById('panel').textContent")
    assert "Budi Hartanto memimpin" in page.panel
    page.open("s=document:news/en-1.txt&d=news/en-1.txt")
    assert not page.all("#panel .source, #panel .quote")


@pytest.mark.parametrize(
    ("fact", "kept", "note"),
    [("many", 14, "42 passages in all, 14 of them on this page"), ("one", 12, "20 passages in all, 12 of them on this page")],
)
def test_as_many_passages_are_shown_as_are_promised_and_what_is_left_out_is_told(
    driver: webdriver.Chrome, files: Callable[[str], Path], fact: str, kept: int, note: str
) -> None:
    page = Page(driver, files("repeated")).open(f"s=fact:fact/{fact}")
    assert page.one("details.rest summary").text == f"{kept - 1} more passages"
    page.one("details.rest summary").click()
    assert len(page.all("#panel .source")) == kept
    assert page.one("details.rest p").text == note


def test_an_inferred_end_shows_how_sure_it_is_and_what_it_follows_from(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("succeeded")).open("s=entity:person/hartanto")
    assert page.one(".fact .chip").text == "ended (inferred)"
    assert "end inferred, 70 % sure" in page.panel
    assert "Maria Okafor took over" not in page.panel
    page.one("details.rest summary").click()
    assert "Maria Okafor took over from Hartanto on 10 September 2031." in page.panel
    page.open("s=fact:fact/a&lang=id")
    assert "akhirnya disimpulkan, keyakinan 70 %" in page.panel
    assert "Maria Okafor took over" in page.panel


def test_a_name_in_the_panel_leads_to_the_neighbour(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    page.click('[data-fact="1a"] .line .link')
    assert page.title == "Larkfield Motors"
    page.click(".source mark .link")
    assert page.title != "Larkfield Motors" or "s=entity" in page.driver.current_url


def test_a_click_on_an_edge_shows_the_fact(page: Page) -> None:
    page.point(*page.js(EDGE, "4d"))
    assert page.title == "林晓云 chair of 青溪科技"
    assert "s=fact%3A4d" in page.driver.current_url


@pytest.mark.parametrize("thing", ["entity:person/lin-xiaoyun", "document:zh-1.txt"])
def test_a_card_leads_to_its_fact_by_keyboard_and_the_fact_has_a_link_to_copy(page: Page, thing: str) -> None:
    page.open(f"s={thing}")
    page.js("document.querySelector('[data-fact=\"4d\"] [data-open]').focus()")
    page.press(Keys.ENTER)
    assert page.title == "林晓云 chair of 青溪科技"
    assert "s=fact%3A4d" in page.driver.current_url
    assert page.one('[data-act="copy"]').is_displayed()
    assert page.all("[data-open]") == []


def test_a_click_on_nothing_and_the_cross_clear_the_choice(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    page.click("#panel .close")
    assert "Choose a name" in page.panel
    page.open("s=entity:person/maria-okafor")
    page.point(5, 5)
    assert "Choose a name" in page.panel


def test_hovering_tells_what_it_is(page: Page) -> None:
    x, y = page.place("林晓云")
    graph = page.one("#graph")
    ActionChains(page.driver).move_to_element_with_offset(
        graph, round(x - graph.size["width"] / 2), round(y - graph.size["height"] / 2)
    ).perform()
    page.until(lambda: page.one("#tip").is_displayed())
    assert "林晓云" in page.one("#tip").text


def test_what_does_not_hold_is_told_wherever_a_fact_is(page: Page) -> None:
    hover = "kgPage.network().body.emitter.emit('hoverEdge', {edge: arguments[0]}); return document.getElementById('tip').innerText"
    assert page.js(hover, "f4").split("\n") == ["Larkfield Motors – acquired – 青溪科技", "rumoured · no date"]
    assert page.js(hover, "f0").split("\n")[1:] == ["chief executive", "current · since Sep 10, 2031"]
    page.open("s=fact:5e")
    assert page.title == "Larkfield Motors acquired 青溪科技 rumoured"
    page.open("s=fact:1a")
    assert page.title == "Maria Okafor chief executive of Larkfield Motors"
    assert "(past · until Sep 2031)" in page.one(".warn").text


def test_one_document_alone_and_all_again(page: Page) -> None:
    page.open("s=document:zh-1.txt")
    page.click('[data-act="only"]')
    assert page.counts.endswith("1 of 6 facts")
    page.click('[data-act="only"]')
    assert page.counts.endswith(" 6 facts")
