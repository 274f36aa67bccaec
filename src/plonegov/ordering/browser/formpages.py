"""The form's own pages, who, about and delivery: z3c.form over ``schemas``."""

from babel import Locale
from babel.dates import format_date
from datetime import date
from plone import api
from plonegov.core.api import municipality
from plonegov.core.identity.contact import countries
from plonegov.core.identity.numbers import mask_national_number
from plonegov.core.money import Money
from plonegov.ordering import _
from plonegov.ordering.api.draftfiles import drop_files
from plonegov.ordering.api.identity import reached_now
from plonegov.ordering.api.identity import stated_now
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser import entitled
from plonegov.ordering.browser import schemas
from plonegov.ordering.browser.filespart import TakesFiles
from plonegov.ordering.browser.formpage import FormPage
from plonegov.ordering.browser.formpage import inside
from plonegov.ordering.browser.formpage import put
from plonegov.ordering.browser.formpage import Section
from plonegov.ordering.browser.words import about
from plonegov.ordering.browser.words import LANGUAGES
from plonegov.ordering.browser.words import WAYS
from plonegov.ordering.domain.attachments import questions_asked
from plonegov.ordering.domain.entitlement import UNRELATED
from plonegov.ordering.domain.identity import ways
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.verdicts import Facts
from zope.i18nmessageid import Message


BORN_OF_RELATED = _(
    "birth_date_hint_related",
    default="For example 30 7 1985. A lawyer, a notary and who orders what is open to "
    "everybody may leave it empty.",
)


class WhoPage(FormPage):
    """Who orders, and in which relation to the person of the document."""

    page = "who"
    label = _("page_who", default="Who are you?")
    sections = (
        Section(schemas.IWhom),
        Section(
            schemas.IApplicant, "applicant", _("section_applicant", default="About you")
        ),
        Section(
            schemas.IReach, "applicant", _("section_reach", default="How we reach you")
        ),
    )

    def left_out(self):
        """Nobody's birth date is asked for where no relation needs it (GDPR, article
        5(1)(c))."""
        needless = set(self.terms.relations) <= set(UNRELATED)
        out = ("applicant.birth_date", "applicant.national_number")
        proved = tuple(f"applicant.{name}" for name in stated_now())
        return (*super().left_out(), *(out if needless else ()), *proved)

    def known(self, section):
        """What the person has proved is shown, and neither typed nor changed."""
        if section.schema is not schemas.IApplicant:
            return []
        shown = {
            "birth_date": lambda value: format_date(
                date.fromisoformat(value), "long", locale=self.language()
            ),
            "national_number": lambda value: mask_national_number(
                value, self.terms.country
            ),
        }
        return [
            (schemas.IApplicant[name].title, shown.get(name, str)(value))
            for name, value in stated_now().items()
            if value
        ]

    def choices(self, name):
        if name != "relation":
            return []
        return entitled.choices(self, self.terms, town_today())

    def hint(self, name):
        if name == "applicant.birth_date" and set(self.terms.relations) & set(
            UNRELATED
        ):
            return BORN_OF_RELATED
        return super().hint(name)

    def preset(self, name):
        if name == "relation" and len(self.terms.relations) == 1:
            return str(self.terms.relations[0])
        if name == "applicant.email" and not api.user.is_anonymous():
            return api.user.get_current().getProperty("email", "")
        return ""

    def keep(self, content):
        changed = content["relation"] != self.content.get("relation")
        super().keep(content)
        if changed:
            drop_files(self.draft, list(self.draft.files))


class AboutPage(TakesFiles, FormPage):
    """Whom the document is about, when it is somebody else."""

    page = "about"
    label = _("page_about", default="Who is the document about?")
    sections = (Section(schemas.ISubject, "subject"), Section(schemas.IFile))

    @property
    def relation(self) -> str:
        return self.content.get("relation", "")

    def left_out(self):
        asked = [question.id for question in self.files_asked()]
        out = [
            *super().left_out(),
            *(name for name in schemas.IFile if name not in asked),
        ]
        told = self.terms.subject_deceased or self.relation == "heir"
        if told or not self.terms.deceased_allowed:
            out.append("subject.deceased")
        return tuple(out)

    def files_asked(self):
        return questions_asked(self.terms, self.relation)

    def file_hint(self, question, files):
        facts = Facts(Relation(self.relation), town_today())
        return entitled.file_hint(self, self.terms, facts, question, files)

    def update(self):
        super().update()
        self.widgets["subject.birth_date"].optional = self.terms.subject_deceased

    def relation_label(self) -> Message:
        return about(self.relation, self.terms.country) if self.relation else ""

    def typed(self):
        content = super().typed()
        if self.relation == "heir" and self.terms.deceased_allowed:
            content = put(content, "subject.deceased", True)
        return content


ONLINE_NEEDS_IDENTITY = _(
    "online_needs_identity",
    default="By e-mail or as a download it comes only to who has proved who he or she "
    "is, for example at the desk.",
)


class DeliveryPage(FormPage):
    """How the document comes, how many copies, and in which language we write."""

    page = "delivery"
    label = _("page_delivery", default="How do you get the document?")
    sections = (
        Section(schemas.IDelivery),
        Section(
            schemas.IAddress,
            "applicant.address",
            _("section_address", default="Your address"),
            _("section_address_hint", default="Only needed if we post the document."),
        ),
        Section(schemas.ILanguage),
    )

    def choices(self, name):
        if name == "delivery":
            prices = self.terms.delivery_prices
            return [
                (str(way), WAYS[way], self.more(prices[way]))
                for way in ways(self.terms, reached_now())
            ]
        if name == "language":
            return [(code, title, "") for code, title in LANGUAGES.items()]
        if name == "applicant.address.country":
            return self.countries()
        return []

    def hint(self, name):
        if name == "delivery" and len(self.choices(name)) < len(
            self.terms.delivery_prices
        ):
            return ONLINE_NEEDS_IDENTITY
        if name == "copies":
            return _(
                "copies_hint",
                default="${most} at most",
                mapping={"most": self.terms.max_copies},
            )
        return super().hint(name)

    def more(self, price) -> str:
        amount = Money(price, self.terms.currency)
        if not price:
            return self.say(_("delivery_free", default="No extra cost"))
        return self.say(
            _(
                "delivery_extra",
                default="${price} more",
                mapping={"price": self.amount(amount)},
            )
        )

    def countries(self) -> list[tuple[str, str, str]]:
        """Return all countries by name in the page's language, the town's own first."""
        names = Locale.parse(self.language()).territories
        own = municipality().country
        others = sorted(
            (names.get(code, code), code) for code in countries() if code != own
        )
        return [(own, names[own], "")] + [(code, name, "") for name, code in others]

    def preset(self, name):
        if name == "copies":
            return "1"
        if name == "language":
            return self.language() if self.language() in LANGUAGES else "fr"
        if name == "applicant.address.country":
            return municipality().country
        return ""

    def typed(self):
        content = super().typed()
        address = inside(content, "applicant.address", {})
        if not any(value for name, value in address.items() if name != "country"):
            content = put(content, "applicant.address", {})
        return content
