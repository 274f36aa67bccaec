"""The rows of an agenda as HTML, written without a page template.

An agenda may have 300 rows of some 40 values each: as TAL expressions they cost a second,
as formatted text some milliseconds. Every value is escaped here, once.
"""

from collections.abc import Callable
from collections.abc import Mapping
from html import escape
from plonegov.deliberations import _
from typing import Any
from zope.i18nmessageid import Message


#: The words of each row, translated once for a page.
WORDS: Mapping[str, Message] = {
    "why": _("agenda_why", default="Why is it here?"),
    "late": _("agenda_late", default="Late"),
    "number": _("agenda_new_number", default="New number"),
    "move": _("agenda_move", default="Move"),
    "up": _("agenda_up", default="Move up"),
    "down": _("agenda_down", default="Move down"),
    "off": _("agenda_take_off", default="Take off"),
}

ROW = """
<li class="pg-agenda-row{css}" id="row-{key}" data-key="{key}" data-place="{place}" tabindex="-1">
<span class="pg-agenda-number">{number}</span>
<div class="pg-agenda-what"><p class="pg-agenda-title">{title}</p>{facts}
<details class="pg-agenda-why"><summary>{why}</summary>{lines}</details></div>{tools}</li>"""
FACTS = """
<p class="pg-agenda-facts"><span class="pg-tag pg-tag-{tag}">{state}</span>{late}{service}</p>"""
TAG_LATE = """<span class="pg-tag pg-tag-warn">{late}</span>"""
TOOLS = """
<div class="pg-agenda-tools"><form action="{action}" method="post">{token}
<input type="hidden" name="verb" value="move"><input type="hidden" name="key" value="{key}">
<input type="hidden" name="seen" value="{serial}">
<label class="pg-hidden" for="number-{key}">{word_number}: {plain}</label>
<input id="number-{key}" name="number" type="text" inputmode="numeric" size="3" value="{value}">
<button class="pg-button pg-case-small" type="submit">{word_move}</button>{up}{down}</form>{off}</div>"""
ARROW = """
<button class="pg-button pg-case-small pg-agenda-arrow" type="submit" data-step="{step}" name="to" \
value="{to}"><span aria-hidden="true">{sign}</span><span class="pg-hidden">{word}: {plain}</span></button>"""
OFF = """
<form action="{action}" method="post">{token}<input type="hidden" name="verb" value="{verb}">
<input type="hidden" name="key" value="{key}"><button class="pg-button pg-case-small pg-agenda-off" \
type="submit">{word}<span class="pg-hidden">: {plain}</span></button></form>"""


class RowWriter:
    """Writes the rows of one agenda.

    :param say: translates into the language of the page.
    :param action: where the forms are sent; ``token`` is their hidden field, as HTML.
    :param serial: of the agenda that is shown.
    """

    def __init__(
        self, say: Callable[[Message], str], action: str, token: str, serial: int
    ) -> None:
        self.words = {name: escape(say(text)) for name, text in WORDS.items()}
        self.form = {"action": escape(action), "token": token, "serial": serial}

    def write(self, row: Mapping[str, Any], movable: bool) -> str:
        """Return a row (see ``AgendaRows.row``) as HTML.

        :param movable: with the forms that move it and take it off.
        """
        plain = escape(row["title"])
        heading = bool(row["heading"])
        title = (
            f"<strong>{plain}</strong>"
            if heading
            else f'<a href="{escape(row["url"])}">{plain}</a>'
        )
        return ROW.format(
            css=" pg-agenda-heading" if heading else "",
            key=escape(row["key"]),
            place=row["place"],
            number=f"{row['number']}." if row["number"] else "",
            title=title,
            facts="" if heading else self._facts(row),
            why=self.words["why"],
            lines="".join(f"<p>{escape(line)}</p>" for line in row["why"]),
            tools=self._tools(row, plain) if movable else "",
        )

    def _facts(self, row: Mapping[str, Any]) -> str:
        service = row["service"]
        return FACTS.format(
            tag=row["tag"],
            state=escape(row["state"]),
            late=TAG_LATE.format(late=self.words["late"]) if row["late"] else "",
            service=f"<span>{escape(service)}</span>" if service else "",
        )

    def _tools(self, row: Mapping[str, Any], plain: str) -> str:
        key = escape(row["key"])
        return TOOLS.format(
            **self.form,
            key=key,
            plain=plain,
            value=row["number"] or "",
            word_number=self.words["number"],
            word_move=self.words["move"],
            up="" if row["first"] else self._arrow("up", row["place"] - 1, plain),
            down="" if row["last"] else self._arrow("down", row["place"] + 1, plain),
            off=self._off(row, key, plain),
        )

    def _arrow(self, step: str, to: int, plain: str) -> str:
        sign = {"up": "&#9650;", "down": "&#9660;"}[step]
        return ARROW.format(
            step=step, to=to, sign=sign, word=self.words[step], plain=plain
        )

    def _off(self, row: Mapping[str, Any], key: str, plain: str) -> str:
        if not (row["heading"] or row["removable"]):
            return ""
        verb = "remove_heading" if row["heading"] else "take_off"
        return OFF.format(
            **self.form, verb=verb, key=key, plain=plain, word=self.words["off"]
        )
