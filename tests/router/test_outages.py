"""An outage in five speeches among other complaints: how many of those who write of it are in its cluster.

The ways of saying it were written to measure, after the rules were made by others.
"""

import random
from datetime import UTC, datetime, timedelta

import pytest

from services.router.merging.alike import marks
from services.router.merging.surge import Cluster, Watch
from services.router.merging.window import Entry
from services.router.screening.propose import propose

KEY = b"k" * 32
BEGIN = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
SPAN = timedelta(minutes=15)

WATER = (
    "selamat pagi, air PDAM di rumah kami tidak mengalir {t}", "min airnya mati ya?", "ini pdam kenapa mati {t}",
    "air ledeng macet total {t}", "gak ada air {t}, tolong", "mau mandi air mati {t}", "udah 2 hari ga dapet air pam",
    "banyu idak ngalir {t} pak", "pak aek kami mati {t}", "pdam ko mati terus {t}", "aek pdam dak keluar setetes pun",
    "pak aia pdam lah 2 hari mati", "aia ndak kalua {t} di rumah kami", "ba a aia pam ko mati {t}",
    "aia indak ado setetek pun {t}", "kak air mati lah {t}", "tak ada air langsung {t} bang",
    "napa air tak ngalir bang {t}",
    "pdam mati {t} kaka", "aer kran kering {t}", "sonde ada aer su 2 hari", "katong pung aer pdam sonde jalan {t}",
)  # fmt: skip
POWER = (
    "mohon info listrik padam {t}", "PLN padam {t}", "listrik rumah mati {t} satu RT", "listrik kami padam la 2 hari",
    "pln padam galo {t}", "listrik indak iduik {t}", "pln padam taruih {t}", "pln mati lagi bang {t}",
    "listrik sonde manyala {t}", "pln padam kaka {t}", "listrik mati dari tadi, kapan hidup?", "listrik kami mati {t}",
)  # fmt: skip
OTHERS = (
    "sampah menumpuk di pasar", "lampu jalan mati di simpang", "jalan berlubang depan sekolah", "got tersumbat",
    "air sungai meluap ke rumah warga", "air PDAM keruh dan bau", "tagihan pdam naik tiga kali lipat",
    "kabel listrik putus menjuntai", "meteran pdam rusak di rumah saya", "pohon tumbang menutup jalan",
)  # fmt: skip
WHEN = ("dari pagi", "sejak subuh", "dari tadi malam", "sejak kemarin", "seharian", "")


def _entry(number: int, text: str, enough: float = 0.8) -> Entry | None:
    """As the router makes one, where the matter touches nobody."""
    found = propose([text])
    if found.category is None or found.function is None or found.several or found.urgency == "danger":
        return None
    at, sure = BEGIN + timedelta(seconds=number), found.confidence >= enough
    return Entry(
        str(number), at, found.category, found.function, None, None, (), marks([text], KEY), sure, found.confidence
    )  # fmt: skip


def _clustered(ways: tuple[str, ...], seed: int, count: int = 300) -> tuple[float, list[str]]:
    """The share of the outage's messages that are in its cluster, and what else is."""
    chance = random.Random(seed)
    said = [(True, chance.choice(ways).format(t=chance.choice(WHEN)).strip()) for _ in range(count)]
    said += [(False, chance.choice(OTHERS)) for _ in range(count // 6)]
    chance.shuffle(said)
    watch, cluster, inside = Watch(), None, set[str]()
    for number, (_, text) in enumerate(said):
        entry = _entry(number, text)
        if entry is None:
            continue
        if cluster is None:
            surge = watch.seen(entry, 50, SPAN)
            if surge is not None:
                first = surge.entries[0]
                cluster = Cluster("c", first.complaint, first.category, first.function, surge.area, surge.words)
                inside |= {one.complaint for one in surge.entries}
        elif cluster.takes(entry):
            inside.add(entry.complaint)
    of_it = [str(number) in inside for number, (outage, _) in enumerate(said) if outage]
    return sum(of_it) / len(of_it), [said[int(number)][1] for number in sorted(inside) if not said[int(number)][0]]


@pytest.mark.parametrize(("ways", "least"), [(WATER, 0.6), (POWER, 0.6)], ids=["water", "power"])
def test_who_writes_of_an_outage_is_in_its_cluster_and_nobody_else(ways: tuple[str, ...], least: float) -> None:
    share, others = _clustered(ways, seed=11)
    assert share >= least, f"{share:.1%}"
    assert not others
