"""What was taken away from an item or from the public leaves the disk (GDPR art. 5.1.e)."""

from helpers import councils
from helpers import published
from helpers.councils import acting
from helpers.ondisk import blob_folder
from helpers.ondisk import holding
from pathlib import Path
from plonegov.deliberations.api import items
from plonegov.deliberations.api import parts
from plonegov.deliberations.api import publishing
from plonegov.deliberations.domain.publishing import WhyWithdrawn

import pytest
import transaction


WORD = b"%PDF-1.7 bytes of an annex"


@pytest.fixture
def council(portal):
    councils.add_staff(portal)
    transaction.commit()
    return portal


def test_an_annex_that_is_removed_leaves_the_disk(council):
    with acting(council, "drafter"):
        item = items.draft("council", "works", councils.TEXTS)
        annex = parts.add_annex(item, "plan.pdf", WORD)
        kept = parts.add_annex(item, "plan2.pdf", WORD)
        transaction.commit()
        assert len(holding(blob_folder(council), WORD)) == 2
        parts.remove_annex(annex)
        transaction.commit()
    assert len(holding(blob_folder(council), WORD)) == 1
    assert kept.file.data == WORD


def test_the_public_copy_leaves_the_disk_when_it_is_withdrawn(council):
    meeting = published.convened(council)
    item = published.drafted(council, meeting)
    annex = published.annexed(council, item)
    published.published(council, item, annexes={annex.getId(): "Plan"})
    transaction.commit()
    [row] = publishing.publication_of(item).annexes
    public = Path(row.clean._blob.committed())
    with acting(council, "secretary"):
        publishing.confirm(item, annexes={annex.getId(): "Another title"})
        transaction.commit()
        assert public.exists()
        publishing.withdraw(item, WhyWithdrawn.PRIVACY)
        transaction.commit()
    assert not public.exists()
    assert annex.file.data == published.PNG
