from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template
from django.test import SimpleTestCase
from django.utils import translation

from kam.lib.text.names import initials
from kam.lib.text.reader import Reader, reading_as
from kam.templatetags import clave

MARTA = SimpleNamespace(name="Marta Reyes")


def render(source: str, **context: object) -> str:
    with translation.override("en"):
        return Template(source).render(Context(context))


class ExampleForm(forms.Form):
    note = forms.CharField(widget=forms.Textarea(attrs={"class": "tall"}), help_text="In short.")
    agreed = forms.BooleanField()


class FiguresForm(forms.Form):
    budget = forms.DecimalField()
    where = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "Here")])
    when = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "Now")], required=False)


class TagsTest(SimpleTestCase):
    def test_initials_take_the_given_and_the_family_name(self) -> None:
        names = ["Marta Reyes", "ana maría quintero", "Madonna", "marta.reyes@nordlicht.example"]

        self.assertEqual([initials(name) for name in names], ["MR", "AQ", "M", "MR"])

    def test_initials_of_odd_names(self) -> None:
        names = [
            "",
            "   ",
            "🚀",
            "🚀 Ana 🎉 Quintero 🎉",
            "(Extern) Li",
            "علي حسن",
            "山田太郎",
            "E\u0301va",
        ]

        letters = [initials(name) for name in names]

        self.assertEqual(letters, ["?", "?", "?", "AQ", "EL", "عح", "山", "É"])

    def test_initials_stay_short_whatever_the_name(self) -> None:
        self.assertEqual(initials("Äß " * 400), "ÄÄ")
        self.assertLessEqual(len(initials("ß ŉ")), 2)

    def test_crest_takes_the_first_two_words(self) -> None:
        self.assertEqual(clave.crest("Grupo Andino Salud"), "GA")

    def test_icon_points_into_the_sprite(self) -> None:
        html = render('{% icon "sun" "i-lg" %}')

        self.assertIn('class="i i-lg"', html)
        self.assertIn('icons.svg#sun"/>', html)

    def test_ours_are_filled_theirs_outlined_nobody_dashed(self) -> None:
        html = render('{% avatar p %}{% avatar p "theirs" "l" %}{% avatar None %}', p=MARTA)

        self.assertIn('<span class="av" role="img" aria-label="Marta Reyes"', html)
        self.assertIn('class="av theirs av-l"', html)
        self.assertIn('class="av none"', html)

    def test_name_of_a_person_is_escaped(self) -> None:
        html = render("{% avatar p %}", p={"name": '<script> "x'})

        self.assertNotIn("<script>", html)
        self.assertNotIn('""x', html)

    def test_avatar_is_silent_beside_its_name(self) -> None:
        self.assertIn("aria-hidden", render("{% avatar p quiet=True %}", p=MARTA))

    def test_mark_says_its_word_unless_told_not_to(self) -> None:
        self.assertIn('aria-label="Attention"', render('{% mark "watch" %}'))
        self.assertIn('aria-hidden="true"', render('{% mark "watch" "" %}'))

    def test_unknown_state_is_not_scored(self) -> None:
        html = render('{% state "purple" %}')

        self.assertIn('<span class="state" data-s="none">', html)
        self.assertIn("Not scored</span>", html)

    def test_state_takes_words_of_its_own(self) -> None:
        self.assertIn("</svg>Agenda ready</span>", render('{% state "good" "Agenda ready" %}'))

    def test_spark_has_a_title_first_and_nothing_below_two_points(self) -> None:
        html = render('{% spark points "risk" label %}', points=[60, 43], label="Health <now> 43")

        self.assertIn('role="img"><title>Health &lt;now&gt; 43</title><path', html)
        self.assertEqual(render("{% spark points %}", points=[60]), "")

    def test_charts_keep_the_decimal_point_in_spanish(self) -> None:
        with reading_as(Reader("es", "es-ES", "UTC")):
            html = Template("{% ring 7 30 27 %}").render(Context())

        self.assertIn('cx="13.5"', html)

    def test_no_chart_has_a_style_attribute(self) -> None:
        html = render("{% ring 7 30 %}{% ring None 30 %}{% spark points %}", points=[1, 2])

        self.assertNotIn("style=", html)

    def test_dom_id_names_record_and_part(self) -> None:
        record = ContentType(pk=12)

        self.assertEqual(render('{{ r|dom_id:"summary" }}', r=record), "contenttype-12-summary")
        self.assertEqual(render("{{ r|dom_id }}", r=ContentType()), "contenttype-new")

    def test_unknown_amounts_and_dates_are_blank(self) -> None:
        source = '{{ x|day }}{{ x|money:"EUR" }}{{ x|percent }}{{ x|time }}{{ x|relative_day }}'

        self.assertEqual(render(source, x=None), "")

    def test_late_due_date_is_red_until_it_is_done(self) -> None:
        week_ago = date.today() - timedelta(days=3)  # noqa: DTZ011

        self.assertIn('class="late sm"', render("{% due d %}", d=week_ago))
        self.assertIn('class="due sm"', render("{% due d done=True %}", d=week_ago))

    def test_control_wears_our_class_and_keeps_its_own(self) -> None:
        form = ExampleForm({})
        html = render("{{ f.note|control }}{{ f.agreed|control }}", f=form)

        self.assertIn('class="ta tall"', html)
        self.assertIn('class="ck"', html)
        self.assertIn('aria-describedby="id_note_helptext id_note_error"', html)

    def test_control_shows_no_zeros_that_nobody_typed(self) -> None:
        form = FiguresForm(initial={"budget": Decimal("85000.00")})

        self.assertIn('value="85000"', render("{{ f.budget|control }}", f=form))
        self.assertIn(
            'value="85000.0x"',
            render("{{ f.budget|control }}", f=FiguresForm({"budget": "85000.0x"})),
        )

    def test_control_says_in_words_that_nothing_is_chosen(self) -> None:
        html = render("{{ f.where|control }}{{ f.when|control }}", f=FiguresForm())

        self.assertNotIn("---", html)
        self.assertIn(">Choose<", html)
        self.assertIn(">–<", html)

    def test_field_points_at_its_error(self) -> None:
        html = render('{% include "shared/_field.html" with field=f.note %}', f=ExampleForm({}))

        self.assertIn('id="id_note_error"', html)
        self.assertIn('id="id_note_helptext"', html)

    def test_summary_of_errors_links_to_the_fields(self) -> None:
        html = render('{% include "shared/_form_errors.html" %}', form=ExampleForm({}))

        self.assertIn("2 things to put right", html)
        self.assertIn('href="#id_note"', html)
