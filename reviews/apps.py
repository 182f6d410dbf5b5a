from django.apps import AppConfig

from kam.lib.web.addresses import pages_are


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from reviews import emails  # noqa: F401 (they register what they know)
        from reviews.notices import invitation_mails  # noqa: F401 (they register what they know)
        from reviews.review import deadlines, ownership, review_labels, version_parts  # noqa: F401 (they register what they know)

        pages_are(mail_settings="reviews:mail_settings", mail_stop="reviews:unsubscribe")
