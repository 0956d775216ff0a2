"""One browser with the network off for all tests, and pages to open in it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "outputs"))

from browser import Page, media, size
from example_graph import example, named
from graphs import begun, firm, hostile, repeated, seeds, spelled, succeeded, times, triangles
from selenium import webdriver

from kg.ontology import Ontology
from kg.outputs import page as output


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    service = shutil.which("chromedriver")
    if not (browser and service):
        if os.environ.get("CI") == "true":
            pytest.fail("chromium and chromedriver must be installed where CI runs")
        pytest.skip("no chromium with chromedriver here")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en", "--window-size=1440,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.add_experimental_option(
        "prefs", {"intl.accept_languages": "en", "download.default_directory": str(tmp_path_factory.mktemp("downloads"))}
    )
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(service))
    started.execute_cdp_cmd("Network.enable", {})
    started.execute_cdp_cmd(
        "Network.emulateNetworkConditions", {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    )
    size(started, 1440, 900)
    media(started)
    yield started
    started.quit()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("pages")
    graphs = {
        "begun": lambda: begun(ontology),
        "empty": lambda: named([]),
        "example": example,
        "firm": firm,
        "hostile": hostile,
        "large": lambda: triangles(700),
        "repeated": repeated,
        "seeds": lambda: seeds(ontology),
        "single": lambda: named(["שלום " + "x" * 120]),
        "spelled": spelled,
        "succeeded": succeeded,
        "times": lambda: times(ontology),
    }

    def written(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            output.write(graphs[name](), ontology, path)
        return path

    return written


@pytest.fixture
def page(driver: webdriver.Chrome, files: Callable[[str], Path]) -> Page:
    return Page(driver, files("example")).open()


@pytest.fixture
def large(driver: webdriver.Chrome, files: Callable[[str], Path]) -> Page:
    return Page(driver, files("large")).open()
