"""What a reader sees first, and does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Page, media, requested
from selenium import webdriver
from selenium.webdriver.common.keys import Keys


def test_it_asks_for_nothing_but_itself_and_complains_of_nothing(page: Page) -> None:
    page.click("#panel .row")
    page.click("#theme")
    page.value("#language", "zh")
    assert {u.split("#")[0] for u in requested(page.driver)} == {page.url}
    assert page.driver.get_log("browser") == []


def test_it_opens_on_everything_with_its_name_in_the_title(page: Page) -> None:
    assert page.counts == "5 entities · 6 facts"
    assert page.driver.title.endswith("· Knowledge graph")
    assert "Larkfield Motors" in page.panel
    assert page.js("return document.compatMode") == "CSS1Compat"
    assert page.one("html").get_attribute("lang") == "en"
    assert page.one("#undo").get_attribute("disabled")
    assert page.one("#contents").get_attribute("href") is None


def test_dark_is_followed_and_switched(page: Page) -> None:
    media(page.driver, "dark")
    try:
        page.open()
        assert page.one("html").get_attribute("data-theme") == "dark"
        assert page.one("body").value_of_css_property("background-color") != "rgba(250, 249, 246, 1)"
        page.click("#theme")
        assert page.one("html").get_attribute("data-theme") == "light"
    finally:
        media(page.driver)


@pytest.mark.parametrize("words", ["蔡崇信", "tsai"])
def test_a_reader_finds_who_leads_a_firm_and_the_sentence_that_says_so(
    driver: webdriver.Chrome, files: Callable[[str], Path], words: str
) -> None:
    page = Page(driver, files("seeds")).open()
    page.search(words)
    page.press(Keys.ENTER)
    assert page.title == "Joe Tsai"
    fact = page.one("#panel .fact:has(.line [data-entity]) .source mark .end")
    assert fact.text
    page.click("#panel .fact .line .link")
    assert "Released by" in page.panel or "released" in page.panel.lower()
    assert page.driver.get_log("browser") == []
    assert {u.split("#")[0] for u in requested(page.driver)} == {page.url}
    assert files("seeds").stat().st_size < 1_500_000 + 1_000 * page.js("return kgPage.view().facts.length")
