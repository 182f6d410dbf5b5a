from kam.lib.outbox.models.delivery import Delivery, KeptMail
from kam.lib.outbox.models.job import Job

__all__ = ["Delivery", "Job", "KeptMail"]
