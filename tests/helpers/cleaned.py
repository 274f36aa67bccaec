"""A sitting on an item whose draft the public reads, and files for its annexes."""

from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.published import SECRET
from io import BytesIO
from PIL import Image
from plonegov.core.ops.interfaces import IJob
from plonegov.deliberations.api import meetings
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import votes
from pypdf import PdfReader
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import DecodedStreamObject
from pypdf.generic import NameObject
from zope.component import getUtility

import transaction


#: What each page of a draft says in the test town.
LINE = "PROJET, non adopté"


def a_pdf(*contents):
    """Return a PDF with a comment that says SECRET; its pages draw these contents."""
    writer = PdfWriter()
    for content in contents or (b"BT ET",):
        page, stream = writer.add_blank_page(300, 400), DecodedStreamObject()
        stream.set_data(content)
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_annotation(0, Text(text=SECRET, rect=(10, 10, 20, 20)))
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def a_photograph():
    """Return a JPEG whose notes of the camera say SECRET."""
    made, exif = BytesIO(), Image.Exif()
    exif[0x010E] = SECRET
    Image.new("RGB", (9, 9)).save(made, "JPEG", exif=exif)
    return made.getvalue()


def texts(file):
    """Return what each page of a PDF says."""
    return [page.extract_text() for page in PdfReader(BytesIO(file.data)).pages]


def clean(portal):
    """Run the job that makes the copies; return what it says."""
    return getUtility(IJob, name="plonegov.deliberations.clean_annexes").run(portal)


def a_broken_pdf():
    """Return a PDF whose third page can't be read."""
    writer = PdfWriter(clone_from=BytesIO(a_pdf(b"q Q", b"q Q", b"q Q")))
    broken = writer.pages[2]["/Contents"].get_object()
    broken[NameObject("/Filter")] = NameObject("/Nonsense")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


class Town:
    """A council that sits on an item whose draft the public reads."""

    def __init__(self, portal):
        self.portal = portal
        councils.add_staff(portal)
        self.meeting, self.item = councils.plan(portal), published.an_item(portal)
        councils.sit(portal, self.meeting, councils.seat(), self.item)
        with acting(portal, "secretary"):
            publishing.prepare(self.item, "Parvis", published.TEXT)
            publishing.confirm(self.item)

    def annex(self, data):
        """Give the item an annex."""
        return published.annexed(self.portal, self.item, data=data)

    def decide(self):
        """Take the decision; nobody confirms it."""
        with acting(self.portal, "secretary"):
            votes.hold_all([self.item], {"mode": "show_of_hands"}, "accept")
            meetings.change(self.meeting, "decide")
        transaction.commit()

    def confirm(self, *annexes):
        """Confirm the item with these annexes, or with those that it has."""
        named = {annex.getId(): "" for annex in annexes} or None
        with acting(self.portal, "secretary"):
            publishing.confirm(self.item, annexes=named)
        transaction.commit()

    @property
    def publication(self):
        return publishing.publication_of(self.item)

    @property
    def files(self):
        """What the public gets."""
        return self.publication.files()

    @property
    def rows(self):
        """What was confirmed."""
        return self.publication.annexes
