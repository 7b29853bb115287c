from functools import lru_cache
from math import cos, pi, sin

from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=512)
def imprint_svg(digest: str) -> SafeString:
    """The rosette drawn from a digest (64 hex digits). A figure to recognize, not a proof."""
    b = bytes.fromhex(digest)
    depth = 9 + b[2] % 6
    outer = _ring(7 + b[0] % 8, 38 - depth / 2, depth)
    inner = _ring(4 + b[3] % 8, 14 + b[6] % 5, 4 + b[5] % 5)
    return format_html(
        '<svg class="imprint" viewBox="-40 -40 80 80" aria-hidden="true">{}{}<circle r="39"/></svg>',
        _turned(outer, f"o{digest[:6]}", 7 + b[0] % 8, 3 + b[1] % 3),
        _turned(inner, f"n{digest[:6]}", 4 + b[3] % 8, 2 + b[4] % 3),
    )


def _ring(lobes: int, radius: float, depth: float) -> str:
    """A closed path: quadratic curves through the midpoints of 2 * lobes points, the points as handles."""
    points = []
    for i in range(2 * lobes):
        r, angle = radius + (depth if i % 2 else -depth), pi * i / lobes
        points.append((r * cos(angle), r * sin(angle)))
    middles = [((x + x2) / 2, (y + y2) / 2) for (x, y), (x2, y2) in zip(points, points[1:] + points[:1], strict=True)]
    curves = [f"Q{_at(point)} {_at(middle)}" for point, middle in zip(points, middles, strict=True)]
    return f"M{_at(middles[-1])}{''.join(curves)}z"


def _turned(path: str, name: str, lobes: int, copies: int) -> SafeString:
    turns = "".join(
        f'<use href="#{name}" transform="rotate({_number(360 / lobes * j / copies)})"/>' for j in range(1, copies)
    )
    return SafeString(f'<path id="{name}" d="{path}"/>{turns}')


def _at(point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if round(value, 1) else "0"
