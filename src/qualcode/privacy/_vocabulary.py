"""The words by which names are told from other words."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

__all__ = [
    "CLITIC",
    "HONORIFIC",
    "NAMELESS",
    "TITLE",
    "base_of",
    "family",
    "given",
    "is_code",
    "is_english",
    "is_name_word",
    "is_public",
    "is_word",
    "towns",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFIC = (
    r"bapak|bpk|pak|ibu|bu|mbak|mba|mbok|mpok|mbah|mas|abang|bang|kakak|kak|akang|kang|teteh|teh|neng|ceuk|ceu|cak|ning|gus|cici|cik|ci|ncik|koko|koh|ko|oom|om|tante|"
    r"pakdhe|pakde|pak ?de|budhe|bude|bu ?de|bulik|paklik|pakle|bule|uda|uni|daeng|opung|ompung|ustadzah|ustazah|ustadz|ustaz|ustad|kyai|kiai|nyai|hajjah|hajah|haji|adek|adik|dek|eyang|"
    r"nenek|nek|kakek|kek|engkong|kong|encang|ncang|encing|ncing|jeng|tuan|nyonya|nona|suster|bidan|dokter|perawat|mrs|mr|miss|romo|pastor|pendeta|bli|mbo|bunda|mama|mami|papa|papi|ummi|umi|abi|"
    r"emak|mak|uwak|wak|mamang|mang|amang|inang|tulang|paman|bibi|bi|juragan|almarhumah|almarhum|almh|alm|saudara|saudari|sdr|sdri|komandan|kapten|letnan|mandor|bos|bro|sis|aa|teuku|cut|"
    r"guru|lurah|camat|kades|pakcik|makcik|etek|mamak|angku|tengku|puang|karaeng|mace|pace|usi|bung|yu|lek|lik|kangmas|raden|ketua|rekan|ananda|tetangga"
)
"""Forms of address and what stands before names as they do, for a pattern that ignores case."""

TITLE = r"(?i:prof|dr|drs|dra|drg|ir|h|hj|kh|st|rm|r|rr|tgk|ust|mgr|pdt|ps|sr|br|mr|mrs|ms)\.|(?:Prof|Drs|Dra|Ir|Hj|KH|H|Dr|dr|Ust|Pdt)(?=\s)"
CLITIC = re.compile(r"-?(?:nya|ku|mu)?(?:-?(?:lah|kah|pun|mah|teh|tuh|sih|an|e|ne))?$")

NAMELESS = _set(
    # offices, trades and relations that stand behind a form of address and name nobody
    """rt rw rtrw lurah camat kades kadus kepala bupati walikota wali wakil gubernur presiden menteri ketua sekretaris bendahara bos boss boz haji hajah hajjah kyai kiai ustadz ustaz ustad ustadzah nyai gus
    guru dosen dokter bidan suster perawat mantri satpam polisi pol tentara hansip security scurity petugas kantor direktur manajer manager supervisor spv leader hrd hr admin staf staff karyawan pegawai mandor juragan majikan
    sopir supir driver ojol ojek kurir tukang penjual pedagang sayur sate bakso siomay cilok gorengan parkir becak angkot bajaj sampah galon gas warung toko kantin kost kos kontrakan konter bengkel laundry pasar kasir
    bro sis mbak mas bang kak pak bu ibu bapak mbok mbah dek neng kang teh teteh aa om tante adik kakak abang adek nenek kakek mertua ipar tiri kandung angkat asuh hamil muda tua rumah tangga pertiwi kota negara
    peneliti pewawancara mahasiswa mahasiswi penanya narasumber informan responden moderator peserta partisipan notulen semua sekalian sendiri saya aku kamu dia kita kami mereka beliau orang siapa mana apa anu itu ini sini situ
    nya e ne yang dan atau di ke dari untuk kalau kalo klo jadi terus trus tapi kan sih dong deh ya iya yah nih tuh lah kok mah euy nggak enggak gak tidak ndak ora udah sudah belum bukan jangan boleh bisa mau minta maaf makasih
    terima silakan silahkan permisi selamat salam halo hai assalamualaikum waalaikumsalam baik oke ok siap sore pagi siang malam duduk tunggu coba lihat tadi kemarin besok sekarang nanti waktu dulu pernah ada lagi juga saja aja
    rebo slasa kemis jumatan subuh zuhur dzuhur lohor asar ashar magrib maghrib isya dhuha tahajud perda perpu perpres pergub permen permenaker ketenagakerjaan transkrip transkripsi demografi verbatim lampiran skripsi tesis disertasi kel kec kab kp ds dsn prov provinsi krama fasilitator pew pwc inf infor iter itee ir ie reporter wartawan host presenter interviewer interviewee respondent informant participant narsum nsb ket keterangan nak le nduk neng lho hehe haha hihi wkwk seribu sejuta seratus contoh rekaan simulasi jeda disamarkan samaran suara telepon bersamaan diam hening tertawa menangis idul adha natal ramadan ramadhan syawal lebaran pahing nyepi waisak imlek rabb pertama kedua ketiga nomor lantai blok tetangga sebelah depan belakang samping atas bawah dalam luar desa kampung dusun kelurahan kecamatan sekolah kuliah kerja
    bulan tahun hari minggu senin selasa rabu kamis jumat sabtu ahad legi pahing pon wage kliwon januari februari pebruari maret april mei juni juli agustus september oktober november nopember desember jan feb mar apr jun jul agt ags sep sept okt nov des
    allah tuhan gusti nabi rasul sunan wali dewa yu jamu de gede cilik lik lek anak istri suami bini laki ayah mama papa emak bunda umi abi kecil besar sulung bungsu almarhum almarhumah pelanggan pembeli konsumen costumer customer penumpang
    cantik ganteng manis baik jahat galak pelit kaya miskin janda duda bule cina jawa sunda batak padang madura arab desa komandan kapten jenderal bhabin babinsa kapolsek kapolres kader pkk posyandu lingkungan dukuh penghulu modin marbot imam khatib pendeta pastor romo
    rekan teman temen kawan sahabat pacar tunangan mantan bos pembantu pengasuh art asisten sus toko barista koki chef dukun paranormal mc jukir satpol dishub trantib leasing debt collector dept kolektor rentenir bank koperasi pinjol
    yg dgn utk krn karena soalnya makanya mungkin biasanya kadang sering selalu biasa gini gitu begini begitu gimana bagaimana kenapa mengapa kapan berapa""".replace(
        "\n", " "
    )
)
WORDS_TOO = _set(
    """abi abu adang agung akbar amar amin anda anggrek anggun any bagus bangun baso bau bela berta beta bintang bulan
    bunga caca cahaya cempaka cinta cucu da dahlia de dewa dini duta era firman ganjar gede gema habib hajar hakim
    hikmah hulu ikhlas imah imam indah indo iyah jabat jaja jambak juli juni kaka kale karya kasih kenanga kian lala
    luna makmur mamah mau mawar mayang mega mei melati melayu menur mini mitra mpok mulia mun murni muslim mutiara
    nada nana novel nyai oki panca pasha permata pertiwi pipit prihatin prima puji putra putri raja rara ratu raya
    ria ris sabar salim sekar sela setia sinar sofa surati surya syahid syukur tata tino titik ully umi una undang
    uni untung utang yasin yen"""
)
"""Names that are words of every day too: they count only with a form of address, in a field, as a label, or repeated."""


def _lines(name: str) -> list[str]:
    text = files("qualcode.privacy").joinpath("data", f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def given() -> frozenset[str]:
    """Return the shipped given names, in small letters."""
    return frozenset(word for line in _lines("given") for word in line.split())


@cache
def family() -> frozenset[str]:
    """Return the shipped names of clans and families, in small letters."""
    return frozenset(word for line in _lines("family") for word in line.split())


@cache
def towns() -> frozenset[str]:
    """Return the shipped names of regencies, towns and districts, in small letters; some are two words."""
    return frozenset(town.strip() for line in _lines("towns") for town in line.split(",") if town.strip())


@cache
def _public() -> frozenset[str]:
    return frozenset(word for line in _lines("brands") for word in line.split())


def is_public(low: str) -> bool:
    """Tell whether *low* names a company, a product, a public body, a people or a region that leads to nobody."""
    return low in _public()


_ENDING = re.compile(r"-?(?:nya|ku|mu|lah|kah|pun)$|(?<=\w{4})(?:an|e|ne)$")


@lru_cache(maxsize=1 << 16)
def is_word(low: str) -> bool:
    """Tell whether *low* is a word of Indonesian, colloquial or not, of a regional language or of English."""
    from qualcode.nlp import is_stop_word, language_of, lemma, standard
    from qualcode.nlp._dictionary import is_known, table

    if low in WORDS_TOO:
        return True
    if is_name_word(low):
        return False
    bare = _ENDING.sub("", low)
    if bare != low and len(bare) > 2 and is_word(bare):
        return True
    if low in NAMELESS or is_stop_word(low) or is_known(low) or low in table("languages") or language_of(low) != "id":
        return True
    if low in table("informal") or low in table("colloquial"):
        return True
    form = standard(low)
    if form != low and is_known(form):
        return True
    root = lemma(low) if len(low) > 6 else low
    return root != low and is_known(root)


def is_name_word(low: str) -> bool:
    """Tell whether *low* is in the shipped lists of names."""
    return low in given() or low in family()


@lru_cache(maxsize=1 << 14)
def is_english(low: str) -> bool:
    """Tell whether *low* is in the dictionary of English; loads it, so that it is asked last."""
    from simplemma import is_known

    return bool(is_known(low, lang="en")) and not is_name_word(low)


@lru_cache(maxsize=1 << 14)
def base_of(word: str) -> str:
    """Return *word* without a clitic that a name carries: ``Sarinya`` is ``Sari``, because the list has that name.

    >>> base_of("Sarinya"), base_of("Rahmawati")
    ('Sari', 'Rahmawati')
    """
    low = word.casefold()
    if is_name_word(low):
        return word
    # Other clitics are written with a hyphen behind a name: Jamilah and Nurlah are names.
    if low.endswith("nya") and len(low) > 5 and is_name_word(low[:-3]):
        return word[:-3]
    return word


_CODE = re.compile(r"[A-Z]{1,3}\.?|[A-Za-z]{1,12}[-_ ]?\d{1,4}|\d+")


def is_code(word: str) -> bool:
    """Tell whether *word* is an initial or a code that stands for a person already: ``S``, ``I7``, ``Informan 3``."""
    bare = word.strip()
    return _CODE.fullmatch(bare) is not None and not (len(bare) > 2 and is_name_word(bare.casefold()))
