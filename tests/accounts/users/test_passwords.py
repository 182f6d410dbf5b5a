from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from tests.base import ClaveTest

REFUSED = [
    "eleven-char",
    "password2026",
    "Password!!!!",
    "2026password2026",
    "dragondragon",
    "123456789012",
    "qwertyuiop12",
    "abcdefghijkl",
    "lkjhgfdsapoiu",
    "aaaaaaaaaaaaaaaa",
    "abababababab",
    "alice alvarez",
    "alice@example.com",
]
TAKEN = [
    "three quiet river stones",
    "correct horse battery",
    "tres piedras de río",
    "jvVb7!kq2ZpL",
    "密码是很长的一句话对不对呀",
    "        x1y2z3",
    "bibliothèque verte",
]


class PasswordsTest(ClaveTest):
    def test_what_a_stranger_tries_first_is_refused(self) -> None:
        for password in REFUSED:
            with self.subTest(password), self.assertRaises(ValidationError):
                validate_password(password, User.objects.get(pk=self.alice.pk))

    def test_words_and_chance_are_taken_without_rules_of_composition(self) -> None:
        for password in TAKEN:
            with self.subTest(password):
                validate_password(password, self.alice)
