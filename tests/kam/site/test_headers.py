"""What the browser is told, on every page of ours, as a server behind https says it."""

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

from django.test import Client, override_settings
from django.urls import reverse

from kam.embedded.folder import ROOT
from tests.base import ClaveTest
from tests.kam.rules.access import CAST, tables
from tests.kam.rules.test_access_matrix import PAGES

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}
ON_ALL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
SAID = ("SECURE_", "SESSION_COOKIE", "LANGUAGE_COOKIE", "CSRF_COOKIE", "CSRF_TRUSTED", "X_FRAME")
OTHERS = ["healthz", "readyz"]


@cache
def production() -> dict[str, Any]:
    """What kam/settings.py makes of an https address, read by a process of its own."""
    read = (
        "import json, kam.settings as s; "
        f"print(json.dumps({{n: getattr(s, n) for n in dir(s) if n.startswith({SAID})}}))"
    )
    server = {"SITE_URL": "https://testserver", "SECRET_KEY": "k" * 60}
    done = subprocess.run(
        [sys.executable, "-c", read],
        cwd=ROOT,
        env=os.environ | server,
        capture_output=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@override_settings(DEMO_LOCAL=True, MAIL_STAYS_HERE=True)
class HeadersTest(ClaveTest):
    def setUp(self) -> None:
        self.enterContext(override_settings(**production()))
        self.client = Client()
        self.keys = {
            name: key for table in tables() for name, key in table.keys(type(self)).items()
        }

    def test_every_page_carries_them_and_is_kept_by_no_cache(self) -> None:
        self.client.force_login(self.root)
        for name, row in PAGES.items():
            if row[CAST.index("root")] == 200 and name not in OTHERS:
                with self.subTest(name):
                    response = self.get(name)
                    self.assertEqual({n: response.get(n) for n in ON_ALL}, ON_ALL)
                    self.assertEqual(set(response["Content-Security-Policy"].split("; ")), CSP)
                    self.assertIn("no-store", response["Cache-Control"])

    def test_every_page_and_its_fragment_are_told_apart_by_caches(self) -> None:
        self.client.force_login(self.root)
        for name, row in PAGES.items():
            if row[CAST.index("root")] == 200 and name not in OTHERS:
                with self.subTest(name):
                    page = self.get(name)
                    fragment = self.get(name, **{"HX-Request": "true"})
                    if (
                        page["Content-Type"].startswith("text/html")
                        and page.content != fragment.content
                    ):
                        self.assertIn("HX-Request", page["Vary"])
                        self.assertIn("HX-Request", fragment["Vary"])

    def test_the_door_carries_them_too(self) -> None:
        response = self.client.get(reverse("account_login"), secure=True)

        self.assertEqual({n: response.get(n) for n in ON_ALL}, ON_ALL)
        self.assertEqual(set(response["Content-Security-Policy"].split("; ")), CSP)

    def test_static_files_carry_them_too(self) -> None:
        with override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
            response = Client().get("/static/img/logo.svg", secure=True)

        self.assertEqual(response.status_code, 200)
        self.assertEqual(set(response["Content-Security-Policy"].split("; ")), CSP)
        # A picture has no frame of its own: the CSP says it for those who look.
        wanted = {name: value for name, value in ON_ALL.items() if name != "X-Frame-Options"}
        self.assertEqual({n: response.get(n) for n in wanted}, wanted)

    def test_cookies_are_bound_to_this_host_and_closed_to_scripts(self) -> None:
        password = "Correct horse battery"
        self.alice.set_password(password)
        self.alice.save()
        self.client.get(reverse("account_login"), secure=True)
        form = {"login": self.alice.email, "password": password}
        self.client.post(reverse("account_login"), form, secure=True)

        self.client.post(reverse("set_language"), {"language": "es"}, secure=True)

        for name in ("__Host-session", "__Host-csrf", "__Host-language"):
            with self.subTest(name):
                cookie = self.client.cookies[name]
                flags = cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]
                self.assertEqual(flags, (True, True, "Lax", "/"))
                self.assertEqual(cookie["domain"], "")

    def test_plain_http_is_sent_to_https_and_probes_are_not(self) -> None:
        self.assertEqual(self.client.get("/")["Location"], "https://testserver/")
        self.assertEqual(self.client.get("/healthz").status_code, 200)

    @override_settings(ALLOWED_HOSTS=["testserver"])
    def test_a_foreign_host_is_refused(self) -> None:
        response = self.client.get("/", headers={"host": "evil.example"}, secure=True)

        self.assertEqual(response.status_code, 400)

    def get(self, name: str, **headers: str) -> Any:
        key = self.keys.get(name)
        address = reverse(name, args=[] if key is None else [key])
        return self.client.get(address, headers=headers, secure=True)
