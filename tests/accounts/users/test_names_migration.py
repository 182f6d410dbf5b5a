from importlib import import_module

from django.apps import apps

from accounts.models import Site, Stakeholder, User
from tests.base import ClaveTest
from tests.factories import make_stakeholder, make_user

migration = import_module("accounts.migrations.0014_names")


class NamesMigrationTest(ClaveTest):
    def test_names_of_before_are_divided_and_stay_as_they_were(self) -> None:
        ana = make_user("Ana Ruiz Mora", language="es")
        sue = make_user("Sue Ann Miller", language="en")
        paola = make_stakeholder(self.acme, "Paola Herrera Díaz")
        lawyer = make_stakeholder(self.acme, "Legal counsel", is_gap=True)
        for model in (User, Stakeholder):
            model.objects.update(given_name="", family_names="")
        Site.objects.create(pk=1, company="Nordlicht", language="es", region="es-CO")

        migration.take_names_apart(apps, None)

        kept = [(p.name, p.given_name, p.family_names) for p in self.anew(ana, sue, paola, lawyer)]
        self.assertEqual(
            kept,
            [
                ("Ana Ruiz Mora", "Ana", "Ruiz Mora"),
                ("Sue Ann Miller", "Sue Ann", "Miller"),
                ("Paola Herrera Díaz", "Paola", "Herrera Díaz"),
                ("Legal counsel", "", ""),
            ],
        )

    def test_more_people_than_a_batch_holds_are_all_divided(self) -> None:
        people = [
            Stakeholder(account=self.acme, name=f"Ana Ruiz{number}") for number in range(1005)
        ]
        Stakeholder.objects.bulk_create(people)

        migration.take_names_apart(apps, None)

        many = Stakeholder.objects.filter(name__startswith="Ana Ruiz")
        self.assertEqual(many.exclude(given_name="Ana").count(), 0)
        self.assertEqual(many.filter(family_names="").count(), 0)

    def anew(self, *people: User | Stakeholder) -> list[User | Stakeholder]:
        for person in people:
            person.refresh_from_db()
        return list(people)
