from decimal import Decimal

from django.test import SimpleTestCase

from kam.lib.text import money
from kam.lib.text.reader import Reader, reading_as


def amount(region: str, value: str, currency: str = "EUR") -> str:
    """With plain spaces, so that tests can be read."""
    with reading_as(Reader(region.split("-")[0], region, "UTC")):
        return money.money(Decimal(value), currency).replace("\xa0", " ")


class MoneyTest(SimpleTestCase):
    def test_compact_amounts_follow_the_region(self) -> None:
        written = [amount(region, "1840000") for region in ("en-GB", "es-ES", "es-CO", "es-MX")]

        self.assertEqual(written, ["€1.84 M", "1,84 M€", "€1,84 M", "€1.84 M"])

    def test_three_digits_matter(self) -> None:
        values = ["950", "180000", "1840000", "18400000", "184000000"]

        self.assertEqual(
            [amount("en-GB", value) for value in values],
            ["€950", "€180 k", "€1.84 M", "€18.4 M", "€184 M"],
        )

    def test_rounding_never_leaves_a_thousand_thousands(self) -> None:
        self.assertEqual(amount("en-GB", "999"), "€999")
        self.assertEqual(amount("en-GB", "999.6"), "€1 k")
        self.assertEqual(amount("en-GB", "999999"), "€1.00 M")

    def test_billions_stay_millions(self) -> None:
        self.assertEqual(amount("es-CO", "7360000000", "COP"), "$7.360 M")

    def test_loss_has_a_minus_before_the_symbol(self) -> None:
        self.assertEqual(amount("en-GB", "-70000"), "−€70 k")
        self.assertEqual(amount("es-ES", "-70000"), "−70 k€")

    def test_foreign_dollars_are_told_from_pesos(self) -> None:
        self.assertEqual(amount("es-MX", "950", "MXN"), "$950")
        self.assertEqual(amount("es-MX", "950", "USD"), "USD 950")

    def test_exact_amount_has_cents_only_when_there_are_any(self) -> None:
        with reading_as(Reader("en", "en-GB", "UTC")):
            self.assertEqual(money.money_exact(1840000, "EUR"), "€1,840,000")
            self.assertEqual(money.money_exact(Decimal("0.5"), "EUR"), "€0.50")
            self.assertEqual(money.money_exact(Decimal("12.5"), "JPY"), "JP¥13")

    def test_numbers_follow_the_region(self) -> None:
        with reading_as(Reader("es", "es-CO", "UTC")):
            self.assertEqual(money.number(Decimal("12480.50")), "12.480,5")
            self.assertEqual(money.number(180000), "180.000")
            self.assertEqual(money.number(0), "0")

    def test_percent_keeps_its_distance(self) -> None:
        with reading_as(Reader("en", "en-GB", "UTC")):
            self.assertEqual(money.percent(60), "60\xa0%")
            self.assertEqual(money.percent(Decimal("17.84"), 1), "17.8\xa0%")

    def test_change_has_a_sign(self) -> None:
        with reading_as(Reader("en", "en-GB", "UTC")):
            self.assertEqual([money.signed(n) for n in (4, -9, 0)], ["+4", "−9", "0"])
