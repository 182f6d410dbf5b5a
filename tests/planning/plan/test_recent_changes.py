from django.urls import reverse
from django.utils.timezone import now

from planning.models import Comment, SwotItem
from planning.plan.recent_changes import happenings
from tests.base import ClaveTest
from tests.factories import make_plan


class HappeningsTest(ClaveTest):
    def says(self) -> list[str]:
        return [str(line.says) for line in happenings(self.plan, self.vera, since=None)]

    def test_the_newest_first_in_the_sentences_of_the_history(self) -> None:
        self.action.rename(seen=self.action.title, title="Visit the VP", by=self.bob)
        SwotItem.add_to(self.acme, by=self.alice, quadrant="strength", text="Their own fleet")

        swot, action = self.says()

        self.assertIn("Their own fleet", swot)
        self.assertIn("<ins>Visit the VP</ins>", action)
        self.client.force_login(self.vera)
        page = self.client.get(reverse("accounts:history", args=[self.acme.pk]))
        for words in (swot, action):
            self.assertContains(page, words)

    def test_talk_and_approval_are_no_change(self) -> None:
        Comment.write(self.plan, by=self.bob, at=now(), text="Is this still true?")

        self.assertEqual(self.says(), [])

    def test_what_came_before_the_approved_version_is_not_told(self) -> None:
        self.action.rename(seen=self.action.title, title="Visit the VP", by=self.bob)

        self.assertEqual(happenings(self.plan, self.vera, since=now()), [])

    def test_the_newest_few_of_many(self) -> None:
        for number in range(9):
            SwotItem.add_to(self.acme, by=self.alice, quadrant="strength", text=f"Point {number}")

        self.assertEqual(len(self.says()), 6)
        self.assertIn("Point 8", self.says()[0])

    def test_of_another_account_nothing(self) -> None:
        foreign = make_plan(self.other)
        self.action.rename(seen=self.action.title, title="Visit the VP", by=self.bob)

        self.assertEqual(happenings(foreign, self.mallory, since=None), [])
