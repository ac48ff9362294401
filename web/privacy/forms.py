"""The form that asks once before everything is erased."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired, Length

from web.accounts.passwords import MAX_LENGTH


class EraseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is published without type information
    """That it is meant, and for an account the password: a browser left open is not enough."""

    sure = BooleanField(
        "Yes, erase everything that I wrote", validators=[InputRequired("Tick this if you mean it.")]
    )
    password = PasswordField(
        "Your password",
        validators=[InputRequired("Type your password."), Length(max=MAX_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )

    def __init__(self, *args: Any, guest: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if guest:
            del self.password
