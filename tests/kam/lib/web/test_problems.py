from django import forms
from django.test import SimpleTestCase
from django.utils.translation import override

from kam.lib.web.problems import problem_words, problems


class Form(forms.Form):
    title = forms.CharField(label="Title", max_length=5)
    owner = forms.ChoiceField(label="Owner", choices=[("a", "A")])
    due = forms.DateField(label="Due", input_formats=["%Y-%m-%d"])
    value = forms.DecimalField(label="Value", max_digits=4, decimal_places=1, max_value=900)
    count = forms.IntegerField(label="Count", min_value=3)
    email = forms.EmailField(label="E-mail")
    reason = forms.CharField(label="Reason", error_messages={"required": "Say why: they read it."})


class ProblemsTest(SimpleTestCase):
    def said(self, name: str, **typed: str) -> str:
        return " ".join(problems(Form(typed)[name]))

    def test_what_is_missing_is_named_with_what_to_do(self) -> None:
        self.assertEqual(self.said("title"), "“Title” is empty. Write it.")
        self.assertEqual(self.said("owner"), "“Owner” is empty. Choose one.")
        self.assertEqual(self.said("due"), "“Due” is empty. Say which day.")
        self.assertEqual(self.said("count"), "“Count” is empty. Write a number.")

    def test_a_form_that_says_why_keeps_its_own_words(self) -> None:
        self.assertEqual(self.said("reason"), "Say why: they read it.")

    def test_what_cannot_be_read_says_how_it_is_written(self) -> None:
        self.assertIn("2026-11-23", self.said("due", due="soon"))
        self.assertIn("1234.50", self.said("value", value="much"))
        self.assertIn("whole number", self.said("count", count="1.5"))
        self.assertIn("name@company.example", self.said("email", email="me"))
        self.assertEqual(
            self.said("owner", owner="x"), "That is no choice for “Owner”. Choose one of the list."
        )

    def test_what_is_too_much_or_too_little_says_how_much(self) -> None:
        self.assertEqual(
            self.said("title", title="123456"), "“Title” has 6 characters; 5 fit. Shorten it."
        )
        self.assertEqual(
            self.said("value", value="901"), "“Value” is at most 900. Write a smaller number."
        )
        self.assertEqual(
            self.said("value", value="1.25"), "“Value” has more than 1 decimal place. Round it."
        )
        self.assertEqual(
            self.said("count", count="1"), "“Count” is at least 3. Write a larger number."
        )

    def test_nothing_wrong_says_nothing_and_a_form_says_all(self) -> None:
        self.assertEqual(self.said("title", title="Fine"), "")
        self.assertEqual(len(problem_words(Form({}))), 7)

    def test_it_speaks_the_language_of_the_reader(self) -> None:
        with override("es"):
            self.assertEqual(self.said("title"), "Falta “Title”. Escribe el dato.")
