"""Numbers as people and programs write them; which sign is the decimal one is said by the column."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

DOT, COMMA = ".", ","
SIGNS = re.compile(
    r"[\s\u00a0\u202f'’$€£¥%]|^(USD|EUR|GBP|MXN|COP|ARS|CLP|PEN)|(USD|EUR|GBP|MXN|COP|ARS|CLP|PEN)$"
)
MINUS = {"-", "−", "–"}
PATTERNS = {
    DOT: re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?|\d+(\.\d*)?|\.\d+"),
    COMMA: re.compile(r"\d{1,3}(\.\d{3})+(,\d*)?|\d+(,\d*)?|,\d+"),
}
SCIENTIFIC = re.compile(r"\d+([.,]\d+)?[eE][+-]?\d{1,3}")


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
        digits = _bare(text)[1]
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


@lru_cache(maxsize=20_000)
def parse_number(text: str, style: NumberStyle) -> Decimal:
    """The exact value; ValueError where the text is no number of this style."""
    negative, digits = _bare(text)
    if SCIENTIFIC.fullmatch(digits):
        value = Decimal(digits.replace(COMMA, DOT))
    elif PATTERNS[style.decimal].fullmatch(digits):
        thousands = COMMA if style.decimal == DOT else DOT
        value = Decimal(digits.replace(thousands, "").replace(style.decimal, DOT))
    else:
        raise ValueError(text)
    return -value if negative else value


def _bare(text: str) -> tuple[bool, str]:
    digits = SIGNS.sub("", text)
    if digits.startswith("(") and digits.endswith(")"):
        return True, SIGNS.sub("", digits[1:-1])
    if digits[:1] in MINUS:
        return True, SIGNS.sub("", digits[1:])
    if digits[-1:] in MINUS:
        return True, digits[:-1]
    return False, digits.removeprefix("+")
