"""The address, which the browser goes back through and anybody may change."""

from __future__ import annotations

from browser import Page


def test_back_and_forward_go_through_what_was_chosen_whatever_was_filtered_meanwhile(page: Page) -> None:
    page.open("s=entity:person/lin-xiaoyun")
    page.click("#panel .fact .line .link")
    page.click('#relation-filter [data-name="partnerOf"]')
    page.value("#confidence", 10)
    page.press("+")
    page.click('[data-act="focus"]')
    assert page.counts.startswith("3 of 5")
    page.driver.back()
    page.until(lambda: page.counts == "5 of 5 entities · 5 of 6 facts")
    assert page.title == "青溪科技"
    assert page.one("#confidence-value").text == "10 %"
    page.driver.back()
    page.until(lambda: page.title == "林晓云")
    assert page.counts == "5 entities · 6 facts"
    page.driver.forward()
    page.until(lambda: page.title == "青溪科技")


def test_an_address_changed_by_hand_is_shown_and_can_be_undone(page: Page) -> None:
    page.click("#panel .row")
    title = page.title
    page.js("location.hash = 's=fact:4d&r=succeeds'")
    page.until(lambda: page.title == "林晓云 chair of 青溪科技")
    assert page.counts.endswith("5 of 6 facts")
    page.click("#undo")
    assert (page.title, page.counts) == (title, "5 entities · 6 facts")
