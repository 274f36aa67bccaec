"""What commands for the IT staff refuse, in English words that say what would be right."""

from plonegov.core.errors import PlonegovError


class Refusal(PlonegovError):
    """Base: ``text`` is the sentence, with the values of ``context`` in braces."""

    text = ""

    def __str__(self) -> str:
        return self.text.format(**self.context)


class DriverMissing(Refusal):
    """PostgreSQL's driver can't be imported."""

    code = "driver_missing"
    text = (
        "The driver psycopg2 is not installed in this virtual environment. Right would "
        "be: .venv/bin/pip install -c constraints.txt psycopg2-binary"
    )


class DatabaseUnnamed(Refusal):
    """An address of PostgreSQL that names no database or can't be read."""

    code = "database_unnamed"
    text = (
        "{address} is no address of a database: {reason}. Right would be, for example, "
        "postgresql://plonegov@localhost/plonegov"
    )


class ServerUnreachable(Refusal):
    """Nothing answers at the address of the server."""

    code = "server_unreachable"
    text = (
        "No PostgreSQL server answers at {place}: {reason}. Check the address, and that "
        "the server runs (Debian: pg_lsclusters)."
    )


class DatabaseMissing(Refusal):
    """The server has no such database."""

    code = "database_missing"
    text = (
        "The server at {place} has no database “{database}”. Make it as its "
        "administrator: createdb --owner={user} {database}"
    )


class PasswordNeeded(Refusal):
    """The server wants a password and none was given."""

    code = "password_needed"
    text = (
        "The server at {place} wants a password for “{user}”. Give it in the variable "
        "PGPASSWORD, or in the address: postgresql://{user}:PASSWORD@..."
    )


class AccessRefused(Refusal):
    """The server does not let the user in: wrong password, unknown role, pg_hba.conf."""

    code = "access_refused"
    text = (
        "The server at {place} does not let “{user}” into “{database}”: {reason}. Check "
        "the user's name and password, and the server's pg_hba.conf."
    )


class TablesRefused(Refusal):
    """The user may not make tables in the database, or not change what is there."""

    code = "tables_refused"
    text = (
        "“{user}” may not make or change tables in the database “{database}” at {place} "
        "(schema public). Make it the owner, as the server's administrator: "
        'ALTER DATABASE "{database}" OWNER TO "{user}"'
    )


class StorageNotEmpty(Refusal):
    """There is data where an empty storage is needed."""

    code = "storage_not_empty"
    text = (
        "{place} holds data already, and nothing is ever written over it. Take an empty "
        "one, or “plonegov storage use” when an instance shall use what is there."
    )


class StorageEmpty(Refusal):
    """There is no data where some is needed."""

    code = "storage_empty"
    text = "{place} holds no data: fill it first, with “plonegov storage copy”."


class StorageNotApart(Refusal):
    """The instance's configuration names its storage in ``zope.conf`` itself."""

    code = "storage_not_apart"
    text = (
        "{file} has a section <zodb_db main> of its own. Replace the section by the "
        "line “%include storage.conf”, then try again."
    )


class SiteServes(Refusal):
    """A server of this instance runs."""

    code = "site_serves"
    text = "The instance {home} is being served on port {ports}: {advice}"


class SameStorage(Refusal):
    """Source and target of a copy are the same."""

    code = "same_storage"
    text = "Source and target are the same: {place}."


class CopyDiffers(Refusal):
    """A copy does not hold what its source holds."""

    code = "copy_differs"
    text = (
        "The copy in {place} is not the same as its source ({what}). Don't use it: empty "
        "it and copy again."
    )


class ProgramMissing(Refusal):
    """A program of PostgreSQL is not installed."""

    code = "program_missing"
    text = (
        "The program {program} is missing. Right would be: apt-get install "
        "postgresql-client"
    )


class ProgramFailed(Refusal):
    """A program of PostgreSQL ended with an error."""

    code = "program_failed"
    text = "{program} failed: {reason}"


class BackupTargetTaken(Refusal):
    """A backup or restore would write over something."""

    code = "backup_target_taken"
    text = "{folder} {reason}. Take a folder that is empty or not there yet."


class BackupFailed(Refusal):
    """A backup could not be finished."""

    code = "backup_failed"
    text = "The backup in {folder} is not complete and can't be used: {reason}"


class NotABackup(Refusal):
    """A folder without a manifest, or with one that can't be read."""

    code = "not_a_backup"
    text = (
        "{folder} is no finished backup: {reason}. A backup is a folder that “plonegov "
        "backup” has written, with its manifest.json."
    )


class BackupDamaged(Refusal):
    """Files of a backup are missing or are not what the manifest says."""

    code = "backup_damaged"
    text = (
        "The backup {folder} is damaged and nothing was restored. Missing or changed: "
        "{files}. Take another backup."
    )


class ErasuresUnreadable(Refusal):
    """An erasure log can't be read."""

    code = "erasures_unreadable"
    text = (
        "The erasure log can't be read ({reason}). Right would be a file of the folder "
        "“erasures” of the instance, or that folder. Nothing was restored."
    )


class KindDiffers(Refusal):
    """A backup is restored into the kind of storage that it was made from."""

    code = "kind_differs"
    text = (
        "The backup was made from {kind}, so --storage must name an empty storage of "
        "this kind, for example {example}. Afterwards “plonegov storage copy” can move "
        "it to another kind."
    )


class FileThere(Refusal):
    """An export never overwrites a file."""

    code = "file_there"
    text = (
        "{file} is there already, or its folder is not. Right would be the name of a "
        "new file in a folder that exists."
    )


class NumberWrong(Refusal):
    """What was typed is no national number of the town's country."""

    code = "number_wrong"
    text = (
        "This is no national number of the municipality's country: a digit is missing "
        "or wrong. Right would be the number as on the identity card, or none."
    )


class ImportRefused(Refusal):
    """A file that can't be imported at all; nothing of it was."""

    code = "import_refused"
    text = "{file} was not imported: {reason}."


class BodyUnknown(Refusal):
    """The town has no such body."""

    code = "body_unknown"
    text = "The municipality has no body “{id}”. It has: {known}."
