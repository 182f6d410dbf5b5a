"""htmx: an ended session leads to the door, and back to the page, never into a fragment."""

import json
import re

from django.urls import reverse

from tests.base import ClaveTest

WANTED = {
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "includeIndicatorStyles": False,
}


class HtmxDoorTest(ClaveTest):
    def test_after_sign_in_one_is_back_on_the_page(self) -> None:
        page = reverse("planning:plan", args=[self.acme.pk])
        fragment = reverse("planning:action_title", args=[self.action.pk])
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}?week=1"}

        response = self.client.post(fragment, headers=headers)

        self.assertEqual((response.status_code, response.content), (204, b""))
        self.assertEqual(response["HX-Redirect"], f"/session/login/?next={page}%3Fweek%3D1")

    def test_a_page_elsewhere_is_not_followed(self) -> None:
        for page in ("https://evil.example/accounts/", "http://testserver//evil.example/x"):
            with self.subTest(page):
                headers = {"HX-Request": "true", "HX-Current-URL": page}

                response = self.client.get(reverse("reviews:reviews"), headers=headers)

                self.assertEqual(response["HX-Redirect"], "/session/login/?next=/")

    def test_htmx_may_neither_evaluate_nor_leave_this_site(self) -> None:
        self.client.force_login(self.alice)

        page = self.client.get(reverse("today")).content.decode()

        found = re.search(r"<meta name=\"htmx-config\"\s+content='([^']+)'", page)
        assert found
        config = json.loads(found[1])
        self.assertEqual({name: config.get(name) for name in WANTED}, WANTED)

    def test_a_post_without_its_token_is_refused(self) -> None:
        client = self.client_class(enforce_csrf_checks=True)
        client.force_login(self.alice)

        response = client.post(reverse("planning:action_finish", args=[self.action.pk]))

        self.assertEqual(response.status_code, 403)
        self.action.refresh_from_db()
        self.assertIsNone(self.action.done_at)
