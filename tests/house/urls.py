"""The house's own addresses, one page that needs the database and one that takes its time."""

from time import sleep

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.access import public
from kam.urls import handler500
from kam.urls import urlpatterns as house

__all__ = ["handler500", "urlpatterns"]


@public
def one(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return HttpResponse(str(cursor.fetchone()[0]))


@public
def slow(request: HttpRequest) -> HttpResponse:
    sleep(1.5)
    return HttpResponse("finished")


urlpatterns = [*house, path("one/", one, name="one"), path("slow/", slow, name="slow")]
