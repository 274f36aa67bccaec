"""nginx with the configuration of docs/operations, on other ports and in a folder."""

from helpers.serving import free_port
from helpers.serving import until
from pathlib import Path

import os
import requests
import subprocess


SOURCE = Path(__file__).parents[2] / "docs" / "operations" / "nginx.conf"
HOST = "www.exempleville.example"
#: What the certificate is for.
NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1"
FRAME = """
daemon off; {user} pid {folder}/nginx.pid; error_log {folder}/start.log;
events {{ }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/plonegov*.conf;
}}
"""


class Nginx:
    """One nginx before the servers on some ports."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"https://localhost:{self.port}"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = str(folder / "cert.pem")
        self.write(SOURCE, "plonegov.conf", self.changes(ports))
        # Started by root its workers would be somebody who can't enter the folder.
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(FRAME.format(folder=folder, user=user))
        command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        names = ["-subj", "/CN=localhost", "-addext", NAMES]
        files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
        subprocess.run(
            [*command.split(), *names, *files, "-days", "2"],
            check=True,
            capture_output=True,
        )

    def changes(self, ports: list[int]) -> dict[str, str]:
        """Return what is put in place of words of the configuration."""
        return {
            "127.0.0.1:8080": f"127.0.0.1:{ports[0]}",
            "127.0.0.1:8081": f"127.0.0.1:{ports[1]}",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            "/etc/ssl/certs/exempleville.pem": f"{self.folder}/cert.pem",
            "/etc/ssl/private/exempleville.key": f"{self.folder}/key.pem",
            "/var/log/nginx": str(self.folder),
        }

    def write(self, source: Path, name: str, changes: dict[str, str]) -> None:
        """Write a file of the configuration with other words in it."""
        text = source.read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new)
        (self.folder / name).write_text(text)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = ["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until(self.answers, 20)

    def stop(self) -> None:
        """Stop it."""
        self.process.terminate()
        self.process.wait(20)

    def answers(self) -> bool:
        """Tell whether it is up."""
        assert self.process.poll() is None, (self.folder / "start.log").read_text()
        try:
            return self.session.get(f"{self.url}/health", timeout=20).ok
        except requests.ConnectionError:
            return False
