"""The form that takes a question's TOML, pasted or as a file."""

from __future__ import annotations

from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import FileField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import ValidationError

import prompts
from grader.feedback.wording import typeset

MAX_QUESTION_BYTES = 200_000
"""Far above any question (the longest built-in one has 4,000) and quick to show again."""

TOO_LARGE = f"A question may have {MAX_QUESTION_BYTES:,} bytes. This is more: is it the right file?"
NOT_TEXT = "This file is not UTF-8 text. Save it with the encoding UTF-8, or paste its text instead."
NOTHING = "Paste a question, or choose its file."


class CheckForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is published without type information
    """A unit to check against, and the question's text; a file, where one is chosen, comes first."""

    unit = SelectField("Unit that the question is set on")
    text = TextAreaField("The question, as TOML")
    file = FileField("Or its file")

    def __init__(self) -> None:
        super().__init__()
        self.unit.choices = [
            SelectChoice(unit.slug, typeset(unit.title)) for unit in prompts.units_as_they_stand()
        ]

    def validate_file(self, field: FileField) -> None:
        """Read the file into the text field, where it can be mended at once."""
        upload = field.data
        if not isinstance(upload, FileStorage) or not upload.filename:
            return
        content = upload.stream.read(MAX_QUESTION_BYTES + 1)
        if len(content) > MAX_QUESTION_BYTES:
            raise ValidationError(TOO_LARGE)
        try:
            self.text.data = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(NOT_TEXT) from None

    def validate_text(self, field: TextAreaField) -> None:
        """Refuse a text beyond the limit; an empty one is refused only where no file was chosen."""
        if len((field.data or "").encode("utf-8", "replace")) > MAX_QUESTION_BYTES:
            raise ValidationError(TOO_LARGE)
        upload = self.file.data
        if not (field.data or "").strip() and not (isinstance(upload, FileStorage) and upload.filename):
            raise ValidationError(NOTHING)
