from plone.indexer import indexer
from plonegov.ordering.content.document import IOrderableDocument


@indexer(IOrderableDocument)
def searchable_text(document) -> str:
    """Return a document's titles and summaries in every language."""
    texts = [document.getId()]
    for name in ("titles", "summaries"):
        texts.extend((getattr(document, name) or {}).values())
    return " ".join(texts)
