"""Given and family names of people: divided, corrected, kept with imports, sorted and found by."""

from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now

from accounts.history.activity_feed import events
from accounts.history.event_text import Teller
from accounts.models import Invitation, Stakeholder, User
from tests.base import ClaveTest
from tests.factories import make_user


class NamePartsTest(ClaveTest):
    def add(self, name: str, language: str = "es", **fields: object) -> Stakeholder:
        with translation.override(language):
            return Stakeholder.add(self.acme, by=self.alice, name=name, **fields)

    def holds(self, person: Stakeholder | User, name: str, given: str, family: str) -> None:
        person.refresh_from_db()
        self.assertEqual(
            (person.name, person.given_name, person.family_names), (name, given, family)
        )

    def test_the_language_of_the_reader_divides_a_name(self) -> None:
        name = "Gabriela Zayas Chacón"

        self.holds(self.add(name), name, "Gabriela", "Zayas Chacón")
        self.holds(self.add(name, "en"), name, "Gabriela Zayas", "Chacón")

    def test_nobody_is_divided_whose_name_is_not_known(self) -> None:
        gap = self.add("Director jurídico nacional", is_gap=True)

        self.holds(gap, "Director jurídico nacional", "", "")

        gap.change(by=self.alice, name="Ana Ruiz", is_gap=False)
        self.holds(gap, "Ana Ruiz", "Ana", "Ruiz")

    def test_a_person_of_ours_is_divided_by_their_own_language(self) -> None:
        user = make_user("Pablo Benítez Mora", language="es")

        self.holds(user, "Pablo Benítez Mora", "Pablo", "Benítez Mora")
        self.assertEqual(user.get_short_name(), "Pablo")

    def test_another_name_is_divided_anew(self) -> None:
        person = self.add("Gabriela Zayas")

        with translation.override("es"):
            person.change(by=self.alice, name="Gabriela Zayas Chacón")

        self.holds(person, "Gabriela Zayas Chacón", "Gabriela", "Zayas Chacón")

    def test_corrected_family_names_outlive_another_given_name(self) -> None:
        person = self.add("Juan Martín Gómez", family_names="Gómez")
        self.holds(person, "Juan Martín Gómez", "Juan Martín", "Gómez")

        with translation.override("es"):
            person.change(by=self.alice, name="Juan M. Ángel Gómez")

        self.holds(person, "Juan M. Ángel Gómez", "Juan M. Ángel", "Gómez")

    def test_the_name_that_somebody_accepts_with_is_divided(self) -> None:
        fields = {"email": "sofia@example.com", "name": "sofia", "language": "es"}
        Invitation.invite(by=self.root, at=now(), **fields)

        with translation.override("es"):
            invitation = Invitation.objects.get()
            invitation.accept(name="Sofía Lind Quist", password="three-words-x", at=now())

        self.holds(invitation.user, "Sofía Lind Quist", "Sofía", "Lind Quist")

    def test_lists_go_by_family_name(self) -> None:
        for name in ("Ana Zúñiga", "Zoe Álvarez Ñuñez", "Mia Álvarez Nava", "Madonna"):
            self.add(name)

        found = [person.name for person in Stakeholder.objects.of_account(self.acme).by_name()]

        names = ["Mia Álvarez Nava", "Zoe Álvarez Ñuñez", "Madonna", "Ana Zúñiga"]
        self.assertEqual(found, names)

    def test_people_are_found_by_any_part(self) -> None:
        person = self.add("Gaby Z.")
        Stakeholder.objects.filter(pk=person.pk).update(
            given_name="Gabriela", family_names="Zayas Chacón"
        )

        for words in ("gaby", "zayas", "chacon", "gaby chacón"):
            self.assertEqual([*Stakeholder.objects.find(words)], [person], words)

    def test_the_form_corrects_the_family_names(self) -> None:
        person = self.add("Gabriela Zayas Chacón", "en")
        self.client.force_login(self.alice)
        url = reverse("accounts:stakeholder_edit", args=[person.pk])

        form = self.client.get(url).context["form"]
        seen = {bound.html_initial_name: bound.value() or "" for bound in form}
        data = {"name": person.name, "influence": "medium", "family_names": "Zayas Chacón"}
        data |= {name: getattr(value, "pk", value) for name, value in seen.items()}
        self.assertEqual(self.client.post(url, data).status_code, 302)

        self.holds(person, "Gabriela Zayas Chacón", "Gabriela", "Zayas Chacón")
        self.assertIn("changed the family names of the stakeholder", self.history())

    def test_family_names_that_do_not_stand_in_the_name_are_refused(self) -> None:
        self.client.force_login(self.alice)
        url = reverse("accounts:stakeholder_add", args=[self.acme.pk])
        data = {"name": "Gabriela Zayas", "influence": "medium", "family_names": "Sayas"}

        page = self.client.post(url, data)

        self.assertContains(
            page, "Write the family names as they stand in the name", status_code=422
        )
        self.assertContains(page, 'value="Sayas"', status_code=422)

    def test_a_renaming_is_told_as_one_change(self) -> None:
        person = self.add("Gabriela Zayas")

        person.change(by=self.alice, name="Gabriela Mora")

        self.assertIn("from Gabriela Zayas to Gabriela Mora", self.history())
        self.assertNotIn("family names", self.history())

    def test_settings_and_administration_correct_them_too(self) -> None:
        user = make_user("Juan Martín Gómez", language="es")
        self.client.force_login(user)
        self.client.post(
            reverse("accounts:setting", args=["family_names"]), {"family_names": "Gómez"}
        )
        self.holds(user, "Juan Martín Gómez", "Juan Martín", "Gómez")

        user.administer(by=self.root, family_names="Martín Gómez")

        self.holds(user, "Juan Martín Gómez", "Juan", "Martín Gómez")

    def test_settings_refuse_what_does_not_stand_in_the_name(self) -> None:
        self.client.force_login(self.bob)
        url = reverse("accounts:setting", args=["family_names"])

        page = self.client.post(url, {"family_names": "Nobody"})

        self.assertContains(page, "as they stand in the name", status_code=422)

    def history(self) -> str:
        with translation.override("en"):
            page, _following = events(self.acme)
            days = Teller(page, self.vera).days()
            texts = [
                f"{line.says} {[c.words for c in line.changes]}"
                for day in days
                for line in day.lines
            ]
        return " ".join(texts).replace("<del>", "").replace("</del>", "").replace(
            "<ins>", "").replace("</ins>", "")  # fmt: skip
