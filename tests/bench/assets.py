"""What a browser loads the first time, compressed as it travels."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from accounts.models import User

LINK = re.compile(r'(?:href|src)="/static/([^"]+\.(css|js))"')


def first_load(kam: User) -> dict[str, int]:
    client = Client(headers={"host": "localhost"})
    client.force_login(kam)
    links = set(LINK.findall(client.get("/").content.decode()))
    found = {"css_files": 0, "css_bytes": 0, "js_files": 0, "js_bytes": 0}
    for path, kind in links:
        found[f"{kind}_files"] += 1
        found[f"{kind}_bytes"] += len(
            gzip.compress((Path(settings.STATIC_ROOT) / path).read_bytes())
        )
    return found
