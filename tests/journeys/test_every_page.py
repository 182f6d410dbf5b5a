"""Every page that a link leads to: it has a title, it fits the window, and axe finds nothing.

The pages are found, not listed: whoever adds one and links to it has it looked at, in English on a
desktop by day and in Spanish on a phone by night. Axe takes most of the time: it reads half of the
pages here and the other half there.
"""

import re
import zlib
from collections import deque
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.journeys.house import House
from tests.journeys.looks import fits, look
from tests.journeys.visitors import Visitors

KAM = "marta.reyes@nordlicht.example"
ADMINISTRATOR = "ingrid.holm@nordlicht.example"
STARTS = {KAM: "/", ADMINISTRATOR: "/administration/people/"}
# Files, and the guide, which its own test reads.
NO_PAGE = re.compile(
    r"/(export|left-out|templates|file|logout|static|guide)/|\.(ics|csv|xlsx|pdf)$"
)
LINKS = "links => links.map(link => link.getAttribute('href'))"
AT_LEAST = 90


def kind_of(address: str) -> str:
    """/accounts/12/plan/ and /accounts/7/plan/ are one page."""
    return re.sub(r"\d+", "N", urlsplit(address).path)


def walk(page: Page, start: str, seen: set[str], half: int) -> None:
    to_see = deque([start])
    while to_see:
        address = to_see.popleft()
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        answer = page.goto(address, wait_until="domcontentloaded")
        assert answer
        assert answer.ok, address
        assert page.title().strip(" ·") != "Clave", address
        (look if zlib.crc32(kind_of(address).encode()) % 2 == half else fits)(page)
        found = page.locator("a[href^='/']").evaluate_all(LINKS)
        to_see.extend(link for link in found if not NO_PAGE.search(urlsplit(link).path))


def test_every_page_that_a_link_leads_to(visitors: Visitors, house: House, language: str) -> None:
    seen: set[str] = set()
    by_night = language == "es"
    for who, start in STARTS.items():
        page = visitors.at_home(who)
        page.emulate_media(color_scheme="dark" if by_night else "light")
        walk(page, start, seen, half=int(by_night))

    assert len(seen) >= AT_LEAST
