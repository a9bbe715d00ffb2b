"""Makes ``src/qualcode/nlp/data/informal.txt`` from the MIT lists in ``../shared/data``.

    python benchmarks/informal_words.py [--check]

IndoCollex (haryoa/indo-collex) gives informal word forms with their standard form, STIF (haryoa/stif-indonesia) pairs of sentences: the words of its train and dev
parts are aligned (never its test part), and what most often stands in a word's place is taken. Left out: what our own spellings say already, words that are standard or of another
language, acronyms' long forms, and of the aligned pairs those seen once whose words do not resemble each other. ``--check`` compares with the file and writes nothing.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from qualcode.nlp._dictionary import is_known, table
from qualcode.nlp._lexicon import VARIANTS
from qualcode.nlp.languages import language_of
from qualcode.nlp.lemmas import lemma
from qualcode.nlp.standards import by_rule, spelled

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared/data"
TARGET = ROOT / "src/qualcode/nlp/data/informal.txt"
WORD = re.compile(r"\w+")
ALIKE = 0.6
LAUGHTER = re.compile(r"(?:ha|he|hi|ho|wk|kw|w|k)+")
SEEN = 2

# Read by eye and left out: greetings of customer service; names; insults; English; regional words; words that mean something else in interviews
# (smp, sk, pkl, kk are a school, a decree, street vendors, a family card); single slips of the keyboard.
NOT_HERE = frozenset(
    """kok koq ko kang doang doank lhoo min mimin minn mimim cust cs ka kaa kaka kk kkk ku kek no gua goa la lah loh lho sih deh dong doang biar bikin tiap makin mending bakal amat
    pas buat call not or guna beginian bacot bct buja aing kokoh rek bro bruh sis gan agan km w l d q u n x y pen mah pah teh can nu sad fine full limit
    reply before game member app apps apk apl trouble problem check please pls plis pliss plisss thank thankyou tenkyu hi hello hallo tq tks internetan
    utang silakan respon direspon giliran cuma cuman banget kaya kayak kayanya duit duitnya abis tp kalo klo kl udah
    bai bb bby bc bcs bday beb bio bp bks cause certificate claim costum credits cuz cz dancenya dd dech del depe depo dept ds ea edt adha algo
    aqui arts ay emot emyu este fak fakboi fakenail fams fav folbek ajg ajig anjg anjay anjeng anjir anjirr anjirrr anjjng anying njing njir jingan
    bgsd bgst bngst kntl ngentot bangke goblog gblk gank genk geng haru happines hedon hepi hitz hu huhu uuu iangan ilangan ilanginnya instal
    halu jo su tul tb th mt ms sk smp pkl pk pt kel kw ver vid vs ur name nite mission optic req rmv response responding sensi shopz sooo temans
    thru transactionnya transfee twt xtra max unfoll uwu wellcome kos kosan usa utak qt qu que kito apo mosok kerjo jowo jugo luwih rumoh lheue kocheng
    ughtea nganti ngundan lp ksr kcp rasah pasih pileg pilek mampet segini segituu ginian tergercep terfavorite kesedot ngebolam ngarap wahab yasinan
    kurangi lalui lewati sadari pahami temani mahami makanya enakan keseringan difoto difotoin yakan yekan jaim baperan samsek satnite takan profdr
    dlingo basudara maskeran waena padasuka gunungsari gunungkidul bukittinggi kotagede ulakkarang ustadzabdulsomad kambingbuntutdaging babybenz
    bigmall callwa openbooking monmaap antarjkt gojekdriver dilombok kedepok usudah leh pdh dadakne pilihane tiati atiati tbtb dsn dps juve mekdi
    pabji sans sby srby bdg bambank mutualan nugas gunain diaplikasi kulineran ngechat ngedate ngefans ngepost ngetweet senyumin dikosan fotoin
    name nebus seudihh raringnya tebilang oey wasapan tumpa receiver regis dtaa dy dih doh doi iyain yagitu taqwa ummah muncak prewed bhs kw
    kenapaa knpa knapa ngapain gimn klaw iii nggo nyo tepar hirauin indonesias""".split()  # noqa: SIM905
)

# Read by eye and put right.
FIXED = {
    "dmn": "di mana", "dmna": "di mana", "dimna": "di mana", "kmn": "ke mana", "kmna": "ke mana", "bhs": "bahasa", "thx": "terima kasih",
    "thanks": "terima kasih", "makasi": "terima kasih", "mksh": "terima kasih", "makasiih": "terima kasih", "kasihhh": "kasih", "masukin": "masukkan",
    "gabole": "tidak boleh", "gapapa": "tidak apa-apa", "gt": "gitu", "knp": "kenapa", "knpa": "kenapa", "knapa": "kenapa", "bru": "baru", "doi": "dia",
    "manteman": "teman-teman", "temennya": "temannya", "ajalah": "sajalah", "diman": "di mana", "soale": "soalnya", "yauda": "ya sudah",
    "dimana": "di mana", "kemana": "ke mana", "darimana": "dari mana", "disini": "di sini", "disana": "di sana", "disitu": "di situ",
    "kesini": "ke sini", "kesana": "ke sana", "diatas": "di atas", "dibawah": "di bawah", "ngaji": "mengaji", "kesitu": "ke situ", "didalam": "di dalam",
    "kemanapun": "ke mana pun", "dimanapun": "di mana pun", "rapopo": "tidak apa-apa", "lau": "lu", "tetiba": "tiba-tiba", "gegara": "gara-gara",
}  # fmt: skip


def aligned(pairs: list[tuple[str, str]]) -> dict[str, Counter[str]]:
    """Return informal word → how often each formal word, or words, stands in its place."""
    found: dict[str, Counter[str]] = {}
    for informal, formal in pairs:
        left, right = WORD.findall(informal), WORD.findall(formal)
        for kind, i, j, k, m in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if kind == "equal" or (kind == "replace" and j - i == m - k):
                for one, other in zip(left[i:j], right[k:m], strict=True):
                    found.setdefault(one, Counter())[other] += 1
            elif kind == "replace" and j - i == 1:
                found.setdefault(left[i], Counter())[" ".join(right[k:m])] += 1
    return found


def _is_wanted(word: str, standard: str) -> bool:
    return (
        word != standard
        and word.isalpha()
        and len(word) > 1
        and not LAUGHTER.fullmatch(standard)
        and "xxx" not in word + standard
        and word not in VARIANTS
        and word not in NOT_HERE
        and language_of(word) == "id"
        and not is_known(word)
        and all(part.isalpha() for part in re.split("[ -]", standard))
    )


def entries(heldout: tuple[str, ...] = ("test",)) -> dict[str, str]:
    """Return informal word → standard form."""
    import pyarrow.parquet as parquet

    table("informal").clear()  # what is made does not depend on what was
    spelled.cache_clear()
    rows = parquet.read_table(DATA / "stif_informal_formal.parquet").to_pylist()
    pairs = aligned([(r["informal"], r["formal"]) for r in rows if r["split"] not in heldout])
    forms: dict[str, Counter[str]] = {}
    for row in parquet.read_table(DATA / "indocollex_full.parquet").to_pylist():
        word, standard = row["transformed"].lower(), row["original-for"].lower()
        if row["transformation"] not in {"acronym", "rev"} and _is_wanted(word, standard):
            forms.setdefault(word, Counter())[standard] += 1
    found = {
        word: max(counts, key=lambda form: (pairs.get(word, Counter())[form], counts[form], is_known(form)))
        for word, counts in forms.items()
    }
    for word, counts in pairs.items():
        standard, times = counts.most_common(1)[0]
        alike = difflib.SequenceMatcher(None, word, standard).ratio() >= ALIKE
        often = times >= SEEN and times / counts.total() >= 0.5
        once = alike and times == counts.total() and not _is_derived(word) and is_known(lemma(standard))
        if _is_wanted(word, standard) and (often or once):
            found[word] = standard
    for _ in range(2):  # gmn → gimana → bagaimana; gasuka → ga suka → tidak suka
        for word, standard in list(found.items()):
            further = " ".join(VARIANTS.get(part) or found.get(part, part) for part in standard.split())
            if word not in further.split():
                found[word] = further
    found |= FIXED
    return {word: standard for word, standard in found.items() if not _is_ruled(word, standard)}


def _is_ruled(word: str, standard: str) -> bool:
    """Tell whether our rules say it already, or say a form of the same word: one form for *bawain* and *bayarin*."""
    ruled = by_rule(word)
    return ruled in {standard, *([ruled] if ruled != word and lemma(ruled) == lemma(standard) else [])}


def _is_derived(word: str) -> bool:
    """Tell whether *word* is a standard word with its usual affixes, so that a pair says what fitted there alone."""
    return is_known(lemma(word)) and not word.endswith("in")


def main() -> int:
    """Write the list, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if not DATA.exists() or find_spec("pyarrow") is None:
        print(f"{DATA} and pyarrow are needed and not both here, skipped")
        return 0
    lines = "".join(f"{word}\t{standard}\n" for word, standard in sorted(entries().items()))
    text = (
        "# Informal word, tab, standard form. From IndoCollex (2,125 forms; Wibowo et al. 2021) and STIF train and dev (Wibowo et al. 2020), both MIT, see\n"
        "# NOTICE; made by benchmarks/informal_words.py.\n" + lines
    )
    if arguments.check:
        same = TARGET.read_text("utf-8") == text
        print("same" if same else "differs")
        return 0 if same else 1
    TARGET.write_text(text, "utf-8", newline="\n")
    print(f"{lines.count(chr(10))} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
