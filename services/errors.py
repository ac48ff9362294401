"""What can go wrong in a use case. `code` is stable, `message` is a sentence for the person.

ServiceError
├── NotFound               no such thing, or not for this person: the two look alike from outside
├── DraftConflict          the draft was saved elsewhere meanwhile; `theirs` is what stands there
├── ScoringFailed          the essay is safe but could not be marked; it is awaiting marking
└── Refused                a clear sentence says what to do instead; nothing was changed
    ├── EssayBlank · EssayTooLong · VeryShort       about the essay
    ├── PromptRetired · ClassClosed · NotAMember    about where it goes
    ├── JoinCodeUnknown · ClassNameInvalid          about classes
    ├── NothingHandedIn · RevealHeldBack            about disclosure
    ├── NotScoredYet · AlreadyReviewed · ReasonNeeded · TextTooLong · MarkOutOfBounds   about reviewing
    ├── CalibrationRefused                          about learning from reviews
    ├── DisplayNameInvalid · UsernameInvalid · UsernameTaken · InvitationInvalid        about accounts
    └── CodeRefused · NotErasable                   about accounts
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from models import Draft


class ServiceError(Exception):
    """Base of everything that a service raises on purpose."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(ServiceError):
    """No such thing, or not for this person."""

    code = "not-found"

    def __init__(self, message: str = "There is nothing here, or it is not yours to see.") -> None:
        super().__init__(message)


class DraftConflict(ServiceError):
    """The draft was saved elsewhere since this page was loaded; `theirs` is the draft as it stands."""

    code = "draft-conflict"

    def __init__(self, theirs: Draft) -> None:
        super().__init__(
            "This essay was also changed in another window. Both texts are kept: choose what to go on with."
        )
        self.theirs = theirs


class ScoringFailed(ServiceError):
    """The essay is stored, but the scorer could not mark it; `reason` is for the log."""

    code = "scoring-failed"

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Your essay is safe, but it could not be marked just now. It will be marked as soon as possible."
        )
        self.reason = reason


class Refused(ServiceError):
    """What was asked for cannot be done; the message says what to do instead."""

    code = "refused"


class EssayBlank(Refused):
    """There is no text to mark."""

    code = "essay-blank"

    def __init__(self) -> None:
        super().__init__("There is nothing to mark yet. Write your essay, then hand it in.")


class EssayTooLong(Refused):
    """The text is longer than an essay can be; `characters` and `limit` count characters."""

    code = "essay-too-long"

    def __init__(self, *, characters: int, limit: int) -> None:
        super().__init__(
            f"This text has {characters:,} characters; an essay may have {limit:,}. "
            "Shorten it and try again: nothing has been lost."
        )
        self.characters = characters
        self.limit = limit


class VeryShort(Refused):
    """The text is so short that handing it in may be a slip; confirm with `short_confirmed`."""

    code = "very-short"

    def __init__(self, *, words: int) -> None:
        counted = "1 word" if words == 1 else f"{words} words"
        super().__init__(f"This is very short ({counted}). Hand it in anyway, or go on writing?")
        self.words = words


class PromptRetired(Refused):
    """The question takes no new essays."""

    code = "prompt-retired"

    def __init__(self) -> None:
        super().__init__("This question is no longer set. Your earlier work on it stays in your history.")


class ClassClosed(Refused):
    """The class takes no new work or, where somebody is `joining`, no new members."""

    code = "class-closed"

    def __init__(self, name: str, *, joining: bool = False) -> None:
        super().__init__(
            f"The class “{name}” is closed and takes no new students. Ask your teacher to reopen it."
            if joining
            else f"The class “{name}” is closed and takes no new work. Your text is kept: "
            "hand it in as practice for yourself, or ask your teacher to reopen the class."
        )


class NotAMember(Refused):
    """The person has not joined the class, or has left it."""

    code = "not-a-member"

    def __init__(self) -> None:
        super().__init__(
            "You are not in this class. Join it with its code, or hand the essay in as practice for yourself."
        )


class JoinCodeUnknown(Refused):
    """No class has this code."""

    code = "join-code-unknown"

    def __init__(self) -> None:
        super().__init__("No class has this code. Check it with your teacher: it has six letters and digits.")


class ClassNameInvalid(Refused):
    """A class needs a name of a reasonable length."""

    code = "class-name-invalid"

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"Give the class a name of 1 to {limit} characters, such as “12B History”.")


class NothingHandedIn(Refused):
    """Key points are shown only after an essay has been handed in."""

    code = "nothing-handed-in"

    def __init__(self) -> None:
        super().__init__("Hand in an essay on this question first; then you can see its key points.")


class RevealHeldBack(Refused):
    """The teacher releases the key points of this class's work."""

    code = "reveal-held-back"

    def __init__(self) -> None:
        super().__init__("Your teacher will release the key points of this question to your class.")


class NotScoredYet(Refused):
    """Verdicts can only be reviewed once there are some."""

    code = "not-scored-yet"

    def __init__(self) -> None:
        super().__init__("This essay has not been marked by the machine yet. You can give the whole a mark.")


class AlreadyReviewed(Refused):
    """There is nothing left to confirm or to take back."""

    code = "already-reviewed"


class ReasonNeeded(Refused):
    """A verdict that differs from the machine's needs a reason, which the student sees."""

    code = "reason-needed"

    def __init__(self) -> None:
        super().__init__("Say why you decide otherwise: the student sees your reason.")


class TextTooLong(Refused):
    """A name, reason or comment is too long."""

    code = "text-too-long"

    def __init__(self, *, what: str, limit: int) -> None:
        super().__init__(f"The {what} may have {limit:,} characters. Shorten it and try again.")


class MarkOutOfBounds(Refused):
    """A mark below nothing or above the most that the question gives."""

    code = "mark-out-of-bounds"

    def __init__(self, *, max_score: float) -> None:
        super().__init__(f"Give a mark from 0 to {max_score:g}.")


class DisplayNameInvalid(Refused):
    """A name that cannot be shown to a teacher."""

    code = "display-name-invalid"

    def __init__(self, *, limit: int) -> None:
        super().__init__(f"Give a name of 1 to {limit} characters: it is what your teacher sees.")


class UsernameInvalid(Refused):
    """A name that nobody could sign in with."""

    code = "username-invalid"

    def __init__(self, *, low: int, high: int) -> None:
        super().__init__(
            f"A user name has {low} to {high} letters, digits, dots, hyphens or underscores, and no spaces."
        )


class UsernameTaken(Refused):
    """Somebody else signs in with this name."""

    code = "username-taken"

    def __init__(self) -> None:
        super().__init__("This user name is taken. Choose another, perhaps with a digit at the end.")


class InvitationInvalid(Refused):
    """A link that was used, has run out or never was."""

    code = "invitation-invalid"

    def __init__(self) -> None:
        super().__init__("This link has been used or has run out. Ask whoever runs Markscheme for a new one.")


class NotErasable(Refused):
    """A teacher's account, on which the marks of others rest."""

    code = "not-erasable"

    def __init__(self) -> None:
        super().__init__(
            "A teacher’s account cannot be erased: marks and reasons that students see rest on it. "
            "Change its name to one that says nothing, and close its classes."
        )


class CodeRefused(Refused):
    """A code of the second step that does not fit, or was used already."""

    code = "code-refused"

    def __init__(self) -> None:
        super().__init__(
            "This code does not fit. Type the one that your telephone shows now; each is good once, and the "
            "telephone’s clock has to be right."
        )


class CalibrationRefused(Refused):
    """There is too little to learn from, or what was learnt agrees less; the message has the figures."""

    code = "calibration-refused"
