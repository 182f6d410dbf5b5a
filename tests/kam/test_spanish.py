"""The Spanish words of the product: one form each, as product.md says them."""

import re

from babel.messages.pofile import read_po
from django.conf import settings
from django.test import SimpleTestCase

from kam.lib.reader import Reader, reading_as
from kam.lib.zone_names import zone_city, zone_label

# What must not stand in a message, with what stands there instead.
NEVER = {
    r"\baccionistas?\b": "persona clave",
    r"\binterlocutor(es)?\b": "persona clave",
    r"\bperíodos?\b": "periodo",
    r"\bactas?\b": "minuta",
    r"\bjuntas?\b": "reunión",
    r"\bcostes?\b": "costo",
    r"\bmedio plazo\b": "mediano plazo",
    r"\bordenador(es)?\b": "computadora",
    r"\bmóvil(es)?\b": "celular",
    r"\bvosotros\b|\bvuestr[oa]s?\b": "ustedes",
    r"\bespacio en blanco\b": "mapa de potencial",
    r"\bdemostración\b": "no word of the demo stands on a page of a real company",
    r"puestos? sin cubrir": "roles de decisión sin persona",
    r"\bPatrocina allá\b": "Patrocinador del cliente",
    r"sin conocer": "sin contacto",
    r"Reunión de opinión": "Reunión de retroalimentación",
    r"años de utilidad": "Deuda neta/EBITDA",
    r"\b\w+\(a\)s?\b|\b\w+/a\b": "no slashes and brackets for a gender",
}  # fmt: skip


def messages() -> list[str]:
    po = settings.BASE_DIR / "locale" / "es" / "LC_MESSAGES" / "django.po"
    with po.open("rb") as file:
        found = read_po(file, locale="es")
    texts = [m.string if isinstance(m.string, tuple | list) else (m.string,) for m in found]
    return [text for said in texts for text in said if text]


class SpanishTest(SimpleTestCase):
    def test_no_message_says_a_word_that_has_a_better_one(self) -> None:
        for pattern, better in NEVER.items():
            with self.subTest(pattern, better=better):
                found = [text for text in messages() if re.search(pattern, text, re.IGNORECASE)]
                self.assertEqual(found, [])

    def test_zones_are_called_as_the_reader_calls_their_city(self) -> None:
        with reading_as(Reader("es", "es-MX", "America/Mexico_City")):
            self.assertEqual(zone_city("America/Mexico_City"), "Ciudad de México")
            self.assertEqual(zone_label("America/Mexico_City"), "America/Ciudad de México")
        with reading_as(Reader("en", "en-GB", "Europe/Berlin")):
            self.assertEqual(zone_city("America/Mexico_City"), "Mexico City")
        self.assertEqual(zone_city("UTC"), "UTC")
