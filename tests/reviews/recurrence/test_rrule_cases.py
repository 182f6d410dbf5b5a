"""Every occurrence of the rules that libical publishes, where the folder with them is there."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase

from reviews.recurrence.recurrence import BadRule, moment, occurrences, parsed
from tests.shared_data import files

# More than once a day: no review meets so often, the rule is refused instead.
TOO_OFTEN = ("HOURLY", "MINUTELY", "SECONDLY", "BYHOUR", "BYMINUTE", "BYSECOND")
UTC_ZONE = ZoneInfo("UTC")
LAST = datetime(2100, 12, 31)  # noqa: DTZ001 (a wall clock)


def cases() -> list[dict[str, Any]]:
    found = files("ical/rrule_cases/*.json")
    if not found:
        print("\nNot checked against rrule_cases: SHARED_DATA has none.")  # noqa: T201
    return [case for path in found for case in json.loads(path.read_text(encoding="utf-8"))]


def is_agreed(case: dict[str, Any]) -> bool:
    return case.get("dateutil_agrees") is True


def is_too_often(rule: str) -> bool:
    return any(word in rule for word in TOO_OFTEN)


def wall(text: str) -> datetime:
    text = text.removesuffix("Z")
    return datetime.strptime(text, "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")  # noqa: DTZ007


class RruleCasesTest(SimpleTestCase):
    def test_every_agreed_rule_gives_exactly_the_published_starts(self) -> None:
        for case in cases():
            if is_agreed(case) and not is_too_often(case["rrule"]):
                with self.subTest(case["name"], rule=case["rrule"]):
                    self.assertEqual(self.starts(case), [wall(t) for t in case["expected"]])

    def test_what_meets_more_than_once_a_day_is_refused(self) -> None:
        for case in cases():
            if is_too_often(case["rrule"]):
                with self.subTest(case["rrule"]), self.assertRaises(BadRule):
                    parsed(case["rrule"], wall(case["dtstart"]), UTC_ZONE)

    def test_contested_rules_are_followed_or_refused_but_never_crash(self) -> None:
        for case in cases():
            if not is_agreed(case):
                with self.subTest(case["rrule"]):
                    self.assertTrue(self.is_followed_or_refused(case))

    def test_the_published_starts_stay_at_their_clock_in_a_zone_with_summer_time(self) -> None:
        berlin = ZoneInfo("Europe/Berlin")
        for case in cases():
            if is_agreed(case) and not is_too_often(case["rrule"]) and "UNTIL" not in case["rrule"]:
                for start in [wall(t) for t in case["expected"]]:
                    there = moment(start, berlin).astimezone(berlin).replace(tzinfo=None)
                    self.assertEqual(there, start)
                    self.assertEqual(moment(start, berlin).tzinfo, UTC)

    def starts(self, case: dict[str, Any]) -> list[datetime]:
        start = wall(case["dtstart"])
        found = occurrences(case["rrule"], start, UTC_ZONE, start.date(), LAST.date())
        # Rules without end are published up to their last entry only.
        return found[: len(case["expected"])] if is_endless(case["rrule"]) else found

    def is_followed_or_refused(self, case: dict[str, Any]) -> bool:
        try:
            return self.starts(case) is not None
        except BadRule:
            return True


def is_endless(rule: str) -> bool:
    return "COUNT" not in rule and "UNTIL" not in rule
