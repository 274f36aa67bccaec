"""``theme.css``: the town's colours as CSS custom properties."""

from plonegov.core.api import municipality
from plonegov.core.municipality.model import Theme
from plonegov.core.theme.contrast import palette
from plonegov.core.theme.emblem import cached_forever
from Products.Five import BrowserView


def custom_properties(theme: Theme) -> str:
    """Return the style sheet with the town's tokens; dark is for screens only."""
    colors = palette(theme.brand, theme.accent)
    return (
        f":root{{color-scheme:light;{_rules(colors['light'])}}}\n"
        "@media screen and (prefers-color-scheme:dark){"
        f":root{{color-scheme:dark;{_rules(colors['dark'])}}}}}\n"
    )


def _rules(tokens: dict[str, str]) -> str:
    return "".join(f"--pg-{name}:{value};" for name, value in tokens.items())


class ThemeCss(BrowserView):
    def __call__(self) -> str:
        text = custom_properties(municipality().theme)
        return cached_forever(self.request, text, "text/css; charset=utf-8")
