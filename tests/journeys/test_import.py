"""Customer data comes in by page: a small export of our own, and real ones where they are.

The tests of a file run in their order. Each takes back what it brought.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integrations.imports.cases import HUBSPOT
from tests.journeys.house import House
from tests.journeys.looks import look
from tests.journeys.visitors import LONG, Visitors, sign_in
from tests.shared_data import DATA, expected, files, folders

expect.set_options(timeout=LONG)

ADMINISTRATOR = "ingrid.holm@nordlicht.example"
PATIENCE = 180_000
SALES = "Cliente;Fecha;Precio unitario;Cantidad;Descuento\nÑandú S.A.;04/07/2026;1.200,50;2;0,25\n"
YEARS = {"1996": "208083.97", "1997": "617085.20", "1998": "440623.87"}


@pytest.fixture
def export(tmp_path: Path) -> list[Path]:
    found = []
    for name, text in HUBSPOT.items():
        found.append(tmp_path / name)
        found[-1].write_text(text, encoding="utf-8")
    return found


def upload(page: Page, paths: list[Path]) -> None:
    page.goto("/imports/add/")
    page.locator("input[type=file]").set_input_files(paths)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/columns/", timeout=PATIENCE)


def check(page: Page, **columns: str) -> None:
    for name, column in columns.items():
        field = page.locator(f"[name=t0-{name.replace('_', '-')}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(column)
        else:
            field.fill(column)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main form[action$='/run/']")).to_be_visible(timeout=PATIENCE)


def bring_in(page: Page) -> None:
    page.locator("main form[action$='/run/'] button").click()
    expect(page.locator("main form[action$='/undo/']")).to_be_visible(timeout=PATIENCE)


def take_back(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("main form[action$='/undo/'] button").click()
    expect(page.locator("main .note use[href$='#undo-2']")).to_be_attached(timeout=PATIENCE)


def figure(page: Page, name: str) -> Decimal:
    return Decimal(page.locator(f"[data-{name}]").get_attribute(f"data-{name}") or "")


def test_an_export_is_looked_at_checked_brought_in_and_taken_back(
    visitors: Visitors, export: list[Path]
) -> None:
    page = visitors.at_home(ADMINISTRATOR)
    page.goto("/imports/")
    look(page)
    page.goto("/imports/add/")
    look(page)
    upload(page, export)
    look(page)

    check(page)
    look(page)
    page.goto(f"{page.url}?show=same")
    look(page)
    bring_in(page)
    look(page)

    assert figure(page, "won") == Decimal("1200.50")
    take_back(page, page.url)
    look(page)


def test_dates_in_doubt_are_asked_for_and_the_amount_is_worked_out(
    visitors: Visitors, tmp_path: Path
) -> None:
    sales = tmp_path / "ventas.csv"
    sales.write_bytes(SALES.encode("cp1252"))
    page = visitors.at_home(ADMINISTRATOR)
    upload(page, [sales])
    expect(page.locator("main .note-watch")).to_contain_text("04/07/2026")
    look(page)

    check(page, order="day")
    bring_in(page)

    assert figure(page, "revenue") == Decimal("1800.75")
    take_back(page, page.url)


def test_all_of_it_works_without_scripts(
    browser: Browser, house: House, language: str, export: list[Path]
) -> None:
    context = browser.new_context(base_url=house.address, java_script_enabled=False)
    context.set_default_timeout(LONG)
    page = context.new_page()
    sign_in(page, ADMINISTRATOR)
    page.goto("/imports/add/")
    page.locator("input[type=file]").set_input_files(export)
    page.locator("main form button.btn-primary").click()
    again_until(page, "datalist")
    page.locator("main form button.btn-primary").click()
    again_until(page, "form[action$='/run/']")
    page.locator("main form[action$='/run/'] button").click()
    again_until(page, "form[action$='/undo/']")
    page.locator("main form[action$='/undo/'] button").click()
    again_until(page, "use[href$='#undo-2']")
    context.close()


def again_until(page: Page, wanted: str) -> None:
    """Presses "Look again" until the page is another, or the element is there."""
    for _try in range(120):
        if page.locator(f"main {wanted}").count():
            return
        page.locator("noscript a").click()
        page.wait_for_timeout(500)
    raise AssertionError(f"{wanted} did not come: {page.url}")


# --- Real exports, in one language only: they are large ---------------------------------------


def real(language: str, *names: str) -> dict[str, Any]:
    """What is expected of them; nothing, and said so, where they are not."""
    return expected("crm_es_finance") if language == "en" and folders(*names) else {}


def won_of(page: Page, folder: str) -> Decimal:
    upload(page, files(f"{folder}/*.csv"))
    check(page)
    bring_in(page)
    return figure(page, "won")


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("crm/maven_crm", "maven_crm won_total"),
        ("crm/salesforce_export", "salesforce_export closed_won_total"),
        ("crm/dynamics365_export", "dynamics Opportunity_first1500 won_actual_revenue"),
    ],
)
def test_real_exports_come_to_their_known_total(
    visitors: Visitors, language: str, folder: str, place: str
) -> None:
    known = real(language, folder)
    if not known:
        return
    page = visitors.at_home(ADMINISTRATOR)

    for name in place.split():
        known = known[name]

    assert won_of(page, folder) == Decimal(str(known))
    take_back(page, page.url)


def test_three_layouts_of_the_same_companies_come_in_once(
    visitors: Visitors, language: str
) -> None:
    layouts = ["crm/zoho_builder", "crm/hubspot_builder", "crm/salesforce_builder"]
    known = real(language, *layouts)
    if not known:
        return
    page = visitors.at_home(ADMINISTRATOR)
    made, addresses = [], []
    for folder in layouts:
        assert won_of(page, folder) == Decimal(str(known["builder_saas"]["won_total"]))
        made.append(page.locator("[data-new=opportunity]").inner_text())
        addresses.append(page.url)

    assert made == ["93", "0", "0"]
    for address in reversed(addresses):
        take_back(page, address)


def test_northwind_comes_in_as_revenue_from_its_tables_and_in_spanish(
    visitors: Visitors, language: str
) -> None:
    known = real(language, "crm/northwind")
    if not known:
        return
    page = visitors.at_home(ADMINISTRATOR)
    wanted = round(Decimal(known["northwind"]["revenue_net"]), 2)
    for paths in (files("crm/northwind/*.csv"), [DATA / "es/northwind_ventas_es_cp1252.csv"]):
        upload(page, paths)
        check(page)
        bring_in(page)

        assert figure(page, "revenue") == wanted
        for year, total in YEARS.items():
            assert page.locator(f"[data-year='{year}']").get_attribute("data-total") == total
        take_back(page, page.url)
