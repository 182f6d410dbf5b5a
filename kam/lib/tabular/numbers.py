"""Numbers as people and programs write them; which sign is the decimal one is said by the column."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

DOT, COMMA = ".", ","
MINUS = "-−–"
# A number with what stands before and after it: a sign, brackets, the name or sign of a currency.
WRITTEN = re.compile(
    r"(?P<before>\D*?)"
    r"(?P<digits>[.,]?\d(?:[\d.,'’\s\u00a0\u202f]*\d)?[.,]?)"
    r"(?P<power>[eE][+-]?\d{1,3})?"
    r"(?P<after>\D*)",
    re.A,
)
GAPS = re.compile(r"[\s\u00a0\u202f'’]")
GROUPED = re.compile(r"\d{1,3}([\s\u00a0\u202f'’]\d{3})+([.,]\d*)?")
PATTERNS = {
    DOT: re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?|\d+(\.\d*)?|\.\d+"),
    COMMA: re.compile(r"\d{1,3}(\.\d{3})+(,\d*)?|\d+(,\d*)?|,\d+"),
}
SHORTENED_FROM = Decimal(10) ** 11
SCIENTIFIC = re.compile(r"\d+([.,]\d+)?")


@dataclass(frozen=True)
class Written:
    """A number taken apart; `unit` is what stands around it, "US$" of "US$ -1,234.50"."""

    digits: str
    power: str
    unit: str
    is_negative: bool


@dataclass(frozen=True)
class NumberStyle:
    decimal: str = DOT
    is_ambiguous: bool = False


class NumberEvidence:
    """What the values of one column say about their decimal sign."""

    def __init__(self) -> None:
        self.dot = self.comma = self.unclear = 0
        self.example = ""

    def add(self, text: str) -> None:
        written = taken_apart(text)
        if written is None or written.power:
            return
        digits = written.digits
        dots, commas = digits.count(DOT), digits.count(COMMA)
        if not dots and not commas:
            return
        if dots and commas:
            self._count(DOT if digits.rindex(DOT) > digits.rindex(COMMA) else COMMA)
        elif max(dots, commas) > 1:
            self._count(COMMA if dots else DOT)
        else:
            self._one(digits, DOT if dots else COMMA)

    def _one(self, digits: str, sign: str) -> None:
        whole, _sign, rest = digits.partition(sign)
        if len(rest) == 3 and whole.lstrip("0") and len(whole) <= 3 and rest.isdigit():
            self.unclear += 1
            self.example = self.example or digits
        else:
            self._count(sign)

    def _count(self, sign: str) -> None:
        if sign == DOT:
            self.dot += 1
        else:
            self.comma += 1

    def style(self, otherwise: str) -> NumberStyle:
        """Decided by the whole column; where it says nothing, as the rest of the file does."""
        if self.dot or self.comma:
            return NumberStyle(DOT if self.dot >= self.comma else COMMA)
        return NumberStyle(otherwise, is_ambiguous=bool(self.unclear))


def parse_number(text: str, style: NumberStyle) -> Decimal:
    """The exact value, 60 of "60 %"; ValueError where it is no number of this style, or one with
    another unit."""
    value, unit = parse_amount(text, style)
    if unit not in ("", "%"):
        raise ValueError(text)
    return value


@lru_cache(maxsize=20_000)
def parse_amount(text: str, style: NumberStyle) -> tuple[Decimal, str]:
    """The exact value and what stands around it, as written; ValueError where it is no number."""
    written = taken_apart(text)
    if written is None:
        raise ValueError(text)
    if written.power:
        value = _scientific(written)
    elif PATTERNS[style.decimal].fullmatch(written.digits):
        thousands = COMMA if style.decimal == DOT else DOT
        digits = written.digits.replace(thousands, "").replace(style.decimal, DOT)
        value = Decimal(digits)
    else:
        raise ValueError(text)
    return (-value if written.is_negative else value), written.unit


def _scientific(written: Written) -> Decimal:
    """ValueError where a spreadsheet rounded digits away, as it does from twelve digits on."""
    mantissa = written.digits.replace(COMMA, DOT)
    if not SCIENTIFIC.fullmatch(mantissa):
        raise ValueError(mantissa)
    value = Decimal(mantissa + written.power)
    if value >= SHORTENED_FROM and len(mantissa.replace(DOT, "")) < value.adjusted():
        raise ValueError(mantissa)
    return value


@lru_cache(maxsize=20_000)
def taken_apart(text: str) -> Written | None:
    """None where there is not exactly one number."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None or (GAPS.search(found["digits"]) and not GROUPED.fullmatch(found["digits"])):
        return None
    before, digits, after = found["before"].strip(), found["digits"], found["after"].strip()
    # "S/.1,234" is Peru's sol with its dot; "1.234,-" is money without cents.
    if digits[0] == DOT and before.endswith("/"):
        before, digits = before + DOT, digits[1:]
    if digits[-1] in ".," and after[:1] in (*MINUS, "—"):
        digits, after = digits[:-1], after.lstrip(MINUS + "—")
    negative = False
    if before.startswith("(") and after.endswith(")"):
        negative, before, after = True, before[1:].strip(), after[:-1].strip()
    before, is_before = _without_sign(before)
    after, is_after = _without_sign(after)
    unit = " ".join(filter(None, (before, after)))
    return Written(
        GAPS.sub("", digits), found["power"] or "", unit, negative or is_before or is_after
    )


def _without_sign(text: str) -> tuple[str, bool]:
    """A minus or plus at either end of what stands beside the digits."""
    if text[:1] and text[0] in MINUS + "+":
        return text[1:].strip(), text[0] != "+"
    if text[-1:] and text[-1] in MINUS + "+":
        return text[:-1].strip(), text[-1] != "+"
    return text, False
