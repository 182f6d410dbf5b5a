from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from reviews import deadlines, emails, frozen, holdings, invitation_mails, words_of_history  # noqa: F401 (they register what they know)
