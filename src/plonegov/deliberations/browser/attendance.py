"""``attendance``: who is there, who came and went, who takes no part, by log."""

from datetime import datetime
from functools import cached_property
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.deliberations import _
from plonegov.deliberations.api import attendance
from plonegov.deliberations.api import law
from plonegov.deliberations.browser.labels import INTERESTS
from plonegov.deliberations.browser.posting import Form
from plonegov.deliberations.browser.sittingbase import MeetingPage
from plonegov.deliberations.browser.sittingwords import KINDS
from plonegov.deliberations.browser.sittingwords import law_words
from plonegov.deliberations.content.mandate import Mandate
from plonegov.deliberations.domain.attendance import Movement
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.ruleset import ProxyRule
from plonegov.deliberations.domain.states import ENDS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


#: Title and tag of what a member is.
STATES: dict[str, tuple[Message, str]] = {
    "present": (_("member_present", default="Present"), "ok"),
    "left": (_("member_left", default="Left"), "neutral"),
    "excused": (_("member_excused", default="Excused"), "info"),
    "represented": (_("member_represented", default="Represented"), "info"),
    "absent": (_("member_absent", default="Absent"), "neutral"),
}

LABELS = {
    "at": _("attendance_at", default="Time of what you enter"),
    "member": _("attendance_member", default="Member"),
    "item": _("attendance_item", default="Item"),
    "interest": _("attendance_interest", default="Interest"),
    "giver": _("attendance_giver", default="Who is represented"),
    "holder": _("attendance_holder", default="By whom"),
}


class AttendancePage(MeetingPage):
    """The members in office on the day, each with one button for what happens."""

    tab = "attendance"
    index = ViewPageTemplateFile("templates/attendance.pt")
    #: Macros: ``recuse``, ``proxy``, ``log``.
    attendance_parts = ViewPageTemplateFile("templates/attendance_parts.pt")
    labels = LABELS
    interests = INTERESTS
    verbs = {
        "arrive": "arrive",
        "leave": "leave",
        "excuse": "excuse",
        "arrive_all": "arrive_all",
        "recuse": "recuse",
        "proxy": "proxy",
        "strike": "strike",
    }

    def arrive(self, form: Form, member: str) -> str:
        attendance.arrive(self.context, member, self.moment_of(form))
        return f"{self.page_url}#{member}"

    def leave(self, form: Form, member: str) -> str:
        attendance.leave(self.context, member, self.moment_of(form))
        return f"{self.page_url}#{member}"

    def excuse(self, form: Form, member: str) -> str:
        attendance.excuse(self.context, member)
        return f"{self.page_url}#{member}"

    def arrive_all(self, form: Form, about: str) -> str:
        attendance.arrive_all(self.context, self.moment_of(form))
        return self.page_url

    def recuse(self, form: Form, about: str) -> str:
        """Note that a member takes no part in an item."""
        faults = [
            Fault(name, "required")
            for name in ("member", "item", "interest")
            if not form.get(name)
        ]
        if not faults and form["interest"] not in list(Interest):
            faults.append(Fault("interest", "required"))
        if faults:
            raise InvalidInput(faults)
        item = self.item_of(str(form["item"]))
        interest = Interest(form["interest"])
        attendance.recuse(self.context, item, str(form["member"]), interest)
        return f"{self.page_url}#log-heading"

    def proxy(self, form: Form, about: str) -> str:
        """Note that a member votes in another one's name."""
        faults = [
            Fault(name, "required")
            for name in ("giver", "holder")
            if not form.get(name)
        ]
        sitting = str(form.get("sitting", "1"))
        if not (sitting.isdigit() and 1 <= int(sitting) <= 99):
            faults.append(Fault("sitting", "whole_number_expected"))
        if faults:
            raise InvalidInput(faults)
        attendance.give_proxy(
            self.context,
            str(form["giver"]),
            str(form["holder"]),
            at=self.moment_of(form),
            sitting=int(sitting),
            ill=bool(form.get("ill")),
        )
        return f"{self.page_url}#log-heading"

    def strike(self, form: Form, place: str) -> str:
        """Count a row of the log no more."""
        number = int(place) if place.isdigit() else -1
        attendance.strike(self.context, number)
        return f"{self.page_url}#log-heading"

    @property
    def takes(self) -> bool:
        """Whether what a member announces may be entered."""
        return self.context.state in attendance.ANNOUNCING

    @cached_property
    def log(self) -> Any:
        return attendance.attendance_of(self.context)

    @cached_property
    def here(self) -> frozenset[str]:
        return attendance.present_now(self.context)

    @cached_property
    def proxy_holders(self) -> dict[str, str]:
        """Who votes for whom, by giver."""
        return {one.giver: one.holder for one in attendance.proxies_of(self.context)}

    def rows(self) -> list[dict[str, Any]]:
        """Return the members by precedence, each with state and since when."""
        return [self._row(mandate) for mandate in self.members]

    def counts(self) -> list[dict[str, Any]]:
        """Return how many members there are of each state."""
        states = [row["state"] for row in self.rows()]
        return [
            {"title": title, "tag": tag, "number": states.count(name)}
            for name, (title, tag) in STATES.items()
            if name in states
        ]

    def _row(self, mandate: Mandate) -> dict[str, Any]:
        uid = mandate.UID()
        state = self._state(uid)
        title, tag = STATES[state]
        last = max(
            (one.at for one in self.log.entries if one.member == uid), default=None
        )
        detail = ", ".join(filter(None, (mandate.role, mandate.group)))
        holder = self.proxy_holders.get(uid) if state == "represented" else ""
        return {
            "uid": uid,
            "name": mandate.title,
            "detail": detail,
            "state": state,
            "title": title,
            "tag": tag,
            "since": self.clock(last) if last and state in ("present", "left") else "",
            "holder": self.member_names.get(holder, "") if holder else "",
            "recused": [
                {
                    "item": self._title(one.item),
                    "interest": INTERESTS[one.interest],
                }
                for one in sorted(self.log.recusals, key=lambda one: one.item)
                if one.member == uid
            ],
        }

    def _state(self, uid: str) -> str:
        if uid in self.here:
            return "present"
        if uid in self.proxy_holders:
            return "represented"
        if any(one.member == uid for one in self.log.entries):
            return "left"
        return "excused" if uid in self.log.excused else "absent"

    def _title(self, key: str) -> str:
        return self.items[key].title if key in self.items else key

    @property
    def at_opening(self) -> bool:
        """Whether nobody's coming was noted yet."""
        return not any(one.movement is Movement.ARRIVED for one in self.log.entries)

    def open_items(self) -> list[dict[str, Any]]:
        """Return the items that a member may still take no part in."""
        return [
            {"key": key, "title": f"{self.item_numbers[key]}. {item.title}"}
            for key, item in self.items.items()
            if item.state not in ENDS
        ]

    @property
    def called(self) -> str:
        """The key of the item that was called last, or ""."""
        held = self.context.attendance.standing
        keys = [row["item"] for row in held if row["kind"] == "opened"]
        return keys[-1] if keys else ""

    @cached_property
    def proxy_rule(self) -> ProxyRule | None:
        """What the law of the body says of proxies; None: nothing."""
        rows = law.rules_of(self.context).proxy
        return rows[0] if rows else None

    @property
    def proxies_allowed(self) -> bool:
        return self.proxy_rule is not None and self.proxy_rule.allowed

    @property
    def proxy_law(self) -> dict[str, Any] | None:
        """Title and address of the law on proxies."""
        rule = self.proxy_rule
        return law_words(rule.law, self.language()) if rule else None

    def entries(self) -> list[dict[str, Any]]:
        """Return the rows of the log, the latest first, struck ones too."""
        held = self.context.attendance
        return [
            {
                "place": place,
                "member": self.member_names.get(row.get("member", ""), ""),
                "what": self._what(row),
                "at": self._at(row),
                "struck": place in held.struck,
            }
            for place, row in reversed(list(enumerate(held.rows)))
        ]

    def _at(self, row: dict[str, Any]) -> str:
        return self.clock(datetime.fromisoformat(row["at"])) if row.get("at") else ""

    def _what(self, row: dict[str, Any]) -> str:
        text, mapping = KINDS[row["kind"]], {}
        if row.get("item"):
            mapping["item"] = self._title(row["item"])
        if row.get("interest"):
            mapping["interest"] = self.say(INTERESTS[row["interest"]])
        if row.get("holder"):
            mapping["holder"] = self.member_names.get(row["holder"], "")
        return self.say(Message(text, default=text.default, mapping=mapping))
