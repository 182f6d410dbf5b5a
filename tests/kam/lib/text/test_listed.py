from django.test import SimpleTestCase

from kam.lib.text.listed import listed
from kam.lib.text.reader import Reader, reading_as

SPANISH = Reader("es", "es-CO", "America/Bogota")


class ListedTest(SimpleTestCase):
    def test_english_says_and_or(self) -> None:
        with reading_as(Reader("en", "en-GB", "Europe/Berlin")):
            self.assertEqual(listed([]), "")
            self.assertEqual(listed(["Ingrid"]), "Ingrid")
            self.assertEqual(listed(["Marta", "Priya", "Ingrid"]), "Marta, Priya and Ingrid")
            self.assertEqual(listed(["Marta", "Oskar"], "or"), "Marta or Oskar")

    def test_spanish_says_e_and_u_before_their_own_sound(self) -> None:
        said = {
            ("Ana", "Marta"): ("Ana y Marta", "Ana o Marta"),
            ("Marta", "Ingrid"): ("Marta e Ingrid", "Marta o Ingrid"),
            ("Luis", "Íñigo"): ("Luis e Íñigo", "Luis o Íñigo"),
            ("Ana", "Hilda"): ("Ana e Hilda", "Ana o Hilda"),
            ("Ana", "Yvonne"): ("Ana e Yvonne", "Ana o Yvonne"),
            ("Ana", "Yolanda"): ("Ana y Yolanda", "Ana o Yolanda"),
            ("agua", "hielo"): ("agua y hielo", "agua o hielo"),
            ("Ana", "Óscar"): ("Ana y Óscar", "Ana u Óscar"),
            ("Ana", "Horacio"): ("Ana y Horacio", "Ana u Horacio"),
        }
        with reading_as(SPANISH):
            for words, (both, either) in said.items():
                with self.subTest(words):
                    self.assertEqual((listed(words), listed(words, "or")), (both, either))

    def test_only_the_last_joiner_changes(self) -> None:
        with reading_as(SPANISH):
            self.assertEqual(listed(["Ana y Juan", "Inés", "Isabel"]), "Ana y Juan, Inés e Isabel")
