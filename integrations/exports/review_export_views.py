"""Reviews as files: of all the accounts a person may see, and of one."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import Request, readable, signed_in
from accounts.models import Account
from integrations.exports.review_exports import REVIEWS
from reviews.models import Review


@signed_in
@require_safe
def reviews_export(request: Request) -> HttpResponse:
    rows = Review.objects.visible_to(request.user).in_order().for_list()
    return REVIEWS.send(rows, request.GET.get("format", "csv"))


@signed_in
@require_safe
def account_reviews_export(request: Request, pk: int) -> HttpResponse:
    account = readable(Account.objects, request.user, pk)
    rows = Review.objects.visible_to(request.user).of_account(account).in_order().for_list()
    return REVIEWS.send(rows, request.GET.get("format", "csv"))
