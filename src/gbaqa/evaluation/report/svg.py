"""A few lines of SVG: shapes by attributes, text always escaped, colours left to the page's style sheet."""

from xml.etree.ElementTree import Element, SubElement, tostring


class Drawing:
    """An SVG image of a width and height in pixels that scales with the page."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self._root = Element("svg", {"viewBox": f"0 0 {width:g} {height:g}", "role": "img", "class": "plot"})
        SubElement(self._root, "title").text = title

    def rect(self, x: float, y: float, width: float, height: float, style: str, tip: str = "") -> None:
        """A rectangle; `style` is a class of the style sheet, `tip` what a pointer shows."""
        self._add("rect", style, tip, x=x, y=y, width=max(width, 0), height=max(height, 0))

    def circle(self, x: float, y: float, radius: float, style: str, tip: str = "") -> None:
        """A circle about a point."""
        self._add("circle", style, tip, cx=x, cy=y, r=radius)

    def line(self, x1: float, y1: float, x2: float, y2: float, style: str) -> None:
        """A straight line."""
        self._add("line", style, x1=x1, y1=y1, x2=x2, y2=y2)

    def text(self, x: float, y: float, text: str, anchor: str = "start", style: str = "") -> None:
        """A line of text; `anchor` is start, middle or end."""
        self._add("text", style, x=x, y=y).text = text
        self._root[-1].set("text-anchor", anchor)

    def markup(self) -> str:
        """The image as it stands in a page."""
        return tostring(self._root, "unicode")

    def document(self, css: str) -> str:
        """The image as a file of its own, with a style sheet."""
        alone = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **self._root.attrib})
        SubElement(alone, "style").text = css
        alone.extend(self._root)
        return tostring(alone, "unicode")

    def _add(self, tag: str, style: str, tip: str = "", **place: float) -> Element:
        shape = SubElement(self._root, tag, {name: f"{value:.2f}".rstrip("0").rstrip(".") for name, value in place.items()})
        if style:
            shape.set("class", style)
        if tip:
            SubElement(shape, "title").text = tip
        return shape
