"""What a browser would make of our HTML, and whether a text in it stays nothing but text."""

from html.parser import HTMLParser

FILLER = "zqx"
"""Stands for a text from outside; no sentence of ours holds it."""


class Reading(HTMLParser):
    """What a browser would make of the HTML: its elements in order, its attributes, its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.values: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.values.extend(value or "" for _, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.elements.append((f"comment {data}", ()))

    def handle_decl(self, decl: str) -> None:
        self.elements.append((f"declaration {decl}", ()))

    def handle_pi(self, data: str) -> None:
        self.elements.append((f"instruction {data}", ()))

    def unknown_decl(self, data: str) -> None:
        self.elements.append((f"declaration {data}", ()))


def assert_data(hostile: str, plain: str, text: str) -> None:
    """Check that `text` is in `hostile` what the filler is in `plain`: data, and nothing more."""
    read, expected = Reading(hostile), Reading(plain)
    assert FILLER in expected.text
    assert read.elements == expected.elements
    assert read.values == [value.replace(FILLER, text) for value in expected.values]
    assert read.text == expected.text.replace(FILLER, text)


def actions_of(markup: str) -> list[str]:
    """Return what the buttons do, in their order."""
    return [part.split('"')[0] for part in markup.split('data-action="')[1:]]
