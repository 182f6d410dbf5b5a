"""Time zones by the newer of two tables: the system's, and that of the package `tzdata`.

Python asks the system first and the package only where the system has nothing, so an old machine
would be an hour off wherever a country has changed its clocks since.
"""

import zoneinfo
from pathlib import Path

import tzdata


def use_the_newer() -> str:
    """Lead ZoneInfo to the newer table; answers its version, such as "2026f".

    Once at the start of every process, before any zone is asked for; harmless to repeat.
    """
    package = str(tzdata.IANA_VERSION)
    system = version_of(zoneinfo.TZPATH)
    if system > package:
        return system
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    return package


def version_of(folders: tuple[str, ...]) -> str:
    """Of the first folder that holds zones; empty where it does not say."""
    for folder in map(Path, folders):
        if (folder / "UTC").exists():
            return _said_by(folder / "tzdata.zi", folder / "+VERSION")
    return ""


def _said_by(*files: Path) -> str:
    for file in files:
        if file.is_file():
            with file.open(encoding="ascii", errors="replace") as lines:
                return next(lines, "").removeprefix("# version").strip()
    return ""
