"""What the history of an account says of each kind of change."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

from accounts.history.activity_feed import events
from accounts.history.event_text import EventLine, Teller
from accounts.history.history_registry import UNTOLD, told, wordless
from accounts.models import Acquaintance, BusinessUnit, Product, Stakeholder, Tie
from kam.interaction_log.contact_log import NextAction, log_contact
from planning.models import Approval, Cell, CheckIn, Comment, Profile, Risk, SwotItem
from tests.base import MONDAY, TODAY, ClaveTest
from tests.factories import make_action, make_assessment, make_interaction, make_stakeholder

# Said by the sentences themselves, or by who did it and when.
SAID = {"by", "author", "at", "token", "created_at", "made_at", "closed_by", "done_by"}


class WordsOfHistoryTest(ClaveTest):
    paola: Stakeholder
    esteban: Stakeholder

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.paola = make_stakeholder(cls.acme, "Paola Herrera")
        cls.esteban = make_stakeholder(cls.acme, "Esteban Lozano")

    def lines(self) -> list[str]:
        page, _following = events(self.acme)
        found = [line for day in Teller(page, self.vera).days() for line in day.lines]
        return [self.text(x) for line in found for x in (line, *line.more)]

    def says(self, *sentences: str) -> None:
        found = self.lines()
        for sentence in sentences:
            with self.subTest(sentence):
                self.assertIn(sentence, found)

    def text(self, line: EventLine) -> str:
        changes = "; ".join(f"{c.words} {c.old}>{c.new}" for c in line.changes)
        says = strip_tags(line.says) + (f": {changes}" if changes else "")
        return f"{line.by or 'Clave'} {says}"

    def test_every_model_below_an_account_has_words(self) -> None:
        self.assertEqual(wordless(), [])

    def test_every_model_belongs_to_a_subject_of_the_filter_and_hides_nothing(self) -> None:
        for kind, entry in told().items():
            with self.subTest(kind):
                self.assertFalse(entry.guarded)
                self.assertTrue(entry.silent or entry.thing)

    def test_what_can_be_edited_is_told(self) -> None:
        silent = {kind for kind, entry in told().items() if len(entry.silent) == 3}
        for kind, entry in told().items():
            said = {*entry.fields, *entry.turns, *entry.needs, *SAID, *UNTOLD}
            sentences = [entry.added, *entry.verbs.values(), *sum(entry.turns.values(), ())]
            words = " ".join(str(s) for s in sentences if not callable(s))
            for field in entry.model._meta.fields if kind not in silent else ():
                if field.name in said or not field.editable or f"%({field.name})s" in words:
                    continue
                with self.subTest(kind):
                    unlabelled = field.name.replace("_", " ")
                    self.assertEqual(field.verbose_name, unlabelled, "a form shows it")

    def test_an_interaction_is_one_sentence_with_both_sides(self) -> None:
        before = len(self.lines())
        make_interaction(
            self.paola, self.esteban, by=self.alice, at=MONDAY, kind="visit",
            ours=[self.alice, self.bob], note="They like the pilot",
        )  # fmt: skip

        self.says(
            "Alice Alvarez logged a visit with Paola Herrera and Esteban Lozano, "
            "Mon 23 Nov, 10:00 (for us: Alice Alvarez and Bob Baker): They like the pilot",
        )
        self.assertEqual(len(self.lines()), before + 1)

    def test_an_interaction_alone_and_taken_back(self) -> None:
        call = make_interaction(self.paola, by=self.alice, at=MONDAY, note="")
        call.take_back(by=self.bob)

        self.says(
            "Bob Baker took back the interaction “Call: Paola Herrera, Mon 23 Nov, 10:00”",
            "Alice Alvarez logged a call with Paola Herrera, Mon 23 Nov, 10:00",
        )

    def test_opinion_and_next_step_of_a_talk_are_lines_of_their_own(self) -> None:
        log_contact(
            self.acme, by=self.alice, theirs=[self.paola], disposition=1, kind="call", at=MONDAY,
            note="Sends the numbers",
            next_action=NextAction(objective=self.objective, title="Thank her", due=TODAY),
        )  # fmt: skip

        said = " | ".join(self.lines())
        self.assertIn("assessed Paola Herrera as Supporter: Sends the numbers", said)
        self.assertIn("added the action “Thank her”", said)
        self.assertNotIn("noted how well", said)

    def test_opinions_come_and_are_confirmed(self) -> None:
        guess = make_assessment(
            self.paola, -2, by=self.bob, on=date(2026, 1, 5), evidence="", reason="A feeling"
        )
        guess.confirm(by=self.alice, on=TODAY)

        self.says(
            "Alice Alvarez confirmed that Paola Herrera is still Blocker, valid until 23 Nov 2027",
            "Bob Baker assessed Paola Herrera as Blocker, a guess: A feeling",
        )

    def test_people_their_ties_and_who_knows_them(self) -> None:
        self.paola.change(by=self.alice, roles=["decides", "budget"])
        Tie.set(self.paola, self.esteban, strength=3, by=self.alice)
        Tie.set(self.paola, self.esteban, strength=1, by=self.alice)
        Acquaintance.set(self.bob, self.paola, level=1, wanted=3, by=self.alice)
        self.paola.leave(by=self.bob, at=MONDAY)

        self.says(
            "Bob Baker noted that Paola Herrera left the client",
            "Alice Alvarez noted how well Bob Baker knows Paola Herrera: "
            "now contact, wanted problem solver",
            "Alice Alvarez changed the strength of the influence of "
            "Paola Herrera on Esteban Lozano from strong to weak",
            "Alice Alvarez noted the influence of Paola Herrera on Esteban Lozano: strong",
            "Alice Alvarez set the decision role of the stakeholder “Paola Herrera” "
            "to Decides and Holds the budget",
        )

    def test_an_action_tells_how_it_ended(self) -> None:
        other = make_action(self.objective, owner=self.bob, title="Send the deck")
        self.action.change(by=self.bob, waits_for=other, stakeholder=self.paola)
        seen = {"result": "", "lesson": ""}
        self.action.close(by=self.bob, at=MONDAY, seen=seen, result="A date", lesson="Ask early")
        self.action.reopen(by=self.alice)
        self.action.drop(reason="She left", by=self.alice, at=MONDAY)

        name = "the action “Call the VP of engineering”"
        self.says(
            f"Alice Alvarez dropped {name}: She left",
            f"Alice Alvarez opened {name} again",
            f"Bob Baker finished {name}: the result >A date; the lesson >Ask early",
            f"Bob Baker changed {name}: the stakeholder >Paola Herrera; "
            "what it waits for >Send the deck",
        )

    def test_a_new_order_is_said_once(self) -> None:
        make_action(self.objective, owner=self.bob, title="Send the deck", position=9)
        before = len(self.lines())
        self.action.shift(1, by=self.bob)

        self.says("Bob Baker changed the order of the actions")
        self.assertEqual(len(self.lines()), before + 1)

    def test_a_check_in_is_not_told_twice(self) -> None:
        CheckIn.write(self.objective, by=self.bob, on=TODAY, value=Decimal(40), note="On track")

        self.says(f"Bob Baker checked in on “{self.objective.title}”, 23 Nov 2026, at 40: On track")
        self.assertNotIn("current figure", str(self.lines()))

    def test_approvals_comments_and_the_business(self) -> None:
        approval = Approval.ask(self.plan, by=self.alice, at=MONDAY, note="Please")
        approval.send_back(comment="Too thin", by=self.magda, at=MONDAY)
        comment = Comment.write(
            self.plan, by=self.bob, at=MONDAY, text="Why?", about=self.objective
        )
        comment.resolve(by=self.alice, at=MONDAY)
        Profile.write(self.acme, "market", seen="", text="First in Peru", by=self.bob)

        self.says(
            "Bob Baker began the client’s profile: First in Peru",
            "Alice Alvarez resolved the comment “Why?”",
            f"Bob Baker commented on the objective “{self.objective.title}”: Why?",
            "Magda Manager sent version 1 of the plan back: Too thin",
            "Alice Alvarez asked for approval of version 1 of the plan: Please",
        )

    def test_points_and_risks_come_and_go(self) -> None:
        point = SwotItem.add_to(self.acme, by=self.bob, quadrant="threat", text="Weak peso")
        point.remove(by=self.bob, at=MONDAY)
        risk = Risk.add_to(self.acme, by=self.bob, title="A rival bundles")
        risk.close(outcome="They gave up", by=self.alice, at=MONDAY)

        self.says(
            "Alice Alvarez closed the risk “A rival bundles”: They gave up",
            "Bob Baker added the risk “A rival bundles”",
            "Bob Baker removed “Weak peso” in the SWOT",
            "Bob Baker added to the SWOT, Threats: Weak peso",
        )

    def test_what_was_said_of_a_place(self) -> None:
        unit = BusinessUnit.objects.create(account=self.acme, name="North")
        product = Product.objects.create(name="Vault")
        steps: list[dict[str, Any]] = [{"state": "potential"}, {"state": "lost"}, {}]
        for day, facts in enumerate(steps):
            seen = {"state": ["unexplored", "potential", "lost"][day]}
            at = MONDAY + timedelta(days=day)
            Cell.say(self.acme, unit, product, by=self.bob, at=at, seen=seen, **facts)

        self.says(
            "Bob Baker said of “Vault, North” in the white space: Potential",
            "Bob Baker changed the state of “Vault, North” in the white space from Potential to Lost",
            "Bob Baker said again of “Vault, North” in the white space: Lost",
        )

    def test_stranger_reads_none_of_it(self) -> None:
        self.client.force_login(self.mallory)

        page = self.client.get(reverse("accounts:history", args=[self.acme.pk]))

        self.assertEqual(page.status_code, 404)

    def test_in_spanish(self) -> None:
        at = datetime(2026, 11, 20, 9, tzinfo=UTC)
        make_interaction(self.paola, by=self.alice, at=at, kind="visit", note="")

        with translation.override("es"):
            self.assertNotIn("logged", str(self.lines()))
