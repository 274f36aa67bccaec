"""``track``: where an order is, for who has its link."""

from datetime import date
from plonegov.core.errors import RecordNotFound
from plonegov.ordering import _
from plonegov.ordering.api.gate import try_birth_date
from plonegov.ordering.api.links import find_for_citizen
from plonegov.ordering.browser.cookies import follow
from plonegov.ordering.browser.cookies import leave
from plonegov.ordering.browser.cookies import open_details
from plonegov.ordering.browser.inputs import PARTS
from plonegov.ordering.browser.tracked import Tracked
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18nmessageid import Message


NOT_FOUND = _(
    "track_not_found",
    default="This link opens no order. Check that it is complete: it is on the page "
    "after your order, and in our mails.",
)
NO_SUCH_DAY = _(
    "gate_no_such_day", default="Write the day, month and year, e.g. 3 12 1964."
)
WRONG = _(
    "gate_wrong",
    default="This date does not open the order. After five wrong dates this link stays "
    "closed; you can have a new link sent to you.",
)
BIRTH = f"birth-{PARTS[0][0]}"


class Track(Tracked):
    """Opens a link, shows the order, and asks for the birth date."""

    form = ViewPageTemplateFile("templates/track_form.pt")
    erased = ViewPageTemplateFile("templates/track_erased.pt")
    message: Message | None = None

    def __call__(self) -> str:
        self.private()
        query = self.request.form
        opening = not self.is_posted() and ("order" in query or "secret" in query)
        if not opening and self.is_erased():
            return self.erased()
        if self.is_posted():
            return self.act()
        if opening:
            return self.open(self.typed("order"), self.typed("secret"))
        return self.index() if self.find() else self.form()

    def is_erased(self) -> bool:
        """Say whether the order tells nothing about people any more: no birth date
        opens it then."""
        return self.find() and self.order.anonymised is not None

    def open(self, reference: str, secret: str) -> str:
        """Move the secret from the address into a cookie."""
        try:
            order = find_for_citizen(reference, secret)
        except RecordNotFound:
            self.message = NOT_FOUND
            self.request.response.setStatus(404, lock=True)
            return self.form()
        follow(self.request, order)
        return self.to_track()

    def act(self) -> str:
        """Open the gate with the birth date, or forget which order is followed."""
        if not self.find():
            return self.to_track()
        if not self.is_ours():
            return self.refuse_token(BIRTH)
        if self.typed("action") == "leave":
            leave(self.request)
            return self.redirect(self.counter_url)
        given = self.typed_day()
        if not given:
            return self.refuse(422, (NO_SUCH_DAY, BIRTH))
        if not try_birth_date(self.order, given):
            return self.refuse(422, (WRONG, BIRTH))
        open_details(self.request, self.order)
        return self.to_track()

    def typed_day(self) -> str:
        """Return the typed date in ISO 8601, empty where there is no such day."""
        day, month, year = (
            self.typed(f"birth_date-{part}").strip() for part, *_rest in PARTS
        )
        try:
            return date.fromisoformat(f"{year}-{month:0>2}-{day:0>2}").isoformat()
        except ValueError:
            return ""
