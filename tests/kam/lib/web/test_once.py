import re
from threading import Event, Thread

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from kam.lib.web.once import taken_once
from tests.base import ClaveTest

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class OnceTest(ClaveTest):
    def setUp(self) -> None:
        cache.clear()
        self.taken = list[str]()

    def request(self, drawn: str = "a", text: str = "Call Sofía", **headers: str) -> HttpRequest:
        sent = {"csrfmiddlewaretoken": drawn, "text": text}
        request = RequestFactory(headers=headers).post("/notes/", sent)
        request.user = self.alice
        setattr(request, "htmx", HtmxDetails(request))  # noqa: B010 (as its middleware does)
        return request

    def take(self, request: HttpRequest) -> HttpResponse:
        self.taken.append(request.POST["text"])
        return HttpResponseRedirect(f"/notes/{len(self.taken)}/")

    def refuse(self, request: HttpRequest) -> HttpResponse:
        self.taken.append(request.POST["text"])
        return HttpResponse(status=422)

    def test_the_same_press_again_leads_to_the_same_place(self) -> None:
        once = taken_once(self.take)

        answers = [once(self.request()), once(self.request())]

        self.assertEqual([answer["Location"] for answer in answers], ["/notes/1/", "/notes/1/"])
        self.assertEqual(len(self.taken), 1)

    def test_other_words_another_drawing_and_another_person_are_taken(self) -> None:
        once = taken_once(self.take)
        of_bob = self.request()
        of_bob.user = self.bob

        for request in (
            self.request(), self.request(text="Call Ana"), self.request(drawn="b"), of_bob,
        ):  # fmt: skip
            once(request)

        self.assertEqual(len(self.taken), 4)

    def test_what_was_refused_may_come_again(self) -> None:
        once = taken_once(self.refuse)

        for _ in range(2):
            self.assertEqual(once(self.request()).status_code, 422)

        self.assertEqual(len(self.taken), 2)

    def test_a_fragment_and_a_visitor_pass(self) -> None:
        once = taken_once(self.take)
        visitor = self.request()
        visitor.user = AnonymousUser()

        for request in (self.request(hx_request="true"), visitor) * 2:
            once(request)

        self.assertEqual(len(self.taken), 4)

    def test_a_press_while_the_first_is_being_answered_waits_for_it(self) -> None:
        begun, may_end = Event(), Event()

        def slow(request: HttpRequest) -> HttpResponse:
            begun.set()
            may_end.wait(5)
            return self.take(request)

        once = taken_once(slow)
        answers = list[HttpResponse]()
        threads = [Thread(target=lambda: answers.append(once(self.request()))) for _ in range(2)]
        threads[0].start()
        begun.wait(5)
        threads[1].start()
        may_end.set()
        for thread in threads:
            thread.join(5)

        self.assertEqual([answer["Location"] for answer in answers], ["/notes/1/"] * 2)

    def test_a_page_drawn_once_makes_one_row_however_often_it_is_sent(self) -> None:
        self.client.force_login(self.alice)
        address = reverse("planning:objective_add", args=[self.plan.pk])
        found = TOKEN.search(self.client.get(address).content.decode())
        assert found
        sent = {
            "csrfmiddlewaretoken": found[1], "title": "Meet the CTO", "horizon": "short",
            "owner": self.alice.pk, "due": "2027-01-31", "start": "2026-12-01", "priority": "2",
            "baseline": "0", "current": "0",
        }  # fmt: skip
        before = self.plan.objectives.count()

        answers = [self.client.post(address, sent) for _ in range(3)]

        self.assertEqual({answer.status_code for answer in answers}, {302})
        self.assertEqual(self.plan.objectives.count(), before + 1)
