"""How a door says no: a status and a French sentence."""

from starlette.responses import JSONResponse, PlainTextResponse, Response

from ui import strings

API = "/gradio_api/"


class RefusedError(Exception):
    """A request is not let in."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def closed() -> RefusedError:
    """Return the refusal of whatever is not known here, the same for all of it."""
    return RefusedError(404, strings.DOOR_CLOSED)


def response(refused: RefusedError, path: str) -> Response:
    """Return the refusal as the one who asked reads it: Gradio's page shows a `detail`."""
    if path.startswith(API):
        return JSONResponse({"detail": refused.sentence}, refused.status)
    return PlainTextResponse(refused.sentence, refused.status)
