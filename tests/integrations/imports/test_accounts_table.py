from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import now

from accounts.models import Account, Batch, Invitation, Membership, Opportunity, Tier, TierChange
from accounts.models.opportunities import State
from integrations.imports.layouts.foreign_words import currency_of, state_of
from integrations.imports.undo import undo
from kam.lib.data import history
from tests.base import MONDAY, shown
from tests.integrations.imports.cases import ImportFiles

HEAD = (
    "Empresa;RFC;Teléfono;Empleados;Facturación anual;Sitio web;Calle;Código postal;Ciudad;Estado;"
    "País;KAM;Categoría;Clase de servicio;Semáforo\n"
)
ROW = (
    "Acero Andino;AAN850101AB1;+52 81 8000 1000;1.250;12.500.000,50;acero.example;Av. Juárez 10;"
    "64000;Monterrey;Nuevo León;México;{kam};{tier};{letter};verde\n"
)


def table(kam: str = "alice@example.com", tier: str = "Cuenta clave", letter: str = "A") -> str:
    return HEAD + ROW.format(kam=kam, tier=tier, letter=letter)


class AccountsTableTest(ImportFiles):
    def test_an_account_keeps_what_every_crm_exports(self) -> None:
        self.put(cuentas=table())

        self.run_import()

        found = Account.objects.get(name="Acero Andino")
        self.assertEqual(
            (found.tax_number, found.phone, found.employees, found.turnover, found.website),
            ("AAN850101AB1", "+52 81 8000 1000", 1250, Decimal("12500000.50"), "acero.example"),
        )
        self.assertEqual(found.address, ["Av. Juárez 10", "64000 Monterrey", "Nuevo León"])
        self.assertEqual((found.country, found.website_url), ("MX", "https://acero.example"))

    def test_it_knows_the_kam_the_tier_and_the_service_class(self) -> None:
        self.put(cuentas=table())

        self.run_import()

        found = Account.objects.get(name="Acero Andino")
        self.assertEqual((found.tier, found.service_class), (Tier.KEY, "A"))
        kam = Membership.objects.get(account=found)
        self.assertEqual((kam.user, kam.role, kam.right), (self.alice, "kam", "lead"))
        self.assertEqual(TierChange.objects.get(account=found).to_tier, Tier.KEY)

    def test_the_kam_may_be_named_and_may_still_be_invited(self) -> None:
        Invitation.invite(by=self.root, at=MONDAY, email="nora@ours.example", name="Nora Núñez")
        self.put(cuentas=table(kam="nora nunez", letter="Clase B"))

        self.run_import()

        found = Account.objects.get(name="Acero Andino")
        self.assertEqual(Membership.objects.get(account=found).user.email, "nora@ours.example")
        self.assertEqual(found.service_class, "B")

    def test_what_nobody_can_tell_is_told_and_never_a_default(self) -> None:
        for words in ({"kam": "Quién Sabe"}, {"tier": "platino"}, {"letter": "Z"}):
            with self.subTest(**words):
                self.put(cuentas=table(**words))

                tally = self.run_import("--dry-run")["accounts"]

                self.assertEqual((tally["created"], tally["skipped"]), (0, 1))
                self.assertIn(next(iter(words.values())), str(tally["left_out"]))

    def test_two_of_ours_with_one_name_are_asked_by_their_mail(self) -> None:
        Invitation.invite(by=self.root, at=MONDAY, email="b2@ours.example", name="Bob Baker")
        self.put(cuentas=table(kam="Bob Baker"))

        tally = self.run_import("--dry-run")["accounts"]

        self.assertIn("Several of ours", tally["reasons"][0]["reason"])

    def test_once_more_changes_nothing(self) -> None:
        self.put(cuentas=table())
        self.run_import()

        tally = self.run_import()["accounts"]

        self.assertEqual((tally["created"], tally["updated"], tally["unchanged"]), (0, 0, 1))
        self.assertEqual(TierChange.objects.filter(account__name="Acero Andino").count(), 1)

    def test_once_more_leaves_no_trace_in_the_history(self) -> None:
        self.put(cuentas=table())
        self.run_import()
        found = Account.objects.get(name="Acero Andino")
        before = (found.revision, self.traces(found))

        self.run_import()

        found.refresh_from_db()
        self.assertEqual((found.revision, self.traces(found)), before)

    def traces(self, account: Account) -> list[int]:
        kept = history.event_model(Membership).objects.filter(account=account.pk)
        return [history.events_of(account).count(), kept.count()]

    def test_what_it_decided_of_an_account_that_is_here_is_taken_back(self) -> None:
        Account.objects.filter(pk=self.other.pk).update(tier="candidate", name="Acero Andino")
        Membership.objects.filter(account=self.other).delete()
        self.other.add_member(self.alice, "sales", right="view", by=self.root)
        self.put(cuentas=table())
        self.run_import()
        self.assertEqual(self.other.memberships.get().role, "kam")

        undo(Batch.objects.latest("pk"), by=self.root, at=now())

        self.other.refresh_from_db()
        member = self.other.memberships.get()
        self.assertEqual((self.other.tier, self.other.service_class), ("candidate", ""))
        self.assertEqual((self.other.phone, self.other.employees), ("", None))
        self.assertEqual((member.user, member.role, member.right), (self.alice, "sales", "view"))
        self.assertFalse(TierChange.objects.filter(account=self.other).exists())

    def test_an_account_that_is_here_gets_only_what_nobody_has_decided(self) -> None:
        acme = self.acme  # Alice leads it already
        Account.objects.filter(pk=self.other.pk).update(tier="candidate", name="Acero Andino")
        Membership.objects.filter(account=self.other).delete()
        self.put(
            cuentas=table()
            + ROW.replace("Acero Andino", "Acme").format(
                kam="bob@example.com", tier="former", letter="C"
            )
        )

        self.run_import()

        acme.refresh_from_db()
        self.other.refresh_from_db()
        self.assertEqual((self.other.tier, self.other.service_class), (Tier.KEY, "A"))
        self.assertEqual(self.other.memberships.get().user, self.alice)
        self.assertNotEqual(acme.tier, "former")
        self.assertEqual(acme.memberships.get(role="kam").user, self.alice)

    def test_what_is_decided_otherwise_is_told_and_the_rest_comes_in(self) -> None:
        Account.objects.filter(pk=self.acme.pk).update(service_class="B")
        self.put(
            cuentas=table(kam="bob@example.com", tier="former").replace("Acero Andino", "Acme")
        )

        report = self.run_import()

        told = report["standing"]
        self.assertEqual((told["updated"], told["skipped"]), (0, 1))
        (row,) = told["left_out"]
        said = [(one["column"], one["value"]) for one in (row, *row["more"])]
        self.assertEqual(
            said, [("Categoría", "former"), ("Clase de servicio", "A"), ("KAM", "bob@example.com")]
        )
        self.acme.refresh_from_db()
        self.assertEqual((self.acme.phone, self.acme.service_class), ("+52 81 8000 1000", "B"))

    def test_a_sponsor_whom_the_file_names_as_kam_stays_sponsor(self) -> None:
        Membership.objects.filter(account=self.acme, role="kam").delete()
        self.put(cuentas=table(kam="Henrik Dahl", tier="").replace("Acero Andino", "Acme"))

        told = self.run_import()["standing"]

        self.assertEqual(self.acme.memberships.get(user=self.henrik).role, "sponsor")
        self.assertFalse(self.acme.memberships.filter(role="kam").exists())
        self.assertIn("The sponsor of the account", told["left_out"][0]["reason"])
        self.assertEqual((told["updated"], told["skipped"]), (1, 1))  # the class came in

    def test_what_is_decided_the_same_way_is_no_news(self) -> None:
        Account.objects.filter(pk=self.acme.pk).update(tier="key", service_class="A")
        self.put(cuentas=table().replace("Acero Andino", "Acme"))

        told = self.run_import()["standing"]

        self.assertEqual((told["updated"], told["unchanged"], told["skipped"]), (0, 1, 0))

    def test_columns_that_are_not_kept_are_named_with_what_stands_in_them(self) -> None:
        self.put(cuentas=table())

        report = self.run_import("--dry-run")

        self.assertEqual(
            report["files"][0]["not_kept"], [{"column": "Semáforo", "example": "verde"}]
        )

    def test_the_facts_stand_on_the_page_of_its_structure(self) -> None:
        self.put(cuentas=table())
        self.run_import()
        self.client.force_login(self.alice)
        pk = Account.objects.get(name="Acero Andino").pk

        page = self.client.get(reverse("accounts:structure", args=[pk]))

        for words in (
            "AAN850101AB1",
            "64000 Monterrey, Nuevo León, Mexico",
            "https://acero.example",
            "1,250",
        ):
            self.assertIn(words, shown(page))


class CurrencyWordsTest(ImportFiles):
    def test_words_that_are_clear_become_their_code(self) -> None:
        for words, code in [
            ("COP", "COP"), ("eur", "EUR"), ("Chilean Peso", "CLP"), ("Peso chileno", "CLP"),
            ("CLP - Chilean Peso", "CLP"), ("US$", "USD"), ("US Dollar", "USD"), ("R$", "BRL"),
            ("M.N.", "MXN"), ("S/", "PEN"), ("U.F.", "CLF"), ("CHF", "CHF"), ("", ""), ("$", "$"),
        ]:  # fmt: skip
            self.assertEqual(currency_of(words), code, words)

    def test_words_that_are_not_are_refused(self) -> None:
        for words in ("XYZ", "kr", "peso", "moneda local", "EUR or USD"):
            with self.subTest(words), self.assertRaises(ValueError):
                currency_of(words)

    def deals(self, rows: str) -> dict[str, object]:
        self.put(deals=f"Account,Opportunity,Stage,Amount,Close Date,Currency\n{rows}")
        return dict(self.run_import()["opportunities"])

    def test_an_unknown_currency_is_told_and_never_the_account_s_own(self) -> None:
        tally = self.deals(
            "Acme,A,Proposal,1000,2027-02-01,XYZ\nAcme,B,Proposal,1000,2027-02-01,$\n"
            "Acme,C,Proposal,1000,2027-02-01,Peso chileno\nAcme,D,Proposal,1000,2027-02-01,\n"
        )

        kept = dict(Opportunity.objects.values_list("title", "currency"))
        self.assertEqual(kept, {"C": "CLP", "D": "EUR"})
        self.assertEqual(tally["skipped"], 2)

    def test_a_dollar_sign_is_the_own_currency_of_who_counts_in_dollars(self) -> None:
        Account.objects.filter(pk=self.acme.pk).update(currency="MXN")

        self.deals("Acme,A,Proposal,$1000,2027-02-01,\nAcme,B,Proposal,US$ 5,2027-02-01,\n")

        kept = dict(Opportunity.objects.values_list("title", "currency"))
        self.assertEqual(kept, {"A": "MXN", "B": "USD"})

    def test_two_currencies_in_one_row_are_told(self) -> None:
        tally = self.deals("Acme,A,Proposal,1000 COP,2027-02-01,EUR\n")

        self.assertEqual((tally["created"], tally["skipped"]), (0, 1))

    def test_what_is_deleted_over_there_does_not_come(self) -> None:
        self.put(deals="Deal - Title,Deal - Value,Deal - Status,Deal - Stage,Deal - Organization,"
                 "Deal - Expected close date\nA,5,Deleted,Proposal,Acme,2027-01-01\n"
                 "B,5,Archived,Proposal,Acme,2027-01-01\nC,5,Open,Proposal,Acme,2027-01-01\n")  # fmt: skip

        self.run_import()

        self.assertEqual(list(Opportunity.objects.values_list("title", flat=True)), ["C"])

    def test_stages_are_understood_with_their_negation(self) -> None:
        for words, state in [
            ("Closed-Won", State.WON), ("Closed/Won", State.WON), ("Fechado e ganho", State.WON),
            ("Gewonnen", State.WON), ("Cerrada ganada", State.WON), ("Closed Lost", State.LOST),
            ("Abgeschlossen und verloren", State.LOST), ("Not won", State.LOST),
            ("No ganada", State.LOST), ("nicht gewonnen", State.LOST), ("Not lost", State.OPEN),
            ("Proposal", State.OPEN), ("Wonderful", State.OPEN),
        ]:  # fmt: skip
            self.assertEqual(state_of("", words), state, words)
