from django.test import SimpleTestCase
from django.utils import translation

from kam.lib.text.names import NameText, divided, initials, name_of, stands_in, taken_apart


class NamesTest(SimpleTestCase):
    def test_spanish_names_carry_two_surnames_from_three_words_on(self) -> None:
        self._holds(
            "es",
            {
                "Gabriela Zayas Chacón": ("Gabriela", "Zayas Chacón"),
                "Marta Reyes": ("Marta", "Reyes"),
                "Luis Alberto Pérez Gómez": ("Luis Alberto", "Pérez Gómez"),
                "José Ortega y Gasset": ("José", "Ortega y Gasset"),
                "Ana de la Cruz": ("Ana", "de la Cruz"),
                "Ana De la Cruz del Río": ("Ana", "De la Cruz del Río"),
                "Ana San Martín López": ("Ana", "San Martín López"),
            },
        )

    def test_spanish_given_names_of_two_words_are_known(self) -> None:
        self._holds(
            "es",
            {
                "María José Zayas": ("María José", "Zayas"),
                "Juan Carlos Mora": ("Juan Carlos", "Mora"),
                "MARIA FERNANDA RUIZ": ("MARIA FERNANDA", "RUIZ"),
                "María del Carmen López": ("María del Carmen", "López"),
                "María de los Ángeles López Ruiz": ("María de los Ángeles", "López Ruiz"),
                "José de Jesús Peña": ("José de Jesús", "Peña"),
                "Juan Carlos": ("Juan", "Carlos"),
                "Juan Martín Gómez": ("Juan", "Martín Gómez"),
                "Miguel Ángel Peña": ("Miguel Ángel", "Peña"),
                "Juan Daniel Ortega Ruiz": ("Juan Daniel", "Ortega Ruiz"),
                "Juan P. Gómez": ("Juan P.", "Gómez"),
                "Ana Ángel Restrepo": ("Ana", "Ángel Restrepo"),
                "Ana Ruiz Vda. de Peña": ("Ana", "Ruiz Vda. de Peña"),
            },
        )

    def test_english_names_end_with_the_surname(self) -> None:
        self._holds(
            "en",
            {
                "Mary Ann Smith": ("Mary Ann", "Smith"),
                "Vincent van Gogh": ("Vincent", "van Gogh"),
                "Ludwig von der Heide": ("Ludwig", "von der Heide"),
                "Martin Luther King Jr.": ("Martin Luther", "King Jr."),
                "José Ortega y Gasset": ("José", "Ortega y Gasset"),
                "Al Gore": ("Al", "Gore"),
                "Van Morrison": ("Van", "Morrison"),
            },
        )

    def test_titles_are_no_names(self) -> None:
        name = divided("Ing. Carlos Pérez Gómez", "es")

        self.assertEqual((name.given, name.family), ("Ing. Carlos", "Pérez Gómez"))
        self.assertEqual((name.initials, name.called, name.surname), ("CP", "Carlos", "Pérez"))

        for text in ("Prof. Dr. Klaus Meier", "Doña Klaus Meier"):
            name = divided(text, "es")
            self.assertEqual((name.initials, name.called, name.surname), ("KM", "Klaus", "Meier"))

    def test_the_examples_of_the_product_page(self) -> None:
        names = {
            "Ana Ruiz Peña": ("Ruiz", "AR"),
            "José de la Cruz López": ("de la Cruz", "JC"),
            "María del Pilar Gómez Díaz": ("Gómez", "MG"),
        }

        short = {
            name: (divided(name, "es").surname, divided(name, "es").initials) for name in names
        }

        self.assertEqual(short, names)

    def test_brazilian_and_german_names(self) -> None:
        self._holds(
            "en",
            {
                "José Carlos dos Santos Filho": ("José Carlos", "dos Santos Filho"),
                "Hans-Peter Müller": ("Hans-Peter", "Müller"),
                "Anna-Lena von der Leyen": ("Anna-Lena", "von der Leyen"),
            },
        )
        self.assertEqual(divided("João da Silva", "en").initials, "JS")
        self.assertEqual(divided("José Carlos dos Santos Filho", "en").surname, "dos Santos")

    def test_family_names_before_a_comma(self) -> None:
        name = divided("Zayas Chacón, Gabriela", "en")

        self.assertEqual((name.given, name.family), ("Gabriela", "Zayas Chacón"))
        self.assertEqual(name.initials, "GZ")

    def test_odd_names_lose_nothing(self) -> None:
        names = ["Madonna", "🚀", "🚀 Ana 🎉 Quintero 🎉", "علي حسن", "山田太郎", "王 小明", "y", "de la",
                 "Dr.", "Ñ" * 200, "a b " * 50, ", ,", "  "]  # fmt: skip

        for language in ("es", "en"):
            for text in names:
                name = divided(text, language)
                kept = sorted(f"{name.given} {name.family}".split())
                self.assertEqual(kept, sorted(text.split()), text)

    def test_initials_use_the_first_surname_without_its_particles(self) -> None:
        names = {
            "Gabriela Zayas Chacón": "GZ", "María de la Cruz": "MC", "Vincent van Gogh": "VG",
            "José Ortega y Gasset": "JO", "Madonna": "M", "王 小明": "王小", "علي حسن": "عح",
            "Óscar Ñúñez": "ÓÑ", "": "?", "🚀": "?",
        }  # fmt: skip

        with translation.override("es"):
            self.assertEqual({name: initials(name) for name in names}, names)

    def test_short_forms(self) -> None:
        names = {
            "Gabriela Zayas Chacón": ("Zayas", "Gabriela"),
            "María José de la Cruz": ("de la Cruz", "María José"),
            "Luis Alberto Pérez Gómez": ("Pérez", "Luis Alberto"),
            "José Ortega y Gasset": ("Ortega", "José"),
            "Madonna": ("Madonna", "Madonna"),
        }

        short = {name: (divided(name, "es").surname, divided(name, "es").called) for name in names}

        self.assertEqual(short, names)

    def test_written_family_names_are_taken_out_of_the_name_wherever_they_stand(self) -> None:
        corrected = {
            ("Gabriela Zayas Chacón", "zayas chacon"): ("Gabriela", "zayas chacon"),
            ("Wang Wei", "Wang"): ("Wei", "Wang"),
            ("Juan Martín Gómez", "Gómez"): ("Juan Martín", "Gómez"),
        }

        for (text, family), parts in corrected.items():
            name = taken_apart(text, family)
            self.assertEqual((name.given, name.family), parts)

    def test_family_names_must_stand_in_the_name(self) -> None:
        self.assertTrue(stands_in("Gabriela Zayas Chacón", "Zayas  chacón"))
        self.assertTrue(stands_in("Gabriela Zayas Chacón", ""))
        self.assertFalse(stands_in("Gabriela Zayas Chacón", "Zaya"))

    def test_what_is_kept_apart_wins_over_the_text(self) -> None:
        kept = {"name": "Ana María Ruiz", "given_name": "Ana", "family_names": "María Ruiz"}

        self.assertEqual(name_of(kept).initials, "AM")

    def test_text_of_a_person_knows_their_parts(self) -> None:
        class Somebody:
            name, given_name, family_names = "Wang Wei", "Wei", "Wang"

        text = NameText.of(Somebody())

        self.assertEqual((text, name_of(text).initials), ("Wang Wei", "WW"))
        self.assertEqual(name_of(text).surname, "Wang")

    def _holds(self, language: str, names: dict[str, tuple[str, str]]) -> None:
        found = {text: divided(text, language) for text in names}

        self.assertEqual({text: (n.given, n.family) for text, n in found.items()}, names)
