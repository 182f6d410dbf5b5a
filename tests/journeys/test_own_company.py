"""A company's first day, in Spanish: from `bin/run --own` to the first digest, by pages alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.house import House, running_own_site
from tests.journeys.visitors import LONG

expect.set_options(timeout=LONG)

ACCOUNTS = (
    "Cuenta;Ciudad;País;Correo del KAM\n"
    "Constructora Ñandú;Medellín;Colombia;luis@acero.example\n"
    "Puentes del Sur;Cali;Colombia;\n"
)
PATIENCE = 120_000
REFUSED = re.compile(r"Content.Security.Policy|Uncaught", re.I)


@pytest.fixture
def own_site() -> Iterator[House]:
    with running_own_site() as house:
        yield house


class Person:
    """A browser of one person of the company."""

    def __init__(self, browser: Browser, site: House) -> None:
        context = browser.new_context(base_url=site.address, locale="es-CO")
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("console", lambda said: self._hear(said.type, said.text))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" or REFUSED.search(text):
            self.errors.append(f"{self.page.url}: {text}")

    def goes_to(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer
        assert answer.status == 200, address

    def fills(self, **fields: str) -> None:
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def sends(self, button: str) -> None:
        self.page.locator("main").get_by_role("button", name=button, exact=True).click()

    def sees(self, *words: str) -> None:
        for text in words:
            expect(self.page.locator("main")).to_contain_text(text)


def steps_done(person: Person) -> str:
    person.goes_to("/first-day/")
    return person.page.locator("main meter, main progress").first.get_attribute("value") or ""


def sets_up_the_company(ana: Person, link: str) -> None:
    ana.goes_to(link)
    ana.fills(
        company="Acero Andino S.A.", currency="COP", fiscal_month="7", time_zone="America/Bogota",
        region="es-CO", holidays="2026-12-25 Navidad",
    )  # fmt: skip
    ana.page.locator("main form button.btn-primary").click()
    ana.page.wait_for_url("**/administrator/")
    ana.fills(
        name="Ana María Ruiz Peña", email="ana@acero.example",
        password="tres piedras de río lento",
    )  # fmt: skip
    ana.page.locator("main form button.btn-primary").click()
    ana.page.wait_for_url("**/first-day/")
    ana.sees("Te damos la bienvenida, Ana María", "Acero Andino S.A.")


def invites_somebody_and_enters_a_product(ana: Person) -> None:
    ana.goes_to("/administration/people/invite/")
    ana.fills(email="luis@acero.example", name="Luis Gómez Díaz")
    ana.page.locator("main [name=manager]").select_option(label="Ana María Ruiz Peña")
    ana.page.locator("main form button.btn-primary").click()
    ana.page.wait_for_url("**/administration/people/")
    ana.sees("Luis Gómez Díaz")
    ana.goes_to("/products/add/")
    ana.fills(name="Viga H")
    ana.page.locator("main form button.btn-primary").click()
    ana.page.wait_for_url("**/products/")
    ana.sees("Viga H")


def brings_the_accounts(ana: Person, file: Path) -> None:
    """The KAM stands in it by mail, and has not accepted the invitation yet."""
    file.write_text(ACCOUNTS, encoding="utf-8")
    ana.goes_to("/imports/add/")
    ana.page.locator("input[type=file]").set_input_files(file)
    ana.page.locator("main form button.btn-primary").click()
    ana.page.wait_for_url("**/columns/", timeout=PATIENCE)
    ana.sends("Revisar las filas")
    run = ana.page.locator("main form[action$='/run/'] button")
    expect(run).to_be_visible(timeout=PATIENCE)
    run.click()
    expect(ana.page.locator("main form[action$='/undo/']")).to_be_visible(timeout=PATIENCE)
    ana.sees("2 nuevos")
    ana.goes_to("/accounts/")
    ana.sees("Constructora Ñandú", "Puentes del Sur")


def says_which_are_key(ana: Person) -> None:
    row = ana.page.locator("main tr", has_text="Constructora Ñandú")
    row.locator("input[name=account]").check()
    ana.sends("Cambiar la categoría")
    ana.page.wait_for_url("**/accounts/tier/**")
    ana.page.locator("[name=value][value=key]").check()
    ana.fills(reason="Crece cada año y decide por toda la región")
    ana.sends("Decidir")
    ana.page.wait_for_url(re.compile(r"/accounts/(\?.*)?$"))
    ana.sees("1 de ellas es clave")


def comes_in_by_the_link_of_the_mail(ana: Person, luis: Person) -> None:
    ana.goes_to("/outbox/")
    ana.page.locator("main a", has_text="te invita a Clave").click()
    ana.page.wait_for_url("**/outbox/*/")
    invitation = re.search(r"http\S+/invitation/\S+", ana.page.locator("main").inner_text())
    assert invitation
    luis.goes_to(invitation[0])
    luis.fills(password="cuatro nubes sobre el valle")
    luis.sends("Entrar")
    luis.sees("Constructora Ñandú aún no tiene plan")


def begins_a_plan_and_a_series(luis: Person) -> None:
    luis.page.locator("main").get_by_role("link", name="Empezar el plan").click()
    luis.page.wait_for_url("**/plan/")
    account = luis.page.url.split("/")[-3]
    luis.page.locator("main").get_by_role("link", name="Empezar un plan").click()
    luis.page.wait_for_url("**/plan/add/")
    luis.sends("Empezar el plan")
    luis.page.wait_for_url("**/plan/?plan=*")
    luis.page.locator("main").get_by_role("link", name="Objetivo").first.click()
    luis.page.wait_for_url("**/objectives/add/")
    luis.fills(title="Duplicar la venta de vigas", horizon="short", due="2027-06-30")
    luis.sends("Guardar")
    luis.page.wait_for_url("**/plan/**")
    luis.sees("Duplicar la venta de vigas")
    luis.goes_to(f"/accounts/{account}/reviews/add/")
    luis.page.locator("main [name=repeats][value=weekly]").check()
    luis.fills(clock="09:00")
    luis.sends("Programar")
    luis.page.wait_for_url("**/reviews/")
    luis.sees("9:00 a. m.", "Bogotá")


def reads_the_first_digest(ana: Person) -> None:
    ana.goes_to("/first-day/")
    ana.sees("Todos los pasos están listos")
    ana.goes_to("/settings/mail/")
    ana.page.locator("[name=weekly_digest]").check()
    ana.sends("Guardar")
    expect(ana.page.locator("#toasts")).to_contain_text("Guardado")
    ana.sends("Enviarme el resumen ahora")
    expect(ana.page.locator("#toasts")).to_contain_text("va en camino a ana@acero.example")
    digest = ana.page.locator("main a", has_text="Cuentas clave, semana")
    for _ in range(60):
        ana.goes_to("/outbox/")
        if digest.count():
            break
        ana.page.wait_for_timeout(1000)
    digest.click()
    ana.page.wait_for_url("**/outbox/*/")
    ana.sees("Ana María, ", "Revisiones realizadas y próximas", "Constructora Ñandú: ")


def test_from_the_printed_link_to_the_first_digest(
    browser: Browser, own_site: House, tmp_path: Path
) -> None:
    link = re.search(r"http\S+/setup/\S+", own_site.log())
    assert link
    ana, luis = Person(browser, own_site), Person(browser, own_site)

    sets_up_the_company(ana, link[0])
    assert steps_done(ana) == "1"
    invites_somebody_and_enters_a_product(ana)
    assert steps_done(ana) == "3"
    brings_the_accounts(ana, tmp_path / "cuentas.csv")
    says_which_are_key(ana)
    assert steps_done(ana) == "6"
    comes_in_by_the_link_of_the_mail(ana, luis)
    begins_a_plan_and_a_series(luis)
    assert steps_done(ana) == "8"
    reads_the_first_digest(ana)

    assert ana.errors + luis.errors == []
