"""A session of the page without a browser: what it sends, anybody can send."""

import json
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

NUMBERS = count()


@dataclass(frozen=True, slots=True)
class Tab:
    """A session of the page without a browser: it sends what it likes."""

    caller: httpx.Client
    config: dict[str, Any]
    session: str

    def fire(self, trigger: str, data: object = None, **values: object) -> list[Any]:
        """Send an event and what follows from it; return what its components become.

        `values` stand in the components of these types; a state's own is never the browser's.
        """
        event = self.event(trigger)
        replied = self.send(event, data, values)
        assert "error" not in replied, (trigger, data, replied)
        for after in self.config["dependencies"]:
            if after["trigger_after"] == event["id"] and after["backend_fn"]:
                assert "error" not in self.send(after, None, values)
        return list(replied["data"])

    def reply(self, trigger: str, data: object, **values: object) -> str:
        """Send an event, which may be refused; return all that is answered."""
        return json.dumps(self.send(self.event(trigger), data, values), ensure_ascii=False)

    def export(self, **values: object) -> str:
        """Return the whole conversation as Markdown."""
        (file,) = self.fire("download", {"format": "markdown"}, **values)
        return str(file["text"])

    def event(self, trigger: str) -> dict[str, Any]:
        """Return the event of that name; « id.name » is that of one component."""
        place, _, name = trigger.rpartition(".")
        ids = [
            one["id"]
            for one in self.config["components"]
            if place in {"", one["props"].get("elem_id")}
        ]
        return next(
            one
            for one in self.config["dependencies"]
            if any(target in ids and name == of for target, of in one["targets"])
        )

    def send(self, event: dict[str, Any], data: object, values: dict[str, object]) -> Any:
        """Send one event, in Gradio's queue or beside it; return its answer or its error."""
        types = {one["id"]: one["type"] for one in self.config["components"]}
        body = {
            "data": [values.get(types[component]) for component in event["inputs"]],
            "fn_index": event["id"],
            "session_hash": self.session,
            "event_data": data,
            "trigger_id": None,
        }
        replied = self.caller.post(
            f"gradio_api/{'queue/join' if event['queue'] else 'run/predict'}",
            content=json.dumps(body),  # plain ASCII, since lone surrogates are sent too
            headers={"content-type": "application/json"},
        )
        return self._awaited() if event["queue"] else replied.json()

    def _awaited(self) -> Any:
        """Return what the queue answers in the end."""
        messages = self.caller.get("gradio_api/queue/data", params={"session_hash": self.session})
        lines = [json.loads(line[5:]) for line in messages.text.splitlines() if line]
        (last,) = (line for line in lines if line["msg"] == "process_completed")
        return last["output"]


def opened(caller: httpx.Client) -> Tab:
    """Open the page once more."""
    return Tab(caller, caller.get("config").json(), f"session{next(NUMBERS)}")
