"""A small builder of SVG: elements whose texts and attributes are escaped by the library that writes them."""

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production Char


class Box(NamedTuple):
    """Where a rectangle is."""

    left: float
    top: float
    right: float
    height: float


class Group:
    """An element into which others are drawn."""

    def __init__(self, element: ET.Element) -> None:
        self.element = element

    def add(self, tag: str, text: str = "", /, **attributes: str | float) -> "Group":
        """Draw an element. `class_` and `text_anchor` stand for `class` and `text-anchor`."""
        named = {_attribute(name): _value(value) for name, value in attributes.items()}
        made = Group(ET.SubElement(self.element, tag, named))
        if text:
            made.element.text = printable(text)
        return made

    def titled(self, title: str) -> "Group":
        """The same, with a title, which browsers show when somebody points at it."""
        self.add("title", title)
        return self

    def bar(self, box: "Box", kind: str, rounded: float = 3) -> "Group":
        """A rectangle, at least one unit wide."""
        wide = max(box.right - box.left, 1.0)
        return self.add("rect", x=box.left, y=box.top, width=wide, height=box.height, rx=rounded, class_=kind)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> "Group":
        """A line."""
        return self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)

    def text(self, x: float, y: float, text: str, kind: str, anchor: str = "start") -> "Group":
        """One line of text; `y` is its base line."""
        return self.add("text", text, x=x, y=y, class_=kind, text_anchor=anchor)

    def path(self, data: str, kind: str) -> "Group":
        """A path."""
        return self.add("path", d=data, class_=kind)

    def written(self) -> str:
        """The element as XML."""
        return ET.tostring(self.element, encoding="unicode")


def root(width: float, height: float, **attributes: str) -> Group:
    """An empty drawing."""
    named = {_attribute(name): value for name, value in attributes.items()}
    box = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width:g} {height:g}"}
    return Group(ET.Element("svg", {**box, "width": f"{width:g}", "height": f"{height:g}", **named}))


def printable(text: str) -> str:
    """On one line, and without the characters that XML does not allow."""
    return " ".join(_NOT_XML.sub("", text).split())


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return printable(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
