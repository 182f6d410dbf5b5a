"""The real files against what PDF/UA asks for and a machine can see (Matterhorn protocol).

With the longest, the emptiest and the fullest plan: the same rules hold for each.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, ClassVar

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from accounts.models import Account, BusinessUnit, Product, Tie
from planning.models import Cell, Plan, Report, Snapshot
from planning.models.report import Form
from planning.models.whitespace import SAID, CellState
from planning.report.drawing import draw
from tests.base import MONDAY, ClaveTest
from tests.factories import (
    make_account,
    make_action,
    make_assessment,
    make_objective,
    make_plan,
    make_stakeholder,
)
from tests.planning.business_cast import make_goal, make_risk, make_swot, make_year

LONG = "Ein sehr langer Name ohne Ende " * 7
RTL = "قسم التصوير الطبي في المستشفى الجديد"
MM = 72 / 25.4


def nodes(element: Any) -> Any:
    """Every structure element below, depth first."""
    kids = element.get("/K")
    for found in kids if isinstance(kids, list) else [kids]:
        kid = found.get_object() if hasattr(found, "get_object") else found
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield kid
            yield from nodes(kid)


class ReportUaTest(ClaveTest):
    full: Plan
    empty: Plan
    made: ClassVar[dict[tuple[str, str, str], bytes]]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.full = cls.crowded()
        cls.empty = make_plan(make_account("Nobody yet"))
        cls.made = {
            (name, form, language): cls.drawn(plan, form, language)
            for name, plan in (("full", cls.full), ("empty", cls.empty))
            for form, language in ((Form.FULL, "es"), (Form.ONE_PAGE, "en"))
        }
        cls.made["plain", Form.FULL, "es"] = cls.drawn(cls.plan, Form.FULL, "es")

    @classmethod
    def crowded(cls) -> Plan:
        """Sixty objectives, sixty people, names of 200 characters, right to left, emoji."""
        account = make_account(LONG[:200])
        plan = make_plan(account)
        titles = [LONG[:200], RTL, "Launch 🚀 with 👩‍💻", "60 % of the department"]
        for number in range(60):
            title = titles[number % 4]
            objective = make_objective(plan, owner=cls.alice, title=title, position=number)
            make_action(objective, owner=cls.bob, title=title)
        people = [
            make_stakeholder(
                account, f"{titles[n % 3][:190]} {n}", influence=("high", "low")[n % 2]
            )
            for n in range(60)
        ]
        for number, person in enumerate(people[:50]):
            make_assessment(person, number % 5 - 2, by=cls.alice, on=date(2026, 11, 2))
        Tie.set(people[0], people[1], strength=2, by=cls.alice)
        for number in range(5):
            make_goal(account, title=titles[number % 4])
            make_swot(account, text=titles[number % 4])
            make_risk(account, title=titles[number % 4])
            make_year(account, year=2021 + number, revenue=Decimal(10**6 * (number + 1)))
        cls.crowd_places(account, titles)
        return plan

    @classmethod
    def crowd_places(cls, account: Account, titles: list[str]) -> None:
        """More products than the grid has room for, in every state that is said."""
        units = [
            BusinessUnit.objects.create(account=account, name=f"{titles[n % 4][:100]} {n}")
            for n in range(21)
        ]
        products = [Product.objects.create(name=f"{titles[n % 4][:100]} {n}") for n in range(12)]
        for number, state in enumerate(SAID * 3):
            rival = (
                {"competitor": titles[number % 2][:120]} if state == CellState.COMPETITOR else {}
            )
            Cell.objects.create(
                account=account, unit=units[number], product=products[number % 12], state=state,
                potential=10**6, currency="EUR", stated_at=MONDAY, stated_by=cls.alice, **rival,
            )  # fmt: skip

    @classmethod
    def drawn(cls, plan: Plan, form: str, language: str) -> bytes:
        snapshot = Snapshot.take(plan, by=cls.alice, at=MONDAY)
        region = {"en": "en-GB", "es": "es-CO"}[language]
        report = Report(snapshot=snapshot, form=form, language=language, region=region, names=True)
        return bytes(draw(report, tell=lambda step: None))

    def each(self) -> Any:
        for key, content in self.made.items():
            with self.subTest(key):
                reader = PdfReader(BytesIO(content))
                yield key, reader, reader.root_object

    def tree(self) -> Any:
        for key, _reader, root in self.each():
            yield key, list(nodes(root["/StructTreeRoot"]))

    def test_document_says_what_it_is(self) -> None:
        for (name, _form, language), reader, root in self.each():
            self.assertEqual(root["/Lang"], {"en": "en-GB", "es": "es-CO"}[language])
            self.assertTrue(root["/MarkInfo"]["/Marked"])
            self.assertTrue(root["/ViewerPreferences"]["/DisplayDocTitle"])
            meta = root["/Metadata"].get_object().get_data().decode()
            self.assertRegex(meta, r'pdfuaid:part(="|>)1')
            start = {"empty": "Nobody yet", "plain": "Acme", "full": LONG[:60]}[name]
            self.assertTrue(str(reader.metadata.title).startswith(start))
            self.assertIn(start, meta)

    def test_everything_drawn_is_tagged_or_marked_as_decoration(self) -> None:
        shows = {b"Tj", b"TJ", b"Do", b"f", b"S", b"B", b"f*", b"B*", b"sh"}
        for _key, reader, _root in self.each():
            for page in reader.pages:
                self.assertEqual(page["/Tabs"], "/S")
                depth = 0
                for _operands, operator in ContentStream(page.get_contents(), reader).operations:
                    depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
                    if operator in shows:
                        self.assertGreater(depth, 0, f"{operator!r} outside of marked content")

    def test_every_figure_has_words(self) -> None:
        for (name, form, _language), found in self.tree():
            figures = [node for node in found if node["/S"] == "/Figure"]
            for figure in figures:
                self.assertTrue(str(figure.get("/Alt", "")).strip())
            if name == "full":
                self.assertGreater(len(figures), 3 if form == Form.FULL else 0)

    def test_headings_do_not_jump(self) -> None:
        for _key, found in self.tree():
            levels = [int(str(n["/S"])[2]) for n in found if str(n["/S"])[1:] in HEADINGS]
            self.assertEqual(levels[0], 1)
            for before, after in zip(levels, levels[1:], strict=False):
                self.assertLessEqual(after - before, 1, levels)

    def test_every_cell_names_its_heads(self) -> None:
        for (name, _form, _language), found in self.tree():
            heads = {node["/ID"] for node in found if node["/S"] == "/TH"}
            cells = [node for node in found if node["/S"] == "/TD"]
            self.assertTrue(heads if name == "full" else True)
            for cell in cells:
                named = cell["/A"].get_object()["/Headers"]
                self.assertTrue(named)
                self.assertLessEqual(set(named), heads)

    def test_all_fonts_are_embedded_and_can_be_read_out(self) -> None:
        for _key, reader, _root in self.each():
            fonts = {
                str(font.idnum): font.get_object()
                for page in reader.pages
                for font in page["/Resources"]["/Font"].values()
            }
            self.assertTrue(fonts)
            for font in fonts.values():
                below = font["/DescendantFonts"][0].get_object()
                descriptor = below["/FontDescriptor"].get_object()
                self.assertTrue({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))
                self.assertIn("/ToUnicode", font)

    def test_pages_of_the_contents_are_right(self) -> None:
        reader = PdfReader(BytesIO(self.made["plain", Form.FULL, "es"]))
        cover = reader.pages[0].extract_text()
        for title in ("En una página", "Relaciones", "Su negocio", "Objetivos y estrategia"):
            with self.subTest(title):
                entry: Any = next(o for o in flat(reader.outline) if o.title.endswith(title))
                page = (reader.get_destination_page_number(entry) or 0) + 1
                self.assertIn(title, reader.pages[page - 1].extract_text())
                self.assertIn(str(page), cover.split())

    def test_one_page_is_one_page_and_nothing_is_cut_at_its_foot(self) -> None:
        for name in ("full", "empty"):
            reader = PdfReader(BytesIO(self.made[name, Form.ONE_PAGE, "en"]))
            self.assertEqual(len(reader.pages), 1)
            lowest: list[float] = []

            def see(text: str, cm: Any, tm: Any, *_rest: Any, into: Any = lowest) -> None:
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                if text.strip() and y > 14 * MM:  # above the foot of the page
                    into.append(y)

            reader.pages[0].extract_text(visitor_text=see)
            self.assertGreater(min(lowest), 17 * MM, name)


HEADINGS = {f"H{level}" for level in range(1, 7)}


def flat(outline: Any) -> Any:
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry
