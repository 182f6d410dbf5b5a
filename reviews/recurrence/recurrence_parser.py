"""A rule as people type it: every second Tuesday at 10:00, cada segundo martes a las 10.

English and Spanish are both understood whatever the reader's language. What is not understood is
said by name instead of being guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from kam.lib.data.folding import folded
from reviews.recurrence.rule_parts import DAYS, WORKING

WORKDAY = "workday"
DAY = ("day", "dia")
LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def _table(text: str) -> dict[str, int]:
    """word=number pairs, several words by a bar."""
    pairs = (entry.split("=") for entry in text.split())
    return {word.replace("_", " "): int(n) for words, n in pairs for word in words.split("|")}


ORDINALS = _table(
    "first|1st|primer|primero|primera|1er|1ro=1 second|2nd|segundo|segunda|2do=2 "
    "third|3rd|tercer|tercero|tercera|3er|3ro=3 fourth|4th|cuarto|cuarta|4to=4 last|ultimo|ultima=-1"
)
NUMBERS = _table(
    "one|un|una|uno=1 two|dos|other=2 three|tres=3 four|cuatro=4 five|cinco=5 six|seis=6 seven|siete=7 "
    "eight|ocho=8 nine|nueve=9 ten|diez=10 eleven=11 twelve|doce=12"
)
WEEKDAYS = _table(
    "monday|mondays|mon|lunes|lun=0 tuesday|tuesdays|tue|tues|martes=1 "
    "wednesday|wednesdays|wed|miercoles|mie=2 thursday|thursdays|thu|thur|thurs|jueves|jue=3 "
    "friday|fridays|fri|viernes|vie=4 saturday|saturdays|sat|sabado|sabados|sab=5 "
    "sunday|sundays|sun|domingo|domingos|dom=6"
)
MONTHS = _table(
    "january|jan|enero|ene=1 february|feb|febrero=2 march|mar|marzo=3 april|apr|abril|abr=4 "
    "may|mayo=5 june|jun|junio=6 july|jul|julio=7 august|aug|agosto|ago=8 "
    "september|sep|sept|septiembre|setiembre=9 october|oct|octubre=10 november|nov|noviembre=11 "
    "december|dec|diciembre|dic=12"
)
# How often, in months or weeks: freq and interval.
RHYTHMS = {
    "daily|diario|diaria|diariamente": ("DAILY", 1),
    "weekly|semanal|semanalmente": ("WEEKLY", 1),
    "fortnightly|biweekly|fortnight|quincenal|quincenalmente": ("WEEKLY", 2),
    "monthly|mensual|mensualmente": ("MONTHLY", 1),
    "bimonthly|bimestral": ("MONTHLY", 2),
    "quarterly|quarter|quarters|trimestral|trimestralmente|trimestre|trimestres": ("MONTHLY", 3),
    "semestral|semestre|semestres": ("MONTHLY", 6),
    "yearly|annually|annual|anual|anualmente": ("YEARLY", 1),
    "day|days|dia|dias": ("DAILY", 1),
    "week|weeks|semana|semanas": ("WEEKLY", 1),
    "month|months|mes|meses": ("MONTHLY", 1),
    "year|years|ano|anos": ("YEARLY", 1),
}
RHYTHM = {word: how for words, how in RHYTHMS.items() for word in words.split("|")}
IDLE = (
    "every each cada on the of in at a an and y e el la los las de del en al todo todos todas "
    "o'clock h hrs por per repeat repeats"
)
FILLERS = frozenset(IDLE.split())

CLOCK = re.compile(
    r"\b(?:at |a las? )?(?:(\d{1,2})[:.h](\d{2})(?: ?h\b)?|(?<=at )(\d{1,2})|(?<=a las )(\d{1,2})|"
    r"(?<=a la )(\d{1,2})|(\d{1,2})(?= ?[ap] ?m\b)|(\d{1,2}) ?h\b)(?: ?([ap]) ?m\b)?"
)
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
UNTIL = re.compile(
    rf"\b(?:until|till|hasta)(?: the| el)? (?:(\d{{4}})-(\d{{2}})-(\d{{2}})|"
    rf"(\d{{1,2}})(?: of| de)? ({MONTH})(?:(?: of| de)? (\d{{4}}))?)\b"
)
TIMES = re.compile(r"\b(\d{1,3}) (?:times|veces)\b")
WORKING_DAY = re.compile(
    r"\b(?:working days?|business days?|workdays?|weekdays?|dias? (?:habil|habiles|laborables?)|"
    r"(?:de )?lunes a viernes|monday to friday)\b"
)
ONCE = re.compile(r"\b(?:only once|once|one time|(?:solo )?una (?:sola )?vez)\b")


class NotUnderstood(ValueError):
    """`word` is what could not be understood; empty when something is missing."""

    def __init__(self, word: str = "") -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class ParsedRule:
    """What was understood. `is_doubtful`: “every second Tuesday” was taken as every two weeks."""

    rule: str
    clock: time | None = None
    until: date | None = None
    is_doubtful: bool = False


def understand(text: str, start: datetime) -> ParsedRule:
    """The rule in these words; `start` says what they leave open. NotUnderstood for anything else."""
    words = _tidy(text)
    clock, words = _clock(words)
    until, words = _until(words, start)
    times = TIMES.search(words)
    words = TIMES.sub(" ", words)
    if ONCE.search(words) and not _meaningful(ONCE.sub(" ", words).split()):
        return ParsedRule("FREQ=DAILY;COUNT=1", clock)
    heard = _Heard.of(WORKING_DAY.sub(f" {WORKDAY} ", words))
    rule = heard.rule(start)
    count = int(times[1]) if times else 0
    return ParsedRule(rule + (f";COUNT={count}" if count else ""), clock, until, heard.is_doubtful)


def _tidy(text: str) -> str:
    plain = re.sub(r"(\d)\.?[ºª°]", r"\1 ", text).replace("½", " ")
    plain = re.sub(r"\b([ap])\. ?m\.?", r"\1m", folded(plain))
    return " ".join(re.sub(r"[^\w:.'-]|(?<!\d)\.|\.(?!\d)", " ", plain).split())


def _clock(words: str) -> tuple[time | None, str]:
    found = CLOCK.search(words)
    if found is None:
        return None, words
    hour = int(next(h for h in found.groups()[0:1] + found.groups()[2:7] if h))
    half = found[8]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise NotUnderstood(f"{hour}:{minute:02d}")
    return time(hour, minute), CLOCK.sub(" ", words, count=1)


def _until(words: str, start: datetime) -> tuple[date | None, str]:
    found = UNTIL.search(words)
    if found is None:
        return None, words
    try:
        if found[1]:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        else:
            month = MONTHS[found[5]]
            year = int(found[6]) if found[6] else start.year
            day = date(year, month, int(found[4]))
            if not found[6] and day < start.date():
                day = day.replace(year=year + 1)
    except ValueError as error:
        raise NotUnderstood(found[0]) from error
    return day, UNTIL.sub(" ", words, count=1)


def _meaningful(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in FILLERS]


class _Heard:
    """The words sorted by what they mean."""

    def __init__(self) -> None:
        self.freq, self.interval = "", 1
        self.days: list[str] = []
        self.numbers: list[int] = []
        self.month = 0
        self.nth = 0
        self.is_repeated = self.is_doubtful = False

    @classmethod
    def of(cls, words: str) -> "_Heard":
        heard = cls()
        tokens = words.split()
        while tokens:
            heard._take(tokens)
        return heard

    def _take(self, tokens: list[str]) -> None:
        word = tokens.pop(0)
        if word in ("every", "each", "cada", "todos"):
            self.is_repeated = True
        elif word in FILLERS:
            return
        elif word in RHYTHM:
            self._take_rhythm(word, tokens)
        elif word in WEEKDAYS or word == WORKDAY:
            self._take_day(word)
        elif word in MONTHS:
            self.month = MONTHS[word]
        elif word in ORDINALS:
            self.nth = ORDINALS[word]
        elif word.isdigit() or word in NUMBERS or re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)", word):
            self._take_number(word, tokens)
        else:
            raise NotUnderstood(word)

    def _take_rhythm(self, word: str, tokens: list[str]) -> None:
        freq, interval = RHYTHM[word]
        if word in DAY:
            if self.nth == -1:  # the last day of the month
                self.numbers.append(-1)
                self.nth = 0
                return
            if self.freq or self.numbers or (tokens and tokens[0].isdigit()):
                return  # on day 15
        if not self.freq:
            self.freq, self.interval = freq, self.interval * interval
        elif freq != self.freq:
            raise NotUnderstood(word)

    def _take_day(self, word: str) -> None:
        codes = WORKING if word == WORKDAY else [DAYS[WEEKDAYS[word]]]
        prefix = str(self.nth) if self.nth and word != WORKDAY else ""
        if word != WORKDAY:
            self.nth = 0
        self.days += [prefix + code for code in codes if prefix + code not in self.days]

    def _take_number(self, word: str, tokens: list[str]) -> None:
        number = NUMBERS.get(word) or int(re.sub(r"\D", "", word))
        following = next((t for t in tokens if t not in FILLERS), "")
        if following in RHYTHM and following not in DAY and self.is_repeated:
            self.interval = number
        elif word == "other":
            self.interval = 2
        elif not 1 <= number <= 31:
            raise NotUnderstood(word)
        else:
            self.numbers.append(number)

    def rule(self, start: datetime) -> str:
        self._settle()
        if self.freq == "YEARLY" and self.numbers:
            self._check_date(self.month or start.month)
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.freq == "YEARLY":
            parts.append(f"BYMONTH={self.month or start.month}")
        return ";".join([*parts, *self._on(start)])

    def _settle(self) -> None:
        """What the words mean together."""
        if not 1 <= self.interval <= 60:
            raise NotUnderstood(str(self.interval))
        if self.month and self.freq in ("", "YEARLY"):
            self.freq = "YEARLY"
        elif self.month:
            raise NotUnderstood
        if not self.freq and self.days:
            self._take_bare_days()
        if not self.freq and self.numbers:
            self.freq = "MONTHLY"
        if self.freq == "DAILY" and self.days == WORKING and self.interval == 1:
            self.freq = "WEEKLY"
        if not self.freq:
            raise NotUnderstood
        self._refuse_mixtures()

    def _take_bare_days(self) -> None:
        """Days without week or month: every second Tuesday is every two weeks, the first one monthly."""
        nth = self.nth or int(self.days[0][:-2] or 0)
        if nth > 1 and self.is_repeated and len(self.days) == 1:
            self.freq, self.interval = "WEEKLY", nth
            self.days = [self.days[0][-2:]]
            self.is_doubtful = True
        else:
            self.freq = "MONTHLY" if nth else "WEEKLY"

    def _refuse_mixtures(self) -> None:
        counted = any(day[:-2] for day in self.days)
        if self.freq == "WEEKLY" and (self.numbers or self.nth or counted):
            raise NotUnderstood
        if self.freq == "DAILY" and (self.days or self.numbers):
            raise NotUnderstood
        if self.days and self.numbers:
            raise NotUnderstood
        if self.freq in ("MONTHLY", "YEARLY") and self.days and not (counted or self.nth):
            raise NotUnderstood

    def _check_date(self, month: int) -> None:
        if any(number > LONGEST_MONTH.get(month, 31) for number in self.numbers):
            raise NotUnderstood(str(max(self.numbers)))

    def _on(self, start: datetime) -> list[str]:
        if self.nth and self.days == WORKING:
            return [f"BYDAY={','.join(WORKING)}", f"BYSETPOS={self.nth}"]
        if self.nth:
            raise NotUnderstood
        if self.days:
            return [f"BYDAY={','.join(self.days)}"]
        if self.numbers:
            return [f"BYMONTHDAY={','.join(str(n) for n in self.numbers)}"]
        if self.freq == "WEEKLY":
            return [f"BYDAY={DAYS[start.weekday()]}"]
        return [] if self.freq == "DAILY" else [f"BYMONTHDAY={start.day}"]
