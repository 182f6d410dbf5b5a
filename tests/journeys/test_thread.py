"""The thinnest thread through every layer, as its user walks it, in both languages."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.house import House, text_of
from tests.journeys.visitors import sign_in

KAM = "marta.reyes@nordlicht.example"
MANAGER = "priya.nair@nordlicht.example"
STRANGER = "diego.sosa@nordlicht.example"
ACCOUNT = "Grupo Andino Salud"

WORDS = {
    "en": {
        "objective": "Meet the new CFO",
        "move": "Ask Paola for an introduction",
        "late": "late",
    },
    "es": {
        "objective": "Conocer al nuevo CFO",
        "move": "Pedir a Paola una presentación",
        "late": "atraso",
    },
}


def open_account(page: Page) -> str:
    """The address of the account, found as its KAM finds it: in the list."""
    page.goto("/accounts/")
    page.locator("main").get_by_role("link", name=ACCOUNT).click()
    expect(page.locator("main h1")).to_have_text(ACCOUNT)
    return page.url.removesuffix("/")


def test_a_kam_writes_an_objective_with_an_action(page: Page, house: House, language: str) -> None:
    words = WORDS[language]
    sign_in(page, KAM)
    expect(page.locator("main")).to_contain_text(words["late"])
    account = open_account(page)

    page.goto(f"{account}/plan/")
    page.locator("a[href$='/objectives/add/']").first.click()
    page.locator("[name=title]").fill(words["objective"])
    page.locator("[name=horizon]").select_option("short")
    page.locator("[name=due]").fill(str(datetime.now(UTC).date() + timedelta(days=40)))
    page.locator("main form button[type=submit]").first.click()
    objective = page.locator("article.obj").filter(has_text=words["objective"])
    expect(objective).to_be_visible()

    objective.locator("a[href$='/actions/add/']").click()
    page.locator("[name=title]").fill("x")
    page.locator("[name=due]").fill(str(datetime.now(UTC).date() + timedelta(days=5)))
    page.locator("main form button[type=submit]").first.click()

    field = objective.locator("li textarea.ed")
    field.fill(words["move"])
    field.press("Enter")
    expect(page.locator("[data-when=saved]")).to_be_visible()
    objective.get_by_role("checkbox").click()
    expect(objective.locator("li.done")).to_be_visible()

    page.reload()
    expect(objective.locator("li.done textarea.ed")).to_have_value(words["move"])


def test_the_reminder_of_a_review_arrives_by_mail(page: Page, house: House, language: str) -> None:
    sign_in(page, KAM)
    account = open_account(page)
    start = datetime.now(UTC) + timedelta(hours=20)

    page.goto(f"{account}/reviews/add/")
    page.locator("[name=day]").fill(f"{start:%Y-%m-%d}")
    page.locator("[name=clock]").fill(f"{start:%H:%M}")
    page.locator("[name=time_zone]").select_option("UTC")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main h1")).to_be_visible()

    to_a_review = re.compile(r"http://\S+/reviews/\d+/")
    letter = house.post.wait_for(
        KAM,
        lambda mail: (
            ACCOUNT in mail["Subject"]
            and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            and bool(to_a_review.search(text_of(mail)))
        ),
    )
    link = to_a_review.search(text_of(letter))
    assert link
    page.goto(link.group())
    expect(page.locator("main")).to_contain_text(ACCOUNT)


def test_the_plan_becomes_a_pdf(page: Page, house: House, language: str, tmp_path: Path) -> None:
    sign_in(page, KAM)
    account = open_account(page)

    page.goto(f"{account}/plan/")
    page.locator(".acts a[href$='/report/']").click()
    page.locator("main form button[type=submit]").first.click()
    download_link = page.locator("a[href$='/file/']")
    expect(download_link).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        download_link.click()
    pdf = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))

    assert ACCOUNT in str(pdf.metadata.title if pdf.metadata else "")
    assert str(pdf.root_object["/Lang"]).startswith(language)
    assert WORDS[language]["objective"] in "".join(p.extract_text() for p in pdf.pages)


def test_the_manager_gets_the_digest(page: Page, house: House, language: str) -> None:
    sign_in(page, MANAGER)

    page.goto("/settings/mail/")
    page.locator("form[action$='/digest/'] button").click()

    week = re.compile(r"(week|semana) \d+")
    digest = house.post.wait_for(MANAGER, lambda letter: bool(week.search(str(letter["Subject"]))))
    assert ACCOUNT in text_of(digest)
    assert WORDS[language]["late"] in text_of(digest)


def test_to_a_stranger_the_account_does_not_exist(page: Page, house: House) -> None:
    sign_in(page, KAM)
    account = open_account(page)
    sign_in(page, STRANGER)

    response = page.request.get(account + "/")

    assert response.status == 404
