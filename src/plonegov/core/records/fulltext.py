"""A full-text index for a store of records: Plone's own words, case and accents folded."""

from Products.CMFPlone.UnicodeSplitter import I18NNormalizer
from Products.CMFPlone.UnicodeSplitter import Splitter
from Products.ZCatalog.Catalog import Catalog
from Products.ZCTextIndex.OkapiIndex import OkapiIndex
from Products.ZCTextIndex.ZCTextIndex import PLexicon
from Products.ZCTextIndex.ZCTextIndex import ZCTextIndex

import re


LEXICON = "lexicon"
WORD = re.compile(r"[^\W_]+")
#: More words than anybody looks for; the rest narrows nothing.
MOST_WORDS = 12


def add_text(catalog: Catalog, name: str) -> None:
    """Give a catalog an index of words; its indexes share one lexicon."""
    if not hasattr(catalog, LEXICON):
        setattr(catalog, LEXICON, PLexicon(LEXICON, "", Splitter(), I18NNormalizer()))
    index = ZCTextIndex(
        name, caller=catalog, index_factory=OkapiIndex, lexicon_id=LEXICON
    )
    catalog.addIndex(name, index)


def words_query(text: str) -> str:
    """Return the query for all words that somebody typed, the last one maybe begun.

    Nothing that is typed is read as an operator; without a word it is empty.
    """
    words = [f'"{word}"' for word in WORD.findall(text)[:MOST_WORDS]]
    if words and not text[-1:].isspace():
        words[-1] = f"{words[-1].strip(chr(34))}*"
    return " AND ".join(words)
