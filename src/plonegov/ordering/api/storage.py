"""How much of the town's storage the files of orders and drafts take."""

from plone.namedfile.file import NamedBlobFile
from plonegov.core.api import municipality
from plonegov.core.records.blobs import erase_files
from plonegov.core.records.blobs import files_in
from plonegov.ordering.api.counters import counter
from plonegov.ordering.content.order import Order
from plonegov.ordering.content.order import PERSONAL
from plonegov.ordering.domain.model import FileLimits


def file_limits(with_drafts: bool = False) -> FileLimits:
    """Return what the files of an order may take in the current town.

    :param with_drafts: count the files of drafts as taken, too. An order that is made
        of a draft does not: its files are there already.
    """
    limits, store = municipality().limits, counter()
    used = store.records.weights.total
    if with_drafts:
        used += store.drafts.weights.total
    return FileLimits(limits.upload_bytes, max(0, limits.storage_bytes - used))


def files_of(order: Order) -> list[NamedBlobFile]:
    """Return all files of an order, wherever it keeps them."""
    return list(files_in([getattr(order, name) for name in PERSONAL]))


def put(order: Order, name: str, file: NamedBlobFile | None) -> None:
    """Let an order hold a file under ``issued`` or ``act``, or none (None).

    The one before, which nobody was handed, is erased.
    """
    before = getattr(order, name)
    setattr(order, name, file)
    erase_files(files_in(before))
    weigh(order)


def weigh(order: Order) -> None:
    """Count the bytes of an order's files, and no longer those counted before."""
    size = sum(file.getSize() for file in files_of(order))
    counter().records.weights.put(order.getId(), size)
