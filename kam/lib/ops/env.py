"""Typed readings of the environment that refuse nonsense loudly."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def env_str(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points to (container secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name, default)
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE points to {path}, which cannot be read: {error}"
        ) from error


def env_bool(name: str, *, default: bool = False) -> bool:
    text = env_str(name, str(default)).strip().lower()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}; use true or false.")


def env_int(name: str, default: int) -> int:
    text = env_str(name, str(default))
    try:
        return int(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {text!r}; use a whole number.") from error


def env_choice(name: str, *choices: str) -> str:
    """One of the choices; the first when nothing is said."""
    text = env_str(name) or choices[0]
    if text not in choices:
        raise ImproperlyConfigured(f"{name} is {text!r}; use {' or '.join(choices)}.")
    return text


def env_presets(**variables: str) -> dict[str, tuple[str, Any]]:
    """By field the variable that was set, and its value; a month is a whole number."""
    said = {name: (variable, env_str(variable)) for name, variable in variables.items()}
    return {
        name: (variable, env_int(variable, 0) if name.endswith("_month") else value.strip())
        for name, (variable, value) in said.items()
        if value.strip()
    }


def env_database(name: str, default: str) -> dict[str, object]:
    """DATABASE_URL as Django's dictionary."""
    try:
        config = dict(environ.Env.db_url_config(env_str(name, default)))
        # A folder of Unix sockets is written %2Frun%2Fpostgresql in the place of the host.
        config["HOST"] = unquote(str(config.get("HOST") or ""))
        return config
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"{name} must look like postgres://user:password@host:5432/name: {error}"
        ) from error


def env_email(name: str) -> dict[str, object]:
    """EMAIL_URL as Django's EMAIL_* settings; an empty dictionary when it is not set."""
    url = env_str(name)
    if not url:
        return {}
    config = dict(environ.Env.email_url_config(url))
    if "EMAIL_BACKEND" not in config:
        raise ImproperlyConfigured(f"{name} must begin with smtp://, smtp+tls:// or smtp+ssl://.")
    return config


def broker_url(redis_url: str) -> str:
    """The same server in the words of Celery's library, which says redis+socket for unix."""
    if not redis_url.startswith("unix://"):
        return redis_url
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    database = dict(part.partition("=")[::2] for part in query.split("&") if part).get("db", "0")
    return f"redis+socket://{quote(unquote(path))}?virtual_host={database}"


def refuse_unsafe_start(*, local: bool, debug: bool, known_key: bool) -> None:
    """Away from one's own machine nobody starts with DEBUG or the key that everybody can read."""
    if local:
        return
    if debug:
        raise ImproperlyConfigured("DEBUG shows code and settings to strangers. Unset DEBUG.")
    if known_key:
        raise ImproperlyConfigured(
            "SECRET_KEY is the example key or empty. Set SECRET_KEY or SECRET_KEY_FILE to at least "
            "50 random characters."
        )
