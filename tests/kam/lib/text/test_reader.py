from datetime import UTC, datetime

from django.test import SimpleTestCase
from django.utils import timezone, translation

from kam.lib.text import reader
from kam.lib.text.reader import Reader, reading_as


class ReaderTest(SimpleTestCase):
    def test_everything_inside_reads_as_the_reader(self) -> None:
        noon = datetime(2026, 11, 26, 12, tzinfo=UTC)

        with reading_as(Reader("es", "es-CO", "America/Bogota")):
            self.assertEqual(translation.get_language(), "es")
            self.assertEqual(reader.current_region(), "es-CO")
            self.assertEqual(timezone.localtime(noon).hour, 7)

    def test_what_was_before_comes_back_even_after_an_error(self) -> None:
        reader_abroad = reading_as(Reader("es", "es-CO", "America/Bogota"))

        with self.assertRaises(ZeroDivisionError), reader_abroad:
            _ = 1 / 0

        self.assertNotEqual(timezone.get_current_timezone_name(), "America/Bogota")
        self.assertNotEqual(reader.current_region(), "es-CO")

    def test_readers_nest(self) -> None:
        with reading_as(Reader("es", "es-MX", "UTC")):
            with reading_as(Reader("en", "en-GB", "UTC")):
                self.assertEqual(reader.current_region(), "en-GB")
            self.assertEqual(reader.current_region(), "es-MX")

    def test_without_region_the_language_has_one(self) -> None:
        with reading_as(Reader("en", "", "UTC")):
            self.assertEqual(reader.current_region(), "en-GB")

    def test_unknown_region_falls_back_on_the_language(self) -> None:
        with reading_as(Reader("es", "xx-YY", "UTC")):
            self.assertEqual(reader.region_locale().language, "es")

    def test_nonsense_is_british_english(self) -> None:
        self.assertEqual(str(reader.locale_of("", "?")), "en_GB")
