"""What holds for every page a journey comes to: axe finds nothing, and it does not run sideways."""

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"]}


def look(page: Page) -> None:
    found = AXE.run(page, options=ONLY_WHAT_IS_WRONG)["violations"]
    faults = [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]
    assert faults == [], page.url
    fits(page)


def fits(page: Page) -> None:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0, f"{page.url} is wider than the window"
