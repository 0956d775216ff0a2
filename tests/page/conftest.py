"""One browser with the network off for all tests, and pages to open in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "outputs"))

from browser import Page, media, size
from example_graph import example, named
from graphs import begun, firm, hostile, namesakes, posts, repeated, seeds, spelled, succeeded, times, triangles
from selenium import webdriver

from kg.ontology import Ontology
from kg.outputs import page as output


@pytest.fixture(scope="session")
def driver(chromium: Callable[[], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options, service = chromium()
    options.add_argument("--window-size=1440,900")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.add_experimental_option(
        "prefs", {"intl.accept_languages": "en", "download.default_directory": str(tmp_path_factory.mktemp("downloads"))}
    )
    started = webdriver.Chrome(options=options, service=service)
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
        "posts": lambda: posts(ontology),
        "repeated": repeated,
        "seeds": lambda: seeds(ontology),
        "single": lambda: named(["שלום " + "x" * 120]),
        "spelled": spelled,
        "namesakes": namesakes,
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
