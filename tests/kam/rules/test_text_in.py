"""No field of the app takes characters that break HTML, XML, iCalendar or PDF.

Generated: every form class of the house, and every form that a page is drawn with.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.urls import reverse

import accounts
import integrations
import planning
import reviews
from tests.base import ClaveTest
from tests.kam.rules.access import CAST, tables
from tests.kam.rules.test_access_matrix import PAGES
from tests.kam.rules.test_idor import forms_of

BAD = ["\0", "\x07", "\x0b", "\x1b", "\x7f", "\x85"]


@override_settings(DEMO_LOCAL=True, MAIL_STAYS_HERE=True)
class TextInTest(ClaveTest):
    def test_every_field_of_every_form_class_refuses_control_characters(self) -> None:
        found = list(classes())

        self.assertGreater(len(found), 5)
        for form in found:
            for name, field in form.base_fields.items():
                with self.subTest(f"{form.__module__}.{form.__name__}.{name}"):
                    self.assertEqual(taken(field), [])

    def test_every_field_of_every_page_refuses_them(self) -> None:
        keys = {name: key for table in tables() for name, key in table.keys(type(self)).items()}
        self.client.force_login(self.root)
        for page, row in PAGES.items():
            if row[CAST.index("root")] == 200:
                address = reverse(page, args=[keys[page]] if page in keys else [])
                for form in forms_of(self.client.get(address)):
                    for name, field in form.fields.items():
                        with self.subTest(page, field=name):
                            self.assertEqual(taken(field), [])


def classes() -> Iterator[Any]:
    """Every form class of the three apps, whichever module it stands in."""
    for app in (accounts, planning, reviews, integrations):
        for module in walk_packages(app.__path__, f"{app.__name__}."):
            if ".migrations" not in module.name:
                for thing in vars(import_module(module.name)).values():
                    own = getattr(thing, "__module__", "") == module.name
                    if own and isinstance(thing, type) and issubclass(thing, forms.BaseForm):
                        yield thing


def taken(field: forms.Field) -> list[str]:
    """The bad characters that the field would take, within a text that is otherwise fine."""
    if not isinstance(field, forms.CharField) or isinstance(field.widget, forms.PasswordInput):
        return []
    return [bad for bad in BAD if accepts(field, f"fine{bad}text")]


def accepts(field: forms.Field, text: str) -> bool:
    try:
        field.clean(text)
    except ValidationError:
        return False
    return True
