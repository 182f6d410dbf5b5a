"""A new account, from nothing to an approved plan, with two people editing at once.

The tests of a file run in their order, and each goes on where the one before it stopped.
"""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.journeys.house import text_of
from tests.journeys.looks import look
from tests.journeys.visitors import LONG, Visitors

expect.set_options(timeout=LONG)

MANAGER = "priya.nair@nordlicht.example"
KAM = "marta.reyes@nordlicht.example"
SPONSOR = "henrik.dahl@nordlicht.example"
ENGINEER = "jonas.weber@nordlicht.example"
ACCOUNT = "Farmacéutica Ñandú"

WORDS = {
    "en": {
        "short": "Win the pilot in the north",
        "long": "Become their only laboratory partner",
        "move": "Show the pilot to Irene",
        "second": "Agree on the figures that count",
        "third": "Write the first offer",
        "hers": "Show the pilot to Irene and Bruno",
        "his": "Show the pilot to Irene in Lima",
        "half": "Agree on the figures that count, and on",
        "neighbour": "Write the first offer, with prices",
        "next": "Send Irene the draft contract",
        "approved": "v1 approved",
        "since": "1 change since v1",
        "target": "Win the pilot in the north, target",
    },
    "es": {
        "short": "Ganar el piloto del norte",
        "long": "Ser su único laboratorio aliado",
        "move": "Mostrar el piloto a Irene",
        "second": "Acordar las cifras que cuentan",
        "third": "Escribir la primera oferta",
        "hers": "Mostrar el piloto a Irene y a Bruno",
        "his": "Mostrar el piloto a Irene en Lima",
        "half": "Acordar las cifras que cuentan, y también",
        "neighbour": "Escribir la primera oferta, con precios",
        "next": "Enviar a Irene el borrador del contrato",
        "approved": "v1 aprobada",
        "since": "1 cambio desde v1",
        "target": "Ganar el piloto del norte, meta",
    },
}
PEOPLE = [
    ("Irene Quispe", "decides", "high"),
    ("Bruno Salas", "budget", "medium"),
    ("Carla Ríos", "uses", "low"),
]


def in_days(days: int) -> str:
    return str(datetime.now(UTC).date() + timedelta(days=days))


def fill(form: Locator, **values: str) -> None:
    """Every field as its kind is filled in."""
    for name, value in values.items():
        field = form.locator(f"[name={name}]")
        kind = field.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            form.locator(f"[name={name}][value='{value}']").check(force=True)
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)


def send(page: Page, **values: str) -> None:
    """Looks at the form of the page, fills it in and sends it."""
    look(page)
    form = page.locator("main form").first
    fill(form, **values)
    address = page.url
    form.locator("button[type=submit].btn-primary").click()
    expect(page).not_to_have_url(address)


def come_to(page: Page, tab: str = "") -> None:
    """To the new account as people come to it: by the list, then by the tab."""
    page.goto("/accounts/")
    page.locator("main").get_by_role("link", name=ACCOUNT).first.click()
    expect(page.locator("main h1")).to_have_text(ACCOUNT)
    if tab:
        page.locator(f"nav.tabs a[href$='/{tab}/']").click()
        expect(page.locator(f"nav.tabs a[href$='/{tab}/'][aria-current]")).to_be_visible()


def objective(page: Page, title: str) -> Locator:
    """By the words of its title, written in place or read only."""
    expect(page.locator("article.obj").first).to_be_visible()
    heads = "nodes => nodes.map(node => (node.querySelector('textarea.ttl')?.value ?? node.querySelector('.ttl').textContent))"
    titles: list[str] = page.locator("article.obj").evaluate_all(heads)
    return page.locator("article.obj").nth(titles.index(title))


def action(page: Page, title: str) -> Locator:
    """The inline text of an action, by the words that stand in it."""
    expect(page.locator("article.obj").first).to_be_visible()
    fields = page.locator("li textarea.ed")
    texts: list[str] = fields.evaluate_all("fields => fields.map(field => field.value)")
    return page.locator(f"#{fields.nth(texts.index(title)).get_attribute('id')}")


def test_the_manager_enters_an_account(visitors: Visitors) -> None:
    page = visitors.at_home(MANAGER)
    page.goto("/accounts/")
    page.locator("main .acts a[href$='/accounts/add/']").click()

    send(page, name=ACCOUNT, city="Lima", currency="PEN", kam="Marta Reyes")

    expect(page.locator("main h1")).to_have_text(ACCOUNT)
    look(page)


def test_the_kam_gathers_a_team(visitors: Visitors) -> None:
    page = visitors.at_home(KAM)
    come_to(page, "team")
    look(page)

    for name, role, right in [
        ("Henrik Dahl", "sponsor", "view"),
        ("Jonas Weber", "sales_engineering", "edit"),
    ]:
        page.locator("main .acts a[href$='/team/add/']").click()
        send(page, user=name, role=role, right=right)

    expect(page.locator("table.people tbody tr")).to_have_count(3)


def test_three_people_make_a_map(visitors: Visitors) -> None:
    page = visitors.at_home(KAM)
    come_to(page, "stakeholders")
    look(page)

    for name, role, influence in PEOPLE:
        page.locator("main a[href$='/stakeholders/add/']").first.click()
        send(page, name=name, roles=role, influence=influence)
        look(page)
        page.locator(".crumbs a[href$='/stakeholders/']").click()

    expect(page.locator("svg.pmap:visible .disc")).to_have_count(3)
    look(page)


def test_their_business_is_written_in_place(visitors: Visitors) -> None:
    page = visitors.at_home(KAM)
    come_to(page, "plan")
    look(page)
    page.locator("main .empty a[href$='/business/']").click()
    look(page)

    add_item(page, "goals", title="Half the time to release", due=in_days(300))
    add_item(page, "swot", text="Own trucks in every city", impact="3")
    add_item(page, "risks", title="They open a laboratory of their own", severity="3")
    look(page)


def add_item(page: Page, section: str, **values: str) -> None:
    region = page.locator(f"#{section}")
    region.locator("a.add").first.click()
    fill(region.locator("form.item-form"), **values)
    region.locator("form.item-form button.btn-primary").click()
    expect(region.locator("textarea.ed")).to_have_value(next(iter(values.values())))


def test_the_plan_gets_objectives_in_two_horizons(visitors: Visitors, language: str) -> None:
    words = WORDS[language]
    page = visitors.at_home(KAM)
    come_to(page, "plan")
    page.locator("main .empty a[href$='/plan/add/']").click()
    send(page, period_start=in_days(-1), period_end=in_days(360))

    for horizon, due, target in [("short", 60, "40"), ("long", 340, "100")]:
        page.locator("main a[href$='/objectives/add/']").first.click()
        send(
            page,
            title=words[horizon],
            horizon=horizon,
            due=in_days(due),
            measure="%",
            target=target,
        )
    for title in ("move", "second", "third"):
        objective(page, words["short"]).locator("a[href$='/actions/add/']").click()
        send(page, title=words[title], due=in_days(14))

    expect(page.locator("#objectives .hz")).to_have_count(2)
    look(page)


def test_an_interaction_is_logged_by_key(visitors: Visitors, language: str) -> None:
    words = WORDS[language]
    page = visitors.at_home(KAM)
    come_to(page)
    page.keyboard.press("l")
    dialog = page.locator("dialog#log")
    dialog.get_by_role("checkbox", name="Irene Quispe").check()
    fill(dialog, kind="meeting", note="She wants it", disposition="1", next_title=words["next"])
    look(page)
    page.keyboard.press("Control+Enter")

    expect(dialog).to_have_count(0)
    expect(page.locator("#toasts")).to_contain_text("Irene Quispe")
    look(page)
    come_to(page, "plan")
    expect(action(page, words["next"])).to_be_visible()


def test_two_people_write_the_same_action(visitors: Visitors, language: str) -> None:
    words = WORDS[language]
    hers, his = visitors.at_home(KAM), visitors.at_home(ENGINEER)
    come_to(hers, "plan")
    come_to(his, "plan")
    mine, other = action(hers, words["move"]), action(his, words["move"])

    mine.fill(words["hers"])
    other.fill(words["his"])
    other.press("Enter")
    expect(his.locator("[data-when=saved]")).to_be_visible()
    mine.press("Enter")

    conflict = hers.locator(".confl-note")
    expect(conflict.locator("q")).to_have_text([words["his"], words["hers"]])
    look(hers)
    conflict.locator("button").last.click()
    expect(conflict).to_have_count(0)
    expect(mine).to_have_value(words["hers"])
    expect(other).to_have_value(words["hers"], timeout=2 * LONG)


def test_a_neighbour_changes_the_plan_under_the_pen(visitors: Visitors, language: str) -> None:
    words = WORDS[language]
    hers, his = visitors.at_home(KAM), visitors.at_home(ENGINEER)
    come_to(hers, "plan")
    come_to(his, "plan")
    pen, changed = action(hers, words["second"]), action(hers, words["third"])

    pen.fill(words["half"])
    neighbour = action(his, words["third"])
    neighbour.fill(words["neighbour"])
    neighbour.press("Enter")

    expect(changed).to_have_value(words["neighbour"], timeout=2 * LONG)
    expect(hers.locator("[data-presence]")).to_contain_text("Jonas Weber")
    expect(pen).to_have_value(words["half"])
    expect(pen).to_be_focused()
    pen.press("Enter")
    expect(hers.locator("[data-when=saved]")).to_be_visible()
    hers.reload()
    expect(pen).to_have_value(words["half"])


def test_the_sponsor_approves_what_the_mail_brings(visitors: Visitors, language: str) -> None:
    page = visitors.at_home(KAM)
    come_to(page, "plan")
    page.locator("main .acts a[href$='/submit/']").click()
    send(page, note="Please read page one")
    look(page)

    letter = visitors.house.post.wait_for(SPONSOR, lambda letter: ACCOUNT in str(letter["Subject"]))
    text = text_of(letter)
    link = re.search(r"http://\S+/approvals/\d+/approve/", text)
    assert link, text
    assert "Please read page one" in text
    sponsor = visitors.at_home(SPONSOR)
    sponsor.goto(link.group())
    send(sponsor)

    page.reload()
    expect(page.locator("#plan-approval")).to_contain_text(WORDS[language]["approved"])
    look(page)


def test_what_changes_after_approval_is_told(visitors: Visitors, language: str) -> None:
    words = WORDS[language]
    page = visitors.at_home(KAM)
    come_to(page, "plan")
    objective(page, words["short"]).locator("a[href$='/edit/']").first.click()
    send(page, target="60")

    approval = page.locator("#plan-approval")
    expect(approval).to_contain_text(words["since"])
    look(page)
    approval.locator("a[href*='/compare/']").click()
    line = page.locator("table.diff tbody tr")
    expect(line).to_have_count(1)
    expect(line.locator("th")).to_contain_text(words["target"])
    expect(line.locator("del")).to_contain_text("40")
    expect(line.locator("ins")).to_contain_text("60")
    look(page)


def test_the_approved_version_stays_as_it_was(visitors: Visitors, language: str) -> None:
    words = WORDS[language]
    page = visitors.at_home(KAM)
    come_to(page, "plan")
    page.locator("#plan-approval a[href*='v=1']").click()

    expect(objective(page, words["short"])).to_contain_text("40")
    expect(objective(page, words["short"])).not_to_contain_text("60")
    expect(page.locator("main textarea")).to_have_count(0)
    look(page)
