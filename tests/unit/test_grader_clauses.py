"""Who does what to whom in a sentence, as far as closed lists and endings tell."""

from __future__ import annotations

import pytest

from grader.language.clauses import read_roles
from grader.language.tokens import tokenise
from grader.text import fold

DOINGS = frozenset(("pump", "kill", "split"))


def roles(text: str) -> set[str]:
    """Return the roles of the words of a sentence as "role verb-or-word who"."""
    folded = fold(text)
    tokens = tokenise(folded.text, folded.cased)
    found = read_roles(tokens, [token.word for token in tokens], DOINGS)
    return {f"{role} {of} {tokens[at].word}" for role, of, at in found}


@pytest.mark.parametrize(
    "text, said",
    [
        ("Aldric dismissed Osric.", {"does dismissed aldric", "suffers dismissed osric"}),
        ("Osric was dismissed by Aldric.", {"does dismissed aldric", "suffers dismissed osric"}),
        ("It was Aldric who dismissed Osric.", {"does dismissed aldric", "suffers dismissed osric"}),
        ("In 1066 Aldric dismissed Osric.", {"does dismissed aldric", "suffers dismissed osric"}),
        ("Aldric had Osric killed.", {"does killed aldric", "suffers killed osric"}),
        ("Aldric wanted Osric to leave.", {"does wanted aldric", "suffers wanted osric", "does leave osric"}),
        ("The heart pumps blood.", {"does pumps heart", "suffers pumps blood"}),
        ("They blamed Osric and Aldric killed Edwin.", {"does killed aldric", "suffers killed edwin"}),
        ("Aldric put the blame on Osric.", {"does put aldric", "suffers put blame", "on blame osric"}),
    ],
)
def test_a_word_has_the_role_that_its_place_gives_it(text: str, said: set[str]) -> None:
    assert said <= roles(text)


def test_a_pronoun_does_what_a_name_further_back_does_not() -> None:
    assert not any(role.startswith("does killed") for role in roles("Aldric came and he killed Osric."))


def test_an_adjective_is_no_verb() -> None:
    assert roles("The planned attack failed.") == {"does failed planned", "does failed attack"}


def test_nothing_says_nothing() -> None:
    assert roles("") == set()


def test_a_figure_hangs_on_its_preposition_alone() -> None:
    said = roles("By 1066 half of the council had been killed.")
    assert any(role.startswith("by ") and role.endswith(" 1066") for role in said)
    assert not any(role.endswith(" 1066") and role.startswith(("does", "suffers")) for role in said)
