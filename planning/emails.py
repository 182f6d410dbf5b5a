"""The mails of the plan. Each re-reads rights and state; None means: not to be told any more."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.users.personal_mail import letter
from kam.lib.outbox.models import Delivery
from kam.lib.outbox.registry import SkipReason, renders
from kam.lib.text.reader import reading_as
from planning.models import Approval, Report
from planning.models.approval import DECIDED, TO_APPROVE
from planning.models.report import ENDED, Waiting
from planning.versions.plan_status import standing


@renders(TO_APPROVE, when=_("A plan waits for me"))
def render_to_approve(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    reader = delivery.recipient
    approval = _approval(delivery)
    if approval is None or not approval.is_waiting:
        return SkipReason.OVER
    if not _may_read(approval, reader) or not _may_decide(approval, reader):
        return SkipReason.RIGHT
    return plan_to_approve(approval, reader)


@renders(DECIDED, when=_("A plan of mine is approved or comes back"))
def render_decided(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    approval = _approval(delivery)
    if approval is None or not approval.decided_by:
        return SkipReason.OVER
    if not _may_read(approval, delivery.recipient):
        return SkipReason.RIGHT
    return plan_decided(approval, delivery.recipient)


@renders(ENDED, when=_("A PDF I asked for is ready and I have left its page"))
def render_report_ended(delivery: Delivery, at: datetime) -> EmailMessage | SkipReason:
    pk, reader = int(delivery.subject.removeprefix("report:")), delivery.recipient
    report = Report.objects.for_page().filter(pk=pk, account__archived_at=None).first()
    waits = Waiting.objects.filter(report=pk, person=reader, seen_at=None)
    if report is None or not waits.exists() or report.state not in ("ready", "failed"):
        return SkipReason.OVER
    if not Report.objects.visible_to(reader).filter(pk=pk).exists():
        return SkipReason.RIGHT
    return report_ended(report, reader)


def report_ended(report: Report, to: User) -> EmailMessage:
    with reading_as(to.reader):
        context = {"report": report, "plan": report.snapshot.plan, "ready": report.is_stored}
        return letter("report_ended", context, to=to, kind=ENDED)


def plan_to_approve(approval: Approval, to: User) -> EmailMessage:
    with reading_as(to.reader):
        context = {"approval": approval, "plan": approval.plan, "version": standing(approval.plan)}
        return letter("plan_to_approve", context, to=to, kind=TO_APPROVE)


def plan_decided(approval: Approval, to: User) -> EmailMessage:
    with reading_as(to.reader):
        context = {"approval": approval, "plan": approval.plan}
        return letter("plan_decided", context, to=to, kind=DECIDED)


def _approval(delivery: Delivery) -> Approval | None:
    pk = int(delivery.subject.removeprefix("approval:"))
    return Approval.objects.for_page().filter(pk=pk, account__archived_at=None).first()


def _may_read(approval: Approval, reader: User) -> bool:
    return Approval.objects.visible_to(reader).filter(pk=approval.pk).exists()


def _may_decide(approval: Approval, reader: User) -> bool:
    return Approval.objects.editable_by(reader).filter(pk=approval.pk).exists()
