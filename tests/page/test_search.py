"""Names found as people type them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import TYPE, Page
from selenium import webdriver


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
