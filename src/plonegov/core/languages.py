"""The languages in which the suite speaks."""

#: ISO 639-1, in the order of every table: no text of ours stands in fewer.
LANGUAGES = ("fr", "nl", "en", "es")
