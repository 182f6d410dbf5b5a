"""Dates as people and programs write them; the order of day and month is said by the column."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

DAY_FIRST, MONTH_FIRST = "day", "month"
SERIAL_1900, SERIAL_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 (no zone)
LATEST_SERIAL = 110_000  # the year 2201

CLOCK = r"(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?\s?[Mm]\.?)?)?"
ZONE = r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}))?{CLOCK}{ZONE}")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
THREE = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){CLOCK}{ZONE}")
NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]+(?:de )?([^\W\d]+)\.?,?[-/. ]+(?:de )?(\d{{4}}){CLOCK}"
)
NAMED_FIRST = re.compile(rf"([^\W\d]+)\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){CLOCK}")
SERIAL = re.compile(r"\d{1,6}(\.\d+)?")
MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "ene feb mar abr may jun jul ago sep oct nov dic",
    )
    for number, name in enumerate(names.split(), start=1)
}


@dataclass(frozen=True)
class DateStyle:
    order: str = DAY_FIRST
    is_ambiguous: bool = False
    is_serial: bool = False
    from_1904: bool = False
    # Some value of the column is written with the day and the month in digits, the year last.
    has_order: bool = False


class DateEvidence:
    """What the values of one column say about the order of day and month."""

    def __init__(self) -> None:
        self.day = self.month = self.unclear = self.serial = self.other = 0
        self.example = ""

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
        )


@lru_cache(maxsize=20_000)
def parse_day(text: str, style: DateStyle) -> datetime:
    """The moment, with a zone where the text has one; ValueError where it is no date."""
    if found := ISO.fullmatch(text):
        return _moment(found[1], found[2], found[3] or "1", found.groups()[3:])
    if found := THREE.fullmatch(text):
        day, month = (found[1], found[2]) if style.order == DAY_FIRST else (found[2], found[1])
        return _moment(_full_year(found[3]), month, day, found.groups()[3:])
    if found := NAMED.fullmatch(text):
        return _moment(found[3], _month(found[2]), found[1], found.groups()[3:])
    if found := NAMED_FIRST.fullmatch(text):
        return _moment(found[3], _month(found[1]), found[2], found.groups()[3:])
    if style.is_serial and SERIAL.fullmatch(text):
        return _from_serial(float(text), style)
    if found := COMPACT.fullmatch(text):
        return _moment(found[1], found[2], found[3], ())
    raise ValueError(text)


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
    return (moment + gap if zone[0] == "-" else moment - gap).replace(tzinfo=UTC)


def _month(name: str) -> str:
    number = MONTHS.get(name.lower()[:3])
    if number is None:
        raise ValueError(name)
    return str(number)


def _full_year(year: str) -> str:
    """Two digits: the years to 2049 are of this century."""
    if len(year) == 4:
        return year
    return str((2000 if int(year) < 50 else 1900) + int(year))


def _from_serial(number: float, style: DateStyle) -> datetime:
    if not 0 < number < LATEST_SERIAL:
        raise ValueError(number)
    epoch = SERIAL_1904 if style.from_1904 else SERIAL_1900
    # Excel counts a 29 February 1900 that never was.
    missing = 1 if not style.from_1904 and number < 60 else 0
    return epoch + timedelta(days=int(number) + missing, seconds=round(number % 1 * 86_400))
