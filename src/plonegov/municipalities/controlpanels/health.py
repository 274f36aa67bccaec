"""``town-health``: what ``plonegov doctor`` finds of the town, for who looks after it."""

from collections.abc import Iterator
from datetime import datetime
from datetime import UTC
from plonegov.core.api import municipality
from plonegov.core.ops.findings import Finding
from plonegov.core.ops.findings import State
from plonegov.core.ops.interfaces import IHealthCheck
from plonegov.municipalities import _
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from threading import Lock
from zope.component import getUtilitiesFor


STATES = {
    State.OK: _("health_ok", default="in order"),
    State.SOON: _("health_soon", default="see to it soon"),
    State.BAD: _("health_bad", default="must be mended"),
}
TAGS = {State.OK: "pg-tag-ok", State.SOON: "pg-tag-warn", State.BAD: "pg-tag-danger"}
#: Asking other machines takes a place of Zope's for seconds, also at the other end.
_ASKING = Lock()


class TownHealth(BrowserView):
    """Looks at the town; with ``ask=1`` asks other machines, too. Nothing is changed."""

    page_title = _("page_town_health", default="Is all in order?")
    index = ViewPageTemplateFile("templates/health.pt")
    busy = False

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "no-store")
        self.findings = list(self._seen())
        if self.asked:
            self.findings += self._answered()
        self.findings.sort(key=lambda each: list(State).index(each.state), reverse=True)
        return self.index()

    @property
    def asked(self) -> bool:
        """Whether other machines are to be asked."""
        return self.request.form.get("ask") == "1"

    @property
    def worst(self) -> State:
        """The state of the whole."""
        states = {each.state for each in self.findings}
        return max(states, key=list(State).index, default=State.OK)

    def state(self, finding: Finding) -> dict[str, str]:
        """Return a finding's state in words, and the class of its tag."""
        return {"text": STATES[finding.state], "tag": TAGS[finding.state]}

    def _seen(self) -> Iterator[Finding]:
        for _name, check in sorted(getUtilitiesFor(IHealthCheck)):
            yield from check.look(self.context)

    def _answered(self) -> list[Finding]:
        if not _ASKING.acquire(blocking=False):
            self.busy = True
            return []
        try:
            return [
                finding
                for _name, check in sorted(getUtilitiesFor(IHealthCheck))
                for finding in check.probe(municipality(), datetime.now(UTC))
            ]
        finally:
            _ASKING.release()
