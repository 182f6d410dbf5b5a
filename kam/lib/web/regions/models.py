"""The number of the house: raised by every action that is not of one account.

Kept pages of an account carry its revision; names of people, rates, products and settings belong
to no account, and what changes one of them raises this number instead.
"""

from django.db import connection, models

RAISE = """
    INSERT INTO regions_house (id, number) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET number = regions_house.number + 1
"""


class House(models.Model):
    """One row, in the database: it counts when the change counts, and not a moment earlier."""

    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="house_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"house {self.number}"

    @classmethod
    def raise_number(cls) -> None:
        """Last in a transaction: actions of the house wait here for each other's commit."""
        with connection.cursor() as cursor:
            cursor.execute(RAISE)

    @classmethod
    def current(cls) -> "models.Subquery":
        """As a column beside others, so that it costs no question of its own."""
        return models.Subquery(
            cls.objects.values("number")[:1], output_field=models.PositiveBigIntegerField()
        )
