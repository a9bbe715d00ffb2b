"""What places, occupations and attributes are kinds of: words by which they are known, and the group's name."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from qualcode.errors import N_

__all__ = ["JOBS", "KINDS", "areas"]


def _any(words: str) -> re.Pattern[str]:
    """Return a pattern of any of the words or stems, which bars part; a stem ends in ``*``."""
    parts = (re.escape(word.strip()).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words.split("|"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


KINDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_any("pesantren|ponpes|madrasah|mts"), N_("Islamic school")),
    (_any("paud|tk|taman kanak-kanak|kober"), N_("nursery school")),
    (_any("sd|sdn|sdit|sekolah dasar"), N_("primary school")),
    (_any("smp|smpn|smpit|sltp"), N_("lower secondary school")),
    (_any("sma|sman|smk|smkn|smu|slta|stm|smea"), N_("upper secondary school")),
    (_any("universitas|univ|institut|politeknik|akademi|sekolah tinggi|kampus|stie|stmik|uin|iain"), N_("university")),
    (_any("pkbm|sanggar|bimbel|les|kursus|blk|balai latihan kerja"), N_("course or learning centre")),
    (_any("sekolah"), N_("school")),
    (_any("masjid|mesjid|mushola|musala|musholla|surau|langgar"), N_("mosque")),
    (_any("gereja|paroki|gki|gpib|hkbp"), N_("church")),
    (_any("pura|vihara|wihara|kelenteng|klenteng"), N_("temple")),
    (_any("majelis taklim|majelis|pengajian"), N_("religious group")),
    (_any("rsud|rsia|rsu|rs|rumah sakit|hospital"), N_("hospital")),
    (_any("puskesmas|posyandu|klinik|bidan|praktik dokter|apotek|apotik"), N_("health centre")),
    (_any("pasar|market"), N_("market")),
    (_any("mal|mall|plaza|ruko|toko|minimarket|indomaret|alfamart|supermarket|kios|warung|warteg|kedai|kafe|cafe|restoran|rumah makan"), N_("shop or eating place")),
    (_any("stasiun|terminal|halte|pangkalan|bandara|pelabuhan|basecamp"), N_("station or stand")),
    (_any("pabrik|konveksi|garmen|gudang|bengkel|industri"), N_("factory or workshop")),
    (_any("koperasi|bank|bpr|pegadaian|bmt"), N_("bank or co-operative")),
    (_any("kelurahan|kecamatan|kantor desa|balai desa|balai kota|dinas|kementerian|kantor camat|kantor lurah|polsek|polres|pemda"), N_("government office")),
    (_any("serikat|asosiasi|paguyuban|perkumpulan|komunitas|yayasan|lsm|ormas|karang taruna|pkk"), N_("association")),
    (_any("pt|cv|ud|perusahaan|kantor"), N_("company")),
    (_any("rumah|kontrakan|kos|kost|kosan|rusun|rusunawa|apartemen|asrama|mes"), N_("home")),
    (_any("jalan|jl|gang|gg|trotoar|pinggir jalan|lapak|kaki lima|lampu merah|perempatan"), N_("street")),
    (_any("taman|alun-alun|lapangan|pantai|sawah|kebun|sungai"), N_("open ground")),
)  # fmt: skip
"""Kinds of place, in this order: a school in a mosque is a school."""

JOBS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_any("prt|art|asisten rumah tangga|pembantu|pekerja rumah tangga|kerja rumah tangga|babysitter|pengasuh|cuci gosok|setrika|tukang cuci"), N_("domestic work")),
    (_any("ojek|ojol|gojek|grab|gocar|kurir|sopir|supir|pengemudi|driver|angkot|bajaj|becak|andong|taksi|parkir|pengantar*|kenek|kernet|tukang perahu"), N_("transport and delivery")),
    (_any("bangunan|tukang batu|tukang kayu|tukang cat|tukang ledeng|tukang listrik|kuli|mandor|konstruksi"), N_("building work")),
    (_any("pemulung|sampah|rongsok*|barang bekas|pengepul"), N_("waste picking")),
    (_any("jahit|penjahit|konveksi|pabrik|buruh pabrik|operator|perajin|pengrajin|membatik|bordir|sablon|las|tukang las|bengkel|montir"), N_("making and mending")),
    (_any("pedagang*|dagang|jual*|berjual*|penjual*|asongan|warung|warteg|kios|toko|lapak|kaki lima|pkl|katering|catering|online shop|reseller|keliling|nasi|gorengan|bakso|sayur|kue|pasar"), N_("selling")),
    (_any("petani|buruh tani|nelayan|kebun|peternak|tambak|berkebun"), N_("farming and fishing")),
    (_any("satpam|security|penjaga|cleaning*|office boy|ob|petugas kebersihan|tukang sapu|ppsu"), N_("guarding and cleaning")),
    (_any("salon|cukur|pangkas|pijat|urut|mua|rias|laundry|fotografer"), N_("personal services")),
    (_any("pengamen|musisi|penyanyi|badut|pemain|seniman|penari|konten|content creator|youtuber"), N_("performing and arts")),
    (_any("freelance*|desainer|programmer|penulis|admin online|penerjemah|data entry"), N_("freelance and digital work")),
    (_any("guru|dosen|pengajar|tutor|ustadz*|ustaz*"), N_("teaching")),
    (_any("perawat|bidan|dokter|kader|apoteker|caregiver"), N_("health and care")),
    (_any("pns|asn|pegawai negeri|polisi|tni|perangkat desa|lurah|camat|honorer|ketua rt|ketua rw"), N_("public service")),
    (_any("karyawan|pegawai|staf|staff|kasir|pramuniaga|spg|sales|admin"), N_("salaried work")),
    (_any("ibu rumah tangga|irt|mengurus rumah"), N_("housework at home")),
    (_any("pelajar|siswa|siswi|mahasiswa|mahasiswi"), N_("pupil or student")),
    (_any("pensiun*|purnawirawan"), N_("retired")),
    (_any("tidak bekerja|menganggur|pengangguran|belum bekerja"), N_("without work")),
    (_any("pengusaha|wiraswasta|wirausaha|usaha sendiri|umkm"), N_("own business")),
    (_any("buruh|harian|serabutan|tukang|pekerja"), N_("day labour")),
)  # fmt: skip
"""Groups of occupations, in this order: who sells in a market sells; who sells and drives, drives."""


@cache
def areas() -> frozenset[str]:
    """Return the names of provinces, cities, regencies, and districts of Jakarta, in small letters."""
    text = files("qualcode.privacy").joinpath("data", "areas.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())
