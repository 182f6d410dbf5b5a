"""Markdown to HTML that is safe to show: laid out by markdown-it-py, washed by nh3."""

from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

# No pictures: they would tell their server who reads. No raw HTML, so nobody brings attributes.
BLOCKS = {"blockquote", "h1", "h2", "h3", "hr", "li", "ol", "p", "pre", "ul"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
TAGS = BLOCKS | TABLES | {"a", "br", "code", "em", "strong"}
ATTRIBUTES = {"a": {"href", "title"}, "h2": {"id"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Document:
    html: SafeString
    sections: list[tuple[str, str]]  # the id of each second heading, and its words


def document(text: str) -> Document:
    """The text as HTML whose second headings can be linked to."""
    tokens = PARSER.parse(text)
    sections = list(_anchored(tokens))
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    return Document(washed(html), sections)


def washed(html: str) -> SafeString:
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    return mark_safe(clean)  # noqa: S308 (that is what nh3 is for)


def _anchored(tokens: list[Token]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for token, words in zip(tokens, tokens[1:], strict=False):
        if token.type == "heading_open" and token.tag == "h2":
            anchor = slugify(words.content) or f"s{len(found)}"
            token.attrSet("id", anchor)
            found.append((anchor, words.content))
    return found
