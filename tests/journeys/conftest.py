"""Browser and installation for the journeys."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.journeys.house import House, running_house

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


@pytest.fixture(scope="module", params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def house(language: str) -> Iterator[House]:
    with running_house(language) as house:
        yield house


def is_complaint(message: ConsoleMessage) -> bool:
    # htmx also reports requests that it gave up itself, for a newer one or a next page.
    given_up = message.text.startswith(("htmx:afterRequest", "htmx:sendAbort", "htmx:xhr:abort"))
    return message.type == "error" and not given_up


@pytest.fixture
def page(browser: Browser, house: House, language: str) -> Iterator[Page]:
    """A desktop in English, a phone in Spanish; any word of the console that is an error fails."""
    size = {"width": 1440, "height": 900} if language == "en" else {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, base_url=house.address)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if is_complaint(m) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
