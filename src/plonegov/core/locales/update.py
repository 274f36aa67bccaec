"""Keep each add-on's messages and translations in line with its texts.

``python -m plonegov.core.locales.update`` extracts the texts of every add-on of the
checkout (Python, page templates, ZCML, GenericSetup and EasyForm XML) into its
``.pot``, brings fr, nl, en and es in line and says what is missing. With ``--check``
it writes nothing and fails on anything stale, untranslated, fuzzy or with other
placeholders than the original. With ``--missing`` it lists what is to translate.

English is filled from the defaults. When a default changes, the other languages'
entries become fuzzy. Needs the distribution's extra ``test``.
"""

from collections.abc import Iterator
from contextlib import redirect_stderr
from i18ndude import catalog
from pathlib import Path
from plonegov.core.languages import LANGUAGES

import argparse
import io
import polib
import re
import sys
import warnings


SOURCE_LANGUAGE = "en"
READERS = (
    catalog.PTReader,
    catalog.PYReader,
    catalog.GSReader,
    catalog.ZCMLReader,
)
SUITE = Path(__file__).parents[2]
ENTITY = re.compile(r"&#?\w+;")
PLACEHOLDER = re.compile(r"\$(?:\{\w+\}|[A-Za-z_]\w*)")


class Locales:
    """The message catalogs of one add-on, a folder with a ``configure.zcml``."""

    def __init__(self, addon: Path) -> None:
        self.addon = addon
        self.domain = f"plonegov.{addon.name}"
        self.pot = addon / "locales" / f"{self.domain}.pot"

    def po(self, language: str) -> Path:
        """Return the path of a language's translations."""
        folder = self.addon / "locales" / language / "LC_MESSAGES"
        return folder / f"{self.domain}.po"

    def extract(self) -> tuple[polib.POFile, list[str]]:
        """Return the messages found in the add-on and the extractors' complaints."""
        messages: dict[str, polib.POEntry] = {}
        complaints = io.StringIO()
        with redirect_stderr(complaints), warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always", UserWarning)
            for reader_class in READERS:
                reader = reader_class(
                    [str(self.addon)], self.domain, include_line_numbers=False
                )
                reader.read()
                for found in reader.catalogs.get(self.domain, {}).values():
                    self._collect(messages, found, complaints)
        pot = new_catalog(self.domain)
        pot.extend(messages[msgid] for msgid in sorted(messages))
        conflicts = [str(each.message) for each in said if each.category is UserWarning]
        told = complaints.getvalue().replace("\nThe references", " The references")
        told = told.replace("are:\n", "are: ").splitlines()
        return pot, [*(each.replace("\n", " ") for each in conflicts), *told]

    def _collect(self, messages, found, complaints) -> None:
        default = polib.unescape(found.msgstr).strip()
        known = messages.setdefault(
            found.msgid, polib.POEntry(msgid=found.msgid, comment=as_comment(default))
        )
        if default and known.comment != as_comment(default):
            if known.comment:
                complaints.write(f"{found.msgid}: two different English texts\n")
            known.comment = as_comment(default)
        if ENTITY.search(english(known)):
            complaints.write(f"{found.msgid}: an HTML entity, write the character\n")
        places = {place for place, _line in known.occurrences}
        places |= {self._place(reference) for reference in found.references}
        known.occurrences = [(place, "") for place in sorted(places)]

    def _place(self, reference: str) -> str:
        path = Path(reference.split(":")[0])
        return path.relative_to(self.addon.parents[1]).as_posix()

    def sync(self) -> None:
        """Write the ``.pot`` and bring each language in line with it."""
        pot, _complaints = self.extract()
        if not pot:
            return
        self.pot.parent.mkdir(exist_ok=True)
        pot.save(str(self.pot))
        for language in LANGUAGES:
            self._sync_language(pot, language)

    def _sync_language(self, pot: polib.POFile, language: str) -> None:
        path = self.po(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        old = {entry.msgid: entry for entry in read(path)}
        new = new_catalog(self.domain, language)
        for message in pot:
            entry = polib.POEntry(
                msgid=message.msgid,
                comment=message.comment,
                occurrences=message.occurrences,
            )
            known = old.get(message.msgid)
            if language == SOURCE_LANGUAGE:
                entry.msgstr = english(message)
            elif known is not None and known.msgstr:
                entry.msgstr = known.msgstr
                changed = not same_english(known, message)
                entry.flags = ["fuzzy"] if changed or known.fuzzy else []
            new.append(entry)
        new.save(str(path))

    def problems(self) -> Iterator[str]:
        """Say what keeps the add-on from being complete in all languages."""
        pot, complaints = self.extract()
        yield from (f"{self.domain}: {line}" for line in complaints)
        if str(pot) != str(read(self.pot)):
            yield f"{self.domain}: the .pot is stale, run make i18n"
        for language in LANGUAGES:
            known = {entry.msgid: entry for entry in read(self.po(language))}
            for message in pot:
                fault = fault_of(message, known.pop(message.msgid, None), language)
                if fault:
                    yield f"{self.domain} {language}: {message.msgid}: {fault}"
            for msgid in known:
                yield f"{self.domain} {language}: {msgid}: is no longer used"

    def missing(self) -> Iterator[tuple[str, str, str]]:
        """List language, message id and English text of what is to translate."""
        for language in LANGUAGES:
            for entry in read(self.po(language)):
                if entry.fuzzy or not entry.msgstr:
                    yield language, entry.msgid, polib.escape(english(entry))


def new_catalog(domain: str, language: str = "") -> polib.POFile:
    """Return an empty catalog; its header holds no date, so that it can be compared."""
    new = polib.POFile(wrapwidth=0)
    new.header = "Brought in line by python -m plonegov.core.locales.update"
    new.metadata = {
        "Project-Id-Version": "plonegov",
        "Language": language or SOURCE_LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Domain": domain,
    }
    return new


def read(path: Path) -> polib.POFile:
    """Return the catalog in a file, an empty one if there is no such file."""
    if not path.exists():
        return polib.POFile()
    return polib.pofile(str(path), wrapwidth=0)


def as_comment(default: str) -> str:
    """Return the comment that keeps the English text of a message id."""
    return f'Default: "{default}"' if default else ""


def english(message: polib.POEntry) -> str:
    """Return the English text: the default, else the message id itself."""
    return message.comment.removeprefix('Default: "').removesuffix('"') or message.msgid


def same_english(one: polib.POEntry, other: polib.POEntry) -> bool:
    """Whether two entries have the same English text; editors wrap its comment."""
    return one.comment.split() == other.comment.split()


def fault_of(message: polib.POEntry, found: polib.POEntry | None, language: str) -> str:
    """Say what is wrong with a translation, or return nothing."""
    if found is None or not found.msgstr:
        return "untranslated"
    if found.fuzzy or not same_english(found, message):
        return "fuzzy, the English text changed"
    if language == SOURCE_LANGUAGE and found.msgstr != english(message):
        return "differs from the default, which is the English text"
    wanted = sorted(PLACEHOLDER.findall(english(message)))
    if sorted(PLACEHOLDER.findall(found.msgstr)) != wanted:
        return f"other placeholders than {' '.join(wanted) or 'none'}"
    return ""


def addons(suite: Path = SUITE) -> list[Locales]:
    """Return the catalogs of each add-on of the checkout."""
    return [Locales(zcml.parent) for zcml in sorted(suite.glob("*/configure.zcml"))]


def main(arguments: list[str] | None = None, suite: Path = SUITE) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="fail on any problem")
    parser.add_argument("--missing", action="store_true", help="list what is missing")
    options = parser.parse_args(arguments)
    if options.check:
        problems = [line for each in addons(suite) for line in each.problems()]
        print("\n".join(problems) or "All texts are translated.")
        return 1 if problems else 0
    for each in addons(suite):
        if not options.missing:
            each.sync()
        rows = list(each.missing())
        if options.missing:
            for row in rows:
                print(each.domain, *row, sep="\t")
        counts = {lang: sum(row[0] == lang for row in rows) for lang in LANGUAGES}
        missing = ", ".join(f"{lang} {n}" for lang, n in counts.items() if n)
        print(f"{each.domain}: missing {missing or 'nothing'}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
