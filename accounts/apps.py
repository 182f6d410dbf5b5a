from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import emails, words_of_history, words_of_money  # noqa: F401 (they register what they know)
