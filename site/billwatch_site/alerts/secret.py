"""The secret that signs our links: from the environment, or made on first use beside the store, for the owner alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from billwatch.errors import StoreError, UsageError

VARIABLE = "BILLWATCH_SECRET"
_SHORTEST = 22  # characters: 128 bits, written url-safe


def secrets_of(folder: Path, env: Mapping[str, str]) -> tuple[str, ...]:
    """The secrets, the one that signs last; several in BILLWATCH_SECRET, apart by blanks, while one follows another.

    A secret that is too short is a `UsageError`; a file that is there and holds none is a `StoreError`, because a new
    one would break every link that was ever sent.
    """
    given = env.get(VARIABLE, "").split()
    if any(len(secret) < _SHORTEST for secret in given):
        raise UsageError(f"{VARIABLE} is too short; write {_SHORTEST} characters or more that nobody can guess")
    return tuple(given) or (_kept(folder / "secret"),)


def _kept(file: Path) -> str:
    try:
        if not file.exists():
            _make(file)
        found = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{file} cannot be used ({error}); it signs the links in our letters") from error
    if len(found) < _SHORTEST:
        raise StoreError(f"{file} holds no secret; bring it back from a backup, or delete it and every link sent ends")
    return found


def _make(file: Path) -> None:
    """Write it whole under another name first; where two begin at once, the first one's stands."""
    file.parent.mkdir(parents=True, exist_ok=True)
    whole = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(whole, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(32) + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(whole, file)
    except FileExistsError:
        pass
    finally:
        whole.unlink()
