"""Schools, clinics, companies and other bodies with their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import is_public, is_word
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Institution"]

_SCHOOL = (
    r"SDN|SDIT|SDI|SD|SMPN|SMPIT|SMP|SMAN|SMA|SMKN|SMK|SLBN|SLB|SLTP|SLTA|STM|SMEA|MIN|MI|MTsN|MTs|MTSN|MTS|MAN|MA|MDTA|TKIT|TK|PAUD|RA|TPA|TPQ|PKBM|LKP|BLK|[Pp]onpes|[Pp]ondok [Pp]esantren|[Pp]esantren|"
    r"[Uu]niversitas|[Uu]niv\.?|[Ii]nstitut|[Pp]oliteknik|[Ss]ekolah [Tt]inggi|[Ss]ekolah|STIE|STIKES|STIKes|STIT|STAI|STMIK|STKIP|AMIK|[Aa]kademi|UIN|IAIN|STAIN|[Kk]ampus|[Mm]adrasah"
)
_CLINIC = r"[Pp]uskesmas|[Pp]ustu|RSUD|RSUP|RSIA|RSU|RSB|RSJ|RS|[Rr]umah [Ss]akit|[Kk]linik|[Aa]potek|[Pp]osyandu"
_COMPANY = r"PT|CV|UD|[Ff]irma|[Kk]operasi|[Yy]ayasan|KSP|[Pp]abrik|[Tt]oko|[Rr]estoran|[Hh]otel|BMT|BPR|BUMDes|LSM"
_WORSHIP = r"[Mm]asjid|[Mm]usola|[Mm]ushola|[Mm]ushalla|[Mm]usala|[Gg]ereja|[Vv]ihara|[Kk]lenteng|[Mm]ajelis [Tt]aklim"
_CAP = r"(?:(?:[Aa]l|[Aa]n|[Aa]r|[Aa]s|[Aa]t|[Aa]d)-[A-Z]?[\w'’]+|[A-Z][\w'’]*(?:-[A-Z]?[\w'’]+)*)"
_FORM = re.compile(
    rf"(?<![^\W_])(?P<head>{_SCHOOL}|{_CLINIC}|{_COMPANY}|{_WORSHIP})\b(?:(?<=PT|CV|UD|iv)\.)?"
    rf"(?P<name>(?:[ ](?:Negeri|Swasta|Islam|Kristen|Katolik|Terpadu|Umum|Daerah|Pratama|Utama|Dasar|Ibu dan Anak|Simpan Pinjam))*(?:[ ]?\d{{1,3}}\b(?![.,]\d))?(?:[ ]{_CAP}(?:[ ](?:bin|al|wal|dan|of)(?=[ ][A-Z]))?){{0,5}}(?:[ ]\d{{1,3}}\b(?![.,]\d))?)"
)
_COMPANIES = re.compile(f"{_COMPANY}|{_WORSHIP}|[Kk]ampus|[Ss]ekolah")
_LOW = re.compile(
    r"(?<![^\W_])(?:sdn|smpn|sman|smkn|mtsn|smp negeri|sma negeri|smk negeri|sd negeri)[ ]?\d{1,3}(?:[ ](?P<more>[a-z]{4,}))?\b"
)
_GENERIC = frozenset(
    """negeri swasta islam kristen katolik terpadu umum daerah pratama utama dasar ibu dan anak simpan pinjam pembantu kecamatan kelurahan desa kampung kota tinggi menengah pertama atas
    kejuruan luar biasa rakyat agung jami besar merah putih unit keliling online rakyat minggu sosial harian karyawan warga wanita induk""".split()  # noqa: SIM905
)
_NUMBERED = re.compile(r"(?:SD|SMP|SMA|SMK|MI|MTs|MTS|MA|TK|SLB|SLTP)N?|[Ss]ekolah|[Pp]uskesmas|[Pp]osyandu")


_HEADS = tuple(
    sorted(
        {
            part.split()[0]
            for part in re.sub(r"[\[(](\w)\w?[\])]", r"\1", f"{_SCHOOL}|{_CLINIC}|{_COMPANY}|{_WORSHIP}")
            .replace("\\.?", "")
            .casefold()
            .split("|")
        }
    )
)


class Institution(Recogniser):
    """Schools, clinics, companies, places of worship with a name or number; those that half of the country knows are left alone."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        text = page.text
        for match in page.matches(_FORM, _HEADS):
            name = match["name"]
            words = [word.casefold() for word in re.findall(r"[^\W\d_]+", name)]
            telling = [word for word in words if word not in _GENERIC]
            numbered = re.search(r"\d", name) is not None and _NUMBERED.fullmatch(match["head"]) is not None
            if not telling and not numbered:
                continue
            if telling and all(map(is_public, telling)) and not numbered and _COMPANIES.fullmatch(match["head"]):
                continue
            loose = match["head"][0].islower() or match["head"].casefold() in {
                "toko",
                "sekolah",
                "pabrik",
                "kampus",
                "ma",
                "mi",
                "ra",
                "min",
            }
            if (
                loose
                and not numbered
                and (
                    page.sentence_writing(match.start()) != "plain"
                    or (all(map(is_word, telling)) and len(telling) == 1)
                )
            ):
                continue
            if page.sentence_writing(match.start()) == "upper" and not numbered and all(map(is_word, telling)):
                continue
            reason = N_("a kind of institution with its name or number")
            yield whole(match.span(), IdentifierKind.INSTITUTION, 0.86, reason, forms=(" ".join(words),))
        for match in page.matches(_LOW, ("sdn", "smpn", "sman", "smkn", "mtsn", "smp", "sma", "smk", "sd")):
            end = (
                match.end()
                if match["more"] and not is_word(match["more"])
                else match.end()
                if not match["more"]
                else match.start("more") - 1
            )
            reason = N_("a kind of institution with its name or number")
            yield whole(
                (match.start(), end), IdentifierKind.INSTITUTION, 0.6, reason, forms=(text[match.start() : end],)
            )
