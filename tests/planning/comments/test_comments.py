from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from planning.models import Comment
from tests.base import ClaveTest
from tests.factories import make_objective, make_plan


class CommentsTest(ClaveTest):
    def write(self, **data: object) -> Any:
        return self.client.post(reverse("planning:comment_add", args=[self.plan.pk]), data)

    def test_a_sponsor_who_may_only_read_may_speak(self) -> None:
        self.client.force_login(self.henrik)

        self.write(text="Lead with hours.", action=self.action.pk)

        page = self.client.get(self.plan.get_absolute_url())
        self.assertContains(page, "Lead with hours.")
        self.assertEqual(Comment.objects.get().action, self.action)

    def test_a_comment_is_about_something_of_this_plan(self) -> None:
        self.client.force_login(self.bob)
        foreign = make_objective(make_plan(self.other), owner=self.mallory)

        self.assertEqual(self.write(text="Mine", objective=foreign.pk).status_code, 422)

    def test_the_author_and_the_editors_resolve_it_and_nobody_else(self) -> None:
        comment = Comment.write(self.plan, by=self.henrik, at=now(), text="Lead with hours.")
        url = reverse("planning:comment_resolve", args=[comment.pk])

        for person, status in ((self.vera, 403), (self.mallory, 404), (self.henrik, 302)):
            self.client.force_login(person)
            self.assertEqual(self.client.post(url).status_code, status)

        self.assertFalse(Comment.objects.open().exists())

    def test_its_row_counts_it_and_leads_to_it(self) -> None:
        Comment.write(self.plan, by=self.bob, at=now(), text="Hm", about=self.action)
        self.client.force_login(self.bob)

        page = self.client.get(f"{self.plan.get_absolute_url()}&action={self.action.pk}")

        self.assertContains(page, f'name="action" value="{self.action.pk}"')
        self.assertContains(page, "1 comment on")
