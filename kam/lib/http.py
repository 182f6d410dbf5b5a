"""What views need of HTTP, in the words of the house."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The form's data when there is one: an empty POST, such as unchecked boxes, still binds."""
    return request.POST if request.method == "POST" else None
