"""Real exports beside the project, read in place where the folder exists; else there are none."""

import json
import os
import warnings
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("SHARED_DATA", PROJECT.parent / "shared" / "data"))


def say_if_missing() -> None:
    """Nothing is skipped in silence: the summary of the tests names what was not compared."""
    if not DATA.is_dir():
        warnings.warn(f"NOT COMPARED WITH REAL EXPORTS: {DATA} is not there.", stacklevel=3)


def files(*patterns: str) -> list[Path]:
    """Sorted; an empty list where the folder is not there."""
    say_if_missing()
    return sorted(path for pattern in patterns for path in DATA.glob(pattern) if path.is_file())


def folders(*names: str) -> list[Path]:
    say_if_missing()
    return [path for name in names if (path := DATA / name).is_dir()]


def name_of(path: Path) -> str:
    return str(path.relative_to(DATA))


def expected(key: str) -> Any:
    path = DATA / "EXPECTED.json"
    return json.loads(path.read_text(encoding="utf-8"))[key] if path.exists() else {}
