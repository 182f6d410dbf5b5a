from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import (  # noqa: F401 (they register what they know)
            emails,
            words_of_history,
            words_of_money,
            words_of_people,
        )
        from accounts.imports import work  # noqa: F401 (it registers what workers do)
