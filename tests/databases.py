"""Every test process gets its own copy of one migrated database: copying takes 0.1 s, migrating 15.

Used by bin/test as a pytest plugin; as a program it only makes the template.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError

TEMPLATE = "clave_template"


def pytest_configure(config: pytest.Config) -> None:
    # Registered late, so that its fixture wins over the one of pytest-django.
    config.pluginmanager.register(ClonedDatabases(), "cloned-databases")


class ClonedDatabases:
    @pytest.fixture(scope="session")
    def django_db_setup(
        self, django_test_environment: None, django_db_blocker: Any
    ) -> Iterator[None]:
        name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
        with django_db_blocker.unblock():
            make_template()
            home = copy_template(name)
        yield
        with django_db_blocker.unblock():
            use(home)
            drop(name)

    @pytest.fixture(autouse=True)
    def site_of_the_test(
        self, request: pytest.FixtureRequest, django_db_blocker: Any
    ) -> Iterator[None]:
        """What is kept of the site is read before the test, and not taken along to the next one."""
        from django.test import TransactionTestCase

        from kam.lib import site

        if not (request.cls and issubclass(request.cls, TransactionTestCase)):
            site.keep_unstored()
        elif not site.is_known():
            with django_db_blocker.unblock():
                site.site()
        yield
        if site.knows_stored():
            site.forget_site()


def drop(name: str) -> None:
    """The server's own housekeeping may be in it for a moment, and nobody may end that."""
    for _ in range(50):
        try:
            return execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        except DatabaseError:
            time.sleep(0.2)
    return execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def make_template() -> None:
    """Renamed at the end: a database of this name is always a whole one."""
    with one_at_a_time():
        if exists(TEMPLATE):
            return
        unfinished = f"{TEMPLATE}_unfinished"
        execute(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)')
        execute(f'CREATE DATABASE "{unfinished}"')
        original = use(unfinished)
        from django.core.management import call_command

        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            use(original)
        execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{TEMPLATE}"')


def copy_template(name: str) -> str:
    with one_at_a_time():
        execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
    return use(name)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    with (Path(os.environ["KAM_DATA"]) / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def use(name: str) -> str:
    """Lead Django's connection to another database; answers which one it left."""
    from django.db import connection

    connection.close()
    left = str(connection.settings_dict["NAME"])
    connection.settings_dict["NAME"] = name
    return left


def exists(name: str) -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def execute(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


if __name__ == "__main__":
    import django

    django.setup()
    make_template()
