"""PDFs that are broken, or made to break their reader; written by hand, object by object."""

import zlib
from pathlib import Path


def raw_pdf(path: Path, objects: list[bytes], *, root: int = 1) -> Path:
    """A PDF of these objects, numbered from 1, with a true cross-reference table."""
    data, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    path.write_bytes(data)
    return path


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
_WORDS = b"BT /F1 12 Tf 72 700 Td (The harbour of Lantern Bay is open all year for every boat.) Tj ET"


def scripted(path: Path) -> Path:
    """A readable page in a file that runs JavaScript when it is opened."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    return raw_pdf(path, [catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE, _stream(_WORDS), _FONT])


def cyclic(path: Path) -> Path:
    """A page tree that is its own child."""
    return raw_pdf(path, [_CATALOG, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", _PAGE, _stream(_WORDS), _FONT])


def bomb(path: Path, megabytes: int = 512) -> Path:
    """A page whose contents are a few kilobytes that unpack, twice, to very much."""
    pack = zlib.compressobj(9)
    line = b"BT /F1 12 Tf 72 700 Td (boom boom boom boom boom boom) Tj ET\n" * 16_384
    once = b"".join(pack.compress(line) for _ in range(megabytes)) + pack.flush()
    contents = _stream(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]")
    return raw_pdf(path, [_CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE, contents, _FONT])


def unmapped(path: Path) -> Path:
    """A page in a font of which nobody can tell the letters: an identity encoding, no map to Unicode."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Secret /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Secret /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /FontDescriptor 7 0 R >>"
    )
    descriptor = b"<< /Type /FontDescriptor /FontName /Secret /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent 0 >>"
    words = b"BT /F1 12 Tf 72 700 Td <" + b"".join(b"%04x" % code for code in range(3, 63)) + b"> Tj ET"
    return raw_pdf(path, [_CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE, _stream(words), font, descendant, descriptor])


def many_pages(path: Path, count: int) -> Path:
    """A file of so many pages with the same few words."""
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return raw_pdf(path, [_CATALOG, pages, _stream(_WORDS), _FONT, *[page] * count])


def deep(path: Path, depth: int = 20_000) -> Path:
    """A catalog with dictionaries inside each other, deeper than a parser may follow."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Deep " + b"<< /A " * depth + b"0" + b" >>" * depth + b" >>"
    return raw_pdf(path, [catalog, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", _PAGE, _stream(_WORDS), _FONT])
