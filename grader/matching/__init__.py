"""Compare every passage of an essay with every key point, by content words alone.

TF-IDF over the rubric's phrasings (accepted, partial, contrary) against windows of one to three
units. Binary term weights: saying a word twice says nothing more. Beside cosine and coverage stands
the measure that told most on marked essays: how many of a point's *own* words a window has, each
weighed by its log odds for this point against all the others (as in naive Bayes).

scikit-learn's `TfidfVectorizer` weighs the terms and turns the phrasings into vectors (`term_weights`);
essays meet them in numpy, where one product serves all windows, and a test holds both to the same
cosines. Refuses to judge: it yields numbers, `verdicts` decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise

import numpy as np
from scipy.sparse import csr_array

from grader.language.lexicon import concepts
from grader.language.negation import denied_in
from grader.language.tokens import Token, tokenise
from grader.matching.contrasts import Contrasts
from grader.matching.essentials import Essentials, read_word
from grader.matching.term_weights import PhrasingWeights
from grader.matching.vocabulary import Vocabulary
from grader.matching.windows import Floats, Indices, Reading, Windows
from grader.rubric import Prompt
from grader.text import FoldedText, fold

KINDS = ACCEPT, PARTIAL, CONTRARY = (0, 1, 2)
_UNKNOWN_WEIGHT = 2.0
"""Weight in a window's length of a content word that the rubric does not know."""
_MOST_OWN = 2.0
TELLING = 0.05
"""Share of a typical phrasing's weight from which a word is a point's own."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of saying (half, the opposite of) a key point: the words that it denies, and what it says."""

    point: int
    kind: int
    tokens: tuple[Token, ...]
    denied: tuple[bool, ...]
    said: Reading = ()


@dataclass(frozen=True, slots=True)
class Similarities:
    """Windows x key points: how near each window is to each point.

    The cosine with the nearest accepted phrasing, `accept`, and the share of one that is said, `covered`,
    lie in [0, 1]; `own_words` is 1 for a typical accepted phrasing; `groups` and `groups_loosely` are shares.
    `tells_point`, `tells_whole` and `tells_opposite` are about 1 for a yes and 0 for a no (`contrasts`).
    """

    accept: Floats
    covered: Floats
    own_words: Floats
    groups: Floats
    groups_loosely: Floats
    tells_point: Floats
    tells_whole: Floats
    tells_opposite: Floats


def read_phrasings(prompt: Prompt) -> list[Phrasing]:
    """Tokenise every phrasing of a rubric, in key-point order, accepted ones first."""
    return [
        _read_phrasing(number, kind, fold(text))
        for number, point in enumerate(prompt.key_points)
        for kind, texts in enumerate(((point.text, *point.accept), point.partial, point.contrary))
        for text in texts
    ]


def _read_phrasing(point: int, kind: int, folded: FoldedText) -> Phrasing:
    tokens = tokenise(folded.text, folded.cased)
    return Phrasing(point, kind, tuple(tokens), tuple(denied_in(folded.text, tokens)))


class RubricIndex:
    """A rubric turned into matrices, once; only read afterwards.

    `own_words` holds for each point the words that tell for it, a typical phrasing of it being 1 in all.
    """

    def __init__(self, prompt: Prompt) -> None:
        phrasings = read_phrasings(prompt)
        question = tokenise(fold(prompt.question).text)
        groups = [group for point in prompt.key_points for group in point.essentials]
        essential = [read_word(word).folded for group in groups for word in group.words]
        self.vocabulary = Vocabulary([p.tokens for p in phrasings], essential)
        read = zip(phrasings, self.vocabulary.readings, strict=True)
        self.phrasings = [replace(phrasing, said=reading) for phrasing, reading in read]
        self.essentials = Essentials(prompt.key_points, self.vocabulary, question)
        fitted = PhrasingWeights(self.vocabulary.documents, self.vocabulary.ids, {t.term for t in question})
        self.vectoriser, self.weights, self._matrix = fitted.vectoriser, fitted.weights, fitted.said
        self._points = len(prompt.key_points)
        self._columns = {kind: self._columns_of(kind) for kind in (ACCEPT, PARTIAL)}
        self._ranks = _Ranks(self._columns[ACCEPT])
        sizes = np.asarray((self.weights**2) @ self._matrix + 1e-6, dtype=np.float32)
        self._sizes = sizes[self._ranks.order]
        self._lengths = np.sqrt(self._sizes)
        self.term_weights: Mapping[str, float] = dict(
            zip(self.vocabulary.ids, self.weights.tolist(), strict=True)
        )
        self._doings = self._doing_terms()
        self._own = self._scaled(self._own_odds())
        self._own_weights: list[list[float]] = self._own.T.tolist()
        self.own_words: list[Mapping[str, float]] = [
            {term: weight for term, weight in zip(self.vocabulary.ids, weights, strict=True) if weight}
            for weights in self._own_weights
        ]
        self._contrasts = self._learn_contrasts()
        self._measures, self._cuts = self._all_measures()

    def _learn_contrasts(self) -> Contrasts:
        vectors = self.weights[:, None] * self._matrix
        vectors /= np.linalg.norm(vectors, axis=0) + 1e-6
        # an opposite that denies uses the words of the point: it would teach that they speak against it
        told = np.flatnonzero([p.kind != CONTRARY or not any(p.denied) for p in self.phrasings])
        kinds = np.array([phrasing.kind for phrasing in self.phrasings])[told]
        points = np.array([phrasing.point for phrasing in self.phrasings], dtype=np.intp)[told]
        return Contrasts.learn(vectors.T[told], points, kinds == PARTIAL, kinds == CONTRARY)

    def _columns_of(self, kind: int) -> list[Indices]:
        """Return the columns of each point's phrasings of one kind."""
        own: list[list[int]] = [[] for _ in range(self._points)]
        for column, phrasing in enumerate(self.phrasings):
            if phrasing.kind == kind:
                own[phrasing.point].append(column)
        return [np.array(columns, dtype=np.intp) for columns in own]

    def _doing_terms(self) -> frozenset[str]:
        """Return the terms that say what is done rather than name a thing: inflected verbs, polar ideas."""
        tokens = (token for phrasing in self.phrasings for token in phrasing.tokens)
        verbs = {t.term for t in tokens if t.content and len(t.word) > 4 and t.word.endswith(("ed", "ing"))}
        polar = {f"@{concept.name}" for concept in concepts() if concept.opposite}
        return frozenset(verbs | polar) & self.vocabulary.ids.keys()

    def is_doing(self, term: str) -> bool:
        """Tell whether a term is a doing or a state, which can be denied, rather than a thing."""
        return term in self._doings

    def own_weight(self, term: str, point: int) -> float:
        """Return how much a term tells for one point, a typical phrasing of it being 1 in all."""
        return self.own_words[point].get(term, 0.0)

    def _own_odds(self) -> Floats:
        """Terms x points: how much a term tells for a point rather than any other (log odds >= 0)."""
        mine = [
            np.concatenate(pair) for pair in zip(self._columns[ACCEPT], self._columns[PARTIAL], strict=True)
        ]
        used = np.stack([self._matrix[:, columns].sum(axis=1) for columns in mine], axis=1)
        sizes = np.array([len(columns) for columns in mine], dtype=np.float32)
        rate = (used + 0.2) / (sizes + 1.0)
        elsewhere = (used.sum(axis=1, keepdims=True) - used + 0.5) / (sizes.sum() - sizes + 2.0)
        odds = np.where(used > 0, np.maximum(np.log(rate / elsewhere), 0.0), 0.0)
        return np.asarray(odds * np.minimum(self.weights, 1.0)[:, None], dtype=np.float32)

    def _scaled(self, odds: Floats) -> Floats:
        """Scale each point's column so that a typical accepted phrasing adds up to 1."""
        typical = [
            float(np.mean(odds[:, point] @ self._matrix[:, columns])) if len(columns) else 1.0
            for point, columns in enumerate(self._columns[ACCEPT])
        ]
        return np.asarray(odds / np.maximum(typical, 0.3), dtype=np.float32)

    def compare(self, windows: Windows) -> Similarities:
        """Measure every window against every key point."""
        return self.compare_many([windows])[0]

    def compare_many(self, essays: Sequence[Windows]) -> list[Similarities]:
        """Measure the windows of many essays in one product; each has at least one.

        The product is sparse: fast in one thread, and alike wherever it runs, where a dense one would
        wake a pool of threads that costs more than it saves.
        """
        if not essays:
            return []
        counted: Floats = _said(essays, len(self.weights)) @ self._measures
        shared, squares, own_words, hits, tells = (
            counted[:, start:end] for start, end in pairwise(self._cuts)
        )
        unknown: Floats = np.concatenate([windows.unknown for windows in essays])
        length: Floats = np.sqrt(squares[:, 0] + _UNKNOWN_WEIGHT**2 * unknown)
        shares = np.empty((2, *shared.shape), dtype=np.float32)
        np.divide(shared, length[:, None] * self._lengths + 1e-6, out=shares[0])
        np.divide(shared, self._sizes, out=shares[1])
        told = tells / (np.sqrt(squares) + 1e-6) + self._contrasts.biases
        point, whole, opposite = told.reshape(len(told), 3, self._points).swapaxes(0, 1)
        every = (
            *self._ranks.largest(shares),
            np.minimum(own_words, _MOST_OWN),
            *self.essentials.shares(hits),
            point,
            whole,
            opposite,
        )
        ends = accumulate([len(windows.first) for windows in essays], initial=0)
        return [Similarities(*[measure[start:end] for measure in every]) for start, end in pairwise(ends)]

    def gathered(self, windows: Windows, units: Sequence[int], point: int) -> float:
        """Return how much of a point's own words some units say between them, wherever they stand."""
        own = self._own_weights[point]
        terms = {*chain.from_iterable([windows.said[unit] for unit in units])}
        return min(sum([own[term] for term in terms]), _MOST_OWN)

    def _all_measures(self) -> tuple[Floats, list[int]]:
        """Return terms x all that is counted in windows, and the columns where the parts begin and end."""
        squares = self.weights[:, None] ** 2
        parts = (
            squares * self._matrix[:, self._ranks.order],
            squares,
            self._own,
            self.essentials.matrix,
            self.weights[:, None] * self._contrasts.weights,
        )
        return np.hstack(parts), np.cumsum([0, *(part.shape[1] for part in parts)]).tolist()


class _Ranks:
    """Phrasings in an order that finds the largest value of each point's with few long steps.

    First the first phrasing of every point, those with the most phrasings leading, then the second of
    each that has one, and so on: `order` are their columns.
    """

    def __init__(self, columns: Sequence[Indices]) -> None:
        owners = sorted(range(len(columns)), key=lambda point: -len(columns[point]))
        most = max(len(own) for own in columns)
        ranks = [[columns[p][rank] for p in owners if len(columns[p]) > rank] for rank in range(most)]
        self._places = np.argsort(owners)
        self.order: Indices = np.array([column for rank in ranks for column in rank], dtype=np.intp)
        self._cuts = np.cumsum([len(rank) for rank in ranks]).tolist()

    def largest(self, values: Floats) -> Floats:
        """Return (..., points) from (..., order); every point has a phrasing, if only its statement."""
        best = values[..., : self._cuts[0]].copy()
        for start, end in pairwise(self._cuts):
            led = best[..., : end - start]
            np.maximum(led, values[..., start:end], out=led)
        return best[..., self._places]


def _said(essays: Sequence[Windows], terms: int) -> csr_array:
    """Return windows x terms, 1 where a window says a term."""
    units = [unit for windows in essays for unit in windows.said]
    ends = np.array([*accumulate(map(len, units), initial=0)])
    numbers = np.fromiter(chain.from_iterable(units), dtype=np.intp, count=int(ends[-1]))
    before = accumulate([len(windows.said) for windows in essays], initial=0)
    placed = [(w.first + at, w.last + at + 1) for w, at in zip(essays, before, strict=False)]
    first = ends[np.concatenate([begun for begun, _ in placed])]
    sizes = ends[np.concatenate([ended for _, ended in placed])] - first
    # the terms of neighbouring units stand side by side: a window's are one run, some of them twice
    window = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(window)) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
    pairs = np.sort(window * terms + numbers[place])
    fresh = np.ones(len(pairs), dtype=bool)
    np.not_equal(pairs[1:], pairs[:-1], out=fresh[1:])
    rows, columns = np.divmod(pairs[fresh], terms)
    bounds = np.searchsorted(rows, np.arange(len(sizes) + 1)).astype(np.int32)
    ones = np.ones(len(rows), dtype=np.float32)
    return csr_array((ones, columns.astype(np.int32), bounds), shape=(len(sizes), terms))
