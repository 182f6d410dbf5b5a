"""Browser and installation for the journeys."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.house import House, running_house
from tests.journeys.visitors import Visitors

CHROMIUM = os.environ.get("KAM_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def house(language: str) -> Iterator[House]:
    with running_house(language) as house:
        yield house


@pytest.fixture(scope="session")
def everybody(browser: Browser, house: House, language: str) -> Visitors:
    """Who has signed in stays so from test to test."""
    return Visitors(browser, house, language)


@pytest.fixture
def visitors(everybody: Visitors) -> Iterator[Visitors]:
    yield everybody
    assert everybody.leave() == []


@pytest.fixture
def page(visitors: Visitors) -> Page:
    return visitors.nobody()
