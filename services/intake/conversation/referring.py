"""A message that speaks of what was just sent: `itu foto sampah di pantai`, `lupa tulis`, `eh salah`. Pure."""

_SHOWN = frozenset(
    {
        "foto",
        "gambar",
        "video",
        "rekaman",
        "suara",
        "lokasi",
        "kontak",
        "hubungi",
        "pesan",
        "sharelok",
        "file",
        "berkas",
    }
)


def refers_back(found: tuple[str, ...]) -> bool:
    """`yang tadi maksudnya`, `lupa tulis`, `eh salah, di jalan merak`."""
    for i, word in enumerate(found[:8]):
        after = found[i + 1] if i + 1 < len(found) else ""
        if word in _SHOWN and ({after, *found[max(0, i - 1) : i]} & {"itu", "ini", "tadi", "barusan", "diatas"}):
            return True
        if word == "lupa" and after in {
            "tulis",
            "bilang",
            "kasih",
            "sebut",
            "kirim",
            "menulis",
            "ngasih",
            "ketik",
            "nulis",
        }:
            return True
    have = frozenset(found[:8])
    return (
        "maksud" in have
        or ("salah" in have and bool(have & {"tulis", "ketik", "maaf", "eh", "bukan", "ralat"}))
        or "ralat" in have
    )
