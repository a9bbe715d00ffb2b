"""The vocabulary of transcripts: who may be speaking, and what a header tells."""

from __future__ import annotations

import re
from functools import lru_cache

from qualcode.model import Role

__all__ = [
    "HONORIFICS",
    "KINSHIP",
    "NOT_NAMES",
    "OCCUPATIONS",
    "SECTION",
    "is_name",
    "is_role_label",
    "normal",
    "role_of",
    "slug",
    "split_phrase",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFICS = _set(
    "ibu bu bapak pak bpk mas mbak mba mbok bang abang kak kakak kang akang teh teteh neng cak cik koh om tante pakde bude "
    "haji hajah hj ustaz ustadz ustadzah nyai kyai opung daeng si sang para mr mrs ms dr"
)
_TITLES = _set("prof dr drs dra ir h hj kh rm raden")
"""What stands before a name and is none: ``Prof. Dr. H. Ahmad``."""
KINSHIP = _set(
    "anak suami istri isteri tetangga pembeli pelanggan teman kawan kakak adik mertua menantu cucu keponakan ponakan nenek "
    "kakek ayah bapaknya ibunya orangtua saudara sepupu paman bibi petugas satpam pendamping penerjemah keluarga pengunjung "
    "penumpang tamu penonton penelepon penelpon pendengar pemirsa hadirin pengamen warga rekan menantunya sepupunya child wife husband neighbour neighbor customer friend bystander interpreter caller listener"
)
OCCUPATIONS = _set(
    "penjual pedagang pekerja buruh pengemudi driver sopir supir tukang karyawan pegawai pemilik pengurus ketua "
    "kurir penjahit pemulung nelayan petani guru kader pejabat staf mandor juragan majikan bos kasir pengasuh bidan perawat lurah "
    "camat kepala ojol pengepul pembatik pengrajin perajin pelaku wirausahawan produsen pasien siswa siswi murid santri santriwati "
    "nasabah klien konsumen penyintas"
)
_ROLES: dict[str, Role] = {
    **dict.fromkeys(
        _set(
            "pewawancara peneliti penanya interviewer interviewers researcher enumerator tanya surveyor surveyer penulis "
            "wartawan reporter mahasiswa pertanyaan question asisten iter host pembawa presenter penyiar mahasiswi"
        ),
        Role.INTERVIEWER,
    ),
    **dict.fromkeys(
        _set(
            "informan narasumber responden subjek subyek interviewee informant respondent jawab jawaban answer terwawancara "
            "diwawancarai diwawancara inf narsum itee interviewe narsu nsb"
        ),
        Role.INFORMANT,
    ),
    **dict.fromkeys(_set("peserta partisipan participant participants anggota"), Role.PARTICIPANT),
    **dict.fromkeys(_set("moderator mod fasilitator facilitator pemandu"), Role.MODERATOR),
    **dict.fromkeys(_set("notulen notulis pencatat pengamat observer notetaker"), Role.NOTETAKER),
    **dict.fromkeys(
        _set("semua bersama bersama-sama serempak serentak beberapa all everyone together keduanya berdua"),
        Role.TOGETHER,
    ),
    **dict.fromkeys(KINSHIP, Role.BYSTANDER),
    **dict.fromkeys(OCCUPATIONS, Role.INFORMANT),
}
_MORE = _set(
    "kunci utama pendukung tambahan ahli lain dan atau dari online 's of the key main supporting perempuan laki-laki pria wanita "
    "bungsu sulung pertama kedua ketiga"
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_PARENTHESES = re.compile(r"[(\[]([^)\]]*)[)\]]")
_GLUED = re.compile(r"\b([^\W\d_]{4,})(\d{1,2})\b")
"""A number that stands with its word: ``Informan1``."""
_NUMERAL = re.compile(r"\d+|[IVX]+|[A-Za-z]\d*")

SECTION = re.compile(
    r"(?:demografi\w*|identitas|profil|pembuka\w*|penutup\w*|pendahuluan|latar belakang|data diri|biodata|inti|isi|"
    r"karakteristik|riwayat|pengalaman|kondisi|keadaan|tantangan|strategi|harapan|jaminan|pendapatan|penghasilan|pekerjaan|"
    r"keluarga|kesehatan|pendidikan|keterampilan|teknologi|solidaritas|kebijakan|serikat|perkenalan|pengantar|kesimpulan|"
    r"introduction|background|demographics?|closing|opening|work|income|family|health|"
    r"(?:bagian|sesi|topik|tema|bab|section|part|session|topic|theme)\b)",
    re.IGNORECASE,
)
"""How the headings between turns usually begin."""

NOT_NAMES = _set(
    "dalam dokumen halaman catatan cat nb ps note notes keterangan ket contoh contohnya misal misalnya intinya maksudnya artinya soalnya katanya "
    "masalahnya akhir terakhir jadi terus lalu kemudian tapi tetapi karena yaitu yakni antara pertama kedua ketiga jawabnya tanyanya bilangnya "
    "jam pukul tanggal hari waktu tempat lokasi suasana durasi sumber judul topik http https www email hp wa telp rp no nomor "
    "total jumlah kesimpulan hasil pesan penting ingat update edit selesai mulai lanjut rekaman file audio menit detik tertawa "
    "jeda hening diam menangis senyum musik music tepuk applause laughter warning perhatian lampiran tabel gambar bab dst dll dsb saya kamu dia kita kami mereka "
    "menimbang mengingat memperhatikan memutuskan menetapkan kesatu keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh "
    "itu ini begini begitu gini gitu simulasi kode usia umur pendidikan pekerjaan status agama alamat nama"
)
"""Words that stand before a colon in prose and headers, but are nobody."""


def normal(label: str) -> str:
    """Return *label* in the form in which labels are compared."""
    return " ".join(label.casefold().strip(" .*_\t\u00a0").split())


def slug(text: str, joint: str = "-") -> str:
    """Return *text* in lower case, its words joined by *joint*."""
    return joint.join(_WORD.findall(text.casefold().replace("-", joint)))


@lru_cache(maxsize=4096)
def role_of(phrase: str) -> Role | None:
    """Return the role that *phrase* names, by its first telling word, or None.

    >>> role_of("Anak narasumber")
    <Role.BYSTANDER: 'bystander'>
    >>> role_of("tanya (peneliti)")
    <Role.INTERVIEWER: 'interviewer'>
    """
    phrase = _GLUED.sub(r"\1 \2", phrase)
    for part in (_PARENTHESES.sub(" ", phrase), *_PARENTHESES.findall(phrase)):
        words = [word.casefold() for word in _WORD.findall(part)]
        if words[:2] == ["orang", "tua"] or words[:2] == ["orang", "lain"]:
            return Role.BYSTANDER
        if words[:2] in (["nara", "sumber"], ["bintang", "tamu"], ["significant", "other"], ["significant", "others"]):
            return Role.INFORMANT
        if words[:2] == ["bukan", "peserta"] or words[:2] == ["pihak", "lain"]:
            return Role.BYSTANDER
        for word in words:
            role = _ROLES.get(word)
            if role is Role.INFORMANT and word in OCCUPATIONS and "lain" in words:
                return Role.BYSTANDER
            if role is Role.PARTICIPANT and "lain" in words:
                return Role.TOGETHER  # one of the others, nobody knows who
            if role is not None and not (word in HONORIFICS and len(words) > 1):
                return role
    return None


def split_phrase(phrase: str) -> int:
    """Return how many characters of *phrase* say who somebody is; what follows is something else, such as a heading.

    >>> split_phrase("Anak narasumber Demografi")
    15
    """
    end, named = 0, False
    for match in re.finditer(r"\([^)]*\)|\[[^\]]*\]|[^\s,;]+", phrase):
        word = match[0].strip(".,;:").casefold()
        known = (
            word in _ROLES or word in _MORE or word in HONORIFICS or word in {"nara", "sumber", "orang", "tua", "yang"}
        )
        if end == 0 or known or match[0][0] in "([" or len(word) < 2 or not match[0][0].isupper() or named:
            end = match.end()
            named = word in HONORIFICS  # a name follows
        else:
            break
    return end


@lru_cache(maxsize=4096)
def is_role_label(label: str) -> bool:
    """Tell whether *label* is a role word, alone or with a number, a category or a name: not prose about such a person."""
    words = _WORD.findall(_PARENTHESES.sub(" ", _GLUED.sub(r"\1 \2", label)))
    telling = [word.casefold() for word in words if word.casefold() not in HONORIFICS or word.casefold() in _ROLES]
    if (
        not telling
        or len(words) > 5
        or not (telling[0] in _ROLES or telling[:2] in (["nara", "sumber"], ["orang", "tua"]))
    ):
        return False
    if not any(word[0].isupper() or word[0].isdigit() for word in words):
        return len(words) == 1 or words[-1].isdigit()
    return all(
        word.casefold() in {*_ROLES, "nara", "sumber", "orang", "tua"}
        or word.casefold() in _MORE
        or word.casefold() in HONORIFICS
        or _NUMERAL.fullmatch(word)
        or word[0].isupper()
        for word in words
    )


@lru_cache(maxsize=4096)
def is_name(label: str) -> bool:
    """Tell whether *label* can be somebody's name: one to four capitalised words, none of which says otherwise."""
    words = _WORD.findall(label.partition(",")[0])  # behind a comma stand titles
    while len(words) > 1 and words[0].casefold() in _TITLES:
        words = words[1:]
    if not 0 < len(words) <= 4 or words[0].casefold() in NOT_NAMES:
        return False
    titled = len(words) > 1 and words[0].casefold() in HONORIFICS  # "dr. Lina", "bu Sri"
    if words[0].casefold().endswith("nya") or any(word[0].islower() for word in words[titled:]):
        return False
    return not any(word.casefold() in NOT_NAMES for word in words)
