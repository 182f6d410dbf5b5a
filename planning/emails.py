"""The mails of the plan. Each re-reads rights and state; None means: not to be told any more."""

from datetime import datetime

from django.core.mail import EmailMessage

from accounts.models import User
from kam.lib.mail import compose
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import renders
from kam.lib.reader import reading_as
from planning.models import Approval
from planning.models.approval import DECIDED, TO_APPROVE
from planning.versions import standing


@renders(TO_APPROVE)
def render_to_approve(delivery: Delivery, at: datetime) -> EmailMessage | None:
    approval = _approval(delivery)
    reader = delivery.recipient
    may = Approval.objects.editable_by(reader).waiting()
    if approval is None or not may.filter(pk=approval.pk).exists():
        return None
    return plan_to_approve(approval, reader)


@renders(DECIDED)
def render_decided(delivery: Delivery, at: datetime) -> EmailMessage | None:
    approval = _approval(delivery)
    if approval is None or not delivery.recipient.is_active:
        return None
    return plan_decided(approval, delivery.recipient)


def plan_to_approve(approval: Approval, to: User) -> EmailMessage:
    with reading_as(to.reader):
        context = {"approval": approval, "plan": approval.plan, "version": standing(approval.plan)}
        return compose("plan_to_approve", context, to=to.email)


def plan_decided(approval: Approval, to: User) -> EmailMessage:
    with reading_as(to.reader):
        return compose("plan_decided", {"approval": approval, "plan": approval.plan}, to=to.email)


def _approval(delivery: Delivery) -> Approval | None:
    """What it is about, if its reader may still see it."""
    pk = int(delivery.subject.removeprefix("approval:"))
    return Approval.objects.visible_to(delivery.recipient).for_page().filter(pk=pk).first()
