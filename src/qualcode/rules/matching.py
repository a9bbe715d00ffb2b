"""Finding a rule's tree in a passage."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from qualcode.rules.nodes import Any, Guard, Near, Node, Phrase
from qualcode.rules.passage import Passage
from qualcode.rules.trees import LEAVES, Trees

__all__ = ["Finder", "Match", "Places"]

Places = tuple[tuple[int, int], ...]
Match = tuple[int, int, Places]
"""First word, after the last word, and the places in between that matched, each as (first word, after the last)."""


class Finder:
    """Finds trees in one passage; what two rules share is looked for once.

    Parameters
    ----------
    passage : Passage
        Where to look.
    trees : Trees
        Which all nodes asked for belong to.
    """

    def __init__(self, passage: Passage, trees: Trees) -> None:
        self._passage = passage
        self._trees = trees
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
            case Any():
                return self._any(self._trees.plans[id(node)])
            case Phrase(parts=parts):
                return self._phrase(parts)
            case Near(left=left, right=right):
                return self._near(node, left, right)
            case Guard(body=body):
                return self._guarded(node, body)
        return ()

    def _any(self, plan: dict[int, tuple[Node, ...]]) -> Iterable[Match]:
        choices = {id(choice): choice for leaf in plan.keys() & self._passage.at.keys() for choice in plan[leaf]}
        return dict.fromkeys(match for choice in choices.values() for match in self.find(choice))

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
