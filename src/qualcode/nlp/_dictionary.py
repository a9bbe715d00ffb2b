"""Which words are words, and of what: our own lists first, then simplemma's dictionary.

simplemma (Barbaresi) is MIT code that brings a dictionary of 22,000 written Indonesian forms. Our lists (`data/roots.txt`) hold what it lacks: words of
the street, the kitchen and the phone, and words that look derived but mean something else.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["entry", "is_known", "table"]

DEEPEST = 4
CLITICS = ("nya", "ku", "mu", "lah", "kah", "pun")
CLITIC = re.compile("(?:nya|ku|mu)?(?:lah|kah|pun)?$")

# Their root is another word, or none at all: pendapatan (income) is not dapat, kontrakan (a rented room) not kontrak.
LEXICAL: dict[str, str] = {
    word: (standard or word)
    for word, _, standard in (
        pair.partition("=")
        for pair in """pendapat pendapatan berpendapat=pendapat sependapat=pendapat kontrakan mengontrak=kontrak pengajian=kaji mengaji=kaji
        tarikan=tarik gajian=gaji lebaran patungan langganan=langgan pelanggan=langgan perempuan laki-laki
        lelaki=laki-laki mereka beberapa merupakan adalah ialah apabila bilamana manakala seperti setelah sebelum sehingga
        selama kepada daripada pertama kasihan bagaimana mengapa kenapa barangkali bersama selain
        jalanan=jalan kegiatan=giat setiap tiap bangsawan kira-kira masing-masing undang-undang tiba-tiba hati-hati=hati kura-kura
        mata-mata langit-langit gara-gara pura-pura cuma-cuma rata-rata=rata jangan-jangan ibu-ibu=ibu bapak-bapak=bapak abu-abu=abu
        tandatangan menandatangani=tandatangan penandatanganan=tandatangan memberitahu=beritahu memberitahukan=beritahu
        pemberitahuan=beritahu matahari bekerja=kerja pekerja=kerja pekerjaan=kerja mempekerjakan=kerja bekas belajar=ajar pelajar=ajar
        pelajaran=ajar mempelajari=ajar terhadap terlalu berapa sebab=sebab penyakit=sakit masakan=masak gerakan=gerak
        perasaan=rasa pemulung=pulung pengemudi=kemudi pengamen=amen mengamen=amen seluruh=seluruh semesta=semesta
        sekarang=sekarang sekolah bersekolah=sekolah keliling petani=tani nelayan pedagang=dagang secara sebelumnya berubah=ubah serupa=rupa setempat=tempat semula=mula mendatang=datang terbuka=buka
        terlambat=lambat keterlambatan=lambat pejabat=jabat pemuda=muda merugikan=rugi menguntungkan=untung eceran=ecer tersedia=sedia misalnya=misal
        berhasil=hasil keberhasilan=hasil kemungkinan=mungkin menengah=tengah dimulai=mulai meminta=minta temui=temu merespons=respons merespon=respons
        kepulauan=pulau sebagian=bagi keempat=empat menggalakkan=galak rezeki uang sarapan belain=bela mengantuk=kantuk mengelas=las kenyang alhamdulillah astagfirullah insyaallah masyaallah bismillah keuangan=uang terpaksa=paksa teriak teriakan=teriak berteriak=teriak hutang=utang berhutang=utang piutang ketemu=temu keburu=buru kebetulan=betul
        mengaku=aku mengakui=aku mengakuinya=aku diakui=aku pengakuan=aku pemasukan=masuk pengarang=karang berkesinambungan=sinambung kesinambungan=sinambung
        balai kedelai kemiri perihal peri mangsa mangkat belanda tersangka=sangka memasak=masak berantakan keterampilan=terampil terampil""".split()  # noqa: SIM905
    )
}


@cache
def table(name: str) -> dict[str, str]:
    """Return the shipped word list called *name*: word → what stands after the tab, or the word itself.

    Lines that begin with ``#`` are remarks.
    """
    text = files("qualcode.nlp").joinpath("data", f"{name}.txt").read_text("utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        word, tab, meaning = line.partition("\t")
        if tab:
            found[word] = meaning
        else:
            found.update((single, single) for single in word.split())
    return found


@cache
def _listed() -> dict[str, str]:
    """Return simplemma's dictionary, in small letters; a word written small comes before the same one as a name."""
    from simplemma.strategies import DefaultDictionaryFactory

    pairs = sorted(DefaultDictionaryFactory().get_dictionary("id").items(), key=lambda pair: not pair[0].islower())
    found: dict[str, str] = {}
    for word, lemma in pairs:
        found.setdefault(word.casefold(), lemma.casefold())
    return found


@lru_cache(maxsize=1 << 16)
def entry(word: str) -> str | None:
    """Return the lemma that the lists give *word* (in small letters), None for a word in none of them."""
    if word in LEXICAL:
        return LEXICAL[word]
    if word.endswith(CLITICS):
        stem = CLITIC.sub("", word)
        if stem in LEXICAL:
            return LEXICAL[stem]
    own = table("roots").get(word)
    if own is not None:
        return own
    listed = _listed()
    found = listed.get(word)
    if found is None:
        return None
    for _ in range(DEEPEST):  # the dictionary stops halfway: pekerjaan → pekerja → kerja
        further = LEXICAL.get(found) or listed.get(found)
        if further is None or further == found:
            break
        found = further
    return found


def is_known(word: str) -> bool:
    """Tell whether *word* (in small letters) is in a list."""
    return entry(word) is not None
