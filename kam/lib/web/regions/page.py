"""Pages that are drawn once and shown until what they say has changed.

`show_kept` is `show` for pages that only read. It keeps the blocks of the page (title, bar, main …);
the frame round them (rail, counts, messages) is drawn for every request. What is kept belongs to
one person: it is found under their key and shown only while the *mark* is the same, which holds
who reads (language, region, zone, day), the address, the code, and what the caller says the page is
made from: rights and revisions, read from the database in the same request, before the page is
drawn. See docs/decisions/0010-kept-pages.md.
"""

import re
import zlib
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.safestring import mark_safe

from kam.lib.data.once import asked_once
from kam.lib.site import site
from kam.lib.text.reader import current_region
from kam.lib.web.htmx import wants_fragment

Draw = Callable[[], dict[str, Any]]
# What a page is made from: numbers, flags and texts, whose `repr` says all of them.
Made = tuple[object, ...]

LASTS = 300  # seconds: what the clock alone changes (a review has begun) is never older
SLOTS = 512  # pages kept for one person; another address in the same slot takes its place
# Between two tags one line break means the same as many, and is a tenth of the page.
INDENT = re.compile(r">\s*\n\s*<")
BLOCKS = ("title", "css", "bar", "main_class", "main", "overlays")


def show_kept(
    request: HttpRequest, template: str, fragment: str = "", *, made_from: Made, draw: Draw
) -> HttpResponse:
    """The page or its fragment; `draw()` gives the context, only when it must be drawn anew."""
    name = fragment if fragment and wants_fragment(request) else template
    slot, mark = _slot(request, name), _mark(request, name, made_from)
    html = _recall(slot, mark)
    if html is None:
        with asked_once():
            html = _drawn(request, name, draw())
        caches["regions"].set(slot, (mark, zlib.compress(html.encode(), 1)), LASTS)
    response = _framed(request, html.replace(token_place(), get_token(request)))
    patch_vary_headers(response, ["HX-Request"])
    return response


def _slot(request: HttpRequest, name: str) -> str:
    where = blake2b(f"{name} {request.get_full_path()}".encode(), digest_size=8).digest()
    return f"page:{request.user.pk}:{int.from_bytes(where) % SLOTS}"


def _mark(request: HttpRequest, name: str, made_from: Made) -> str:
    """Everything that the page may depend on, as one text of fixed length."""
    reader = (translation.get_language(), current_region(), timezone.get_current_timezone_name())
    here = site()
    days = (timezone.localdate(), timezone.localdate(timezone=here.zone))
    place = (name, request.get_full_path(), request.user.pk)
    said = repr((code_mark(), place, reader, days, here, made_from))
    return blake2b(said.encode(), digest_size=20).hexdigest()


def _recall(slot: str, mark: str) -> str | None:
    kept = caches["regions"].get(slot)
    return zlib.decompress(kept[1]).decode() if kept and kept[0] == mark else None


def _drawn(request: HttpRequest, name: str, context: dict[str, Any]) -> str:
    """The blocks one after the other; a fragment is the only one."""
    context |= {"cut": cut(), "csrf_token": token_place()}
    return INDENT.sub(">\n<", render_to_string(name, context, request, using="parts"))


def _framed(request: HttpRequest, html: str) -> HttpResponse:
    parts = html.split(cut())
    if len(parts) == 1:
        return HttpResponse(html)
    blocks = {name: mark_safe(part.strip()) for name, part in zip(BLOCKS, parts, strict=True)}  # noqa: S308 (rendered by Django before)
    return render(request, "parts/page.html", {"kept": blocks})


# --- Marks within the text, which nobody can type ---------------------------------------------


@cache
def cut() -> str:
    return salted_hmac("kam.lib.regions", "cut").hexdigest()


@cache
def token_place() -> str:
    """Where the form's token comes in: it is the browser's own, and never kept."""
    return salted_hmac("kam.lib.regions", "token").hexdigest()


@cache
def code_mark() -> str:
    """Of the code and words this process runs: a new release shows no page of the old one."""
    digest = blake2b(digest_size=8)
    for folder, ending in (("templates", "html"), ("locale", "po"), ("", "py")):
        for path in sorted(_sources(settings.BASE_DIR / folder, ending)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path, ending: str) -> list[Path]:
    if folder != settings.BASE_DIR:
        return list(folder.rglob(f"*.{ending}"))
    apps = ("accounts", "integrations", "kam", "planning", "reviews")
    return [path for app in apps for path in (folder / app).rglob(f"*.{ending}")]
