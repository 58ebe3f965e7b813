"""From a corpus folder, or one file, to Documents."""

import hashlib
import logging
import re
from dataclasses import replace
from pathlib import Path

from gbaqa.corpus.document import Block, Document, Metadata, Note, Page
from gbaqa.corpus.manifest import MANIFEST_NAME, Manifest, read_manifest
from gbaqa.corpus.markdown import read_markdown
from gbaqa.corpus.pagemap import PageMap, page_markers, read_page_map
from gbaqa.corpus.pdf.load import read_pdf
from gbaqa.corpus.sections import read_heading
from gbaqa.errors import CorpusError
from gbaqa.language.script import Language, clean

_LOG = logging.getLogger(__name__)
_PDF_SUFFIX = ".pdf"
_TEXT_SUFFIXES = {".md", ".markdown", ".txt"}
_PAGE_MAP_SUFFIX = ".pages.tsv"
_NOT_DOCUMENTS = {"readme.md", "license.md"}
_TITLE_PAGE = 4000  # characters of a text in which its title is looked for


def load_corpus(path: Path) -> list[Document]:
    """Read every document under a folder, or the one document in a file.

    A folder with a document.toml is one document made of its Markdown files; a Markdown or text file is a document,
    placed on pages by `NAME.pages.tsv` beside it or by page markers in it; so is a PDF. A digest is left out where the
    document it stands in for is there, and a PDF where its text is: nothing is ever answered from twice. A PDF of a
    folder that cannot be read is left out too; the log says so in a line.

    Raises:
        CorpusError: nothing is there, a file cannot be read, or a page map does not fit.
    """
    if not _exists(path):
        raise CorpusError(f"{str(path)[:200]}: no such corpus; give a folder of documents or a Markdown file with --corpus.")
    if path.is_file():
        return [_logged(_load_pdf(path, [])) if _is_pdf(path) else _load_text(path, [])]
    folders = sorted(manifest.parent for manifest in path.rglob(MANIFEST_NAME) if not _is_hidden(manifest, path))
    manifests = [(folder, read_manifest(folder / MANIFEST_NAME)) for folder in folders]
    files = [file for file in _documents_in(path) if not any(file.is_relative_to(folder) for folder in folders)]
    originals = [_load_text(file, manifests) for file in files if not _is_pdf(file)]
    originals += _load_pdfs([file for file in files if _is_pdf(file)], manifests, {document.id for document in originals})
    present = {document.id for document in originals}
    digests = [
        _load_folder(folder, manifest, [inner for inner in folders if inner != folder and inner.is_relative_to(folder)])
        for folder, manifest in manifests
        if manifest.original is None or manifest.original.id not in present
    ]
    documents = originals + digests
    if not documents:
        raise CorpusError(f"{path}: no documents that can be read; put Markdown, text or PDF files (.md, .txt, .pdf) into this folder.")
    ids = [document.id for document in documents]
    for document_id in ids:
        if ids.count(document_id) > 1:
            raise CorpusError(f"{path}: two documents are called {document_id}; rename one of the files.")
    return documents


def fingerprint(path: Path) -> str:
    """A hash of all that `load_corpus` would read from a path, without reading it into Documents.

    Raises:
        CorpusError: nothing is there, or a file cannot be read.
    """
    if not _exists(path):
        raise CorpusError(f"{str(path)[:200]}: no such corpus; give a folder of documents or a Markdown file with --corpus.")
    folder = path.parent if path.is_file() else path
    files = [path, path.with_name(path.stem + _PAGE_MAP_SUFFIX)] if path.is_file() else sorted(_read_from(path))
    total = hashlib.sha256()
    for file in files:
        if file.exists():
            total.update(f"{file.relative_to(folder)}\0{hashlib.sha256(_bytes(file)).hexdigest()}\n".encode())
    return total.hexdigest()


def _read_from(folder: Path) -> list[Path]:
    """The documents of a folder, and the files that say how to read them."""
    aside = [file for suffix in (MANIFEST_NAME, f"*{_PAGE_MAP_SUFFIX}") for file in folder.rglob(suffix) if not _is_hidden(file, folder)]
    return _documents_in(folder) + aside


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long to be one
        return False


def _documents_in(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and not _is_hidden(file, folder)
        and file.suffix.lower() in {*_TEXT_SUFFIXES, _PDF_SUFFIX}
        and file.name.lower() not in _NOT_DOCUMENTS
    )


def _is_hidden(file: Path, folder: Path) -> bool:
    """Whether a file, or a folder between it and the corpus, is hidden or was left by an archive of a Mac."""
    return any(part.startswith(".") or part == "__MACOSX" for part in file.relative_to(folder).parts)


def _load_text(path: Path, manifests: list[tuple[Path, Manifest]]) -> Document:
    """A document from one text file; known manifests tell whether it is the original of a digest."""
    if path.suffix.lower() not in _TEXT_SUFFIXES:
        known = ", ".join(sorted([*_TEXT_SUFFIXES, _PDF_SUFFIX]))
        raise CorpusError(f"{path}: gbaqa reads Markdown, text and PDF ({known}), not {path.suffix or 'a file without suffix'}.")
    text, sha256 = _read_text(path)
    beside = path.with_name(path.stem + _PAGE_MAP_SUFFIX)
    recognised = _recognised(text[:_TITLE_PAGE], manifests)
    if recognised and not beside.exists() and recognised[1].original and recognised[1].original.page_map:
        beside = recognised[0] / recognised[1].original.page_map
    lines = text.split("\n")
    page_map = read_page_map(beside, len(lines)) if beside.exists() else page_markers(lines)
    if beside.exists():
        sha256 = _digest(sha256, beside.read_bytes())
    blocks, notes = _read_blocks(path, text, page_map)
    if recognised and recognised[1].original:
        document_id, metadata = recognised[1].original.id, recognised[1].original_metadata()
    else:
        document_id, metadata = _slug(path.stem), Metadata(title=_title(text, path))
    return Document(document_id, metadata, _pages([page_map]), blocks, notes, sha256)


def _recognised(beginning: str, manifests: list[tuple[Path, Manifest]]) -> tuple[Path, Manifest] | None:
    """The manifest of the digest whose original begins so."""
    return next(((folder, m) for folder, m in manifests if m.original and all(p in beginning for p in m.original.phrases)), None)


def _load_pdfs(paths: list[Path], manifests: list[tuple[Path, Manifest]], present: set[str]) -> list[Document]:
    """The documents of PDFs, without those whose text is there and those that cannot be read."""
    documents: list[Document] = []
    for path in paths:
        if any(path.with_suffix(suffix).exists() for suffix in _TEXT_SUFFIXES):
            _LOG.warning("%s: left out, since its text lies beside it.", path)
            continue
        try:
            document = _load_pdf(path, manifests)
        except CorpusError as error:
            _LOG.warning("%s", error)
            continue
        if document.id in present:
            _LOG.warning("%s: left out, since %s is read from its text.", path, document.id)
        else:
            documents.append(_logged(document))
    return documents


def _load_pdf(path: Path, manifests: list[tuple[Path, Manifest]]) -> Document:
    """A document from a PDF; known manifests tell whether it is the original of a digest."""
    sha256 = hashlib.sha256(_bytes(path)).hexdigest()
    read = read_pdf(path)
    recognised = _recognised(clean(read.beginning), manifests)
    if recognised and recognised[1].original:
        document_id, metadata = recognised[1].original.id, recognised[1].original_metadata()
    else:
        title = read_heading(1, read.title or path.stem)
        document_id, metadata = _slug(path.stem), Metadata(title={"zh": title.zh, "en": title.en})
    blocks = [replace(block, source=path.name) for block in read.blocks]
    return Document(document_id, metadata, read.pages, blocks, read.notes, sha256, str(path.resolve()), read.problems)


def _logged(document: Document) -> Document:
    for problem in document.problems:
        _LOG.warning("%s", problem)
    return document


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == _PDF_SUFFIX


def _load_folder(folder: Path, manifest: Manifest, others: list[Path]) -> Document:
    """A document from the Markdown files of a folder, in the order of their names."""
    blocks: list[Block] = []
    notes: list[Note] = []
    maps: list[PageMap] = []
    sha256 = hashlib.sha256((folder / MANIFEST_NAME).read_bytes()).hexdigest()
    tables = 0
    for path in _documents_in(folder):
        if _is_pdf(path) or any(path.is_relative_to(other) for other in others):
            continue  # a document of its own
        text, file_sha256 = _read_text(path)
        sha256 = _digest(sha256, file_sha256.encode())
        maps.append(page_markers(text.split("\n")))
        file_blocks, file_notes = _read_blocks(path, text, maps[-1])
        blocks += [block if block.table is None else replace(block, table=block.table + tables) for block in file_blocks]
        tables += max((block.table or 0 for block in file_blocks), default=0)
        notes += file_notes
    if not blocks:
        raise CorpusError(f"{folder}: {MANIFEST_NAME} is there but no Markdown file with text; add one or remove the folder.")
    return Document(manifest.id, manifest.metadata(), _pages(maps), blocks, notes, sha256)


def _read_blocks(path: Path, text: str, page_map: PageMap) -> tuple[list[Block], list[Note]]:
    blocks, notes = read_markdown(text, page_map)
    if not blocks:
        raise CorpusError(f"{path}: no text in it; remove the file or fill it.")
    return [replace(block, source=path.name) for block in blocks], notes


def _read_text(path: Path) -> tuple[str, str]:
    """Text with Unix line ends, and the SHA-256 of the file."""
    data = _bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8.") from error
    if "\x00" in text:
        raise CorpusError(f"{path}: holds binary data, not text; remove it from the corpus.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), hashlib.sha256(data).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); check the file and its permissions.") from error


def _digest(sha256: str, data: bytes) -> str:
    return hashlib.sha256(sha256.encode() + data).hexdigest()


def _pages(maps: list[PageMap]) -> list[Page]:
    """The pages of all maps, each once; in numerical order where every label is a number."""
    languages: dict[str, tuple[Language, ...]] = {}
    certain: dict[str, bool] = {}
    for start in (start for page_map in maps for start in page_map.starts if start.label):
        here: tuple[Language, ...] = ("zh", "en") if start.language == "both" else (start.language,)
        languages[start.label] = tuple(dict.fromkeys(languages.get(start.label, ()) + here))
        certain[start.label] = certain.get(start.label, True) and start.certain
    labels = (
        sorted(languages, key=lambda label: (len(label.lstrip("0")), label.lstrip("0")))
        if all(label.isdecimal() for label in languages)
        else list(languages)
    )
    return [Page(label, languages[label], certain[label]) for label in labels] or [Page("", ("zh", "en"))]


def _title(text: str, path: Path) -> dict[str, str]:
    match = re.search(r"^#\s+(.+)$", text[:_TITLE_PAGE], re.MULTILINE)
    if not match:
        return {"zh": path.stem, "en": path.stem}
    heading = read_heading(1, match[1].strip())
    return {"zh": heading.zh, "en": heading.en}


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-") or "document"
