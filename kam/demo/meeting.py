"""Last week's review of Grupo Andino Salud, held; and the agenda of the next one."""

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.models import Account
from reviews.models import Attendance, Review

if TYPE_CHECKING:
    from kam.demo.company import Company

DECISIONS = [
    (
        "HD",
        "Henrik calls Camila Restrepo himself this week",
        "Henrik llama personalmente a Camila Restrepo esta semana",
    ),
    (
        "HD",
        "No discount on Vault before the security review closes",
        "Sin descuento en Vault antes de que cierre la revisión de seguridad",
    ),
]
AGENDA = (
    "Numbers since last week 4 min\nRoute to the CTO meeting 8 min\n"
    "Security review and Vault 6 min\nImaging: night shift 5 min\n"
    "Client feedback and signals 4 min\nDecisions, actions, next date 3 min",
    "Cifras desde la semana pasada 4 min\nCamino a la reunión con el director de tecnología 8 min\n"
    "Revisión de seguridad y Vault 6 min\nImagen: turno de noche 5 min\n"
    "Comentarios del cliente y novedades 4 min\nDecisiones, acciones, próxima fecha 3 min",
)
HOLIDAY = ("Between the holidays", "Entre las fiestas")
MINUTES = (
    "Imaging leads saw the pilot and want the night shift in. The pen-test summary is what "
    "the security review waits for.",
    "La jefatura de imagen vio el piloto y quiere incluir el turno de noche. La revisión de "
    "seguridad espera el informe de intrusión.",
)


def hold_last_week(company: "Company", account: Account) -> None:
    weekly = Review.objects.filter(account=account, series__rule__startswith="FREQ=WEEKLY")
    for review in weekly.scheduled().before(company.at).order_by("starts_at"):
        _hold(company, review)
    coming = weekly.after(company.at).first()
    if coming and coming.is_open:
        kam = company.people["MR"]
        coming.write("agenda", seen="", text=company.say(AGENDA), by=kam)
    _, third, fourth = weekly.after(company.at)[1:4]
    third.move(by=kam, starts=third.slot + timedelta(days=1, hours=6))
    fourth.skip(by=kam, reason=company.say(HOLIDAY))


def _hold(company: "Company", review: Review) -> None:
    kam = company.people["MR"]
    review.write("agenda", seen="", text=company.say(AGENDA), by=kam)
    review.write("minutes", seen="", text=company.say(MINUTES), by=kam)
    for attendance in review.people:
        away = attendance.user == company.people["LF"]
        state = Attendance.State.EXCUSED if away else Attendance.State.PRESENT
        review.note_attendance(attendance.user, state, by=kam)
    for who, english, spanish in DECISIONS:
        review.decide(company.say((english, spanish)), by=company.people[who])
    # Said in the meeting, not on the day on which the demo is made.
    review.decisions.update(made_at=review.starts_at)
    review.hold(by=kam, at=review.starts_at + timedelta(minutes=review.length))
