"""One person, one pseudonym, over the whole study; two people, two."""

from __future__ import annotations

import random
import re

import pytest

from qualcode.errors import ConflictError
from qualcode.model import Identifier, IdentifierKind, Role, Span, Transcript, Turn
from qualcode.privacy.cast import Alias, Cast, cast_of
from qualcode.privacy.given_names import known
from qualcode.privacy.people import Person, gathered, namings
from qualcode.privacy.pseudonyms import STYLES, RealNames, words_in

ADDRESS = r"(?:(?:Bu|Ibu|Pak|Mas|Mbak|Kang|Teh|Bang) )?"


def talk(text: str, *names: str, guid: str = "t1") -> tuple[Transcript, tuple[Identifier, ...]]:
    """A transcript whose turns are its lines `Label: speech`, and the *names* in it as they would be found."""
    turns = []
    for match in re.finditer(r"(?m)^(\w[\w ]*): (.+)$", text):
        if match[1] not in {"Nama", "Pewawancara"}:
            role = Role.INTERVIEWER if match[1] == "P" else Role.INFORMANT
            turns.append(Turn(Span(*match.span(2)), match[1], role))
    found = []
    for name in names:
        for match in re.finditer(rf"{ADDRESS}\b(?P<core>{name})\b(?:-?nya)?", text):
            core = Span(*match.span("core"))
            forms = tuple(match["core"].casefold().split())
            found.append(Identifier(Span(*match.span()), core, IdentifierKind.PERSON, 0.9, "", forms=forms))
    found.sort(key=lambda each: each.span)
    return Transcript(guid, f"r-{guid}", guid, text, turns=tuple(turns)), tuple(found)


def texts(cast: Cast, *talks: tuple[Transcript, tuple[Identifier, ...]]) -> list[str]:
    return [cast.text(transcript, each) for transcript, found in talks for each in found]


def test_a_part_of_a_name_is_called_by_that_part_of_the_pseudonym() -> None:
    one = talk(
        "Nama: Siti Aminah\nP: Bu Siti-nya?\nAminah: Ya, saya SITI AMINAH.",
        "Siti Aminah",
        "SITI AMINAH",
        "Siti(?! Aminah)",
        "(?<!Siti )Aminah",
    )
    cast = cast_of([one], draw=random.Random(1))

    assert len(cast.aliases) == 1
    first, last = cast.aliases[0].names
    assert texts(cast, one) == [f"{first} {last}", first, last, f"{first} {last}".upper()]
    assert cast.aliases[0].person.is_informant


def test_the_same_name_is_the_same_pseudonym_in_all_transcripts() -> None:
    one, two = talk("A: Bu Sari datang.", "Sari"), talk("A: Kata Bu Sari begitu.", "Sari", guid="t2")
    assert len(set(texts(cast_of([one, two]), one, two))) == 1


@pytest.mark.parametrize(
    ("text", "name", "gender", "region"),
    [
        ("A: Kang Asep ke pasar.", "Asep", "m", "sunda"),
        ("A: Mbak Wulan di sini.", "Wulan", "f", "jawa"),
        ("A: Kata Poltak Simanjuntak itu.", "Poltak Simanjuntak", "m", "batak"),
        ("A: Bu Besse masuk.", "Besse", "f", "bugis"),
        ("A: Ketua kami Yohanes.", "Yohanes", "m", "kristen"),
    ],
)
def test_gender_and_region_stay(text: str, name: str, gender: str, region: str) -> None:
    one = talk(text, name)
    for seed in range(5):
        cast = cast_of([one], draw=random.Random(seed))
        for word, real in zip(cast.aliases[0].names, name.split(), strict=True):
            common, before = known(word), known(real)
            assert common is not None
            assert before is not None
            assert region in common.regions
            assert common.is_family == before.is_family
            assert common.is_family or gender in common.genders


def test_no_pseudonym_is_a_word_of_the_study() -> None:
    from qualcode.privacy.given_names import names_of

    women = [name for name in names_of("jawa", "f") if name not in {"Retno", "Sari"}]
    one = talk(f"A: Bu Sari kenal {' '.join(women)}.", "Sari")
    for seed in range(10):
        (name,) = texts(cast_of([one], avoid=words_in([one[0].text]), draw=random.Random(seed)), one)
        assert name.casefold() not in one[0].text.casefold().split()


def test_names_do_not_run_out() -> None:
    many = [
        talk(
            f"A: Bu Nama{'abcdefghij'[n // 100]}{'abcdefghij'[n // 10 % 10]}{'abcdefghij'[n % 10]} ada.",
            r"Nama\w+",
            guid=f"t{n}",
        )
        for n in range(400)
    ]
    called = texts(cast_of(many), *many)
    assert len(set(called)) == 400


@pytest.mark.parametrize("style", STYLES)
def test_each_style_tells_people_apart(style: str) -> None:
    one = talk(
        "Nama: Sari Dewi\nSari: Bu Sumi dan Pak Sardi. Bu Sari Dewi juga.",
        "Sari Dewi",
        "Sumi",
        "Sardi",
        "(?<!Nama: )(?<!Bu )Sari(?=:)",
    )
    cast = cast_of([one], style=style, draw=random.Random(3))  # type: ignore[arg-type]
    said = {each.core.of(one[0].text): text for each, text in zip(one[1], texts(cast, one), strict=True)}

    assert len({said["Sari Dewi"], said["Sumi"], said["Sardi"]}) == 3
    if style == "kode":
        assert said == {"Sari Dewi": "Informan 1", "Sari": "Informan 1", "Sumi": "Orang 1", "Sardi": "Orang 2"}
    if style == "inisial":
        assert said == {"Sari Dewi": "SD", "Sari": "SD", "Sumi": "S", "Sardi": "S2"}


def test_two_people_of_one_name_are_told_apart_by_gender_or_asked_about() -> None:
    one = talk("A: Mas Dwi dan Mbak Dwi. Lalu Dwi pulang.", "Dwi")
    cast = cast_of([one])
    man, woman, either = texts(cast, one)
    assert man != woman
    assert either == ""
    person = cast.people.unclear["t1", one[1][2].core]
    assert cast.meaning("t1", one[1][2], person[0]).text(*_place(one, 2)) == man

    first = talk("Nama: Sari\nSari: Saya.", "Sari", guid="t1")
    second = talk("Nama: Sari\nSari: Saya juga.", "Sari", guid="t2")
    third = talk("A: Kata Sari.", "Sari", guid="t3")
    asked = cast_of([first, second, third]).people.same_names
    assert [(each.words, each.transcripts) for each in asked] == [(("sari",), ("t1", "t2"))]
    apart = cast_of([first, second, third], apart=[("sari",)])
    assert not apart.people.same_names
    a, a2, b, b2, c = texts(apart, first, second, third)
    assert a == a2
    assert b == b2
    assert a != b
    assert c == ""
    assert apart.speaking()["sari"] == "[nama]"
    same = cast_of([first, second, third], together=[("sari",)])
    assert len(set(texts(same, first, second, third))) == 1


def _place(one: tuple[Transcript, tuple[Identifier, ...]], number: int) -> tuple[Transcript, Identifier]:
    return one[0], one[1][number]


def test_an_interviewer_of_many_transcripts_is_one_person() -> None:
    talks = [talk(f"Pewawancara: Rani Puspa\nNama: X{n}\nA: Ya.", "Rani Puspa", guid=f"t{n}") for n in range(3)]
    cast = cast_of(talks)
    assert not cast.people.same_names
    assert len(set(texts(cast, *talks))) == 1


def test_a_name_that_several_bear_is_asked_about_where_nobody_is_near() -> None:
    one, two = talk("A: Siti Aminah.", "Siti Aminah", guid="t1"), talk("A: Siti Rohani.", "Siti Rohani", guid="t2")
    three, four = (
        talk("A: Bu Siti.", "Siti", guid="t3"),
        talk("A: Siti Rohani, lalu Siti.", "Siti Rohani", r"Siti(?!\sR)", guid="t4"),
    )
    cast = cast_of([one, two, three, four])
    assert cast.text(*_place(three, 0)) == ""
    whole, part = texts(cast, four)
    assert whole.split()[0] == part


def test_what_a_key_knows_stays() -> None:
    known_before = Alias(Person(("sari", "dewi"), "f", "jawa", speaks_in=frozenset({"t0"})), ("Wulandari", "Retno"))
    later = talk("A: Bu Sari Dewi Lestari dan Bu Dewi.", "Sari Dewi Lestari", r"Dewi(?!\sLestari)")
    cast = cast_of([later], before=[known_before], draw=random.Random(2))
    whole, part = texts(cast, later)
    assert whole.startswith("Wulandari Retno ")
    assert part == "Retno"
    assert len(cast.aliases) == 1


def test_the_father_in_a_name_is_a_man() -> None:
    one = talk("A: Bu Sumarni binti Kartodimejo.", "Sumarni binti Kartodimejo")
    for seed in range(5):
        daughter, binti, father = cast_of([one], draw=random.Random(seed)).aliases[0].names
        assert binti == "binti"
        for name, gender in ((daughter, "f"), (father, "m")):
            common = known(name)
            assert common is not None
            assert gender in common.genders


def test_half_a_name_in_a_label_is_not_asked_about() -> None:
    talks = [talk(f"Nama: Sari Dewi\nSari: Saya {n}.", "Sari Dewi", "Sari(?=:)", guid=f"t{n}") for n in range(2)]
    cast = cast_of(talks)
    assert [each.words for each in cast.people.same_names] == [("sari", "dewi")]
    apart = cast_of(talks, apart=[("sari", "dewi")])
    whole, part, other, other_part = texts(apart, *talks)
    assert (whole.split()[0], other.split()[0]) == (part, other_part)
    assert part != other_part


def test_another_informant_of_a_known_name_is_asked_about() -> None:
    before = Alias(Person(("sari",), "f", "jawa", speaks_in=frozenset({"t0"})), ("Wulan",))
    later = talk("Nama: Sari\nSari: Saya.", "Sari", guid="t1")
    assert cast_of([later], before=[before]).people.same_names[0].transcripts == ("t1", "t0")
    assert set(texts(cast_of([later], before=[before], together=[("sari",)]), later)) == {"Wulan"}
    apart = cast_of([later], before=[before], apart=[("sari",)])
    assert set(texts(apart, later)) == {" ".join(apart.aliases[1].names)}
    assert apart.aliases[0].person.transcripts == {"t0"}
    assert apart.aliases[1].names != ("Wulan",)


def test_a_chosen_pseudonym_stands_for_every_form_and_may_be_nobodys_real_name() -> None:
    one = talk("A: Bu Siti Aminah dan Bu Siti dan Pak Joko.", "Siti Aminah", r"Siti(?!\sA)", "Joko")
    cast = cast_of([one], draw=random.Random(4))
    whole, part = cast.renamed(*_place(one, 0), "Ratna Ayu"), cast.renamed(*_place(one, 1), "Ratna")
    assert texts(whole, one)[:2] == ["Ratna Ayu", "Ratna"]
    assert texts(part, one)[1] == "Ratna"
    assert texts(part, one)[0].split()[0] == "Ratna"
    assert texts(cast.renamed(*_place(one, 1), "Ibu Ketua"), one)[:2] == ["Ibu Ketua", "Ibu Ketua"]
    with pytest.raises(ConflictError, match="real name") as refused:
        cast.renamed(*_place(one, 0), "Joko")
    assert "Joko" not in str(refused.value)
    with pytest.raises(ConflictError, match="else"):
        cast.renamed(*_place(one, 2), " ".join(cast.aliases[0].names))


def test_other_kinds_become_words_in_brackets() -> None:
    text = "A: nomornya 0812 dan di Cibaduyut."
    phone = Identifier(Span(13, 17), Span(13, 17), IdentifierKind.PHONE, 1, "", forms=("0812",))
    place = Identifier(Span(25, 34), Span(25, 34), IdentifierKind.PLACE, 1, "", forms=("cibaduyut",))
    transcript = Transcript("t1", "r", "a", text)
    cast = cast_of([(transcript, (phone, place))])
    assert [cast.text(transcript, each) for each in (phone, place)] == ["[nomor telepon]", "[tempat]"]
    assert cast.renamed(transcript, place, "sebuah sentra sepatu").text(transcript, place) == "sebuah sentra sepatu"


def test_who_is_meant_does_not_take_long() -> None:
    import time

    talks = [
        talk(
            "\n".join(f"A: Bu Nama{chr(97 + n % 26)}{chr(97 + k)} dan Pak Sari{chr(97 + k)}." for k in range(20)),
            r"(?:Nama|Sari)\w+",
            guid=f"t{n}",
        )
        for n in range(100)
    ]
    started = time.perf_counter()
    people = gathered([each for transcript, found in talks for each in namings(transcript, found)])
    assert time.perf_counter() - started < 5
    assert len(people.meant) == 4000


def test_no_pseudonym_is_like_a_real_name() -> None:

    names = ["Sumarni", "Rohana", "Wulandari", "Darsono", "Yanti", "Hartono", "Siti Aminah", "Endang"]
    one = talk(f"A: {', '.join(f'Bu {name}' for name in names)}.", *names)
    for seed in range(20):
        cast = cast_of([one], draw=random.Random(seed))
        real = {word for name in names for word in name.casefold().split()}
        called = [name for alias in cast.aliases for name in alias.names]
        assert len(called) == len(set(called)) == 9
        assert not [name for name in called if RealNames(real).is_like(name)]


def test_bin_and_binti_are_nobodys_name() -> None:
    one = talk("A: Bu Sumarni binti Kartodimejo.", "Sumarni binti Kartodimejo")
    cast = cast_of([one], draw=random.Random(1))
    assert texts(cast.renamed(*_place(one, 0), "Endang binti Hasanuddin"), one) == ["Endang binti Hasanuddin"]
