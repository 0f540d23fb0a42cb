"""Who may log in: a file of names and scrypt hashes, and how a password is held against one."""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rag.errors import ParoleError
from ui import strings

COST, BLOCK, LANES = 15, 8, 3
"""scrypt's log2(N), r and p: what OWASP's « Password Storage Cheat Sheet » gives for 32 MiB."""

COSTS = range(14, 18)
"""log2(N) taken from a file: less is too weak, more takes over 128 MiB for each login."""

MOST_LANES = 8
SALT_BYTES = range(16, 65)
DIGEST_BYTES = range(32, 65)
"""What is taken from a file; we write the first of each range."""

SHORTEST = 8
"""Characters of the shortest password, as NIST SP 800-63B asks."""

NAME = re.compile(r"[^\W_][\w.@ -]{0,63}")
_LINE = re.compile(
    r"\$scrypt\$ln=(\d\d?),r=(\d\d?),p=(\d\d?)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)", re.ASCII
)


class AccountsError(ParoleError):
    """A file of accounts, a name or a password cannot be used."""


@dataclass(frozen=True, slots=True)
class Hash:
    """What is kept of a password: scrypt's cost and lanes, the salt and the digest."""

    cost: int
    lanes: int
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, password: str) -> Self:
        """Return the hash of a new password, with a salt of its own."""
        salt = secrets.token_bytes(SALT_BYTES.start)
        return cls(COST, LANES, salt, _digest(password, COST, LANES, salt, DIGEST_BYTES.start))

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the hash that `str` wrote; ValueError if it is none or out of bounds."""
        found = _LINE.fullmatch(text)
        if found is None:
            raise ValueError("no scrypt hash")
        cost, block, lanes = map(int, found.groups()[:3])
        salt, digest = map(_decoded, found.groups()[3:])
        if cost not in COSTS or block != BLOCK or not 1 <= lanes <= MOST_LANES:
            raise ValueError("parameters out of bounds")
        if len(salt) not in SALT_BYTES or len(digest) not in DIGEST_BYTES:
            raise ValueError("salt or digest too short or too long")
        return cls(cost, lanes, salt, digest)

    def __str__(self) -> str:
        parameters = f"ln={self.cost},r={BLOCK},p={self.lanes}"
        return f"$scrypt${parameters}${_encoded(self.salt)}${_encoded(self.digest)}"

    def fits(self, password: str) -> bool:
        """Tell whether it is the hash of this password, in the same time if it is not."""
        digest = _digest(password, self.cost, self.lanes, self.salt, len(self.digest))
        return hmac.compare_digest(digest, self.digest)


def _digest(password: str, cost: int, lanes: int, salt: bytes, size: int) -> bytes:
    """Return scrypt of the password (RFC 7914), whichever way its accents were typed."""
    return hashlib.scrypt(
        unicodedata.normalize("NFC", password).encode(errors="replace"),
        salt=salt,
        n=2**cost,
        r=BLOCK,
        p=lanes,
        maxmem=2 * 128 * BLOCK * 2**cost,  # scrypt's own memory, and room for OpenSSL's blocks
        dklen=size,
    )


def _encoded(data: bytes) -> str:
    """Return bytes in base64 without padding, as password hashes are written."""
    return base64.b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """Return the bytes that `_encoded` wrote; ValueError if it cannot be."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error


@dataclass(frozen=True, slots=True)
class Accounts:
    """The hash of each name; `decoy` is worked through for a name that has none."""

    hashes: Mapping[str, Hash]
    decoy: Hash

    def admit(self, name: str, password: str) -> bool:
        """Tell whether the password is that of the name; an unknown name takes the same time."""
        fits = self.hashes.get(name, self.decoy).fits(password)
        return fits and name in self.hashes


def account_name(typed: str) -> str:
    """Return a name as it is kept, whichever way its accents were typed."""
    return unicodedata.normalize("NFC", typed.strip())


def account_line(name: str, password: str) -> str:
    """Return the line of a file of accounts for a new password.

    Raises AccountsError for a name or a password that cannot be used.
    """
    check_name(name)
    if len(password) < SHORTEST:
        raise AccountsError(strings.ACCOUNT_SHORT.format(shortest=SHORTEST))
    return f"{account_name(name)}:{Hash.of(password)}"


def check_name(name: str) -> None:
    """Raise AccountsError if an account cannot be called so."""
    if NAME.fullmatch(account_name(name)) is None:
        raise AccountsError(strings.ACCOUNT_NAME.format(name=name))


def read_accounts(path: Path) -> Accounts:
    """Read a file of lines « name:hash »; blank lines and those that begin with # are skipped.

    Raises AccountsError, with file, line and remedy, for a file that cannot be used. A line
    is never quoted: it may hold a password that somebody wrote there by mistake.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AccountsError(strings.ACCOUNTS_UNREADABLE.format(path=path)) from error
    hashes: dict[str, Hash] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            name, found = _account(line, path, number)
            if name in hashes:
                twice = strings.ACCOUNT_TWICE.format(
                    path=path, line=number, name=name, first=lines[name]
                )
                raise AccountsError(twice)
            hashes[name], lines[name] = found, number
    if not hashes:
        raise AccountsError(strings.ACCOUNTS_EMPTY.format(path=path))
    return Accounts(hashes, _decoy(next(iter(hashes.values()))))


def _account(line: str, path: Path, number: int) -> tuple[str, Hash]:
    """Return the name and the hash of one line of the file."""
    name, _, text = account_name(line).partition(":")
    try:
        found = Hash.read(text)
    except ValueError as error:
        raise AccountsError(strings.ACCOUNT_LINE.format(path=path, line=number)) from error
    if NAME.fullmatch(name) is None:
        raise AccountsError(strings.ACCOUNT_LINE.format(path=path, line=number))
    return name, found


def _decoy(like: Hash) -> Hash:
    """Return a hash that costs as much as `like` and that no password has."""
    salt, digest = (secrets.token_bytes(len(part)) for part in (like.salt, like.digest))
    return Hash(like.cost, like.lanes, salt, digest)


def readable_by_others(path: Path) -> bool:
    """Tell whether other users of this machine may read the file; unknown outside of POSIX."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
