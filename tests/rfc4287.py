"""What RFC 4287 demands of an Atom feed, section by section: our own reading of the standard, strict.

`faults(root)` names what is wrong, and nothing where nothing is. Extensions in other namespaces are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
Element = etree._Element

# Sections 4.1.1 and 4.1.2: (exactly one, at most one, any number)
_FEED = ({"id", "title", "updated"}, {"generator", "icon", "logo", "rights", "subtitle"},
         {"author", "category", "contributor", "link", "entry"})  # fmt: skip
_ENTRY = ({"id", "title", "updated"}, {"content", "published", "rights", "source", "summary"},
          {"author", "category", "contributor", "link"})  # fmt: skip
_PERSON: tuple[set[str], set[str], set[str]] = ({"name"}, {"uri", "email"}, set())  # 3.2
_COMMON = {f"{XML}lang", f"{XML}base"}  # section 2
_ATTRIBUTES = {
    "link": {"href", "rel", "type", "hreflang", "title", "length"},  # 4.2.7
    "category": {"term", "scheme", "label"},  # 4.2.2
    "content": {"type", "src"},  # 4.1.3
    "generator": {"uri", "version"},  # 4.2.4
    "title": {"type"},  # 3.1
    "subtitle": {"type"},
    "rights": {"type"},
    "summary": {"type"},
}
_TEXTS = ("title", "subtitle", "rights", "summary", "content")
# 3.3: RFC 3339, and its letters in capitals
_MOMENT = re.compile(r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_MEDIA_TYPE = re.compile(r".+/.+")


def faults(root: Element) -> list[str]:
    """Everything that the standard forbids, in the order in which it is found."""
    if root.tag != f"{ATOM}feed":
        return [f"4.1.1: the root is {root.tag}"]
    return [*_container(root, _FEED), *_authors(root), *_unique(root), *_self(root)]


def _container(element: Element, rules: tuple[set[str], set[str], set[str]]) -> Iterator[str]:
    """Which children there may be and how often, and what each of them must be."""
    once, at_most, any_number = rules
    where = _name(element)
    counts = Counter(_name(child) for child in _children(element))
    yield from (f"{where}: {name} {counts[name]} times" for name in sorted(once) if counts[name] != 1)
    yield from (f"{where}: {name} {counts[name]} times" for name in sorted(at_most) if counts[name] > 1)
    yield from (f"{where}: {name} has no place there" for name in sorted(set(counts) - once - at_most - any_number))
    if "".join([element.text or "", *(child.tail or "" for child in element)]).strip():
        yield f"{where}: text between its elements"
    alternates = [
        (x.get("type"), x.get("hreflang")) for x in _links(element) if x.get("rel", "alternate") == "alternate"
    ]
    if len(set(alternates)) < len(alternates):
        yield f"{where}: two alternate links of one type and language"
    for child in _children(element):
        yield from _element(child)


def _element(element: Element) -> Iterator[str]:
    name = _name(element)
    yield from (
        f"{name}: attribute {attribute}"
        for attribute in element.attrib
        if attribute not in _COMMON | _ATTRIBUTES.get(name, set()) and not attribute.startswith("{")
    )
    if name == "entry":
        yield from _container(element, _ENTRY)
        yield from _entry(element)
    elif name in ("author", "contributor"):
        yield from _container(element, _PERSON)
    elif name in _TEXTS:
        yield from _text(element)
    elif name in ("updated", "published") and not _MOMENT.fullmatch(element.text or ""):
        yield f"3.3: {name} is {element.text!r}"
    elif name == "id" and not _is_iri(element.text or ""):
        yield f"4.2.6: id {element.text!r} is not an absolute IRI"
    elif name == "link":
        yield from _link(element)
    elif name == "category" and element.get("term") is None:
        yield "4.2.2: a category without a term"
    if name not in (*_TEXTS, "entry", "author", "contributor", "source", "link", "category") and len(element):
        yield f"{name}: elements inside"


def _entry(entry: Element) -> Iterator[str]:
    content = entry.find(f"{ATOM}content")
    alternate = [link for link in _links(entry) if link.get("rel", "alternate") == "alternate"]
    if content is None and not alternate:
        yield "4.1.2: an entry with neither content nor an alternate link"
    outside = content is not None and content.get("src") is not None
    if outside and entry.find(f"{ATOM}summary") is None:
        yield "4.1.2: content elsewhere, and no summary"


def _text(element: Element) -> Iterator[str]:
    kind = element.get("type", "text")
    if kind in ("text", "html") and len(element):
        yield f"3.1.1: elements inside {_name(element)} of type {kind}"
    if kind == "xhtml" and [child.tag for child in element] != ["{http://www.w3.org/1999/xhtml}div"]:
        yield f"3.1.1.3: {_name(element)} of type xhtml is not one div"
    if kind not in ("text", "html", "xhtml") and (_name(element) != "content" or not _MEDIA_TYPE.fullmatch(kind)):
        yield f"3.1.1: {_name(element)} of type {kind!r}"


def _link(link: Element) -> Iterator[str]:
    href = link.get("href")
    if not href or not _is_reference(href):
        yield f"4.2.7.1: href is {href!r}"
    if link.get("rel") == "":
        yield "4.2.7.2: an empty rel"
    if link.get("type") is not None and not _MEDIA_TYPE.fullmatch(link.get("type", "")):
        yield f"4.2.7.3: type is {link.get('type')!r}"


def _authors(root: Element) -> Iterator[str]:
    if root.find(f"{ATOM}author") is None:
        for entry in root.iter(f"{ATOM}entry"):
            if entry.find(f"{ATOM}author") is None:
                yield "4.1.1: neither feed nor entry has an author"


def _unique(root: Element) -> Iterator[str]:
    """4.1.1: entries of one id may stand together only with different `updated`; we want each id once."""
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry"))
    yield from (f"4.1.1: id {name} {count} times" for name, count in ids.items() if count > 1)


def _self(root: Element) -> Iterator[str]:
    """4.1.1 says "should"; readers need it."""
    if len([link for link in _links(root) if link.get("rel") == "self"]) != 1:
        yield "4.1.1: no link to itself"


def _children(element: Element) -> Iterator[Element]:
    return (child for child in element if isinstance(child.tag, str) and child.tag.startswith(ATOM))


def _links(element: Element) -> list[Element]:
    return element.findall(f"{ATOM}link")


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(ATOM)


def _is_iri(text: str) -> bool:
    return _is_reference(text) and bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", text))


def _is_reference(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return bool(text) and not re.search(r'[\s<>"{}|\\^`]', text)
