"""The errors of files."""

from plonegov.core.errors import PlonegovError


class PictureUnreadable(PlonegovError):
    """A picture is damaged, too large to be opened, or only looks like one."""

    code = "picture_unreadable"
