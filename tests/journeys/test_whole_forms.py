"""Every form that a link leads to, opened as a page of its own and saved in a browser with script.

Found, not listed, as the pages of test_every_page.py are: half of the forms in English on a desktop,
the other half in Spanish on a phone. What takes something away comes last, and this file last of
all: afterwards the demo is not what it was.
"""

import re
import zlib
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect

from tests.journeys.test_every_page import KAM, NO_PAGE, kind_of
from tests.journeys.visitors import Visitors
from tests.kam.rules.test_forms_across import Forms

HREF = re.compile(r'<a\b[^>]*\shref="(/[^"#]*)')
TAKES_AWAY = re.compile(
    r"/(archive|remove|delete|drop|withdraw|release|skip|cancel|close|end|erase|leave|merge|left|hand-over)/"
)
# They show at once what they did, or ask for the person again.
STAYS = re.compile(r"^/(settings|session|imports?|mail)/")
REFUSED = re.compile(r"the server responded with a status of (403|404|422)")
AT_LEAST = 20  # in each half
# What a person would fill in where something is required and nothing stands.
FILL = """form => {
  const day = new Date(Date.now() + 20 * 864e5).toISOString();
  const words = { date: day.slice(0, 10), month: day.slice(0, 7), time: "10:30", number: "7",
    "datetime-local": day.slice(0, 16), email: "new@client.example", url: "https://client.example" };
  for (const field of form.elements) {
    if (!field.required || field.validity.valid) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = true;
    else if (field.tagName === "SELECT") field.value = [...field.options].at(-1).value;
    else field.value = words[field.type] ?? "Words of a journey";
  }
}"""


def test_every_form_page_saves_and_moves_on(visitors: Visitors, language: str) -> None:
    page = visitors.at_home(KAM)
    half = int(language == "es")
    found = [it for it in form_pages(page) if zlib.crc32(kind_of(it).encode()) % 2 == half]

    saved = 0
    for address in sorted(found, key=lambda it: bool(TAKES_AWAY.search(it))):
        answer = page.goto(address, wait_until="load")
        assert answer
        if answer.ok:  # else another form took it away
            saved += save(page, address)

    assert saved >= AT_LEAST
    # Chromium reports what is refused and what is gone by now, which are answers like others.
    visitors.complaints = [it for it in visitors.complaints if not REFUSED.search(it)]


def form_pages(page: Page) -> Iterator[str]:
    """Addresses whose page shows a form that is sent to that same address; one of each kind."""
    seen, to_see = {"/"}, deque(["/"])
    while to_see:
        address = to_see.popleft()
        answer = page.request.get(address)
        html = answer.text() if "html" in answer.headers.get("content-type", "") else ""
        path = urlsplit(address).path
        if any(form.address == path for form in Forms(html, path).found) and not STAYS.search(path):
            yield address
        for link in HREF.findall(html):
            if kind_of(link) not in seen and not NO_PAGE.search(urlsplit(link).path):
                seen.add(kind_of(link))
                to_see.append(link)


def save(page: Page, address: str) -> bool:
    """Press the button of the page's own form, and see that it led on or said what is wrong."""
    path = urlsplit(address).path
    form = page.locator(f'main form[action="{path}"], main form:not([action])').last
    button = form.locator("button:not([type=button]):not([formaction])").last
    if not button.count():  # a text that saves itself
        return False
    assert button.is_visible(), f"{address} hides its button"
    form.evaluate(FILL)
    with page.expect_response(lambda it: it.request.method == "POST") as sent:
        button.click()
    page.wait_for_load_state("load")
    moved_on(page, address, sent.value)
    return True


def moved_on(page: Page, address: str, answer: Response) -> None:
    if answer.status == 422:
        expect(page.locator("main [role=alert], main .err").first).to_be_visible()
        return
    assert answer.status in (200, 204, 302), f"{address}: {answer.status}"
    if answer.status == 200:
        page.wait_for_url(lambda url: urlsplit(url).path != urlsplit(address).path)
