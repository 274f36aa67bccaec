"""The register of postings: which regulations the public reads, and since when.

CDLD, articles L1133-1 and -2: a regulation binds from a day that follows from its
publication, so that day must be provable.
"""

from hashlib import sha256
from plonegov.core.api import town_today
from plonegov.core.registers.register import Register
from plonegov.deliberations.content.item import Item
from plonegov.deliberations.content.publication import Publication
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.publishing import WhyWithdrawn


POSTING = "posting"
#: Why an entry has another version: it stands in the register beside the clerk's day.
CHANGED = "public text confirmed anew"


def post(publication: Publication, item: Item) -> None:
    """Enter a regulation that was decided in the register, once.

    Where its public text was confirmed anew, the entry gets another version; it keeps
    its number and its first day.
    """
    if item.matter != Matter.REGULATION:
        return
    register, text = Register(POSTING), digest(publication)
    if publication.posting and len(publication.posted) == 1:
        year, number = publication.posting
        if register.get(year, number).digest != text:
            register.rectify(year, number, text, CHANGED)
        return
    today = town_today()
    entry = register.allocate(today.year, item.UID(), text)
    publication.posting = (today.year, entry.number)
    publication.posted = (today,)


def end(publication: Publication, why: WhyWithdrawn) -> None:
    """Say until when a regulation was posted: its number is kept as cancelled."""
    if not publication.posting or len(publication.posted) != 1:
        return
    year, number = publication.posting
    Register(POSTING).cancel(year, number, str(why))
    publication.posted = (*publication.posted, town_today())


def digest(publication: Publication) -> str:
    """Return the SHA-256 (hex) of the title and text that are posted."""
    text = "\0".join((publication.title, publication.text))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
