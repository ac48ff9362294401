"""Keys that are made once and kept in the data folder, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_BYTES = 48


class KeysUnavailable(Exception):
    """A key can be neither read nor made."""


def kept_key(folder: Path, name: str) -> str:
    """Return the key kept in `folder/name`; make it first where there is none.

    It is written beside its place and then linked into it, so that of two processes starting at once both
    read the same key, and none reads half of one.
    """
    file = folder / name
    try:
        if not file.exists():
            _make(file)
        key = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KeysUnavailable(
            f"The key in {file} cannot be read or made. Check the rights of that file."
        ) from error
    if len(key) < _BYTES:
        raise KeysUnavailable(
            f"The key in {file} is cut short. Put its backup back, or delete it to sign everyone out."
        )
    return key


def _make(file: Path) -> None:
    draft = file.with_name(f".{file.name}-{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(_BYTES))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was quicker: its key is the key
    finally:
        draft.unlink()
