"""People at the installation: each in a browser of their own, signed in once, and looked after."""

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, StorageState, expect

from tests.journeys.house import PASSWORD, House

# How long a busy machine may take to answer.
LONG = 20_000
SIZES = {"en": (1440, 900), "es": (390, 844)}


def sign_in(page: Page, email: str) -> None:
    page.context.clear_cookies()
    page.goto("/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit], form button[type=submit]").first.click()
    expect(page.locator("main h1")).to_be_visible(timeout=LONG)


def is_complaint(message: ConsoleMessage) -> bool:
    # htmx also reports requests that it gave up itself, for a newer one or a next page; Chromium
    # reports every conflict, which is an answer like another.
    given_up = message.text.startswith(("htmx:afterRequest", "htmx:sendAbort", "htmx:xhr:abort"))
    return message.type == "error" and not given_up and "status of 409" not in message.text


class Visitors:
    """A desktop in English, a phone in Spanish; any word of a console that is an error counts."""

    def __init__(self, browser: Browser, house: House, language: str) -> None:
        self.browser, self.house, self.language = browser, house, language
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []
        self.cookies: dict[str, StorageState] = {}

    def nobody(self) -> Page:
        return self._open(None)

    def at_home(self, email: str) -> Page:
        """A page of somebody who has signed in, now or in an earlier test."""
        page = self._open(self.cookies.get(email))
        if email not in self.cookies:
            sign_in(page, email)
            self.cookies[email] = page.context.storage_state()
        return page

    def leave(self) -> list[str]:
        """Closes what they opened; says what the consoles complained of."""
        for context in self.contexts:
            context.close()
        complaints, self.complaints, self.contexts = self.complaints, [], []
        return complaints

    def _open(self, state: StorageState | None) -> Page:
        width, height = SIZES[self.language]
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            base_url=self.house.address,
            storage_state=state,
        )
        self.contexts.append(context)
        context.set_default_timeout(LONG)
        page = context.new_page()
        page.on("console", lambda m: self._hear(page, m.text) if is_complaint(m) else None)
        page.on("pageerror", lambda error: self._hear(page, str(error)))
        return page

    def _hear(self, page: Page, text: str) -> None:
        self.complaints.append(f"{page.url}: {text}")
