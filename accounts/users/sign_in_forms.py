"""allauth's forms without the words they say twice: our templates name each field once."""

from typing import Any

from allauth.account import forms as theirs


class _Plain:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class SignInForm(_Plain, theirs.LoginForm): ...


class AgainForm(_Plain, theirs.ReauthenticateForm): ...


class ChangePasswordForm(_Plain, theirs.ChangePasswordForm): ...


class SetPasswordForm(_Plain, theirs.SetPasswordForm): ...


class ResetPasswordForm(_Plain, theirs.ResetPasswordForm): ...


class ResetPasswordKeyForm(_Plain, theirs.ResetPasswordKeyForm): ...
