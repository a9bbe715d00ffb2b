"""Betawi, Javanese and Sundanese words that a rule finds by its Indonesian word: *beli* finds *tuku* and *meuli*.

Only words that mean the same and that Indonesian does not have otherwise. False friends are left out on purpose: *lembur* (Sundanese: village),
*larang* (Javanese: dear), *awis, atos, teh, lain, urang, cokot, budak, dodol, awan, tuang, kesel, gaduh, abdi*. So are negations, which are the macro ``NEG``.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from types import MappingProxyType

from qualcode.nlp.forms import canonical

__all__ = ["REGIONAL", "indonesian"]

# Indonesian words: words of Betawi, Javanese (ngoko and krama) and Sundanese (loma and lemes) that say the same.
_WORDS = """
ada: ono aya
baru: nembe karek
apa: opo naon ape
bagaimana gimana: piye kepiye kumaha pegimane gimane
bantu membantu: mbantu ngabantu ngabantuan
banyak: akeh okeh seueur loba
belajar: sinau
diajari: diwarahi diwuruki
begini: ngene kieu
beli: tuku tumbas meuli meser
berapa: piro sabaraha brape
besok: sesuk isukan
bisa: iso saget tiasa bise
buat untuk: nggo kanggo keur
cari: milari neangan
cukup: cekap
cuma: mung ngan saukur
dagang jualan: icalan ngical sadean bakulan
dapat: entuk angsal kenging meunang
dari: soko saking
di: neng nang
dulu: biyen mbiyen rumiyin baheula kapungkur
duit uang: duwit artos
gaji: gajih
hari: dino dina dinten poe
harga: rego rega pangaos
hujan: udan
itu: kuwi kae eta entu ntu
juga: ugo oge
kalau: nek yen menawi mun upami lamun
karena: mergo amargi kusabab
kartu: kertu
kecil: cilik alit leutik
kekurangan: kakirangan kakurangan
kerja: makaryo padamel damel
keluar: metu medal kaluar
kita: kite
kurang: kirang
laku: payu pajeng
lagi: maneh deui
lewat: liwat ngaliwat kaliwat
libur: prei
makan: mangan nedha dahar
malam: wengi bengi dalu peuting
mana: endi mane
masih: isih tasih keneh
masuk: mlebu asup lebet
mau ingin: arep hoyong hayang
mengadu: wadul
miskin: mlarat
meninggal: kesripahan
nunggu menunggu: ngenteni nengga ngadagoan ngantosan
orang: wong tiyang jalma
pada: pade
pagi: esuk isuk enjing
pakai: nganggo
pemerintah: pamarentah pamarintah pemerentah
pergi: lunga indit
pulang: mulih wangsul uih
punya: duwe nduwe boga punye
sakit: lara gering udur
sama: same ame sareng jeung
saja: weh aje
sampai: nganti nepi dugi
saudara: sodare dulur sedulur baraya
saya: kulo kula aye enyong inyong
sedikit: sithik saeutik sakedik
sehari: sedino sedina sadinten sapoe seari
seminggu: saminggu
sebulan: sewulan sabulan
sekarang: saiki sakniki ayeuna
sekolah: sakola
semua: kabeh sedoyo sadaya sadayana
sendiri: dewe dewean piyambak nyalira sorangan
siapa: sopo sinten saha siape
sudah: wis wes geus ude
suami istri: bojo
susah: angel rekoso hese
syukur: sukur
takut: wedi ajrih sieun
tahu: weruh
teman: kanca konco batur babaturan rerencangan
tetangga: tonggo tatangga
upah: opah
yang: sing ingkang nu nyang
"""
ENDINGS = ("nye", "ne", "na", "e")
"""The definite ending that Indonesian has as *-nya*: Betawi *dapetnye*, Javanese *upahe, regane*, Sundanese *hasilna*."""

SHORTEST = 4
"""Letters that stay before an ending: *sore*, *kue* and *mana* have none."""


def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _WORDS.strip().splitlines():
        names, _, words = line.partition(": ")
        for word in words.split():
            found[word] = (*found.get(word, ()), *names.split())
    return found


REGIONAL = MappingProxyType(_table())
"""Regional word → the Indonesian words by which rules find it."""


def indonesian(word: str, asked: Container[str]) -> Iterator[str]:
    """Yield the Indonesian words for *word*, and the word without a regional definite ending where a rule has *asked* for that.

    Parameters
    ----------
    word : str
        In small letters.
    asked : container of str
        The words of all rules: an ending is only taken off if one of them stays.

    Examples
    --------
    >>> list(indonesian("tuku", ())), list(indonesian("upahe", {"upah"})), list(indonesian("sore", {"sor"}))
    (['beli'], ['upah'], [])
    """
    yield from REGIONAL.get(word, ())
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST:
            if canonical(stem) in asked:
                yield canonical(stem)
            yield from REGIONAL.get(stem, ())
