"""The address, which the browser goes back through and anybody may change."""

from __future__ import annotations

from browser import Page
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


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


def test_steps_are_undone_and_done_again(page: Page) -> None:
    page.click('#class-filter [data-name="Person"]')
    page.click('#relation-filter [data-name="partnerOf"]')
    page.click("#undo")
    assert page.counts == "2 of 5 entities · 2 of 6 facts"
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    assert page.counts == "5 entities · 6 facts"
    page.click("#redo")
    assert page.counts == "2 of 5 entities · 2 of 6 facts"


def test_the_address_brings_the_same_view_back(page: Page) -> None:
    page.click('#status-filter [data-name="Past"]')
    page.value("#confidence", 40)
    page.value("#language", "id")
    page.click("#theme")
    page.click("#panel .row")
    seen, address = (page.counts, page.panel), page.driver.current_url
    page.open(address.split("#")[1])
    assert (page.counts, page.panel) == seen
    assert page.one("html").get_attribute("data-theme") == "dark"


def test_an_address_with_nonsense_shows_everything(page: Page) -> None:
    page.open("s=entity:nobody&p=a|b&o=99.x&t=soon&m=-5&lang=xx&theme=pink&c=__proto__&f=constructor&k=%E0%A4%A")
    assert page.counts == "5 entities · 6 facts"
    assert page.driver.get_log("browser") == []


def test_the_link_to_the_view_is_copied(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    page.click('[data-act="copy"]')
    assert page.one('[data-act="copy"]').text == "Copied"
    page.one("#search").click()
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("v").key_up(Keys.CONTROL).perform()
    assert page.one("#search").get_attribute("value") == page.driver.current_url
