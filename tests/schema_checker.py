"""Checks a graph against the vocabulary of schema.org, which the library ships: no network."""

import datetime
import re

from schema_org.registry import CLASS_METADATA, ENUM_MEMBERS, PROPERTY_BY_SCHEMA, ancestry

_TEXTS = {"Text", "URL", "Date", "DateTime", "Time", "CssSelectorType", "PronounceableText", "XPathType"}
_NUMBERS = {"Integer", "Number", "Float"}


def problems(graph: dict) -> list[str]:
    """Sentences about what does not fit: types, properties, values, dates, and nodes that are named and missing."""
    nodes = graph["@graph"]
    present = {node["@id"]: node["@type"] for node in nodes}
    found = [problem for node in nodes for problem in _node(node, present)]
    if graph.get("@context") != "https://schema.org":
        found.append("The context is not schema.org.")
    if len(present) != len(nodes):
        found.append("Two nodes have one @id.")
    return found


def _node(node, present):
    kind = node["@type"]
    if kind not in CLASS_METADATA:
        yield f"There is no type {kind}."
        return
    for name, value in node.items():
        known = PROPERTY_BY_SCHEMA.get(name)
        if name.startswith("@"):
            continue
        if known is None or not _is_one_of(kind, known.domains):
            yield f"{kind} has no property {name}."
        elif known.superseded_by:
            yield f"{name} is superseded by {known.superseded_by}."
        else:
            for item in value if isinstance(value, list) else [value]:
                yield from _value(f"{kind}.{name}", item, known.ranges, present)


def _value(where, value, ranges, present):
    if isinstance(value, dict) and "@type" not in value:
        if value["@id"] not in present:
            yield f"{where} names {value['@id']}, which is not in the graph."
        elif not _is_one_of(present[value["@id"]], ranges):
            yield f"{where} cannot be a {present[value['@id']]}."
    elif isinstance(value, dict):
        if not _is_one_of(value["@type"], ranges):
            yield f"{where} cannot be a {value['@type']}."
        yield from _node(value, present)
    elif isinstance(value, int):
        if not _NUMBERS & set(ranges):
            yield f"{where} is a number."
    else:
        yield from _text(where, value, ranges)


def _text(where, value, ranges):
    if {"Date", "DateTime"} & set(ranges):
        try:
            datetime.date.fromisoformat(value if len(value) > 4 else f"{value}-01-01")
        except ValueError:
            yield f"{where} is no date: {value}."
    elif value.startswith("https://schema.org/"):
        member = value.rpartition("/")[2]
        if not any(member in ENUM_MEMBERS.get(kind, ()) for kind in ranges):
            yield f"{where} cannot be {value}."
    elif not _TEXTS & set(ranges):
        yield f"{where} is a text, and should be one of {', '.join(ranges)}."
    elif "Text" not in ranges and "URL" in ranges and not re.match(r"https?://\S+$", value):
        yield f"{where} is no address: {value}."


def _is_one_of(kind, types) -> bool:
    return bool({kind, *ancestry(kind)} & set(types))
