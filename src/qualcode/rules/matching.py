"""Finding a rule's tree in a passage."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from qualcode.rules.nodes import Amount, Any, Exact, Guard, Leaf, Near, Node, Phrase, Prefix, Root, Word
from qualcode.rules.passage import Passage

__all__ = ["LEAVES", "Finder", "Match", "Places", "leaves_of", "shared", "triggers"]

Places = tuple[tuple[int, int], ...]
Match = tuple[int, int, Places]
"""First word, after the last word, and the places in between that matched, each as (first word, after the last)."""

LEAVES = (Word, Prefix, Exact, Root, Amount)

# So frequent that a rule should rather be looked for by its other words.
FREQUENT = frozenset(
    [
        "tidak",
        "belum",
        "ada",
        "yang",
        "saya",
        "kita",
        "itu",
        "ini",
        "ya",
        "di",
        "ke",
        "dari",
        "sama",
        "buat",
        "lagi",
        "sudah",
        "kalau",
        "mau",
        "bisa",
        "dapat",
        "kerja",
        "orang",
        "anak",
        "hari",
        "satu",
        "saja",
        "doang",
        "cuma",
        "uang",
        "duit",
        "punya",
        "sampai",
        "jangan",
        "juga",
        "karena",
        "terus",
        "sehari",
        "kadang",
    ]
)


def leaves_of(node: Node) -> Iterator[Leaf]:
    """Yield every leaf of the tree under *node*."""
    match node:
        case Phrase(parts=children) | Any(choices=children):
            for child in children:
                yield from leaves_of(child)
        case Near(left=left, right=right) | Guard(body=left, bar=right):
            yield from leaves_of(left)
            yield from leaves_of(right)
        case _:
            yield node


def triggers(node: Node) -> frozenset[Leaf]:
    """Return leaves of which at least one stands in any passage where *node* is found, the rarest such set."""
    match node:
        case Any(choices=choices):
            return frozenset().union(*map(triggers, choices))
        case Phrase(parts=parts):
            return min(map(triggers, parts), key=_frequency)
        case Near(left=left, right=right):
            return min(triggers(left), triggers(right), key=_frequency)
        case Guard(body=body):
            return triggers(body)
        case _:
            return frozenset({node})


def _frequency(leaves: frozenset[Leaf]) -> int:
    return sum(
        20
        if isinstance(leaf, Amount) or (isinstance(leaf, Word) and leaf.form in FREQUENT)
        else 2
        if isinstance(leaf, Prefix)
        else 1
        for leaf in leaves
    )


def shared(node: Node, known: dict[Node, Node]) -> Node:
    """Return a tree equal to *node* in which equal parts, and those equal to *known* ones, are the same object.

    A `Finder` then tells nodes apart by identity: hashing whole trees took two thirds of the time.
    """
    if node in known:
        return known[node]
    whole: Node
    match node:
        case Any(choices=choices):
            whole = Any(tuple(shared(choice, known) for choice in choices))
        case Phrase(parts=parts):
            whole = Phrase(tuple(shared(part, known) for part in parts))
        case Near(left=left, right=right):
            whole = Near(shared(left, known), shared(right, known), node.words, node.ordered)
        case Guard(body=body, bar=bar):
            whole = Guard(shared(body, known), shared(bar, known), node.words)
        case _:
            whole = node
    return known.setdefault(node, whole)


class Finder:
    """Finds trees in one passage; what two rules share is looked for once. Trees come from `shared`."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._found: dict[int, list[Match]] = {}

    def find(self, node: Node) -> list[Match]:
        """Return the matches of *node*, by first word."""
        if isinstance(node, LEAVES):
            return [(i, j, ((i, j),)) for i, j in self._passage.at.get(id(node), ())]
        found = self._found.get(id(node))
        if found is None:
            found = self._found[id(node)] = sorted(self._look_for(node))
        return found

    def _look_for(self, node: Node) -> Iterable[Match]:
        match node:
            case Any(choices=choices):
                at = self._passage.at
                found = dict.fromkeys(
                    match
                    for choice in choices
                    if not isinstance(choice, LEAVES) or id(choice) in at
                    for match in self.find(choice)
                )
                return found
            case Phrase(parts=parts):
                return self._phrase(parts)
            case Near(left=left, right=right):
                return self._near(node, left, right)
            case Guard(body=body):
                return self._guarded(node, body)
        return ()

    def _phrase(self, parts: tuple[Node, ...]) -> Iterable[Match]:
        at = self._passage.at
        if any(isinstance(part, LEAVES) and id(part) not in at for part in parts):
            return ()
        breaks = self._passage.breaks
        found = self.find(parts[0])
        for part in parts[1:]:
            if not found:
                return ()
            by_start: dict[int, list[Match]] = {}
            for match in self.find(part):
                by_start.setdefault(match[0], []).append(match)
            found = [
                (i, k, (*places, *more))
                for i, j, places in found
                if j in by_start and not breaks[j]
                for _, k, more in by_start[j]
            ]
        return found

    def _near(self, node: Near, left: Node, right: Node) -> Iterable[Match]:
        """Return pairs close enough, one for each stretch that they span."""
        a = self.find(left)
        b = self.find(right) if a else []
        if not b:
            return ()
        starts = [match[0] for match in b]
        longest = max(j - i for i, j, _ in b)
        found: dict[tuple[int, int], Match] = {}
        for i, j, places in a:
            first = bisect_left(starts, j if node.ordered else i - node.words - longest)
            for number in range(first, len(b)):
                k, m, more = b[number]
                if k - j > node.words:
                    break
                if i - m > node.words or _overlap(places, more):
                    continue
                stretch = (min(i, k), max(j, m))
                if stretch not in found:
                    found[stretch] = (*stretch, tuple(sorted((*places, *more))))
        return found.values()

    def _guarded(self, node: Guard, body: Node) -> Iterable[Match]:
        kept = self.find(body)
        bars = self.find(node.bar) if kept else []
        if not bars:
            return kept
        starts = [bar[0] for bar in bars]
        longest = max(j - i for i, j, _ in bars)

        def is_barred(match: Match) -> bool:
            first = bisect_left(starts, match[0] - node.words - longest)
            last = bisect_left(starts, match[1] + node.words)
            return any(match[0] - bars[number][1] < node.words for number in range(first, last))

        return [match for match in kept if not is_barred(match)]


def _overlap(places: Places, more: Places) -> bool:
    return any(i < m and k < j for i, j in places for k, m in more)
