"""What shows that a page or a mail was not put into its language."""

from pathlib import Path

import html
import polib
import re


SUITE = Path(__file__).parents[2] / "src" / "plonegov"
#: Shorter texts are words that languages share.
SHORTEST = 12
LEFT_OVER = re.compile(r"\$\{|\{[a-z_]+\}|\b(?:question|error|label|mail)_[a-z_]+\b")


def untranslated(language: str) -> frozenset[str]:
    """Return the English texts of the suite that read otherwise in a language."""
    found = set()
    for po in SUITE.glob(f"*/locales/{language}/LC_MESSAGES/*.po"):
        english = po.parents[2] / "en" / "LC_MESSAGES" / po.name
        texts = {entry.msgid: entry.msgstr for entry in polib.pofile(str(english))}
        for entry in polib.pofile(str(po)):
            text = texts.get(entry.msgid, "")
            if len(text) >= SHORTEST and "${" not in text and text != entry.msgstr:
                found.add(text)
    return frozenset(found)


def faults_of(text: str, english: frozenset[str]) -> list[str]:
    """Return placeholders and ids that were left over, and sentences in English."""
    plain = " ".join(html.unescape(text).split())
    return LEFT_OVER.findall(plain) + [each for each in english if each in plain]
