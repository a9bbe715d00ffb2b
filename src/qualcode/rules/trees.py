"""The trees of many rules as one: equal parts are one object, and every part knows the leaves it cannot do without."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.rules.nodes import Amount, Any, Exact, Guard, Leaf, Near, Node, Phrase, Prefix, Root, Word

__all__ = ["AMOUNT", "LEAVES", "Trees", "leaves_of"]

LEAVES = (Word, Prefix, Exact, Root, Amount)

AMOUNT = Amount()
"""The one amount leaf of all trees."""

# So frequent that a rule should rather be looked for by its other words.
FREQUENT = frozenset(
    """tidak belum ada yang saya kita itu ini ya di ke dari sama buat lagi sudah kalau mau bisa dapat kerja orang anak hari satu saja doang cuma
    uang duit punya sampai jangan juga karena terus sehari kadang""".split()  # noqa: SIM905 - words are read as words
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


def _frequency(leaf: Leaf) -> int:
    """Return roughly how often the leaf stands in speech, to choose by what a rule is looked for."""
    if isinstance(leaf, Amount) or (isinstance(leaf, Word) and leaf.form in FREQUENT):
        return 20
    return 2 if isinstance(leaf, Prefix) else 1


class Trees:
    """The trees of a tagger.

    Nodes that came through `add` are told apart by identity from then on: hashing whole trees took two thirds of the time.

    Attributes
    ----------
    triggers : dict of int to frozenset of int
        For the `id` of each node, the ids of leaves of which at least one stands in any passage where it is found; the rarest such set.
    needs : dict of int to tuple of frozenset of int
        For the id of each node, sets of leaves (by id) of which each must have one in a passage where it is found.
    plans : dict of int to dict
        For the id of each `Any`, the choices that a leaf (by id) may begin: only those are looked for.
    """

    def __init__(self) -> None:
        self._known: dict[Node, Node] = {}
        self._frequencies: dict[int, int] = {}
        self.triggers: dict[int, frozenset[int]] = {}
        self.needs: dict[int, tuple[frozenset[int], ...]] = {}
        self.plans: dict[int, dict[int, tuple[Node, ...]]] = {}
        self._plant(AMOUNT, AMOUNT)

    @property
    def leaves(self) -> set[Leaf]:
        """Every leaf of every tree."""
        return {node for node in self._known.values() if isinstance(node, LEAVES)}

    def add(self, node: Node) -> Node:
        """Return a tree equal to *node* whose parts are shared with the other trees."""
        known = self._known.get(node)
        if known is not None:
            return known
        whole: Node = node
        match node:
            case Any(choices=choices):
                whole = Any(tuple(self.add(choice) for choice in choices))
            case Phrase(parts=parts):
                whole = Phrase(tuple(self.add(part) for part in parts))
            case Near(left=left, right=right):
                whole = Near(self.add(left), self.add(right), node.words, node.ordered)
            case Guard(body=body, bar=bar):
                whole = Guard(self.add(body), self.add(bar), node.words)
        self._plant(node, whole)
        return whole

    def _plant(self, node: Node, whole: Node) -> None:
        """Remember *whole*, what triggers it and how often that stands in speech."""
        self._known[node] = whole
        place = id(whole)
        match whole:
            case Any(choices=choices):
                self.triggers[place] = frozenset().union(*(self.triggers[id(choice)] for choice in choices))
                self.needs[place] = (self.triggers[place],)
                self._frequencies[place] = sum(self._frequencies[id(choice)] for choice in choices)
                plan: dict[int, tuple[Node, ...]] = {}
                for choice in choices:
                    for leaf in self.triggers[id(choice)]:
                        plan[leaf] = (*plan.get(leaf, ()), choice)
                self.plans[place] = plan
            case Phrase(parts=parts):
                self._take_rarest(place, *parts)
            case Near(left=left, right=right):
                self._take_rarest(place, left, right)
            case Guard(body=body):
                self._take_rarest(place, body)
            case _:
                self.triggers[place] = frozenset({place})
                self.needs[place] = (self.triggers[place],)
                self._frequencies[place] = _frequency(whole)

    def _take_rarest(self, place: int, *parts: Node) -> None:
        rarest = min(parts, key=lambda part: self._frequencies[id(part)])
        self.triggers[place] = self.triggers[id(rarest)]
        self.needs[place] = tuple(dict.fromkeys(need for part in parts for need in self.needs[id(part)]))
        self._frequencies[place] = self._frequencies[id(rarest)]
