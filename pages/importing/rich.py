"""Text with inline markup beside it, so that all rules can work on plain words and cut anywhere."""

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import NamedTuple

TAGS = {"b": "b", "strong": "b", "i": "i", "em": "i", "a": "a"}
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
SPACES = re.compile(r"[^\S\n]+")
LINE_ENDS = re.compile(r" ?\n\s*")


class Run(NamedTuple):
    """One stretch of inline markup."""

    start: int
    end: int
    tag: str
    href: str = ""


@dataclass(frozen=True)
class Rich:
    """Plain text and the runs of markup over it."""

    text: str
    runs: tuple[Run, ...] = ()

    def cut(self, start, end):
        """The part from start to end, without white space around it."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        runs = [
            Run(max(run.start, start) - start, min(run.end, end) - start, run.tag, run.href)
            for run in self.runs
            if run.start < end and run.end > start
        ]
        return Rich(self.text[start:end], tuple(runs))

    def on_one_line(self):
        return Rich(self.text.replace("\n", " "), self.runs)

    def html(self):
        """Escaped text with the surviving tags, each opened and closed around its own words."""
        edges = sorted({0, len(self.text), *(edge for run in self.runs for edge in (run.start, run.end))})
        starts = sorted(self.runs, key=lambda run: run.start)
        parts, active, position = [], [], 0
        for start, end in pairwise(edges):
            while position < len(starts) and starts[position].start <= start:
                active.append(starts[position])
                position += 1
            active = [run for run in active if run.end > start]
            parts.append(_wrapped(escape(self.text[start:end], quote=False), active))
        return "".join(parts)


def _wrapped(html, runs):
    for run in runs:
        address = f' href="{escape(run.href)}"' if run.tag == "a" else ""
        html = f"<{run.tag}{address}>{html}</{run.tag}>"
    return html


class RichBuilder:
    """Collects text and markup in reading order and folds white space; line ends survive as newlines."""

    def __init__(self):
        self.parts, self.length, self.last = [], 0, "\n"
        self.open_runs, self.open_tags, self.runs = [], set(), []

    def add(self, text):
        text = LINE_ENDS.sub("\n", SPACES.sub(" ", INVISIBLE.sub("", text)))
        if self.last.isspace():
            text = text.lstrip("\n" if self.last == " " else None)
            text = text.lstrip() if self.last.isspace() else text
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.last = text[-1]

    def open(self, name, href=""):
        """Open a tag; one that may not survive, or is open already, is remembered as nothing."""
        tag = TAGS.get(name)
        allowed = tag and tag not in self.open_tags
        if tag == "a":
            allowed = allowed and bool(SAFE_ADDRESS.match(href or ""))
        if allowed:
            self.open_tags.add(tag)
        self.open_runs.append((self.length, tag, href) if allowed else None)

    def close(self):
        run = self.open_runs.pop() if self.open_runs else None
        if run:
            self.open_tags.discard(run[1])
        if run and run[0] < self.length:
            self.runs.append(Run(run[0], self.length, run[1], run[2] if run[1] == "a" else ""))

    def rich(self):
        text = "".join(self.parts)
        return Rich(text, tuple(self.runs)).cut(0, len(text))
