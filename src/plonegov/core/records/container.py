"""Content whose records are reached by their keys, beside its children."""

from plonegov.core.records.protection import ProtectsRecords


class HoldsRecords(ProtectsRecords):
    """Mix-in of content with a ``records`` store, which it makes when it is made."""

    def __getitem__(self, key):
        try:
            return super().__getitem__(key)
        except KeyError:
            record = self.records.get(key)
            if record is None:
                raise
            return record.__of__(self)
