"""Comments on a plan, an objective or an action: whoever may read may speak."""

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from accounts.access import Request, editable, readable, signed_in
from kam.lib.web.htmx import done, show
from planning.models import Comment, Plan
from planning.models.comments import CommentQuerySet
from planning.models.plan import PlanQuerySet
from planning.plan.plan_forms import CommentForm

MOST = 50


@signed_in
@require_POST
def comment_add(request: Request, pk: int) -> HttpResponse:
    plan = readable(Plan.objects, request.user, pk, words=PlanQuerySet.for_page)
    form = CommentForm(request.POST, plan=plan)
    context = {"plan": plan, "account": plan.account, "form": form}
    if not form.is_valid():
        context |= _comments(request, plan)
        return show(
            request,
            "planning/comments/comment_add.html",
            "planning/comments/_comments.html",
            context,
        )
    text = form.cleaned_data["text"]
    Comment.write(plan, by=request.user, at=now(), text=text, about=form.about)
    context = {"plan": plan} | _comments(request, plan)
    return done(request, "planning/comments/_comments.html", context, then=_back(plan))


@signed_in
@require_POST
def comment_resolve(request: Request, pk: int) -> HttpResponse:
    comment = editable(Comment.objects, request.user, pk, words=CommentQuerySet.for_page)
    comment.resolve(by=request.user, at=now())
    context = {"plan": comment.plan, "resolved": comment} | _comments(request, comment.plan)
    return done(request, "planning/comments/_comments.html", context, then=_back(comment.plan))


@signed_in
@require_POST
def comment_reopen(request: Request, pk: int) -> HttpResponse:
    comment = editable(Comment.objects, request.user, pk, words=CommentQuerySet.for_page)
    comment.reopen(by=request.user)
    context = {"plan": comment.plan} | _comments(request, comment.plan)
    return done(request, "planning/comments/_comments.html", context, then=_back(comment.plan))


def _comments(request: Request, plan: Plan) -> dict[str, list[Comment]]:
    found = Comment.objects.visible_to(request.user).of(plan).open().for_list()
    return {"comments": list(found[:MOST])}


def _back(plan: Plan) -> str:
    return f"{plan.get_absolute_url()}#comments"
