"""Paths and neighbourhoods."""

from __future__ import annotations

from browser import Page


def test_a_path_between_two_is_found_and_told(page: Page) -> None:
    page.open("s=entity:person/lin-xiaoyun")
    page.click('[data-act="path"]')
    assert "Choose the other end" in page.one("#banner").text
    page.point(*page.place("Maria Okafor"))
    assert page.title == "林晓云 → Maria Okafor"
    assert "3 steps" in page.panel
    assert [e.text for e in page.all(".stop .link")] == ["林晓云", "青溪科技", "Larkfield Motors", "Maria Okafor"]


def test_no_path_is_told_too(page: Page) -> None:
    page.open("p=person/lin-xiaoyun|person/maria-okafor&r=chairOf")
    assert "No path of visible facts" in page.panel


def test_the_neighbourhood_is_shown_alone_widened_and_narrowed(page: Page) -> None:
    page.open("s=entity:person/lin-xiaoyun")
    page.click('[data-act="focus"]')
    assert page.listed == {"林晓云", "青溪科技"}
    page.point(*page.place("青溪科技"))
    page.click('[data-act="expand"]')
    assert page.listed == {"林晓云", "青溪科技", "Larkfield Motors"}
    page.click('[data-act="collapse"]')
    assert page.listed == {"林晓云", "青溪科技"}
    page.click("#banner-close")
    assert len(page.listed) == 5
