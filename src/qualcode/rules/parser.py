r"""Rule text → tree.

The grammar, loosest first::

    rule     = expr | "tanya:" expr "jawab:" expr
    expr     = all ("!" [n] all)*          guard: unless that stands among the n (4) words around
             | phrase ("|" phrase)*        alternatives
    all      = near ("&" near)*            both, at most 30 words apart
    near     = phrase (("~" | ">") n phrase)*    within n words; ">" in this order
    phrase   = atom+                       one after the other
    atom     = word | stem "*" | '"' words '"' | "lemma:" word | MACRO | "{" macro "}" | "(" expr ")"

``AND``, ``OR``, ``NOT`` and ``NEAR`` (``DAN``, ``ATAU``, ``BUKAN``, ``DEKAT``) say the same as ``&``, ``|``, ``!`` and ``~``; their number follows a slash, and
without one ``NEAR`` is ``~10``. An alternative beside another operator needs parentheses, so that no rule can be read in two ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from qualcode.errors import N_, InputError, nearest, shorten
from qualcode.nlp.forms import canonical, plain
from qualcode.nlp.tokens import parts, tokenize
from qualcode.rules.macros import BUILT_IN
from qualcode.rules.nodes import Amount, Any, Exact, Guard, Near, Node, Phrase, Prefix, Root, Rule, Word
from qualcode.rules.scanner import Token, scan

__all__ = ["AND_WORDS", "GUARD_WORDS", "RuleError", "parse"]

GUARD_WORDS = 4
"""How near a guard's words must be to cancel a match: a guard over the whole sentence cancels true ones."""

AND_WORDS = 30
"""How far apart the sides of ``&`` may be: a long turn tells many things, words further apart are not about each other."""

FARTHEST = 100
SHORTEST_PREFIX = 3
DEEPEST = 40


class RuleError(InputError):
    """A rule that cannot be read; `column` is where, from 1."""

    @property
    def column(self) -> int:
        """The place in the rule, in characters from 1."""
        column = self.parameters["column"]
        return column if isinstance(column, int) else 1

    def locate(self, file: str, line: int) -> None:
        """Say in which file and line the rule stands."""
        self.file, self.line = Path(file), line


def parse(source: str, macros: Mapping[str, str] | None = None) -> Rule:
    """Return the rule that *source* says.

    Parameters
    ----------
    source : str
        The rule; a plain keyword such as ``bensin`` or ``air panas`` is one.
    macros : mapping of str to str, optional
        The codebook's own macros, name → rule text, beside `qualcode.rules.macros.BUILT_IN`.

    Raises
    ------
    RuleError
        An `InputError` with the column, and near names for an unknown macro.

    Examples
    --------
    >>> parse("NEG (tentu | pasti) ! tentu saja").answer.words
    4
    """
    return _parse(source, tuple((macros or {}).items()))


@lru_cache(maxsize=1 << 12)
def _parse(source: str, macros: tuple[tuple[str, str], ...]) -> Rule:
    """Parse a rule once: a codebook's are read when it is loaded and again by every tagger."""
    own = dict(macros)
    return _Parser(source, {**BUILT_IN, **own}, own, _shelf(macros)).rule()


@lru_cache(maxsize=8)
def _shelf(macros: tuple[tuple[str, str], ...]) -> dict[str, Node]:
    """Return where the rules with these macros keep what each macro says, once one of them has read it."""
    return {}


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for start, end in tokenize(text) for _, _, word in parts(text[start:end]))


class _Parser:
    """Recursive descent over one rule text."""

    def __init__(
        self,
        source: str,
        macros: Mapping[str, str],
        own: Mapping[str, str],
        shelf: dict[str, Node],
        inside: tuple[str, ...] = (),
    ) -> None:
        self.source = source
        self.macros = macros
        self.own = own
        self.shelf = shelf
        self.inside = inside
        self.depth = 0
        self.tokens = list(scan(source, own))
        self.next = 0
        self.token = self.tokens[0]

    def error(self, message: str, at: int, *, hint: str | None = None, **parameters: object) -> RuleError:
        error = RuleError(message, hint=hint, column=at + 1, rule=shorten(self.source, 60))
        error.parameters.update(parameters)
        return error

    def take(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.next += 1
            self.token = self.tokens[self.next]
        return token

    def at_symbol(self, symbol: str) -> bool:
        return self.token.text == symbol and self.token.kind == "symbol"

    # the rule and its operators, loosest first

    def rule(self) -> Rule:
        if self.token.kind == "keyword":
            return self._question_rule()
        answer = self.expression()
        self._expect_end()
        return Rule(self.source, answer)

    def _question_rule(self) -> Rule:
        first = self.take()
        if not first.text.startswith("tanya"):
            raise self.error(
                N_("column {column}: jawab: without tanya: before it in the rule {rule!r}"),
                first.at,
                hint=N_("write it as tanya: (…) jawab: (…)"),
            )
        question = self.expression()
        if self.token.kind != "keyword" or not self.token.text.startswith("jawab"):
            raise self.error(
                N_("column {column}: tanya: without jawab: after it in the rule {rule!r}"),
                self.token.at,
                hint=N_("the interviewer's words alone are never a hit: write it as tanya: (…) jawab: (…)"),
            )
        self.take()
        answer = self.expression()
        self._expect_end()
        return Rule(self.source, answer, question)

    def _expect_end(self) -> None:
        if self.token.kind != "end":
            raise self.error(
                N_("column {column}: {text!r} is out of place in the rule {rule!r}"),
                self.token.at,
                text=self.token.written or self.token.text,
            )

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(N_("column {column}: too many parentheses in the rule {rule!r}"), self.token.at)
        node, is_plain = self._all()
        if self.at_symbol("|"):
            choices = [node]
            while self.at_symbol("|"):
                if not is_plain:
                    raise self._needs_parentheses()
                self.take()
                node, is_plain = self._all()
                choices.append(node)
            if not is_plain or self.token.kind == "guard":
                raise self._needs_parentheses()
            node = Any(tuple(dict.fromkeys(choices)))
        while self.token.kind == "guard":
            words = self._distance(self.take(), GUARD_WORDS)
            bar, is_plain = self._all()
            if self.at_symbol("|"):
                raise self._needs_parentheses()
            node = Guard(node, bar, words)
        self.depth -= 1
        return node

    def _needs_parentheses(self) -> RuleError:
        return self.error(
            N_("column {column}: | beside another sign needs parentheses in the rule {rule!r}"),
            self.token.at,
            hint=N_("write (a | b) ~3 c, or a ~3 (b | c)"),
        )

    def _all(self) -> tuple[Node, bool]:
        """Return a conjunction, and whether it is a plain phrase."""
        node, is_plain = self._near()
        while self.at_symbol("&"):
            self.take()
            node, is_plain = Near(node, self._near()[0], AND_WORDS), False
        return node, is_plain

    def _near(self) -> tuple[Node, bool]:
        node = self._phrase()
        is_plain = True
        while self.token.kind == "near":
            sign = self.take()
            words = self._distance(sign, None)
            node = Near(node, self._phrase(), words, ordered=sign.text.startswith(">"))
            is_plain = False
        return node, is_plain

    def _distance(self, sign: Token, default: int | None) -> int:
        digits = sign.text[1:].strip()
        if not digits and default is not None:
            return default
        if not digits or not 1 <= int(digits[:9]) <= FARTHEST:
            raise self.error(
                N_("column {column}: {text!r} needs a number of words from 1 to {most} in the rule {rule!r}"),
                sign.at,
                hint=N_("write it like ~5"),
                text=sign.written or sign.text.strip(),
                most=FARTHEST,
            )
        return int(digits)

    # phrases and words

    def _phrase(self) -> Node:
        start = self.token.at
        found: list[Node] = []
        while True:
            token = self.token
            if token.kind in {"word", "quoted", "lemma", "macro", "braced"}:
                found.extend(self._atom(self.take()))
            elif self.at_symbol("("):
                found.append(self._group())
            else:
                break
        if not found:
            self._complain_of_nothing(start)
        return found[0] if len(found) == 1 else Phrase(tuple(found))

    def _complain_of_nothing(self, start: int) -> None:
        token = self.token
        if token.kind == "symbol" and token.text == ")" and not self.depth_open:
            raise self.error(N_("column {column}: a ) without its ( in the rule {rule!r}"), token.at)
        if token.kind in {"other"}:
            raise self.error(
                N_("column {column}: {text!r} is out of place in the rule {rule!r}"), token.at, text=token.text
            )
        raise self.error(
            N_("column {column}: a word is missing here in the rule {rule!r}"),
            start,
            hint=N_("every alternative and both sides of | & ~ > ! need a word"),
        )

    @property
    def depth_open(self) -> bool:
        """Whether a parenthesis is open here."""
        opened = sum(1 if t.text == "(" else -1 for t in self.tokens[: self.next] if t.text in {"(", ")"})
        return opened > 0

    def _group(self) -> Node:
        opening = self.take()
        node = self.expression()
        if not self.at_symbol(")"):
            if self.token.kind == "end":
                raise self.error(N_("column {column}: a ( without its ) in the rule {rule!r}"), opening.at)
            self._expect_end()
        self.take()
        return node

    def _atom(self, token: Token) -> list[Node]:
        match token.kind:
            case "quoted":
                return self._quoted(token)
            case "lemma":
                return [Root(self._single(token, token.text.removeprefix("lemma:")))]
            case "macro":
                return [self._macro(token, token.text)]
            case "braced":
                if not token.text.endswith("}"):
                    raise self.error(N_("column {column}: a {{ without its }} in the rule {rule!r}"), token.at)
                return [self._macro(token, token.text.strip("{} ").upper())]
        if "*" in token.text:
            return self._prefix(token)
        words = _words(token.text)
        if not words:
            raise self.error(
                N_("column {column}: {text!r} holds no word in the rule {rule!r}"), token.at, text=token.text
            )
        return [Word(canonical(word)) for word in words]

    def _single(self, token: Token, text: str) -> str:
        words = _words(text)
        if len(words) != 1:
            raise self.error(
                N_("column {column}: {text!r} should hold one word in the rule {rule!r}"), token.at, text=token.text
            )
        return plain(words[0])

    def _prefix(self, token: Token) -> list[Node]:
        stem = token.text.removesuffix("*")
        words = _words(stem)
        if "*" in stem or not words:
            raise self.error(
                N_("column {column}: a * stands only at the end of a word, not as in {text!r}, in the rule {rule!r}"),
                token.at,
                text=token.text,
            )
        if len(plain(words[-1])) < SHORTEST_PREFIX:
            raise self.error(
                N_(
                    "column {column}: {text!r} would find too much; give at least {least} letters before *, in the rule {rule!r}"
                ),
                token.at,
                hint=N_("list the words instead, as in (hp | hape | handphone)"),
                text=token.text,
                least=SHORTEST_PREFIX,
            )
        return [*(Word(canonical(word)) for word in words[:-1]), Prefix(plain(words[-1]))]

    def _quoted(self, token: Token) -> list[Node]:
        text = token.text[1:]
        if not text.endswith('"'):
            raise self.error(N_("column {column}: a quotation mark is not closed in the rule {rule!r}"), token.at)
        text = text[:-1]
        words = _words(text)
        if not words:
            raise self.error(
                N_("column {column}: {text!r} holds no word in the rule {rule!r}"), token.at, text=token.text
            )
        return [Exact(word) for word in words]

    def _macro(self, token: Token, name: str) -> Node:
        if name == "UANG" and "UANG" not in self.own:
            return Amount()
        if name not in self.macros:
            near = nearest(name, self.macros)
            raise self.error(
                N_("column {column}: unknown macro {name!r} in the rule {rule!r}"),
                token.at,
                hint=N_("did you mean: {nearest}? for the word itself write {word!r}")
                if near
                else N_("macros are: {known}; for the word itself write {word!r}"),
                name=name,
                nearest=", ".join(near),
                known=", ".join(sorted(self.macros)),
                word=name.lower(),
            )
        if name in self.shelf:
            return self.shelf[name]
        if name in self.inside:
            raise self.error(
                N_("column {column}: the macro {name!r} is made of itself: {ring}"),
                token.at,
                name=name,
                ring=" → ".join([*self.inside, name]),
            )
        inner = _Parser(self.macros[name], self.macros, self.own, self.shelf, (*self.inside, name))
        try:
            node = inner.expression()
            inner._expect_end()
        except RuleError as error:
            error.parameters.setdefault("macro", name)  # the column counts in the macro's own text
            raise
        self.shelf[name] = node
        return node
