"""JSON that people or other programs wrote: every value is checked, every failure has a place."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from eval.questions import strings as say
from rag.errors import EvaluationError

Choice = TypeVar("Choice", bound=str)


def decode(text: str, place: str) -> object:
    """Return what a JSON text says.

    Raises:
        EvaluationError: it is no JSON, an object of it has two fields of the same name, or a
            text of it holds half a character; the message says where it was read (`place`).
    """
    try:
        value = json.loads(text, object_pairs_hook=_unique)
        json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair cannot be written
    except json.JSONDecodeError as error:
        template = say.JSON_SYNTAX_LINE if "\n" in text else say.JSON_SYNTAX
        reason = template.format(line=error.lineno, column=error.colno)
    except UnicodeEncodeError:
        reason = say.JSON_SURROGATE
    except _TwiceError as error:
        reason = say.JSON_TWICE.format(field=error)
    except (ValueError, RecursionError):  # a number of thousands of figures, a deep nesting
        reason = say.JSON_HUGE
    else:
        return value
    raise EvaluationError(say.JSON_INVALID.format(place=place, reason=reason))


class _TwiceError(ValueError):
    """Two fields of an object have this name."""


def _unique(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Return the fields of an object."""
    values: dict[str, object] = {}
    for name, value in pairs:
        if name in values:
            raise _TwiceError(name)
        values[name] = value
    return values


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one JSON object, read from `place`; each method raises EvaluationError."""

    place: str
    values: Mapping[str, object]

    @classmethod
    def of(cls, value: object, place: str) -> Self:
        """Return the fields of a decoded object; any other value is an error."""
        if not isinstance(value, dict):
            raise EvaluationError(say.NOT_AN_OBJECT.format(place=place))
        return cls(place, value)

    def require(self, names: Sequence[str]) -> None:
        """Make sure that these fields are there, and no other."""
        for name in names:
            self._value(name)
        for name in self.values:
            if name not in names:
                raise self.wrong(name, say.FIELD_UNKNOWN.format(names=", ".join(names)))

    def text(self, name: str) -> str:
        """Return a text, which may be empty."""
        value = self._value(name)
        if not isinstance(value, str):
            raise self.wrong(name, say.FIELD_TEXT)
        return value

    def filled(self, name: str) -> str:
        """Return a text with something in it."""
        value = self.text(name)
        if not value.strip():
            raise self.wrong(name, say.FIELD_EMPTY)
        return value

    def choice(self, name: str, allowed: Sequence[Choice]) -> Choice:
        """Return a text that must be one of a few."""
        value = self.text(name)
        for known in allowed:
            if value == known:
                return known
        listed = ", ".join(f"«\u00a0{known}\u00a0»" for known in allowed)
        raise self.wrong(name, say.FIELD_CHOICE.format(value=value, allowed=listed))

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self._value(name)
        if not isinstance(value, bool):
            raise self.wrong(name, say.FIELD_FLAG)
        return value

    def number(self, name: str) -> float:
        """Return a finite number."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, say.FIELD_NUMBER)
        if not abs(value) <= sys.float_info.max:  # NaN, infinite, or an integer beyond floats
            raise self.wrong(name, say.FIELD_NUMBER)
        return float(value)

    def count(self, name: str) -> int:
        """Return an integer from 0 on."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.wrong(name, say.FIELD_COUNT)
        return value

    def items(self, name: str) -> Sequence[object]:
        """Return a list of anything."""
        value = self._value(name)
        if not isinstance(value, list):
            raise self.wrong(name, say.FIELD_LIST)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts with something in each."""
        return self._texts(name, self.items(name))

    def alternatives(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts, none of which is empty."""
        found = []
        for item in self.items(name):
            if not isinstance(item, list) or not item:
                raise self.wrong(name, say.FIELD_ALTERNATIVES)
            found.append(self._texts(name, item))
        return tuple(found)

    def objects(self, name: str) -> tuple["Fields", ...]:
        """Return a list of objects, the place of each being numbered from 1."""
        return tuple(
            Fields.of(item, say.ITEM_PLACE.format(place=self.place, field=name, number=number))
            for number, item in enumerate(self.items(name), start=1)
        )

    def wrong(self, name: str, reason: str) -> EvaluationError:
        """Return the error that says what is wrong with a field."""
        return EvaluationError(say.FIELD_WRONG.format(place=self.place, field=name, reason=reason))

    def _value(self, name: str) -> object:
        """Return a field's value as it is."""
        if name not in self.values:
            raise self.wrong(name, say.FIELD_MISSING)
        return self.values[name]

    def _texts(self, name: str, items: Sequence[object]) -> tuple[str, ...]:
        """Return items that must be texts with something in each."""
        for item in items:
            if not isinstance(item, str) or not item.strip():
                raise self.wrong(name, say.FIELD_TEXTS)
        return tuple(map(str, items))
