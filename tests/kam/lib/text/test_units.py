from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.test import SimpleTestCase

from kam.lib.text.currencies import check_currency, is_currency
from kam.lib.text.money import GAP
from kam.lib.text.reader import Reader, reading_as
from kam.lib.text.units import bare, from_to, measured, part_of

SPANISH = Reader("es", "es-CO", "America/Bogota")


class UnitsTest(SimpleTestCase):
    def test_three_capitals_are_a_unit_like_others_unless_they_are_money(self) -> None:
        self.assertEqual(measured(Decimal(12_500), "FTE"), "12,500 FTE")
        self.assertEqual(measured(Decimal(12_500), "KWH"), "12,500 KWH")
        self.assertEqual(measured(Decimal(260_000), "EUR"), f"€260{GAP}k")
        self.assertEqual(measured(Decimal(60), "%"), f"60{GAP}%")
        self.assertEqual(measured(Decimal("1.5"), "h"), "1.5 h")
        self.assertEqual(measured(Decimal(3), ""), "3")
        self.assertEqual(measured(None, "h"), "")

    def test_a_way_says_its_unit_once(self) -> None:
        self.assertEqual(part_of(Decimal(12), Decimal(60), "seats"), "12 of 60 seats")
        self.assertEqual(part_of(Decimal(12), Decimal(60), "%"), f"12{GAP}% of 60{GAP}%")
        self.assertEqual(from_to(Decimal(31), Decimal(18), "h"), "31 to 18 h")
        self.assertEqual(bare(Decimal(31), "h"), "31")

    def test_digits_follow_the_region(self) -> None:
        with reading_as(SPANISH):
            self.assertEqual(measured(Decimal("12500.5"), "FTE"), "12.500,5 FTE")

    def test_currencies_are_those_in_use(self) -> None:
        for code in ("EUR", "COP", "CLF", "USD", "XAF"):
            self.assertTrue(is_currency(code), code)
        for code in ("XQZ", "FTE", "DEM", "XXX", "eur", "", "EURO"):
            self.assertFalse(is_currency(code), code)
            with self.assertRaises(ValidationError):
                check_currency(code)


class EveryCurrencyFieldTest(SimpleTestCase):
    def test_no_form_of_the_site_takes_a_currency_that_is_none(self) -> None:
        """A form that checks it in `clean_currency` or in the field itself."""
        import planning.business.business_forms
        import planning.whitespace.whitespace_forms  # noqa: F401 (they register themselves as subclasses)

        checked = [form for form in _subclasses(forms.BaseForm) if "currency" in _fields(form)]

        self.assertGreater(len(checked), 5)
        for form in checked:
            with self.subTest(form.__name__):
                bound = object.__new__(form)
                bound.cleaned_data = {"currency": "XQZ"}
                with self.assertRaises(ValidationError):
                    _fields(form)["currency"].clean("XQZ")
                    bound.clean_currency()


def _subclasses(kind: Any) -> list[Any]:
    found = [kind]
    for below in kind.__subclasses__():
        found += _subclasses(below)
    return found


def _fields(form: Any) -> dict[str, Any]:
    return getattr(form, "base_fields", {})
