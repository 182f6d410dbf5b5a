"""What the machine itself must have: system libraries, a browser for the tests."""

import ctypes
import os
import shutil
import subprocess
import sys

PDF_LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Trouble(Exception):
    """Something the person at the terminal must know, in words for them."""


def say(words: str) -> None:
    print(words, flush=True)


def run(command: list[str], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (our own command, no shell)
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


# --- System packages --------------------------------------------------------------------------


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def try_apt_get(*packages: str) -> bool:
    """Install Debian packages when we may; False means somebody else must."""
    if not may_install():
        return False
    say(f"Installing {' '.join(packages)} …")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if run(install, env=environment).returncode == 0:
        return True
    run(["apt-get", "update"], env=environment)
    return run(install, env=environment).returncode == 0


def sudo_command(*packages: str) -> str:
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"{prefix}apt-get update && {prefix}apt-get install -y {' '.join(packages)}"


# --- Pango, for PDF ---------------------------------------------------------------------------


def need_pdf_libraries(*, strict: bool) -> None:
    missing = missing_pdf_libraries()
    if not missing or (try_apt_get(*missing) and not missing_pdf_libraries()):
        return
    words = f"PDF reports need libraries that this machine lacks. Type:\n\n    {advice(missing)}\n"
    if strict:
        raise Trouble(words)
    say(f"{words}\nEverything else works without them.\n")


def missing_pdf_libraries() -> list[str]:
    if sys.platform == "darwin":
        found = any(map(can_load, ("libpango-1.0.dylib", "/opt/homebrew/lib/libpango-1.0.dylib")))
        return [] if found else ["pango"]
    return [package for package, library in PDF_LIBRARIES.items() if not can_load(library)]


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def advice(missing: list[str]) -> str:
    return "brew install pango" if sys.platform == "darwin" else sudo_command(*missing)


# --- A browser, for the journeys --------------------------------------------------------------


def find_chromium() -> str:
    if browser := os.environ.get("KAM_CHROMIUM") or browser_on_path():
        return browser
    if try_apt_get("chromium") and (browser := browser_on_path()):
        return browser
    if browser := browser_of_playwright():
        return browser
    raise Trouble(
        "The browser tests need Chromium, and it could not be installed from here. Type:\n\n"
        f"    {sudo_command('chromium')}\n\nor run only the rest:  bin/test --fast"
    )


def browser_on_path() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def browser_of_playwright() -> str | None:
    """Ubuntu has no real chromium package: its own download serves there."""
    say("Bringing a Chromium of its own for the browser tests …")
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    run([*install, "--with-deps"] if may_install() else install)
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = run([sys.executable, "-c", ask]).stdout.strip().splitlines()
    return answer[-1] if answer and os.access(answer[-1], os.X_OK) else None
