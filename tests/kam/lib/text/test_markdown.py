"""Markdown shows words, never scripts, frames, pictures or forms."""

import re
from html.parser import HTMLParser

from django.test import SimpleTestCase

from kam.lib.text.markdown import ATTRIBUTES, SCHEMES, TAGS, document, washed

NAUGHTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://spy.example/pixel.png)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example" onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=https://evil.example><input name=password></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<style>*{display:none}</style>",
    "<p hx-get=/session/logout/ hx-trigger=load>x</p>",
    "<div data-key=a id=toasts class=dlg style='position:fixed'>x</div>",
    "`</code><script>alert(1)</script>`",
    "```html\n</pre><script>alert(1)</script>\n```",
    "## <img src=x onerror=alert(1)>",
    '## x" onclick="alert(1)',
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<<script>alert(1)//<</script>",
    "*" * 5000 + "x",
    "[" * 5000,
    "> " * 500 + "deep",
]


class Seen(HTMLParser):
    """What a browser would find in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.addresses += [str(value) for name, value in attrs if name in ("href", "src")]


class MarkdownTest(SimpleTestCase):
    def test_naughty_text_stays_text(self) -> None:
        for text in NAUGHTY:
            with self.subTest(text[:60]):
                self.is_harmless(document(text).html)

    def test_and_so_does_naughty_html_without_markdown_before_it(self) -> None:
        """The second wall holds alone."""
        for text in NAUGHTY:
            with self.subTest(text[:60]):
                self.is_harmless(washed(text))

    def is_harmless(self, html: str) -> None:
        seen = Seen(html)
        allowed = {(tag, name) for tag, names in ATTRIBUTES.items() for name in names}
        self.assertLessEqual(seen.tags, TAGS)
        self.assertLessEqual(seen.attributes, allowed | {("a", "rel")})
        for address in seen.addresses:
            scheme = re.match(r"\s*([\w+.-]+):", address)
            self.assertIn(scheme[1] if scheme else "https", SCHEMES)

    def test_ordinary_text_reads_as_meant(self) -> None:
        text = "# Title\n\nA **bold** [word](/accounts/) and `L`.\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |"

        html = document(text).html

        for part in ("<h1>Title</h1>", "<strong>bold</strong>", "<ol>", "<td>2</td>"):
            self.assertIn(part, html)
        self.assertIn('href="/accounts/"', html)

    def test_second_headings_can_be_linked_to(self) -> None:
        found = document("## Antes de una reunión\n\nx\n\n## 会議\n\ny")

        self.assertEqual(
            found.sections, [("antes-de-una-reunion", "Antes de una reunión"), ("s1", "会議")]
        )
        self.assertIn('<h2 id="antes-de-una-reunion">', found.html)
