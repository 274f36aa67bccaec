"""A token in software (SoftHSM 2) that holds a town's key.

``python -m helpers.softhsm`` runs in a process of its own, so that the process that tests
opens the device first by the suite.
"""

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization import PrivateFormat
from pathlib import Path

import os
import pkcs11
import subprocess
import sys


PIN = "246813"
LABEL = "seal"
TESTS = Path(__file__).parents[1]


def module() -> str:
    """Return the path of SoftHSM's module, where Debian has it."""
    return next(map(str, Path("/usr/lib").glob("**/softhsm/libsofthsm2.so")))


def configure(folder: Path) -> None:
    """Keep the tokens of this process and its children in a folder."""
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    file = folder / "softhsm2.conf"
    file.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(file)


def make_token(folder: Path, token: str, key, certificate) -> None:
    """Make a token with a key and its certificate, both labelled ``LABEL``."""
    pem, der = folder / "key.pem", folder / "certificate.der"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    der.write_bytes(certificate.public_bytes(Encoding.DER))
    _util("--init-token", "--free", "--label", token, "--so-pin", "1357", "--pin", PIN)
    of_key = ("--id", "01", "--label", LABEL, "--token", token, "--pin", PIN)
    _util("--import", pem, *of_key)
    command = [sys.executable, "-m", "helpers.softhsm", token, str(der)]
    subprocess.run(command, cwd=TESTS, check=True)


def settings(token: str, key: str = LABEL) -> str:
    """Return the table of ``seal.toml`` that names a token."""
    return (
        f'[pkcs11]\nmodule = "{module()}"\ntoken = "{token}"\nkey = "{key}"\n'
        'pin_file = "seal.pin"\n'
    )


def _util(*arguments) -> None:
    command = ["softhsm2-util", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True)


def main(token: str, file: str) -> None:
    """Put a certificate on a token."""
    found = pkcs11.lib(module()).get_token(token_label=token)
    with found.open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.LABEL: LABEL,
                pkcs11.Attribute.ID: b"\1",
                pkcs11.Attribute.SUBJECT: b"",
                pkcs11.Attribute.VALUE: Path(file).read_bytes(),
            }
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
