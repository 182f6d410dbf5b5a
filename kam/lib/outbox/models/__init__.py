from kam.lib.outbox.models.delivery import Delivery, KeptMail
from kam.lib.outbox.models.job import Job
from kam.lib.outbox.models.opt_out import OptOut

__all__ = ["Delivery", "Job", "KeptMail", "OptOut"]
