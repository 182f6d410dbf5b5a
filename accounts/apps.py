from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import emails  # noqa: F401 (they register what they know)
        from accounts.history import account_labels, commerce_labels, stakeholder_labels  # noqa: F401 (they register what they know)
