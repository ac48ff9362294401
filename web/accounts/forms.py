"""The forms of accounts. Services decide what a name may be; these read, and ask for what is absent."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from services.accounts import MAX_DISPLAY_NAME, USERNAME_LENGTH
from services.errors import DisplayNameInvalid, Refused, UsernameInvalid, UsernameTaken
from web.accounts.passwords import MAX_LENGTH, MIN_LENGTH

FIELD_OF_REFUSAL: dict[type[Refused], str] = {
    UsernameTaken: "username",
    UsernameInvalid: "username",
    DisplayNameInvalid: "display_name",
}


class AccountForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is published without type information
    """A form that can say beside a field what a service refused."""

    def refuse(self, refusal: Refused) -> None:
        """Put the sentence of a refusal beside the field that it is about, the first one otherwise."""
        name = FIELD_OF_REFUSAL.get(type(refusal), "")
        field = getattr(self, name, None) or next(iter(self))
        field.errors = [*field.errors, refusal.message]


class SignInForm(AccountForm):
    """User name and password; `next` is where the person wanted to go."""

    username = StringField(
        "User name",
        validators=[InputRequired("Type your user name.")],
        render_kw={
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": 254,
        },
    )
    password = PasswordField(
        "Password",
        validators=[
            InputRequired("Type your password."),
            Length(max=MAX_LENGTH, message="That is too long."),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[
            InputRequired("Choose a password."),
            Length(MIN_LENGTH, MAX_LENGTH, f"A password has {MIN_LENGTH} to {MAX_LENGTH} characters."),
        ],
        render_kw={"autocomplete": "new-password", "minlength": MIN_LENGTH, "maxlength": MAX_LENGTH},
    )


class RegisterForm(AccountForm):
    """A new account: no email address, since pupils often have none."""

    display_name = StringField(
        "Your name",
        validators=[InputRequired("Type the name that your teacher knows you by.")],
        render_kw={"autocomplete": "name", "maxlength": MAX_DISPLAY_NAME},
    )
    username = StringField(
        "User name",
        validators=[InputRequired("Choose a user name to sign in with.")],
        render_kw={
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": USERNAME_LENGTH[1],
        },
    )
    password = _new_password("Password")
    next = HiddenField()

    def validate_password(self, field: Field) -> None:
        """Refuse the user name as a password: it is the first thing that anybody tries."""
        _differs_from_name(field, self.username.data)


class NameForm(AccountForm):
    """The name that teachers see."""

    display_name = StringField(
        "Your name",
        validators=[InputRequired("Type the name that your teacher knows you by.")],
        render_kw={"autocomplete": "name", "maxlength": MAX_DISPLAY_NAME},
    )


class PresentPasswordForm(AccountForm):
    """The present password, to show that it is really you."""

    password = PasswordField(
        "Present password",
        validators=[InputRequired("Type your present password."), Length(max=MAX_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(AccountForm):
    """The code that an authenticator app shows."""

    code = StringField(
        "Code",
        validators=[InputRequired("Type the six digits that your telephone shows."), Length(max=20)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20},
    )


class PasswordForm(PresentPasswordForm):
    """A new password, with the present one."""

    new_password = _new_password("New password")

    def __init__(self, *args: Any, username: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._username = username

    def validate_new_password(self, field: Field) -> None:
        """Refuse the user name as a password."""
        _differs_from_name(field, self._username)


def _differs_from_name(field: Field, username: str | None) -> None:
    if username and field.data and field.data.strip().casefold() == username.strip().casefold():
        raise ValidationError("Choose a password that is not your user name.")
