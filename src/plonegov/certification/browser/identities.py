"""Proving who one is: the ways, the way back, and the demonstration's people."""

from babel.dates import format_date
from datetime import date
from plone import api
from plone.protect import CheckAuthenticator
from plonegov.certification import _
from plonegov.certification.adapters.demoway import PERSONS
from plonegov.certification.api import signin
from plonegov.certification.api.signin import Proof
from plonegov.certification.domain.errors import refusal_of
from plonegov.core.api import port
from plonegov.core.errors import PlonegovError
from plonegov.core.identity.interfaces import IIdentityProvider
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.core.identity.numbers import mask_national_number
from plonegov.core.identity.offers import SignInOffer
from plonegov.core.theme.page import Page
from plonegov.core.theme.page import ShowsFaults
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import NotFound


#: How the codes begin of what is wrong with a card, and that of no card at all.
CARD = "sign_in_card_"
CARD_MISSING = f"{CARD}missing"


class IdentityPage(ShowsFaults, Page):
    """Base: private pages that show a refusal with a way to begin again."""

    page_title = _("page_prove_identity", default="Prove who you are")
    ways = ViewPageTemplateFile("templates/prove_identity.pt")

    def __call__(self) -> str:
        self.private()
        if self.faults:
            return self.ways()
        try:
            return self.answer()
        except PlonegovError as error:
            return self.again(error, self.request.form)

    def answer(self) -> str:
        """Return the page; a subclass's.

        :raises PlonegovError: it is refused; the ways are shown again.
        """
        raise NotImplementedError

    def given(self, name: str) -> str:
        """Return a text of the request; what came twice, or is none, is nothing."""
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) and value.isprintable() else ""

    def offers(self) -> list[SignInOffer]:
        """Return the ways that the town has set up."""
        came_from = self.given("came_from")
        return port(IIdentityProvider).offers(AssuranceLevel.SUBSTANTIAL, came_from)

    @property
    def came_from(self) -> str:
        """Return where the person was, or the site's front page."""
        return signin.inside(self.given("came_from")) or self.portal_url

    @property
    def no_card(self) -> bool:
        """Say whether no card was read."""
        return any(fault.code == CARD_MISSING for fault in self.faults)

    @property
    def other_card(self) -> bool:
        """Say whether another card may be accepted, which the browser must ask for."""
        codes = {fault.code for fault in self.faults} - {CARD_MISSING}
        return any(code.startswith(CARD) for code in codes)


class ProveIdentity(IdentityPage):
    """``prove-identity``: the ways; with one of them, the browser goes there.

    ``refused`` is the code of why it failed before: so that page has an address that
    may be opened again, also in another language.
    """

    def answer(self) -> str:
        refused = refusal_of(self.given("refused"))
        if refused is not None:
            raise refused
        way = self.given("way")
        if not way:
            return self.ways()
        return self.redirect(signin.begin(way, self.given("came_from")))


class IdentityReturn(IdentityPage):
    """``identity-return``: who was recognised; a button then opens the session.

    Nothing of it is written before: a page that is only fetched signs nobody in, and
    another site can't sign a person in as somebody else.
    """

    confirm = ViewPageTemplateFile("templates/identity_return.pt")

    proof: Proof
    code = ""

    def answer(self) -> str:
        if self.request.method == "POST":
            if not self.is_ours() and signin.proved_now() is not None:
                return self.redirect(self.portal_url)  # sent twice
            CheckAuthenticator(self.request)
            address = signin.sign_in(self.given("code"))
            api.portal.show_message(
                _("signed_in_message", default="You are signed in."), self.request
            )
            return self.redirect(address)
        self.proof, self.code = signin.returned(self.given("code"))
        return self.confirm()

    def day_of(self, day: date) -> str:
        """Return a day without its weekday: 30 juillet 1985."""
        return format_date(day, "long", self.language())

    def number(self) -> str:
        """Return the number with all but its end hidden."""
        identity = self.proof.identity
        if not identity.national_number:
            return ""
        return mask_national_number(identity.national_number, identity.country)


class DemoIdentity(IdentityPage):
    """``demo-identity``: choose whom to be, in a demonstration only."""

    choose = ViewPageTemplateFile("templates/demo_identity.pt")

    def answer(self) -> str:
        if "demo" not in dict(signin.ready_ways()):
            raise NotFound()
        person = PERSONS.get(self.given("person"))
        if person is None:
            return self.choose()
        begun = signin.taken("demo", self.given("code"))
        return self.redirect(signin.proved(begun, person))

    def persons(self) -> list[dict[str, str]]:
        """Return id and name of the people, and how sure one is of them."""
        return [
            {"id": name, "name": person.full_name, "level": str(person.level)}
            for name, person in PERSONS.items()
        ]
