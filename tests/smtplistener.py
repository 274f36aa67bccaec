"""A mail server on loopback for tests: real SMTP, answers as told."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import socketserver
import ssl
import threading


@dataclass
class Received:
    """One accepted mail."""

    sender: str
    recipient: str
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=default)


@dataclass
class Listener:
    """What the server got and how it answers; ``at`` is called before an answer.

    Keys of ``answers``: ``connect``, ``auth``, ``mail``, ``rcpt`` and ``data`` (after
    the text).
    """

    host: str = "127.0.0.1"
    port: int = 0
    #: Offers STARTTLS with this certificate, and signing in when ``sign_in``.
    tls: ssl.SSLContext | None = None
    sign_in: bool = False
    secrets: list[str] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    at: Callable[[str], None] = lambda step: None

    def answer(self, step: str, good: str) -> str:
        self.at(step)
        return self.answers.get(step, good)


class Handler(socketserver.StreamRequestHandler):
    """The few commands that ``smtplib`` uses."""

    def handle(self) -> None:
        listener = self.server.listener
        self.say(listener.answer("connect", "220 listener"))
        sender = recipient = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split()[0].upper()
            if verb == "MAIL":
                sender = line.partition("<")[2].partition(">")[0]
                self.say(listener.answer("mail", "250 ok"))
            elif verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                self.say(listener.answer("rcpt", "250 ok"))
            elif verb == "DATA":
                self.take(listener, sender, recipient)
            elif verb == "AUTH":
                listener.secrets.append(line)
                self.say(listener.answer("auth", "235 welcome"))
            elif verb == "STARTTLS":
                self.encrypt(listener.tls)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.greet(listener)

    def greet(self, listener: Listener) -> None:
        encrypted = isinstance(self.connection, ssl.SSLSocket)
        offers = ["STARTTLS"] if listener.tls and not encrypted else []
        offers += ["AUTH PLAIN"] if listener.sign_in else []
        *first, last = ["listener", *offers]
        for line in first:
            self.say(f"250-{line}")
        self.say(f"250 {last}")

    def encrypt(self, context: ssl.SSLContext) -> None:
        self.say("220 go on")
        self.connection = context.wrap_socket(self.request, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)

    def take(self, listener: Listener, sender: str, recipient: str) -> None:
        self.say("354 go on")
        data = b""
        while (line := self.rfile.readline()) != b".\r\n":
            data += line.removeprefix(b".")  # RFC 5321, 4.5.2
        answer = listener.answers.get("data", "250 accepted")
        if answer.startswith("2"):
            listener.received.append(Received(sender, recipient, data))
        self.say(listener.answer("data", "250 accepted"))
        listener.at("accepted")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """A client that was killed in the middle is no error of the listener."""


def serve(host: str = "127.0.0.1", port: int = 0) -> tuple[Listener, _Server]:
    """Start a listener on loopback; the caller shuts the server down."""
    server = _Server((host, port), Handler)
    server.listener = Listener(host, server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.listener, server
