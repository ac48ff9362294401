"""Draw curves as a small SVG: no library, no script, legible in print and without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 560, 320
LEFT, RIGHT, TOP, BOTTOM = 52, 130, 20, 48
_DASHES = ("none", "6 4", "2 3")


@dataclass(frozen=True, slots=True)
class Curve:
    """A name and its points: (how many, share from 0 to 1)."""

    name: str
    points: Sequence[tuple[float, float]]


def draw(curves: Sequence[Curve], below: str) -> str:
    """Return an SVG of curves over a common axis, which `below` names."""
    widest = max(x for curve in curves for x, _ in curve.points)
    parts = [*_axes(curves[0], widest, below)]
    for curve, dash in zip(curves, _DASHES, strict=False):
        parts.extend(_curve(curve, widest, dash))
    style = "font:13px sans-serif;fill:#222;background:#fff"
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} style="{style}">\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _across(x: float, widest: float) -> float:
    return round(LEFT + x / widest * (WIDTH - LEFT - RIGHT), 1)


def _down(y: float) -> float:
    return round(HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM), 1)


def _axes(curve: Curve, widest: float, below: str) -> Iterator[str]:
    for tenth in range(0, 11, 2):
        y = _down(tenth / 10)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{tenth / 10:.1f}</text>'
    for x, _ in curve.points:
        yield f'<text x="{_across(x, widest)}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{x:g}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{escape(below)}</text>'


def _curve(curve: Curve, widest: float, dash: str) -> Iterator[str]:
    places = [(_across(x, widest), _down(y)) for x, y in curve.points]
    path = " ".join(f"{x},{y}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="#234" stroke-width="2" stroke-dasharray="{dash}"/>'
    for (x, y), (_, value) in zip(places, curve.points, strict=True):
        yield f'<circle cx="{x}" cy="{y}" r="3" fill="#234"/>'
        yield f'<text x="{x}" y="{y - 8}" text-anchor="middle" font-size="11">{value:.2f}</text>'
    x, y = places[-1]
    yield f'<text x="{x + 12}" y="{y + 4}">{escape(curve.name)}</text>'
