"""Find words in the transcripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from qualcode.cli._options import StudyVerb, json_option, open_study, say, show_json, terminal_width
from qualcode.cli._progress import progress
from qualcode.cli._words import in_words
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.project.search_verbs import Hit

USUAL = 50
WIDEST = 160
"""Characters in a line where the output is no terminal."""


@click.command(
    cls=StudyVerb,
    help=N_(
        "Find words in the transcripts.\n\nA word finds all that is made from it: bayar finds bayarin, pembayaran, ngebayar. =bayar finds it as written, "
        'bayar* what begins so, "air panas" words in a row, sepi OR anyep either, iuran NOT sampah one without the other, iuran NEAR/5 berat '
        "two with at most five words between them. Words side by side must stand in the same turn.\n\n"
        "\b\n"
        "qualcode search pekerja.qualcode iuran\n"
        'qualcode search pekerja.qualcode "iuran NEAR berat" --role informant\n'
        'qualcode search pekerja.qualcode "iuran OR premi" --where "usia>=40" --where jenis_kelamin=perempuan'
    ),
)
@click.argument("query", nargs=-1, required=True)
@click.option("--role", metavar="ROLE", help=N_("Only what these say: informant, interviewer, participant …"))
@click.option("--informant", metavar="ID", help=N_("Only what this informant says."))
@click.option("--transcript", metavar="NAME", help=N_("Only in this transcript."))
@click.option("--kind", metavar="KIND", help=N_("Only in sources of this kind."))
@click.option(
    "--where",
    multiple=True,
    metavar="CONDITION",
    help=N_("Only informants of whom this is true, as in usia>=40; may be given again."),
)
@click.option(
    "-n", "n", type=click.IntRange(min=1), default=USUAL, show_default=True, help=N_("Show at most so many turns.")
)
@click.option("--all", "everything", is_flag=True, help=N_("Show all."))
@json_option
def command(
    query: tuple[str, ...],
    role: str | None,
    informant: str | None,
    transcript: str | None,
    kind: str | None,
    where: tuple[str, ...],
    n: int,
    everything: bool,
    as_json: bool,
) -> None:
    """Find words in the transcripts."""
    with open_study() as study, progress(N_("Indexing")) as step:
        found = study.search(
            " ".join(query),
            role=role,
            informant=informant,
            transcript=transcript,
            kind=kind,
            where=where,
            n=None if everything else n,
            progress=step,
        )
    if as_json:
        show_json(
            {
                "turns": found.n_turns,
                "informants": list(found.informants),
                "transcripts": list(found.transcripts),
                "left_out": list(found.left_out),
                "hits": found.to_rows(),
            }
        )
        return
    width = min(terminal_width(), WIDEST)
    for hit in found.hits:
        for line in _lines(hit, width):
            click.echo(line)
    if found.hits:
        click.echo()
    if found.n_turns:
        say(
            N_("{turns} turns of {informants} informants, in {transcripts} transcripts."),
            turns=found.n_turns,
            informants=len(found.informants),
            transcripts=len(found.transcripts),
        )
        if not everything and found.n_turns > n:
            say(N_("The first {n} are shown; --all shows every one."), n=n)
    else:
        say(N_("Nothing was found."))
    if found.left_out:
        say(
            N_("Not searched, because another program is writing to the study: {names}"),
            names=", ".join(found.left_out),
        )


def _lines(hit: Hit, width: int) -> Iterator[str]:
    """Yield where a hit is, and its words between those around them, in one line."""
    place = f"{hit.transcript}:{hit.turn}" if hit.turn else hit.transcript
    who = hit.informant if hit.informant and hit.informant != hit.transcript else in_words(hit.role.value)
    yield click.style(f"{place}  {who}", dim=True)
    words = " ".join(hit.words.split())
    room = max(20, (width - len(words) - 6) // 2)
    before, after = " ".join(hit.before.split()), " ".join(hit.after.split())
    before = "…" + before[1 - room :] if len(before) > room else before
    after = after[: room - 1] + "…" if len(after) > room else after
    left = " " if hit.before[-1:].isspace() and before else ""
    right = " " if hit.after[:1].isspace() and after else ""
    yield f"  {before}{left}{click.style(f'‹{words}›', bold=True)}{right}{after}"
