"""What views need of HTTP, in the words of the house."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])
# What a form adds to the files it sends.
FRAME = 64 * 1024


def posted(request: HttpRequest) -> QueryDict | None:
    """The form's data when there is one: an empty POST, such as unchecked boxes, still binds."""
    return request.POST if request.method == "POST" else None


def takes_files(view: View) -> View:
    """Its form takes several files at once: each up to the limit, all of them up to ten times it."""
    view.takes_files = True  # type: ignore[attr-defined]  # functions carry our mark
    return view


def most_bytes(request: HttpRequest) -> int:
    """How long the body may be: a text, a file, or several where a person may send them."""
    if request.content_type != "multipart/form-data":
        return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    several = request.user.is_authenticated and _takes_files(request.path_info)
    return int(settings.UPLOAD_TOGETHER if several else settings.UPLOAD_BYTES) + FRAME


def _takes_files(path: str) -> bool:
    try:
        return hasattr(resolve(path).func, "takes_files")
    except Resolver404:
        return False
