"""The Spanish words of the product: one form each, as product.md says them."""

import re

from babel.messages.pofile import read_po
from django.conf import settings
from django.test import SimpleTestCase

from kam.lib.text.reader import Reader, reading_as
from kam.lib.text.zone_names import zone_city, zone_label

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
    r"\bpapel en la decisión": "rol en la decisión",
    r"\bhorizontes?\b": "plazo",
    r"\b(el|un|del|sin|tiene) importe\b|^Importe": "monto",
    r"\bagendad[oa]s?\b|\bAgendar\b": "programada: agenda is the list of what is talked about",
    r"\bRegistrar contacto\b": "Registrar interacción",
    r"\bcalificad[oa]s?\b|sin calificar|sin calcular": "sin evaluar, the one word of not scored",
    r"\b(no se|se) hizo\b|\brevisiones hechas\b": "no se realizó, as the states of a review say",
    r"\babandon\w+": "descartar, of actions and objectives",
    r"penden? de un hilo|un solo hilo": "depende de un solo contacto",
    r"\bnegocios? ganad": "oportunidad ganada",
    r"\bliderar?\b|\blideras?\b": "dirigir, as the right is called",
    r"\bpreaviso\b": "aviso, as the field is called",
    r"en por ciento": "en porcentaje",
    r"[«»]": "quotation marks of America",
    r"\bsobre el año (pasado|anterior)\b": "frente al año anterior",
    r"\bno te toca\b": "no puedes",
    r"\b(el|tu) reloj\b": "tu hora",
    r"%\(\w+\)s de %\(\w+\)s (planes|cuentas|revisiones|acciones|objetivos|pasos|hechas)":
        "the noun before the count: 1 de 1 planes is no Spanish",
    r"\bpuls(a|as|ar|es|en)\b": "presionar: pulsar is said in Spain",
    r"\b(alguien|nadie|quién|quién más|personas) de nosotros\b": "de nuestro equipo",
    r"\bmoneda de (los )?informes?\b": "moneda de reporte",
    r"\b(hasta|venció|vence|realizada|revisado|hecha|movida) %\(day\)s": "the article before a day: hasta el jue 26 nov",
    r"\b\w+\(a\)s?\b|\b\w+/a\b": "no slashes and brackets for a gender",
}  # fmt: skip


def messages() -> list[str]:
    po = settings.BASE_DIR / "locale" / "es" / "LC_MESSAGES" / "django.po"
    with po.open("rb") as file:
        found = read_po(file, locale="es")
    texts = [m.string if isinstance(m.string, tuple | list) else (m.string,) for m in found]
    return [text for said in texts for text in said if text]


def guide() -> list[str]:
    pages = sorted((settings.BASE_DIR / "docs" / "guide").glob("*.es.md"))
    return [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]


class SpanishTest(SimpleTestCase):
    def test_neither_messages_nor_the_guide_say_a_word_that_has_a_better_one(self) -> None:
        for pattern, better in NEVER.items():
            with self.subTest(pattern, better=better):
                texts = [*messages(), *guide()]
                found = [text for text in texts if re.search(pattern, text, re.IGNORECASE)]
                self.assertEqual(found, [])

    def test_zones_are_called_as_the_reader_calls_their_city(self) -> None:
        with reading_as(Reader("es", "es-MX", "America/Mexico_City")):
            self.assertEqual(zone_city("America/Mexico_City"), "Ciudad de México")
            self.assertEqual(zone_label("America/Mexico_City"), "America/Ciudad de México")
        with reading_as(Reader("en", "en-GB", "Europe/Berlin")):
            self.assertEqual(zone_city("America/Mexico_City"), "Mexico City")
        self.assertEqual(zone_city("UTC"), "UTC")

    def test_no_template_writes_a_zone_as_a_machine_does(self) -> None:
        bare = re.compile(r"zone=[\w.]+(?!\|zone_city)[\s%|]")

        for path in (settings.BASE_DIR / "templates").rglob("*.*"):
            self.assertEqual(bare.findall(path.read_text()), [], path)
