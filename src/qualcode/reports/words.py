"""The report's words: in the reader's language, with the study's own word for informant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from qualcode import i18n
from qualcode.errors import N_, fill
from qualcode.model import AttributeValue, Elicited, Kind, Role, Stance

__all__ = ["ELICITED", "KINDS", "ROLES", "STANCES", "Words", "customary"]

ENGLISH = {"partisipan": "participant", "subjek": "subject", "narasumber": "interviewee", "responden": "respondent"}

COMPASS = {"utara", "selatan", "timur", "barat", "tengah", "pusat"}
ACRONYMS = {"bpjs", "ktp", "dki", "kjp", "thr", "fgd", "hp", "rt", "rw", "sd", "smp", "sma"}

FIELDS = (
    *(
        "kode",
        "nama_samaran",
        "jenis_kelamin",
        "jk",
        "usia",
        "umur",
        "pendidikan",
        "status_kawin",
        "status",
        "tanggungan",
    ),
    *("pekerjaan", "jenis_pekerjaan", "jenis_usaha", "lama_bekerja", "jam_kerja", "penghasilan", "asal", "lama_di"),
    *(
        "bpjs_kesehatan",
        "bpjs",
        "ktp",
        "tempat_tinggal",
        "hari",
        "tanggal",
        "jam",
        "waktu",
        "durasi",
        "lokasi",
        "tempat",
    ),
    *("suasana", "bahasa", "hadir", "pewawancara", "transkrip", "diperiksa", "persetujuan"),
)
"""The order in which attributes and header fields are customarily listed, by how their names begin; others follow as they are."""

HEADER: Mapping[str, str] = MappingProxyType(
    {
        "tanggal": N_("Date"),
        "jam": N_("Hour"),
        "waktu": N_("Time"),
        "tempat": N_("Place"),
        "suasana": N_("Situation"),
        "pewawancara": N_("Interviewer"),
        "moderator": N_("Moderator"),
        "notulen": N_("Note taker"),
        "pengamat": N_("Observer"),
        "transkripsi": N_("Transcribed by"),
        "durasi": N_("Duration"),
        "rekaman": N_("Recording"),
        "judul": N_("Title"),
        "jenis": N_("Kind of material"),
        "wawancara_ke": N_("Interview number"),
        "catatan": N_("Note"),
    }
)
"""The header fields that importers know, by the names they store them under."""

PLACES = frozenset(
    {
        *(
            "jakarta",
            "bogor",
            "depok",
            "tangerang",
            "bekasi",
            "bandung",
            "cirebon",
            "semarang",
            "surakarta",
            "solo",
            "yogyakarta",
            "jogja",
        ),
        *(
            "surabaya",
            "malang",
            "medan",
            "palembang",
            "lampung",
            "padang",
            "makassar",
            "banjarmasin",
            "balikpapan",
            "samarinda",
            "denpasar",
            "jawa",
        ),
        *(
            "madura",
            "bali",
            "lombok",
            "sumatra",
            "sumatera",
            "kalimantan",
            "sulawesi",
            "papua",
            "aceh",
            "banten",
            "indonesia",
            "jabodetabek",
        ),
    }
)
"""Names of places that occur in the names of fields, which are stored in lower case."""

STANCES: Mapping[str, Mapping[Stance, str]] = MappingProxyType(
    {
        "": {
            Stance.PRESENT: N_("present"),
            Stance.UNMARKED: N_("stance not marked"),
            Stance.PAST: N_("past"),
            Stance.PLANNED: N_("planned or hoped for"),
            Stance.DENIED: N_("denied"),
            Stance.OTHER: N_("of someone else"),
        },
        "strategy": {
            Stance.PRESENT: N_("done"),
            Stance.UNMARKED: N_("stance not marked"),
            Stance.PAST: N_("done in the past"),
            Stance.PLANNED: N_("planned or hoped for"),
            Stance.DENIED: N_("not done or refused"),
            Stance.OTHER: N_("of someone else"),
        },
    }
)
"""How each stance is said, by kind of family."""

ELICITED: Mapping[Elicited, str] = MappingProxyType(
    {Elicited.SPONTANEOUS: N_("spontaneous"), Elicited.PROMPTED: N_("prompted")}
)

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INTERVIEW: N_("interview"),
        Kind.GROUP: N_("group interview"),
        Kind.OBSERVATION: N_("field note"),
        Kind.DOCUMENT: N_("document"),
        Kind.JOURNAL: N_("journal"),
    }
)


ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.INTERVIEWER: N_("interviewer"),
        Role.INFORMANT: N_("informant"),
        Role.MODERATOR: N_("moderator"),
        Role.PARTICIPANT: N_("participant"),
        Role.NOTETAKER: N_("note taker"),
        Role.BYSTANDER: N_("someone else present"),
        Role.TOGETHER: N_("several together"),
        Role.OTHER: N_("role not known"),
    }
)


def customary(names: Iterable[str]) -> tuple[str, ...]:
    """Return field names in the customary order; a study's own fields follow in the order given.

    Examples
    --------
    >>> customary(["warna", "Usia", "jenis_kelamin", "lama_di_jakarta"])
    ('jenis_kelamin', 'Usia', 'lama_di_jakarta', 'warna')
    """

    def rank(name: str) -> int:
        plain = "_".join(name.lower().replace("/", " ").split())
        fitting = [(-len(field), n) for n, field in enumerate(FIELDS) if plain.startswith(field)]
        return min(fitting)[1] if fitting else len(FIELDS)

    return tuple(sorted(names, key=rank))


def _in_places(parts: Sequence[str]) -> Iterator[bool]:
    """Tell of each word whether it is the name of a place, or the point of the compass behind one: *Jawa Tengah*."""
    before = False
    for part in parts:
        before = part.lower() in PLACES or (before and part.lower() in COMPASS)
        yield before


@dataclass(frozen=True, slots=True)
class Words:
    """Turns English templates into the reader's language, as `qualcode.i18n.Translator`, in the study's word for informant."""

    translator: i18n.Translator
    label: str = "informan"

    @property
    def language(self) -> str:
        """The language of the report: ``id`` or ``en``."""
        return self.translator.language

    def __call__(self, template: str, /, **parameters: object) -> str:
        """Return *template* in the language, filled; whole numbers with the language's thousands mark."""
        return fill(self._labelled(self.translator(template)), self._shown(parameters))

    def plural(self, one: str, many: str, /, n: int, **parameters: object) -> str:
        """Return the form that the count *n* asks for."""
        words = i18n.catalogue(self.language).get(one, one if n == 1 else many)
        return fill(self._labelled(words), self._shown({"n": n, **parameters}))

    def _shown(self, parameters: Mapping[str, object]) -> dict[str, object]:
        return {
            key: i18n.number(value, self.language) if isinstance(value, int) else value
            for key, value in parameters.items()
        }

    def _labelled(self, template: str) -> str:
        """Return the template with the study's word for informant; what fills it in is not touched."""
        usual, own = ("informan", self.label) if self.language == "id" else ("informant", ENGLISH.get(self.label, ""))
        if not own or own == usual:
            return template
        own = own.replace("{", "").replace("}", "")
        if self.language == "en" and own[0] not in "aeiou":
            template = template.replace("an informant", f"a {own}")
        return template.replace(usual, own).replace(usual.capitalize(), own[:1].upper() + own[1:])

    def number(self, n: int) -> str:
        """Return a whole number with the language's thousands mark."""
        return i18n.number(n, self.language)

    def decimal(self, value: float) -> str:
        """Return a number with two decimals and the language's decimal mark."""
        return i18n.number(value, self.language, digits=2)

    def of(self, part: int, whole: int) -> str:
        """Return "7 dari 10 informan"."""
        return self(N_("{part} of {whole} informants"), part=part, whole=whole)

    def name(self, key: str) -> str:
        """Return the name of an attribute or header field as it is shown: ``lama_bekerja`` as "Lama bekerja"."""
        parts = key.replace("_", " ").split()
        cased = [
            part.upper() if part.lower() in ACRONYMS else part.capitalize() if place else part
            for part, place in zip(parts, _in_places(parts), strict=True)
        ]
        shown = " ".join(cased)
        return shown[:1].upper() + shown[1:]

    def field(self, key: str) -> str:
        """Return the name of a header field: in the reader's language where importers know it, else as it is written."""
        return self(HEADER[key]) if key in HEADER else self.name(key)

    def value(self, value: AttributeValue) -> str:
        """Return an attribute's value as it is shown; "–" where it is missing."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return self(N_("yes")) if value else self(N_("no"))
        return value if isinstance(value, str) else i18n.number(value, self.language)

    def joined(self, items: tuple[str, ...]) -> str:
        """Return the items as a list in a sentence."""
        return i18n.joined(items, self.language)
