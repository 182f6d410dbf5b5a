"""bin/pictures: the pictures of README and docs, taken from a throwaway demo company.

Usage: bin/pictures [NAME …]      all of them, or only those named, into docs/pictures
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.journeys.conftest import FLAGS
from tests.journeys.house import ROOT, running_house
from tests.journeys.visitors import LONG, sign_in

FOLDER = ROOT / "docs" / "pictures"
MOST = 1_500_000  # bytes of all of them together
QUALITY = 82
LAPTOP, PHONE = (1280, 800), (390, 844)
SHARPER = 1.5


@dataclass(frozen=True)
class Picture:
    """Who looks at which page, and how. `way`: words or selectors of the links from Today to it."""

    name: str
    who: str
    way: tuple[str, ...] = ()
    size: tuple[int, int] = LAPTOP
    theme: str = "light"


ANDINO = "Grupo Andino Salud"
PICTURES = [
    Picture("today", "marta.reyes", ()),
    Picture("account", "marta.reyes", (ANDINO,)),
    Picture("map", "marta.reyes", (ANDINO, "Stakeholders")),
    Picture("plan", "marta.reyes", (ANDINO, "Plan")),
    Picture("whitespace", "marta.reyes", (ANDINO, "White space")),
    Picture("review", "priya.nair", (ANDINO, "Reviews", "main a[href^='/reviews/']")),
    Picture("portfolio", "henrik.dahl", ("Portfolio",)),
    Picture("phone", "marta.reyes", (ANDINO,), size=PHONE, theme="dark"),
]


def main(*names: str) -> int:
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    FOLDER.mkdir(exist_ok=True)
    with running_house("en") as house, browser() as chromium:
        for picture in wanted:
            data = taken(chromium, house.address, picture)
            (FOLDER / f"{picture.name}.webp").write_bytes(data)
            say(f"{picture.name:12} {len(data) // 1000} kB")
    return tidy()


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = os.environ.get("KAM_CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def taken(chromium: Browser, address: str, picture: Picture) -> bytes:
    width, height = picture.size
    context = chromium.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        device_scale_factor=SHARPER,
        color_scheme="dark" if picture.theme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(LONG)
    page = context.new_page()
    sign_in(page, f"{picture.who}@nordlicht.example")
    for words in picture.way:
        follow(page, words)
    page.evaluate("document.fonts.ready")
    page.mouse.move(0, 0)
    shot = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return as_webp(shot)


def follow(page: Page, words: str) -> None:
    """The first link of this name, wherever it stands; on a phone the rail is folded away."""
    link = page.locator(words if "[" in words else f'a:has-text("{words}")').first
    address = link.get_attribute("href")
    assert address, words
    page.goto(address)
    expect(page.locator("main h1")).to_be_visible()


def as_webp(png: bytes) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def tidy() -> int:
    """What no list names any more goes; all together must stay small."""
    known = {f"{picture.name}.webp" for picture in PICTURES}
    for path in FOLDER.iterdir():
        if path.name not in known:
            path.unlink()
    total = sum(path.stat().st_size for path in Path(FOLDER).iterdir())
    say(f"{total // 1000} kB in {FOLDER.relative_to(ROOT)}")
    return 0 if total <= MOST else 1


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
