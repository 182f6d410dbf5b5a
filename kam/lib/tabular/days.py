"""Dates as people and programs write them; the order of day and month is said by the column."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache

from babel import Locale

from kam.lib.data.folding import folded

DAY_FIRST, MONTH_FIRST = "day", "month"
SERIAL_1900, SERIAL_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 (no zone)
LATEST_SERIAL = 110_000  # the year 2201

CLOCK = r"(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?\s?[Mm]\.?)?)?"
ZONE = r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?{CLOCK}{ZONE}")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
THREE = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){CLOCK}{ZONE}")
MONTH_OF_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})|((?:19|20)\d{2})(0[1-9]|1[0-2])")
# What is left of a date in words once the clock is off: "1.º de diciembre del 2026", "Dec 1st, 2026".
PIECE = re.compile(r"\d+|[^\W\d_]+")
WORDED = re.compile(rf"(.*?){CLOCK}{ZONE}")
# A count of days from 1927 on: "2026" is a year, and nobody means 18 July 1905 by it.
SERIAL = re.compile(r"\d{5,6}(\.\d+)?")
# The languages in which a month may be written.
LANGUAGES = ("en", "es", "pt", "de", "fr", "it")
# Spellings that CLDR does not list: America's "setiembre", short forms of spreadsheets.
MORE_MONTHS = {"setiembre": 9, "set": 9, "sept": 9, "mrz": 3}
SILENT_WORDS = {"de", "del", "of", "the", "el", "o", "a", "st", "nd", "rd", "th", "er", "ro", "to"}
# "ene 26" is January 2026 where a whole column is written so; else it may be the 26th of any year.
SHORT_YEARS = range(10, 41)


@dataclass(frozen=True)
class DateStyle:
    order: str = DAY_FIRST
    is_ambiguous: bool = False
    is_serial: bool = False
    from_1904: bool = False
    # Some value of the column is written with the day and the month in digits, the year last.
    has_order: bool = False
    # A month's name and two digits are a month of a year ("ene 26"), not a day without one.
    has_short_years: bool = False


class DateEvidence:
    """What the values of one column say about the order of day and month."""

    def __init__(self) -> None:
        self.day = self.month = self.unclear = self.serial = self.other = 0
        self.example = ""
        # The numbers beside a month's name where nothing else stands.
        self._short: list[int] = []

    def add(self, text: str) -> None:
        found = THREE.fullmatch(text)
        if found is None:
            self._count_other(text)
            return
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            self.day += 1
        elif second > 12 >= first:
            self.month += 1
        elif first != second:
            self.unclear += 1
            self.example = self.example or text

    def _count_other(self, text: str) -> None:
        if SERIAL.fullmatch(text) and 0 < float(text) < LATEST_SERIAL:
            self.serial += 1
        else:
            self.other += 1
            if (short := _month_and_number(_pieces(text))) and short[1] < 100:
                self._short.append(short[1])

    @property
    def order(self) -> str | None:
        if not self.day and not self.month:
            return None
        return DAY_FIRST if self.day >= self.month else MONTH_FIRST

    def style(self, otherwise: str, *, from_1904: bool = False) -> DateStyle:
        """Decided by the whole column; where it says nothing, as the rest of the file does."""
        return DateStyle(
            order=self.order or otherwise,
            is_ambiguous=self.order is None and self.unclear > 0,
            is_serial=self.serial > 0 and not (self.day or self.month or self.unclear),
            from_1904=from_1904,
            has_order=bool(self.day or self.month or self.unclear),
            has_short_years=self._are_years(),
        )

    def _are_years(self) -> bool:
        """Most of the column is written so: "31 Feb" among days is a day that no calendar knows."""
        seen = self.day + self.month + self.unclear + self.serial + self.other
        return 2 * len(self._short) > seen and all(n in SHORT_YEARS for n in self._short)


@lru_cache(maxsize=20_000)
def parse_day(text: str, style: DateStyle) -> datetime:
    """The moment, with a zone where the text has one; ValueError where it is no date."""
    if found := ISO.fullmatch(text):
        return _moment(found[1], found[2], found[3] or "1", found.groups()[3:])
    if found := THREE.fullmatch(text):
        day, month = (found[1], found[2]) if style.order == DAY_FIRST else (found[2], found[1])
        return _moment(_full_year(found[3]), month, day, found.groups()[3:])
    if style.is_serial and SERIAL.fullmatch(text):
        return _from_serial(float(text), style)
    if found := COMPACT.fullmatch(text):
        return _moment(found[1], found[2], found[3], ())
    if found := MONTH_OF_YEAR.fullmatch(text):
        return _moment(found[2] or found[3], found[1] or found[4], "1", ())
    return _in_words(text, style)


def _in_words(text: str, style: DateStyle) -> datetime:
    """A day or a month of a year with the month's name, a weekday before it or not."""
    found = WORDED.fullmatch(text)
    clock = found.groups()[1:] if found else ()
    pieces = _pieces(found[1] if found else text)
    if short := _month_and_number(pieces):
        month, number = short
        if number > 99 or (style.has_short_years and number in SHORT_YEARS):
            return _moment(_full_year(str(number)), str(month), "1", clock)
        raise ValueError(text)
    match [month_named(piece) or piece for piece in pieces]:
        case [str(year), int(month), str(day)] if len(year) == 4:
            return _moment(year, str(month), day, clock)
        case [str(day), int(month), str(year)] | [int(month), str(day), str(year)]:
            return _moment(_full_year(year), str(month), day, clock)
    raise ValueError(text)


def _pieces(text: str) -> list[str]:
    """Numbers and words of a date without its weekday and its particles."""
    found = PIECE.findall(folded(text.replace("º", "").replace("ª", "")))
    pieces = [piece for piece in found if piece not in SILENT_WORDS]
    # "mar" is Tuesday or March: it is the weekday where another month follows.
    if pieces and pieces[0] in _weekdays() and any(map(month_named, pieces[1:])):
        return pieces[1:]
    return pieces


def _month_and_number(pieces: list[str]) -> tuple[int, int] | None:
    """ "ene-26", "mayo de 2026", "2026 may": a month, and a number of two or four digits."""
    match [month_named(piece) or piece for piece in pieces]:
        case [int(month), str(number)] | [str(number), int(month)] if len(number) in (1, 2, 4):
            return month, int(number)
    return None


@cache
def month_named(word: str) -> int | None:
    """1 to 12 for a month's name or its short form in one of LANGUAGES, case and accents apart."""
    word = folded(word)
    if known := _months().get(word):
        return known
    starts = {number for name, number in _months().items() if name.startswith(word)}
    return starts.pop() if len(word) >= 3 and len(starts) == 1 else None


@cache
def _months() -> dict[str, int]:
    found = dict(MORE_MONTHS)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            names = Locale(language).months["format"][width]
            found |= {folded(name).strip("."): number for number, name in names.items()}
    return found


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        piece
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale(language).days["format"][width].values()
        for piece in PIECE.findall(folded(name))
    )


def _moment(year: str, month: str, day: str, clock: tuple[str | None, ...]) -> datetime:
    hour, minute, second, half, zone = (*clock, None, None, None, None, None)[:5]
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError(hour)
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    moment = datetime(  # noqa: DTZ001 (the file names no zone)
        int(year), int(month), int(day), hours, int(minute or 0), int(second or 0)
    )
    return _zoned(moment, zone)


def _zoned(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    if zone in ("Z", "UTC"):
        return moment.replace(tzinfo=UTC)
    digits = zone[1:].replace(":", "")
    gap = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    # Its day stays the day of that place: an evening at -05:00 is no morning in London.
    return moment.replace(tzinfo=timezone(-gap if zone[0] == "-" else gap))


def _full_year(year: str) -> str:
    """Two digits: the years to 2049 are of this century."""
    if len(year) == 4:
        return year
    if len(year) != 2:
        raise ValueError(year)
    return str((2000 if int(year) < 50 else 1900) + int(year))


def _from_serial(number: float, style: DateStyle) -> datetime:
    if not 0 < number < LATEST_SERIAL:
        raise ValueError(number)
    epoch = SERIAL_1904 if style.from_1904 else SERIAL_1900
    # Excel counts a 29 February 1900 that never was.
    missing = 1 if not style.from_1904 and number < 60 else 0
    return epoch + timedelta(days=int(number) + missing, seconds=round(number % 1 * 86_400))
