"""Who is logged in, and how soon a name may be tried again; both of bounded size."""

import secrets
import time
from collections.abc import Callable

SESSION_SECONDS = 12 * 3600
"""A day of classes; then the password is asked again."""

MOST_SESSIONS = 10_000
"""Kept at once, some 2 MB; the oldest goes first."""

FREE_FAILURES = 3
"""Wrong passwords before the next one has to wait: a slip or two is human."""

LONGEST_WAIT = 30.0
"""Seconds between two guesses in the end: 2 880 a day, where a password has 8 characters."""

FORGIVEN = 15 * 60.0
"""Seconds after the last wrong password until it is forgotten."""

BUCKETS = 4096
"""Counters that names share by their hash, so that made-up names fill no memory."""

Clock = Callable[[], float]


class Sessions:
    """The names of those who are logged in, by the token that their browser keeps."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._names: dict[str, tuple[str, float]] = {}

    def open(self, name: str) -> str:
        """Return the token of a new session."""
        if len(self._names) >= MOST_SESSIONS:
            del self._names[next(iter(self._names))]
        token = secrets.token_urlsafe(32)
        self._names[token] = (name, self._clock() + SESSION_SECONDS)
        return token

    def name(self, token: str) -> str | None:
        """Return whose session it is; None if there is none, or no longer."""
        name, end = self._names.get(token, (None, 0.0))
        if name is not None and self._clock() >= end:
            self.close(token)
            return None
        return name

    def close(self, token: str) -> None:
        """Forget a session, if there is one."""
        self._names.pop(token, None)


class Throttle:
    """Makes a name wait longer after each wrong password, whether it exists or not."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._failures = [0] * BUCKETS
        self._last = [float("-inf")] * BUCKETS

    def wait(self, name: str) -> float:
        """Return the seconds until this name may be tried; 0 if it may be at once."""
        bucket = self._bucket(name)
        beyond = self._failures[bucket] - FREE_FAILURES
        if beyond < 0:
            return 0.0
        pause = min(2.0 ** min(beyond, 10), LONGEST_WAIT)
        return max(0.0, self._last[bucket] + pause - self._clock())

    def failed(self, name: str) -> None:
        """Count a wrong password."""
        bucket, now = self._bucket(name), self._clock()
        if now - self._last[bucket] > FORGIVEN:
            self._failures[bucket] = 0
        self._failures[bucket] += 1
        self._last[bucket] = now

    def passed(self, name: str) -> None:
        """Forget the wrong passwords of a name that has found the right one."""
        self._failures[self._bucket(name)] = 0

    def _bucket(self, name: str) -> int:
        """Return the counter of a name; which names share one differs from run to run."""
        return hash(name) % BUCKETS
