"""The pictures of the README: `python tests/screenshots.py PAGE FOLDER` opens a page as people do and writes what they see as PNG."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

CHOOSE = "document.querySelector('#panel [data-entity]').click(); document.activeElement.blur()"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the address's fragment, width and height of the window, and whether it is a phone's."""

    name: str
    fragment: str
    width: int
    height: int
    phone: bool = False
    script: str = ""


SHOTS = (
    Shot("page", "", 1440, 900, script=CHOOSE),
    Shot("page-dark", "theme=dark", 1440, 900),
    Shot("page-phone", "", 390, 844, phone=True),
)


def browser() -> webdriver.Chrome:
    """Start a headless Chromium without network that asks for no motion."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
    return driver


def take(driver: webdriver.Chrome, page: Path, shot: Shot) -> bytes:
    """Open the page as `shot` says and return the picture."""
    screen = {"width": shot.width, "height": shot.height, "deviceScaleFactor": 2 if shot.phone else 1, "mobile": shot.phone}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    driver.get("about:blank")
    driver.get(f"{page.resolve().as_uri()}#{shot.fragment}")
    wait = WebDriverWait(driver, 60)
    wait.until(lambda d: d.execute_script("return document.documentElement.dataset.ready") == "true")
    driver.execute_script(shot.script)
    wait.until(lambda d: d.execute_script("return kgPage.still()"))
    return driver.get_screenshot_as_png()


def main(page: str, folder: str) -> None:
    """Write every picture of a page to a folder."""
    driver = browser()
    try:
        for shot in SHOTS:
            (Path(folder) / f"{shot.name}.png").write_bytes(take(driver, Path(page), shot))
    finally:
        driver.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
