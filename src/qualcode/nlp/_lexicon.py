"""Our own list of colloquial spellings, and the words that only look as if they had a clitic or a nasal prefix.

Synonyms are not spellings: *duit* stays *duit*. Words whose meaning depends on the region (*larang*, *lembur*, *teh*, *lain*) are left out.
"""

from __future__ import annotations

__all__ = ["NOT_CLITIC", "NOT_NASAL", "VARIANTS"]

# standard: spellings heard and typed
_SPELLINGS = """
tidak: tdk gak nggak ngga enggak engga gk ga nggk ngak engak kagak kaga kgk ndak nda tak
belum: belom blm blum blom
sudah: udah udeh dah sdh uda udh
kalau: kalo klo kl klu kalu kalok
karena: karna krn karno
tetapi: tapi tp tpi
dengan: dgn dg
yang: yg
simpan: simpen
simpanan: simpenan
taklim: talim
nasihat: nasehat
maksud: maksut
kampung: kampong
untuk: utk
dari: dr dri
pada: pd
juga: jg jga
saja: aja aj saja
sama: ama sm
sampai: sampe ampe sampek nyampe nyampai
kayak: kaya kyk
bagaimana: gimana gmn gmana pegimana pigimana
kenapa: knp napa
mengapa: ngapa
begitu: gitu gtu
begini: gini
seperti: kek sperti
sebentar: bentar bntar
sekarang: skrg skarang sekarng
kemarin: kemaren kmrn
tahun: taun thn
tahu: tau taw
lihat: liat
habis: abis
hujan: ujan
hidup: idup
hilang: ilang
hitung: itung
hati: ati
hutan: utan
utang: hutang
hitam: item
rezeki: rejeki rizki rizqi rijki rezki
risiko: resiko
izin: ijin
zaman: jaman
saudara: sodara sedara
pakai: pake pakek
ramai: rame
pakaian: pakean
capek: cape
dapat: dapet dpt
cepat: cepet
dekat: deket
ingat: inget
dengar: denger
benar: bener bner
pintar: pinter
teman: temen tmn
senang: seneng
malas: males
malam: malem mlm
dalam: dalem dlm
macam: macem
bayar: bayr
pesan: pesen
pesanan: pesenan
pinjam: pinjem
pinjaman: pinjeman
antar: anter
putar: puter
bosan: bosen
telat: telat
sempat: sempet
keringat: keringet
setiap: tiap tiep
setahun: setaun
sehari: seari
kerjaan: kerjaan krjaan
kerja: krja
orang: org orng
banyak: bnyk bnyak banyk
sedikit: dikit sdikit
lagi: lg lgi
bisa: bs bsa
mau: mw
punya: pny punyak
semua: smua smw
banget: bgt bngt
memang: emang mang emg
cuma: cuman cm cma
hanya: hny
terus: trus trs
rumah: rmh
anak: ank
sekolah: skolah sekola
ibu: ibuk
pagi: pg
ribu: rebu rb rbu ribuu
juta: jt
online: onlen onlain
kirim: krim
ojek: ojeg
warung: warong
lubang: lobang
telur: telor
belanja: blanja
berapa: brp brapa
siapa: sapa spa
apa: ape
mana: mane
sopir: supir
apotek: apotik
sistem: sistim
praktik: praktek
ijazah: ijasah ijajah
masjid: mesjid
salat: sholat solat shalat
sedekah: sodakoh shodaqoh sodaqoh sedeqah shadaqah
infak: infaq
berkah: barokah barakah
alhamdulillah: alhamdulilah
tawakal: tawakkal
majelis: majlis
pemerintah: pmerintah pemrintah
whatsapp: wa wasap watsap whatsap watsapp
gofood: gofut gopud
qris: kuris
omzet: omset
kuitansi: kwitansi
cabai: cabe
ketemu: ktemu
ikhlas: iklas
nanti: ntar entar ntr nti
malah: malahan
pengin: pengen pingin kepengen kepingin pgn
mungkin: mgkn mungkn
sering: sring
gaji: gajih
barang: brg brang
dagang: dagan
harga: hrg
tanggal: tgl
nomor: nomer no nmr
kelas: kls
hari: hr
bulan: bln
minggu: mggu mnggu
jam: jm
"""

VARIANTS: dict[str, str] = {
    spelling: standard
    for standard, _, spellings in (line.partition(":") for line in _SPELLINGS.strip().splitlines())
    for spelling in spellings.split()
    if " " not in standard and spelling != standard
}

NOT_CLITIC = frozenset(
    [
        "adalah",
        "ialah",
        "masalah",
        "sekolah",
        "jumlah",
        "setelah",
        "sebelah",
        "istilah",
        "makalah",
        "bersalah",
        "serakah",
        "langkah",
        "berkah",
        "barokah",
        "sedekah",
        "naskah",
        "menikah",
        "nikah",
        "mekkah",
        "makkah",
        "bangku",
        "tungku",
        "pangku",
        "laku",
        "pelaku",
        "berlaku",
        "perilaku",
        "kelaku",
        "buku",
        "suku",
        "siku",
        "saku",
        "kaku",
        "beku",
        "paku",
        "aku",
        "kamu",
        "tamu",
        "ilmu",
        "jamu",
        "temu",
        "ketemu",
        "bertemu",
        "nemu",
        "semu",
        "jemu",
        "punya",
        "hanya",
        "tanya",
        "bertanya",
        "ditanya",
        "nanya",
        "kenya",
        "himpun",
        "ampun",
        "rumpun",
        "salah",
        "kalah",
        "malah",
        "olah",
        "telah",
        "lelah",
        "belah",
        "ulah",
        "kuliah",
        "rupiah",
    ]
)

NOT_NASAL = frozenset(
    [
        "malam",
        "malem",
        "masuk",
        "masak",
        "masih",
        "maling",
        "mobil",
        "motor",
        "murah",
        "makan",
        "makanan",
        "masalah",
        "mesin",
        "modal",
        "mulai",
        "mandi",
        "merek",
        "mereka",
        "malah",
        "minggu",
        "musim",
        "mending",
        "mendingan",
        "manusia",
        "muslim",
        "mungkin",
        "menurut",
        "menit",
        "meter",
        "mesti",
        "maksud",
        "makin",
        "makanya",
        "maksudnya",
        "majikan",
        "macem",
        "macam",
        "mahal",
        "masjid",
        "majelis",
        "masing",
        "mantan",
        "mantu",
        "menteri",
        "mentok",
        "memang",
        "minyak",
        "mitra",
        "murid",
        "mudah",
        "musti",
        "mbak",
        "mbah",
        "mbok",
        "negara",
        "nanti",
        "nasib",
        "nenek",
        "nomor",
        "nikah",
        "nasihat",
        "nasional",
        "natal",
        "nilai",
        "niatnya",
        "normal",
        "novel",
        "ngeri",
        "nggak",
        "ngga",
        "nyaman",
        "nyata",
        "nyawa",
        "nyonya",
        "nyawer",
        "nyokap",
        "nyamuk",
        "negeri",
        "naik",
    ]
)
