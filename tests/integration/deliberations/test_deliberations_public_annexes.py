"""Which annexes the public gets with a decision, and what follows a change."""

from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.published import SECRET
from io import BytesIO
from PIL import Image
from plonegov.core.errors import RecordNotFound
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publicfiles
from plonegov.deliberations.api import publishing
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from plonegov.deliberations.domain.refusals import AnnexNotPublishable
from plonegov.deliberations.domain.refusals import AnnexRefused

import pytest


@pytest.fixture
def council(portal):
    councils.add_staff(portal)
    councils.seat()
    return portal


def read(item):
    return publishing.publication_of(item)


def test_only_publishable_annexes_are_copied_under_our_names(council):
    item = published.an_item(council)
    shown = published.annexed(council, item)
    others = [
        published.annexed(council, item, publishable=False),
        published.annexed(council, item, confidential=True),
    ]
    published.decided(council, item)
    assert [each.getId() for each in publicfiles.publishable(item)] == [shown.getId()]
    with acting(council, "secretary"):
        publishing.prepare(item, "Titre", published.TEXT)
        for other in others:
            with pytest.raises(AnnexNotPublishable):
                publishing.confirm(item, annexes={other.getId(): ""})
        assert read(item) is None
        publication = publishing.confirm(item, annexes={shown.getId(): "Plan"})
    assert publication.files() == []
    with pytest.raises(RecordNotFound):
        publicfiles.named(publication, "1.png")
    published.copied()
    [ready] = publication.files()
    year, number = publication.registered
    assert ready.name == f"council-{year}-{number}-annexe-1.png"
    assert ready.row.title == "Plan"
    assert publishing.decisions().records.weights.total == ready.file.getSize()
    assert publicfiles.named(publication, "1.png") == ready
    with pytest.raises(RecordNotFound):
        publicfiles.named(publication, f"{SECRET}.png")


def test_a_copy_is_cleaned_and_made_once(council):
    picture, exif = BytesIO(), Image.Exif()
    exif[0x010E] = SECRET
    Image.new("RGB", (9, 9)).save(picture, "JPEG", exif=exif)
    item = published.an_item(council)
    annex = published.annexed(council, item, data=picture.getvalue())
    published.decided(council, item)
    published.published(council, item, annexes={annex.getId(): ""})
    [ready] = read(item).files()
    assert SECRET.encode() in annex.file.data
    assert SECRET.encode() not in ready.file.data
    with acting(council, "secretary"):
        publishing.confirm(item)
        assert read(item).files()[0].file is ready.file
        annex.publishable = False
        publishing.confirm(item)
    assert read(item).annexes == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 word", "annex_office_file"),
        (b"plain text", "annex_kind_unknown"),
    ],
)
def test_an_annex_of_a_kind_that_can_not_be_cleaned_stops_the_confirmation(
    council, data, code
):
    item = published.an_item(council)
    annex = published.annexed(council, item, data=data)
    published.decided(council, item)
    with acting(council, "secretary"):
        publishing.prepare(item, "Titre", published.TEXT)
        with pytest.raises(AnnexRefused) as error:
            publishing.confirm(item, annexes={annex.getId(): ""})
    assert error.value.code == code
    assert error.value.context["annex"] == f"{SECRET} annexe"
    assert read(item) is None


def test_an_annex_that_becomes_confidential_is_public_no_more(council):
    meeting = published.convened(council)
    item = published.drafted(council, meeting)
    shown, other = (published.annexed(council, item) for _ in range(2))
    with acting(council, "secretary"):
        names = {shown.getId(): "", other.getId(): ""}
        publishing.confirm(item, annexes=names)
        published.copied()
        assert len(read(item).files()) == 2
        parts.set_annex(shown, confidential=True, publishable=True)
        [left] = read(item).files()
        assert left.row.annex == other.getId()
        assert left.address == "2.png"
        parts.remove_annex(other)
    assert read(item).annexes == ()
    assert publishing.decisions().records.row(item.getId())["documents"] == 0


def test_a_withdrawal_takes_the_files_away(council):
    item = published.an_item(council)
    annex = published.annexed(council, item)
    published.decided(council, item)
    published.published(council, item, annexes={annex.getId(): ""})
    with acting(council, "secretary"):
        publishing.withdraw(item, WhyWithdrawn.PRIVACY)
    assert read(item).annexes == ()
    assert publishing.decisions().records.weights.total == 0
