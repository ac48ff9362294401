"""Does a passage say what a key point says, or the opposite?

Puts together what single words say (`leanings`), how they are ordered and denied (`word_order`), the
figures beside them (`figures`), and whether the passage is a phrasing word for word (`verbatim`).
Measures only; `verdicts` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, compress
from typing import NamedTuple

from grader.language.names import KINS
from grader.language.numbers import NumberKind
from grader.language.tokens import Token
from grader.matching import ACCEPT, CONTRARY, Phrasing, RubricIndex
from grader.matching.verbatim import Sense, Wording, Wordings, sense_of
from grader.stance.figures import Figure, figures_by_kind, figures_in, is_known
from grader.stance.leanings import ALONG, DENIED, REVERSED, SAID_OF_OPPOSITE, Elsewhere, Signed, read_leanings
from grader.stance.rivals import Rivals
from grader.stance.word_order import KnownOrders, Ordered


class Stance(NamedTuple):
    """How a passage stands to a key point; weights are log odds, summed.

    `contrary` adds up words that the rubric says only of the opposite, `denied` accepted doings that
    are denied, `reversed` ideas whose opposite the rubric states, `along` what speaks for the point.
    `disorder` is the share of an accepted phrasing that is said in another order ("A sacked B"),
    `flipped` the share that is denied where the phrasing does not, or the other way round,
    `denied_share` the share of the point's own words that is denied, and in no accepted phrasing.
    `figure_clash` and `figure_agrees` are shares of the accepted phrasings that give a figure of that
    kind. `turned` is the word that speaks most against the point, `turned_by` how. `verbatim` is 1 for a
    passage that says an accepted phrasing word for word, -1 for a contrary one, and otherwise 0.
    """

    contrary: float = 0.0
    denied: float = 0.0
    reversed: float = 0.0
    along: float = 0.0
    disorder: float = 0.0
    flipped: float = 0.0
    denied_share: float = 0.0
    figure_clash: float = 0.0
    figure_agrees: float = 0.0
    clash: Figure | None = None
    expected: str | None = None
    turned: Token | None = None
    turned_by: str = ""
    verbatim: int = 0


NO_STANCE = Stance()
"""Of a passage that does not speak of the point, or has not been asked."""


class Passage(NamedTuple):
    """A unit of an essay as the stances of all key points see it, so that it is read once for all of them.

    `denied` runs beside the tokens, and so does `reported`, which marks claims that are reported to be
    refuted; it is empty where there are none. `signed` are the terms said, by place, each with whether it is
    denied.
    """

    tokens: Sequence[Token]
    denied: Sequence[bool]
    reported: Sequence[bool]
    denies: bool
    signed: Sequence[tuple[int, Signed]]
    ordered: Ordered
    figures: Mapping[NumberKind, Sequence[Figure]]

    @classmethod
    def of(
        cls,
        index: RubricIndex,
        tokens: Sequence[Token],
        signed: Sequence[tuple[int, Signed]],
        denied: Sequence[bool],
        reported: Sequence[bool] = (),
    ) -> Passage:
        """Read a run of tokens, which say what is `signed`."""
        figures: dict[NumberKind, list[Figure]] = {}
        for figure in figures_in(tokens):
            figures.setdefault(figure.number.kind, []).append(figure)
        ordered = Ordered.of(index, tokens, denied)
        return cls(tokens, denied, reported, True in denied, signed, ordered, figures)

    def beside(self, index: RubricIndex) -> Passage:
        """Return what the passage says beside the claims that it reports to be refuted."""
        stated = [not claim for claim in self.reported]
        places = list(accumulate(stated, initial=0))
        signed = [(places[at], sign) for at, sign in self.signed if stated[at]]
        tokens, denied = list(compress(self.tokens, stated)), list(compress(self.denied, stated))
        return Passage.of(index, tokens, signed, denied)


class PointStance:
    """What one key point and its opposite sound like, learnt from the rubric's phrasings."""

    def __init__(self, index: RubricIndex, number: int, elsewhere: Elsewhere, rivals: Rivals) -> None:
        own = [p for p in index.phrasings if p.point == number]
        accepted = [p for p in own if p.kind == ACCEPT]
        self._index = index
        self._own_words = index.own_words[number]
        self._lean = {
            (term, no): (kind, lean * self._say(term))
            for (term, no), (kind, lean) in read_leanings(index, own, elsewhere).items()
            if lean
        }
        self._figures = figures_by_kind([p.tokens for p in accepted])
        self._often_denied = frozenset(term for p in accepted for term, no in _signs(p) if no)
        self._orders = KnownOrders(index, [Ordered.of(index, p.tokens, p.denied) for p in accepted])
        self._wordings = wordings_of(own)
        self._accepted = len(accepted)
        self._told_elsewhere = partial(rivals.tell, point=number)

    def read(self, passage: Passage, whole: Sense) -> Stance:
        """Measure a passage; `whole` is what it says together with its neighbours, in order."""
        sums = dict.fromkeys((SAID_OF_OPPOSITE, DENIED, REVERSED, ALONG), 0.0)
        strongest, turned, turned_by, leans = 0.0, None, "", self._lean
        heard: dict[int, tuple[str, float]] = {}  # a word and the ideas in it count once, as the strongest
        for at, signed in passage.signed:
            if signed in leans and (at not in heard or leans[signed][1] > heard[at][1]):
                heard[at] = leans[signed]
        for at, (kind, lean) in heard.items():
            sums[kind] += lean
            if kind != ALONG and lean > strongest:
                strongest, turned, turned_by = lean, passage.tokens[at], kind
        clash, expected, weight, agrees = self._compare_figures(passage)
        return Stance(
            sums[SAID_OF_OPPOSITE],
            sums[DENIED],
            sums[REVERSED],
            sums[ALONG],
            *self._orders.compare(passage.ordered),
            self._denied_share(passage),
            weight,
            agrees,
            clash,
            expected,
            turned,
            turned_by,
            self._wordings.read(whole),
        )

    def _say(self, term: str) -> float:
        """Weigh down the words of the question and of every second phrasing."""
        return min(1.0, self._index.term_weights.get(term, 1.0))

    def stated(self, passage: Passage) -> float:
        """Return the share (0 to 1) of the point's own words that is not reported to be refuted."""
        if not passage.reported:
            return 1.0
        weights = self._weights(passage)
        stated = (0.0 if no else weight for weight, no in zip(weights, passage.reported, strict=True))
        return sum(stated) / max(1e-6, sum(weights))

    def _denied_share(self, passage: Passage) -> float:
        """Return the share (0 to 1) of the point's own words that is denied, and in no accepted phrasing."""
        if not passage.denies:
            return 0.0
        weights = self._weights(passage)
        against = (
            weight
            for token, weight in compress(zip(passage.tokens, weights, strict=True), passage.denied)
            if token.term not in self._often_denied
        )
        return sum(against) / max(1e-6, sum(weights))

    def _weights(self, passage: Passage) -> list[float]:
        return [self._own_words.get(token.term, 0.0) for token in passage.tokens]

    def _compare_figures(self, passage: Passage) -> tuple[Figure | None, str | None, float, float]:
        """Compare figures of a kind that the point gives; another point's, told beside it, do not clash."""
        clash, expected, weight, agrees = None, None, 0.0, 0.0
        for kind, known in self._figures.items() if passage.figures else ():
            given = passage.figures.get(kind, ())
            comparable = [f for f in given if kind is not NumberKind.COUNT or f.beside & known.beside]
            right = [f for f in given if is_known(f.number, known.values)]
            share = known.phrasings / max(1, self._accepted)
            if right:
                agrees = max(agrees, share)
            elif comparable and share > weight:
                said = {KINS[token.term] for token in passage.tokens}
                clashing = [f for f in comparable if not self._told_elsewhere(f.number.term, said)]
                if clashing:
                    clash, expected, weight = clashing[0], known.said, share
        return clash, expected, weight, agrees


def wordings_of(phrasings: Iterable[Phrasing]) -> Wordings:
    """Return the accepted and contrary wordings among some phrasings."""
    known = (phrasing for phrasing in phrasings if phrasing.kind in (ACCEPT, CONTRARY))
    return Wordings(Wording(p.point, sense_of(p.said, p.denied), p.kind == ACCEPT) for p in known)


def _signs(phrasing: Phrasing) -> Iterator[tuple[str, bool]]:
    return ((token.term, no) for token, no in zip(phrasing.tokens, phrasing.denied, strict=True))
