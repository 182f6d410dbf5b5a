"""One figure is one figure: in the digest, on the portfolio and the overview, and in the PDF.

Everything is rendered as people get it and read back from there; what must stand there is worked
out here, by hand, from the rows that were written.
"""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import ClassVar, cast

import time_machine
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import BusinessUnit, Product
from accounts.models.standing import refresh
from planning.models import Cell, Report, Snapshot
from planning.models.report import Form
from planning.report.drawing import draw
from reviews.emails import weekly_digest
from reviews.health.health import USUAL
from reviews.health.health_snapshots import keep
from reviews.models import DigestChoice, Reading, Review
from reviews.notices.digest import gather
from tests.base import MONDAY, TODAY
from tests.factories import make_action, make_assessment, make_interaction, make_stakeholder
from tests.money import make_opportunity, make_revenue, month_back
from tests.reviews.cases import ReviewCase, local

WEEK, QUARTER = timedelta(days=7), timedelta(days=90)


def text_of(html: str) -> str:
    """What a reader sees: without tags, with plain spaces."""
    shown = re.sub(r"<(style|title|head|script|svg)\b.*?</\1>", " ", html, flags=re.S)
    return plain(unescape(re.sub(r"<[^>]+>", " ", shown)))


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


class SameFiguresTest(ReviewCase):
    said: ClassVar[dict[str, str]]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        with time_machine.travel(MONDAY, tick=False):
            cls.write_money()
            cls.write_people()
            cls.write_work()
            cls.read_health()
            cls.said = cls.everywhere()

    @classmethod
    def write_money(cls) -> None:
        """1.74 M in twelve months, of which 60 k were given back; 1.44 M in the twelve before."""
        for back in range(1, 25):
            facts = {"revenue": 150_000, "rebates": 5_000} if back < 13 else {"revenue": 120_000}
            make_revenue(cls.acme, month_back(TODAY, back), **facts)
        unit = BusinessUnit.objects.create(account=cls.acme, name="North")
        Cell.objects.create(
            account=cls.acme, unit=unit, product=Product.objects.create(name="Vault"),
            state="potential", potential=300_000, currency="EUR", stated_at=MONDAY,
            stated_by=cls.alice,
        )  # fmt: skip
        closed = {"closed_at": MONDAY - timedelta(days=2)}
        make_opportunity(cls.acme, 180_000, owner=cls.alice, title="Won", state="won", **closed)
        lost = {"state": "lost", "reason": "Price", **closed}
        make_opportunity(cls.acme, 70_000, owner=cls.alice, title="Lost", **lost)
        make_opportunity(cls.acme, 100_000, owner=cls.alice, title="Open")

    @classmethod
    def write_people(cls) -> None:
        """Four of five weights are warm: coverage 80."""
        warm = make_stakeholder(cls.acme, "Paola Herrera", influence="high")
        make_assessment(warm, 1, by=cls.alice, on=TODAY - timedelta(days=5))
        make_interaction(warm, by=cls.alice, at=MONDAY - timedelta(days=5))
        make_stakeholder(cls.acme, "Rodrigo Salas", influence="low")

    @classmethod
    def write_work(cls) -> None:
        """One action is late, one review of last week was held and another one missed."""
        make_action(cls.objective, owner=cls.bob, due=TODAY - timedelta(days=4), title="Late one")
        for day, is_held in (("2026-11-18T10:00", True), ("2026-11-17T10:00", False)):
            once = cls.schedule(rule="FREQ=YEARLY", starts=local(day), at=MONDAY - WEEK * 2)
            review = cls.reviews_of(once)[0]
            if is_held:
                review.hold(by=cls.alice, at=review.starts_at + timedelta(hours=1))
            else:
                Review.objects.filter(pk=review.pk).update(state="missed", missed_at=MONDAY)

    @classmethod
    def read_health(cls) -> None:
        refresh([cls.acme.pk], at=MONDAY)
        for ago, score in ((WEEK, 10), (QUARTER, 20)):
            parts = dict.fromkeys(("coverage", "engagement", "progress", "commercial"), score)
            day = TODAY - ago
            old = Reading(account=cls.acme, day=day, made_at=MONDAY, weights=USUAL, **parts)
            old.health = old.sum.score
            old.save()
        keep([cls.acme.pk], MONDAY)

    # --- As people get it ----------------------------------------------------------------------

    @classmethod
    def everywhere(cls) -> dict[str, str]:
        """Every medium of the same minute, as the manager reads it."""
        digest = gather(cls.magda, MONDAY)
        assert digest
        choice = DigestChoice(user=cls.magda, since=MONDAY)
        mail = cast(EmailMultiAlternatives, weekly_digest(digest, choice))
        snapshot = Snapshot.take(cls.plan, by=cls.alice, at=MONDAY)
        return {
            "plain mail": plain(str(mail.body)),
            "mail": text_of(str(mail.alternatives[0][0])),
            "overview": cls.page("overview", cls.acme.pk),
            "portfolio": cls.page("reviews:portfolio"),
            "one page": cls.page("planning:onepage", cls.plan.pk),
            "report": cls.pdf(snapshot, Form.FULL),
            "one-page PDF": cls.pdf(snapshot, Form.ONE_PAGE),
        }

    @classmethod
    def page(cls, name: str, *args: object) -> str:
        client = cls.client_class()
        client.force_login(cls.magda)
        return text_of(client.get(reverse(name, args=args)).content.decode())

    @classmethod
    def pdf(cls, snapshot: Snapshot, form: str) -> str:
        report = Report(snapshot=snapshot, form=form, language="en", region="en-GB", names=True)
        content = draw(report, tell=lambda step: None)
        return plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))

    def assert_said(self, patterns: dict[str, str]) -> None:
        for medium, pattern in patterns.items():
            with self.subTest(medium):
                self.assertRegex(self.said[medium], pattern)

    # --- Figure by figure ----------------------------------------------------------------------

    def test_value_now_is_net_of_rebates(self) -> None:
        self.assertEqual(12 * (150_000 - 5_000), 1_740_000)

        self.assert_said(
            {
                "overview": r"Value a year How it is made €1.74 M",
                "portfolio": r"1 account buys €1.74 M a year",
                "one page": r"€1.74 M a year now",
                "report": r"They buy €1.74 M a year",
                "one-page PDF": r"Value a year €1.74 M",
            }
        )

    def test_growth(self) -> None:
        """1.74 M after 1.44 M: 20.8 %."""
        self.assertEqual(round(1_740 / (12 * 120) * 100 - 100, 1), 20.8)

        words = {
            "plain mail": r"value \+21 % on last year",
            "mail": r"value \+21 % on last year",
            "overview": r"€1.74 M \+21 % on last year",
            "portfolio": r"Growth \+21 % .* retention 120.8 %",
            "one-page PDF": r"€1.74 M \+21 % on last year",
        }
        self.assert_said(words)

    def test_what_could_be_sold_besides(self) -> None:
        """300 k in one place where nothing is sold: 2.04 M in all."""
        self.assert_said(
            {
                "overview": r"Potential to sell €300 k",
                "report": r"of a possible €2.04 M\. .*€1.74 M of €2.04 M sold",
                "one-page PDF": r"€2.04 M potential",
            }
        )

    def test_deals_won_lost_and_open(self) -> None:
        self.assert_said(
            {
                "plain mail": r"deals won: 1 .*Won, Acme: won, €180 k .*Lost, Acme: lost, €70 k",
                "mail": r"1 deals won 1 lost .*Won Acme won €180 k Lost Acme: Price lost €70 k",
                "overview": r"Won this year 1 · €180 k Lost 1 · €70 k Open ones 1 · €100 k",
                "report": r"Won this year 1 €180 k Lost this year 1 €70 k Open 1 €100 k",
            }
        )

    def test_health_is_the_sum_of_the_parts_that_the_overview_shows(self) -> None:
        shown = dict(
            re.findall(
                r"(Relationships|Engagement|Plan progress|Commercial trend) ([\d.]+) [\d.]+ %",
                self.said["overview"],
            )
        )
        weights = {
            "Relationships": 25, "Engagement": 20, "Plan progress": 15, "Commercial trend": 15,
        }  # fmt: skip
        by_hand = round(sum(float(shown[n]) * w for n, w in weights.items()) / 75)
        self.assertEqual((shown["Relationships"], shown["Commercial trend"]), ("80.0", "100.0"))

        self.assert_said(
            {
                "plain mail": rf"Acme: .*Health {by_hand} on 4 of 6 parts \(\+{by_hand - 10}:",
                "mail": rf"on 4 of 6 parts {by_hand} \+{by_hand - 10} missed",
                "overview": rf"Health How it is scored {by_hand} Attention on 4 of 6 parts \+{by_hand - 20} since",
                "portfolio": rf"Acme .* on 4 of 6 parts {by_hand} \+{by_hand - 20} Top risks",
                "one page": rf"Health {by_hand}",
                "report": rf"Health {by_hand}, Attention on 4 of 6 parts \+{by_hand - 20} since",
                "one-page PDF": rf"Health {by_hand} attention on 4 of 6 parts \+{by_hand - 20} since",
            }
        )

    def test_coverage(self) -> None:
        """Of the weights 4 and 1 the 4 are warm."""
        self.assert_said(
            {
                "overview": r"Relationships 80 80",
                "report": r"Relationships 80 .*coverage 80 of 100",
            }
        )

    def test_what_is_late(self) -> None:
        self.assert_said(
            {
                "plain mail": r"late actions: 1 .*Bob Baker, 1\. Oldest: Late one, Acme \(4 days late",
                "mail": r"1 late actions .*Bob Baker , 1 Oldest: Late one , Acme 4 days late",
                "overview": r"Late one 4 days late",
                "one page": r"Late one Bob Baker 4 days late",
                "report": r"Late one Bob Baker 4 days late .*2 actions: 0 are done and 1 is late",
                "one-page PDF": r"Late one .*?Bob Baker 4 days late",
            }
        )

    def test_reviews_held_and_the_next_one(self) -> None:
        self.assert_said(
            {
                "plain mail": r"reviews held: 1 of 2 .*next Thu 26 Nov",
                "mail": r"1 of 2 reviews held 1 missed .*next Thu 26 Nov",
                "overview": r"Thu 26 Nov, 10:00 .*Last held Wed 18 Nov",
                "portfolio": r"1 of 2 reviews of the last 90 days were held.* 1 of 2 26 Nov",
                "one-page PDF": r"Next review 26 Nov",
            }
        )
