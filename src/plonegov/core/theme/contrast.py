"""A town's colours: what is derived from brand and accent, and whether it can be read.

Contrast as WCAG 2.2 defines it, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio:
4.5 for text, 3 for controls and focus (success criteria 1.4.3 and 1.4.11). What is
derived here, and not the town's choice, reaches 7 (1.4.6).
"""

from colorsys import hls_to_rgb
from colorsys import rgb_to_hls

import re


TEXT = 4.5
CONTROL = 3.0
#: What our own colours reach (success criterion 1.4.6).
GOOD = 7.0

LIGHT = {
    "surface": "#ffffff",
    "text": "#17191c",
    "muted": "#4b5159",
    "border": "#767d86",
    "line": "#d5d9de",
    "ok": "#095a31",
    "warn": "#743f00",
    "danger": "#980f18",
    "info": "#164c80",
    "focus": "#ffd43b",
    "focus-ring": "#17191c",
}
DARK = {
    "surface": "#14171a",
    "text": "#eef0f2",
    "muted": "#b4bbc3",
    "border": "#7f8892",
    "line": "#3a4047",
    "ok": "#6fd39b",
    "warn": "#f3b562",
    "danger": "#ff9a94",
    "info": "#8cc4f5",
    "focus": "#ffd43b",
    "focus-ring": "#000000",
}

#: Token in front, token behind, contrast needed; held in light and in dark.
PAIRS = (
    ("text", "surface", TEXT),
    ("text", "surface-2", TEXT),
    ("muted", "surface", TEXT),
    ("muted", "surface-2", TEXT),
    ("brand", "surface", TEXT),
    ("brand", "surface-2", TEXT),
    ("brand-contrast", "brand", TEXT),
    ("brand-contrast", "brand-strong", TEXT),
    ("header-contrast", "header", TEXT),
    ("accent", "surface", CONTROL),
    ("accent", "surface-2", CONTROL),
    ("text", "accent-tint", TEXT),
    ("border", "surface", CONTROL),
    ("border", "surface-2", CONTROL),
    ("ok", "surface", TEXT),
    ("warn", "surface", TEXT),
    ("danger", "surface", TEXT),
    ("info", "surface", TEXT),
    ("ok", "surface-2", TEXT),
    ("warn", "surface-2", TEXT),
    ("danger", "surface-2", TEXT),
    ("info", "surface-2", TEXT),
    ("focus", "focus-ring", CONTROL),
)

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def contrast_ratio(a: str, b: str) -> float:
    """Return the contrast of two colours (``#rrggbb``), from 1 to 21.

    :raises ValueError: a colour is not written ``#rrggbb``.
    """
    first, second = _luminance(a), _luminance(b)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def palette(brand: str, accent: str) -> dict[str, dict[str, str]]:
    """Return the colours of a town: ``light`` and ``dark``, token to ``#rrggbb``.

    In light the town's colours stand as they are; in dark they are made lighter
    until they can be read as text there.

    :raises ValueError: a colour is not written ``#rrggbb``.
    """
    return {"light": _light(brand, accent), "dark": _dark(brand, accent)}


def problems(brand: str, accent: str) -> list[tuple[str, float, float]]:
    """Return what can't be read: (pair, its contrast, the contrast needed).

    A pair is named ``light: brand on surface``. An empty list is a good theme.

    :raises ValueError: a colour is not written ``#rrggbb``.
    """
    found = []
    for mode, tokens in palette(brand, accent).items():
        for front, behind, needed in PAIRS:
            ratio = contrast_ratio(tokens[front], tokens[behind])
            if ratio < needed:
                found.append((f"{mode}: {front} on {behind}", round(ratio, 2), needed))
    return found


def _light(brand: str, accent: str) -> dict[str, str]:
    surface = LIGHT["surface"]
    return LIGHT | {
        "surface-2": _mix(brand, surface, 0.05),
        "brand": brand.lower(),
        "brand-strong": _mix(brand, "#000000", 0.75),
        "brand-tint": _mix(brand, surface, 0.1),
        "brand-contrast": _readable_on(brand),
        "header": brand.lower(),
        "header-contrast": _readable_on(brand),
        "accent": accent.lower(),
        "accent-tint": _mix(accent, surface, 0.1),
    }


def _dark(brand: str, accent: str) -> dict[str, str]:
    surface = DARK["surface"]
    second = _mix(brand, "#1d2125", 0.06)
    lightened = _lightened(brand, second, GOOD)
    header = _mix(brand, surface, 0.45)
    return DARK | {
        "surface-2": second,
        "brand": lightened,
        "brand-strong": _mix(lightened, "#ffffff", 0.75),
        "brand-tint": _mix(brand, surface, 0.35),
        "brand-contrast": _readable_on(lightened),
        "header": header,
        "header-contrast": _readable_on(header),
        "accent": _lightened(accent, second, TEXT),
        "accent-tint": _mix(accent, surface, 0.22),
    }


def _lightened(color: str, behind: str, needed: float) -> str:
    """Return the colour in its hue, lighter in steps of 4 % until it can be read."""
    hue, start, saturation = rgb_to_hls(*(part / 255 for part in _channels(color)))
    for step in range(26):
        lightness = start + (1 - start) * step / 25
        parts = hls_to_rgb(hue, lightness, saturation)
        shade = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
        if contrast_ratio(shade, behind) >= needed:
            return shade
    return "#ffffff"


def _readable_on(color: str) -> str:
    return max("#ffffff", "#14171a", key=lambda text: contrast_ratio(text, color))


def _mix(color: str, other: str, share: float) -> str:
    """Return ``share`` of ``color`` in ``other``."""
    parts = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _channels(color: str) -> tuple[int, int, int]:
    if not _HEX.fullmatch(color):
        raise ValueError(f"{color!r} is not a colour written #rrggbb")
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
