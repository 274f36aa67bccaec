"""How the clerk's pages call people: by name, as far as an account has one."""

from plone import api


def person_name(user_id: str) -> str:
    """Return the name of an account; the id where nobody has it (any more)."""
    user = api.user.get(user_id) if user_id else None
    return user.getProperty("fullname", "") or user_id if user else user_id


class Names(dict[str, str]):
    """Names by account, each looked up once for a page."""

    def __missing__(self, user_id: str) -> str:
        self[user_id] = person_name(user_id)
        return self[user_id]
