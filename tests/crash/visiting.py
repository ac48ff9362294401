"""A browser of few means: cookies, the token of our forms, and the truth about answers that never came."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

_TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)">')


class Lost(Exception):
    """No answer came: what was sent may have been stored, or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; redirects are not followed."""

    status: int
    text: str
    location: str

    @property
    def data(self) -> dict[str, Any]:
        """The answer as JSON."""
        found: dict[str, Any] = json.loads(self.text)
        return found


class Visitor:
    """One person's browser; its cookies outlive the server's process."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._connection: http.client.HTTPConnection | None = None
        self.token = ""

    def get(self, path: str, *, accept: str = "text/html") -> Answer:
        """Open a page, and keep the token that its forms carry."""
        answer = self._ask("GET", path, None, {"Accept": accept})
        found = _TOKEN.search(answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **fields}), headers)

    def put(self, path: str, body: dict[str, Any]) -> Answer:
        """Send JSON, as the autosave does."""
        headers = {
            "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": self.token
        }  # fmt: skip
        return self._ask("PUT", path, json.dumps(body), headers)

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        try:
            return self._tell(method, path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost from error

    def _tell(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        self._connection.request(method, path, body and body.encode(), headers | {"Cookie": cookie})
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for header in answer.msg.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answer(answer.status, text, answer.headers.get("Location", ""))
