"""Given and family names of their own columns stay apart."""

from django.utils import translation

from accounts.models import Stakeholder
from tests.integrations.imports.cases import COMPANIES, ImportFiles

HEAD = "firstname,lastname,email,jobtitle,Company Domain Name\n"


class ContactNamesTest(ImportFiles):
    def contacts(self, head: str, *rows: str) -> dict[str, dict[str, int]]:
        self.put(companies=COMPANIES, contacts=head + "\n".join(rows) + "\n")
        report: dict[str, dict[str, int]] = self.run_import()
        return report

    def parts(self, mail: str) -> tuple[str, str, str]:
        person = Stakeholder.objects.get(email=mail)
        return person.name, person.given_name, person.family_names

    def test_both_columns_are_kept_as_the_file_says_them(self) -> None:
        self.contacts(
            HEAD,
            "Ana María,de la Cruz Peña,ana@thompson.io,CTO,thompson.io",
            "Juan Martín,Gómez,juan@thompson.io,CFO,thompson.io",
        )

        ana = ("Ana María de la Cruz Peña", "Ana María", "de la Cruz Peña")
        self.assertEqual(self.parts("ana@thompson.io"), ana)
        juan = ("Juan Martín Gómez", "Juan Martín", "Gómez")
        self.assertEqual(self.parts("juan@thompson.io"), juan)

    def test_a_table_with_the_whole_name_is_divided(self) -> None:
        path = self.folder / "gente.csv"
        path.write_text(
            "Empresa,Nombre completo,Correo\nAcme,Gabriela Zayas Chacón,g@acme.example\n"
        )

        with translation.override("es"):
            self.run_import()

        name = ("Gabriela Zayas Chacón", "Gabriela", "Zayas Chacón")
        self.assertEqual(self.parts("g@acme.example"), name)

    def test_the_same_again_changes_nothing(self) -> None:
        row = "Ana María,de la Cruz Peña,ana@thompson.io,CTO,thompson.io"
        self.contacts(HEAD, row)

        again = self.contacts(HEAD, row)["contacts"]

        self.assertEqual((again["unchanged"], again["updated"], again["created"]), (1, 0, 0))

    def test_another_surname_in_the_file_brings_both(self) -> None:
        self.contacts(HEAD, "Ana,Ruiz,ana@thompson.io,CTO,thompson.io")

        self.contacts(HEAD, "Ana,Ruiz Mora,ana@thompson.io,CTO,thompson.io")

        self.assertEqual(self.parts("ana@thompson.io"), ("Ana Ruiz Mora", "Ana", "Ruiz Mora"))

    def test_who_was_here_under_another_name_keeps_it_whole(self) -> None:
        self.put(companies=COMPANIES)
        self.run_import()
        Stakeholder.add(
            self.acme, by=self.alice, name="Madonna", email="m@acme.example", title="Singer"
        )

        self.contacts(HEAD, "Madonna,Ciccone,m@acme.example,CTO,acme.example")

        self.assertEqual(self.parts("m@acme.example"), ("Madonna", "Madonna", ""))
