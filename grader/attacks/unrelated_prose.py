"""Sensible sentences about nothing that is asked: what writers pad an answer with.

Three everyday subjects; those that share the fewest words with a rubric come first, so that a
question about bread is never padded with a passage about bread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.language.lexicon import stop_words

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_PASSAGES = (
    """
    A loaf begins with flour, water, salt and a spoonful of yeast. The dough is folded over and over
    until it no longer sticks to the fingers. Then it rests under a cloth in a warm kitchen, and after
    an hour it has grown to twice its size. A hot oven gives the crust its colour, because the sugar
    near the surface turns brown first. My grandmother used to knock on the bottom of every loaf and
    listen. If it sounded hollow she was satisfied, and if it did not she put it back without a word.
    Rye needs longer than wheat, and a stone helps to keep the heat even. Fresh bread should cool on a
    rack before anybody cuts it.
    """,
    """
    The harbour empties twice a day. At low tide the boats lie on their sides in the mud, and herons
    walk between the ropes. Children look for crabs under the weed with a bucket and a piece of bacon.
    When the water comes back it arrives first in the narrow channels, silently, and then all at once.
    Sailors read the tables that hang beside the slipway, since a keel that touches the sand may stay
    there until supper. On windy evenings the halyards ring against the masts like small bells. The
    ferry leaves when there is enough depth, which is never quite when the passengers expect it. Gulls
    follow it as far as the lighthouse.
    """,
    """
    A puncture is mended in ten minutes by anyone who has done it twice. The wheel comes out, the tyre
    is eased over the rim with two levers, and the tube is pulled from its place. Pumped up and held
    under water, it shows the hole by a thread of bubbles. The rubber is roughened with sandpaper, the
    glue has to dry until it feels tacky, and only then is the patch pressed down. It pays to run a
    thumb along the inside of the tyre, for the thorn is often still there. Cyclists who carry a spare
    tube do the gluing at home. A chain wants a drop of oil every week in winter. Brakes squeal when the
    rims are dirty.
    """,
)


def unrelated_sentences(words_of_rubric: frozenset[str]) -> Iterator[str]:
    """Yield sentences without end, beginning with the passages that share the fewest words with a rubric."""
    passages = sorted(_PASSAGES, key=lambda passage: len(content_words(passage) & words_of_rubric))
    while True:
        for passage in passages:
            yield from re.split(r"(?<=[.]) ", " ".join(passage.split()))


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that say something by themselves, in small letters."""
    return frozenset(word.lower() for word in WORD.findall(text)) - stop_words()
