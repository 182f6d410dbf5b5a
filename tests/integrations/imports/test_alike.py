"""Who may be here already: companies, people and products are shown, and the person decides."""

from typing import Any

from accounts.models import Account, Opportunity, Product, Stakeholder
from tests.factories import make_stakeholder
from tests.integrations.imports.pages import ImportPages

COMPANIES = "name,industry,domain,country\nGrupo Andino Salut,Steel,andino.example,Peru\n"
PEOPLE = "Account,Full name,E-mail,Title\n"
DEALS = "Account,Opportunity,Value,Expected close,Product,State\n"


class AlikeTest(ImportPages):
    def found(self) -> list[tuple[str, str, str]]:
        page = self.see(show="same")
        return [(one.name, one.here, one.answer) for one in page.context["story"].choices]

    def decide(self, answer: str) -> None:
        self.send("batch_decide", **{"same-0": answer})
        self.send("batch_run")

    def people(self, row: str) -> None:
        self.upload(people_csv=PEOPLE + row)
        self.columns()

    def test_a_company_that_resembles_ours_is_for_the_person_to_decide(self) -> None:
        for answer, accounts in (("same", 2), ("skip", 2), ("new", 3)):
            with self.subTest(answer):
                Account.objects.filter(pk=self.acme.pk).update(name="Grupo Andino Salud")
                self.upload(companies_csv=COMPANIES)
                self.columns()
                self.assertEqual(
                    self.found(), [("Grupo Andino Salut", "Grupo Andino Salud", "new")]
                )

                self.decide(answer)

                self.assertEqual(Account.objects.count(), accounts)
                self.send("batch_undo")

    def test_somebody_with_the_same_address_is_taken_as_that_person_unless_told_otherwise(
        self,
    ) -> None:
        make_stakeholder(self.acme, "Ana Muñoz", email="ana@acme.example")
        for answer, people in (("same", 1), ("skip", 1), ("new", 2)):
            with self.subTest(answer):
                self.people("Acme,A. Muñoz,ana@acme.example,CTO\n")
                self.assertEqual(self.found(), [("A. Muñoz", "Ana Muñoz", "same")])

                self.decide(answer)

                self.assertEqual(Stakeholder.objects.filter(account=self.acme).count(), people)
                titles = Stakeholder.objects.filter(name="Ana Muñoz", title="CTO").count()
                self.assertEqual(titles, 1 if answer == "same" else 0)
                self.send("batch_undo")

    def test_a_name_nearly_the_same_in_the_same_account_is_asked_about(self) -> None:
        make_stakeholder(self.acme, "Gustavo Prieto")
        make_stakeholder(self.other, "Gustava Prieto")
        self.people("Acme,Gustavo Prietto,,CISO\n")
        self.assertEqual(self.found(), [("Gustavo Prietto", "Gustavo Prieto", "new")])

        self.decide("same")

        self.assertEqual(Stakeholder.objects.get(account=self.acme).title, "CISO")

    def test_an_address_at_another_account_is_shown_and_nobody_is_moved(self) -> None:
        ana = make_stakeholder(self.other, "Ana Muñoz", email="ana@mail.example")
        self.people("Acme,Ana Muñoz,ana@mail.example,CTO\n")
        self.assertEqual(self.found(), [("Ana Muñoz", "Other", "new")])
        self.assertContains(self.see(show="same"), "e-mail, at another account")

        self.send("batch_run")

        ana.refresh_from_db()
        self.assertEqual((ana.account, ana.title), (self.other, ""))
        self.assertEqual(Stakeholder.objects.get(account=self.acme).title, "CTO")

    def test_a_product_that_resembles_ours_is_asked_about_once(self) -> None:
        ours = Product.objects.create(name="Flow Enterprise")
        self.deals("Flow Enterprises", "First")
        self.assertEqual(self.found(), [("Flow Enterprises", "Flow Enterprise", "new")])
        self.decide("same")

        self.deals("Flow Enterprises", "Second")
        self.assertEqual(self.found(), [])
        self.send("batch_run")

        self.assertEqual(list(Product.objects.all()), [ours])
        self.assertEqual(Opportunity.objects.filter(product=ours).count(), 2)

    def test_a_catalogue_is_compared_too(self) -> None:
        ours = Product.objects.create(name="Flow Enterprise")
        for answer, products in (("same", 1), ("new", 2)):
            with self.subTest(answer):
                self.upload(products_csv="Product,Family\nFlow Enterprises,Core\n")
                self.columns()
                self.assertEqual(self.found(), [("Flow Enterprises", ours.name, "new")])

                self.decide(answer)

                self.assertEqual(Product.objects.count(), products)
                self.send("batch_undo")

    def test_what_needs_an_answer_comes_before_what_was_found(self) -> None:
        make_stakeholder(self.acme, "Ana Muñoz", email="ana@acme.example")
        make_stakeholder(self.acme, "Gustavo Prieto")
        self.people("Acme,Ana Muñoz,ana@acme.example,\nAcme,Gustavo Prietto,,\n")

        self.assertEqual([one[2] for one in self.found()], ["new", "same"])

    def deals(self, product: str, title: str) -> Any:
        self.upload(deals_csv=f"{DEALS}Acme,{title},100,2027-01-31,{product},open\n")
        self.columns()
