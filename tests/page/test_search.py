"""Names found as people type them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import TYPE, Page
from selenium import webdriver
from selenium.webdriver.common.keys import Keys


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("Søren Łukasz Đặng", ("soren", "LUKASZ", "dang", "dang soren", "Søren")),
        ("Strauß", ("strauss", "Strauß")),
        ("Sean O’Brien", ("o'brien", "obrien", "O’Brien", "Brien, Sean")),
        ("Joe Tsai", ("Tsai Joe", "tsai,joe", "joetsai", "oe")),
        ("Zhang Wei", ("zhang  wei", "Wei Zhang", "zhangwei", "Zhang-Wei", "ＺＨＡＮＧ")),
        ("马云", ("mayun", "馬雲", "云")),
        ("林義瑞", ("林义瑞", "林義", "linyirui")),
        ("台湾银行", ("臺灣", "台灣銀行", "银行")),
        ("萧杰", ("蕭傑", "萧杰")),
    ],
)
def test_search_finds_a_name_in_other_letters_orders_and_scripts(
    driver: webdriver.Chrome, files: Callable[[str], Path], name: str, queries: tuple[str, ...]
) -> None:
    page = Page(driver, files("spelled")).open()
    for query in queries:
        page.js(TYPE, query)
        assert [e.text.split("\n")[0] for e in page.all("#suggestions li")] == [name], query


def test_search_puts_what_begins_so_before_what_only_holds_it(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    found = Page(driver, files("spelled")).open().search("s")
    assert (set(found[:3]), found[3:]) == ({"Sean O’Brien", "Strauß", "Søren Łukasz Đặng"}, ["Joe Tsai"])


def test_namesakes_are_listed_with_what_tells_them_apart(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("namesakes")).open()
    assert sorted(page.search("ana")) == ["Ana Wu\nNorthwind", "Ana Wu\nperson/ana-wu-32"]
    page.js(TYPE, "northwind")
    assert [e.text for e in page.all("#suggestions li")] == ["Northwind"]


@pytest.mark.parametrize("words", ["青溪", "qing", "QINGXI"])
def test_search_finds_a_node_by_any_of_its_names(page: Page, words: str) -> None:
    assert len(page.search(words)) == 1
    page.press(Keys.ENTER)
    assert page.title == "青溪科技"


def test_search_is_walked_with_the_keyboard_and_says_when_nothing_matches(page: Page) -> None:
    assert len(page.search("a")) > 1
    first = page.one("#search").get_attribute("aria-activedescendant")
    page.press(Keys.ARROW_DOWN)
    assert page.one("#search").get_attribute("aria-activedescendant") != first
    page.press("zzz")
    assert page.one("#suggestions").text == "No name matches"
    page.press(Keys.ESCAPE)
    assert not page.one("#suggestions").is_displayed()


def test_a_suggestion_is_taken_with_the_mouse(page: Page) -> None:
    page.search("hart")
    page.click("#suggestions li")
    assert page.title == "Budi Hartanto"
