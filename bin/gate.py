"""bin/test: everything that must hold, in one run on embedded servers of its own.

Usage: bin/test [--fast]    bin/test static    bin/test unit [ARGS]    bin/test journeys [ARGS]
"""

import os
import secrets
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from machine import Trouble as MachineTrouble
from machine import find_chromium

from kam.embedded.commands import throwaway_folder
from kam.embedded.folder import ROOT
from kam.embedded.part import Part
from kam.embedded.prepare import compile_translations
from kam.embedded.servers import Servers, running_servers
from kam.embedded.terminal import Stopped, Trouble, listen_for_stop, pause, say

CORES = 2
COMPOSE = ["--builtin-schema", "vendor.compose-spec"]
CODE = ("accounts", "integrations", "kam", "planning", "reviews", "tests", "bin", "manage.py")
# What a developer may have set for bin/run must not lead the tests to real data.
OPERATOR_WORDS = """
    ALLOWED_HOSTS COMPANY_NAME CURRENCY DATABASE_URL DEBUG EMAIL_URL FISCAL_MONTH LOG_FORMAT LOG_LEVEL MAIL_FROM
    MAIL_CATCHES_ALL METRICS_HOST METRICS_PORT PORT REDIS_URL SECRET_KEY SITE_URL SITE_LANGUAGE SITE_REGION STATIC_ROOT STORAGE_URL TIME_ZONE
    TRUSTED_PROXIES UPLOAD_MB KAM_DATA KAM_DEMO_LANGUAGE KAM_DEMO_LOCAL KAM_DEMO_PASSWORD
    DJANGO_SETTINGS_MODULE
"""


@dataclass
class Result:
    name: str
    seconds: float
    passed: int
    failed: int
    output: str = ""


def main(arguments: list[str]) -> int:
    listen_for_stop()
    for name in OPERATOR_WORDS.split():
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    match arguments:
        case []:
            phases = ["static", "unit", "journeys"]
        case ["--fast"]:
            phases = ["static", "unit"]
        case ["static" | "unit" | "journeys" as phase, *_]:
            phases = [phase]
        case _:
            say(__doc__ or "")
            return 2
    return judge(run_phases(phases, arguments[1:]))


def run_phases(phases: list[str], arguments: list[str]) -> list[Result]:
    if "journeys" in phases:
        os.environ["KAM_CHROMIUM"] = find_chromium()
    compile_translations()
    results: list[Result] = []
    with (
        throwaway_folder() as folder,
        running_servers(folder, "bin/test", careless=True, throwaway=True) as servers,
    ):
        for phase in phases:
            if phase == "static":
                results += run_side_by_side(servers, static_steps(servers))
            else:
                results.append(run_tests(servers, phase, arguments))
    return results


# --- Static checks, two at a time -------------------------------------------------------------


def static_steps(servers: Servers) -> list[Part]:
    """The longest first, so that the others fill the second core."""
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    python = sys.executable
    manage = [python, str(ROOT / "manage.py")]
    tests = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    check = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    return [
        step(servers, "strict types", [python, "-m", "mypy", *CODE]),
        step(servers, "test database", [python, "-m", "tests.databases"], tests),
        step(servers, "format", [tool("ruff"), "format", "--check", "."]),
        step(servers, "lint", [tool("ruff"), "check", "."]),
        step(servers, "import direction", [tool("lint-imports")]),
        step(
            servers, "templates", [tool("djade"), "--target-version", "5.2", "--check", *templates]
        ),
        step(servers, "Dockerfile", [tool("hadolint"), "Dockerfile"]),
        step(servers, "compose file", [tool("check-jsonschema"), *COMPOSE, "docker-compose.yml"]),
        step(servers, "system checks", check, production_words()),
        step(servers, "migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        step(servers, "translations", [*manage, "checktranslations"]),
    ]


def tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def production_words() -> dict[str, str]:
    return {
        "SITE_URL": "https://clave.example",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "EMAIL_URL": "smtp://localhost:25",
        "KAM_DEMO_LOCAL": "",
    }


def step(
    servers: Servers, name: str, command: list[str], changes: dict[str, str] | None = None
) -> Part:
    return Part(
        name=name,
        words=name,
        command=command,
        log=servers.folder.logs / f"{name.replace(' ', '_')}.log",
        environment=servers.environment | (changes or {}),
        folder=ROOT,
        patience=5,
    )


def run_side_by_side(servers: Servers, waiting: list[Part]) -> list[Result]:
    results: list[Result] = []
    running: list[Part] = []
    while waiting or running:
        while waiting and len(running) < CORES:
            running.append(waiting.pop(0))
            running[-1].start(servers.guard)
        for part in [part for part in running if not part.is_running()]:
            running.remove(part)
            results.append(result_of(part))
            part.sweep(servers.guard)
        pause(0.05)
    return results


def result_of(part: Part) -> Result:
    failed = 1 if part.exit_code() else 0
    output = part.log.read_text(errors="replace")
    result = Result(part.name, time.monotonic() - part.started_at, 1 - failed, failed, output)
    say(line_of(result))
    return result


# --- Tests ------------------------------------------------------------------------------------


def run_tests(servers: Servers, phase: str, arguments: list[str]) -> Result:
    report = servers.folder.path / f"{phase}.xml"
    part = step(
        servers, f"{phase} tests", [*pytest_command(phase, arguments), f"--junitxml={report}"]
    )
    part.start(servers.guard)
    shown = 0
    while part.is_running():
        pause(0.1)
        shown = relay(part.log, shown)
    relay(part.log, shown)
    result = count(report, part)
    part.sweep(servers.guard)
    say(line_of(result))
    return result


def pytest_command(phase: str, arguments: list[str]) -> list[str]:
    pytest = [sys.executable, "-m", "pytest", "--quiet"]
    if sys.stdout.isatty():
        pytest.append("--color=yes")
    if phase == "journeys":
        return [*pytest, "-p", "no:xdist", *(arguments or ["tests/journeys"])]
    everything = ["-n", str(CORES), "--ignore=tests/journeys", "tests"]
    return [*pytest, "-p", "tests.databases", *(arguments or everything)]


def relay(log: Path, shown: int) -> int:
    with log.open("rb") as file:
        file.seek(shown)
        news = file.read()
    sys.stdout.buffer.write(news)
    sys.stdout.flush()
    return shown + len(news)


def count(report: Path, part: Part) -> Result:
    total = failed = skipped = 0
    if report.exists():
        suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 (our own file)
        for suite in suites:
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    output = f"{skipped} tests were skipped; here none may be.\n" if skipped else ""
    if part.exit_code() and not failed:
        failed, output = 1, f"{output}pytest ended with {part.exit_code()}.\n"
    seconds = time.monotonic() - part.started_at
    return Result(part.name, seconds, max(0, total - failed - skipped), failed + skipped, output)


# --- The judgement ----------------------------------------------------------------------------


def judge(results: list[Result]) -> int:
    for result in results:
        if result.failed and result.output:
            say(f"\n--- {result.name} ---\n{result.output.rstrip()}")
    say("")
    for result in results:
        say(line_of(result))
    failed = sum(result.failed for result in results)
    say(f"\n{sum(result.passed for result in results)} passed, {failed} failed")
    return 1 if failed else 0


def line_of(result: Result) -> str:
    return f"{result.name:18} {result.seconds:6.1f} s  {'FAILED' if result.failed else 'ok'}"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stopped:
        sys.exit("\nStopped.")
    except (Trouble, MachineTrouble) as trouble:
        sys.exit(f"\n{trouble}\n\n0 passed, 1 failed")
