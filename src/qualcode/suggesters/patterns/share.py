"""How many of how many, with its doubt."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Share"]


@dataclass(frozen=True, slots=True)
class Share:
    """*k* of *n* passages; no number without the other."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """The share, or None where there is nothing to take it of."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The score interval at 95 % (Wilson 1927), or None where there is nothing to take it of.

        It treats passages as drawn at random. Those of one informant are alike, so the doubt is rather larger.

        Examples
        --------
        >>> tuple(round(edge, 3) for edge in Share(12, 14).interval)
        (0.601, 0.96)
        >>> Share(0, 0).interval is None
        True
        """
        if not self.n:
            return None
        from scipy.stats import binomtest

        found = binomtest(self.k, self.n).proportion_ci(confidence_level=0.95, method="wilson")
        return float(found.low), float(found.high)

    def __str__(self) -> str:
        return f"{self.k}/{self.n}"
