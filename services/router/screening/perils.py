"""Words by which what only the model of marks hears is taken for a danger to life, or not."""

from services.router.screening.near import listed

OVER_OR_FEARED = listed(
    "kemarin|tahun lalu|bulan lalu|minggu lalu|dulu|pernah|sebelum|rawan|antisipasi|mencegah|simulasi|pelatihan|pasca|"
    "jangan sampai|supaya|kadang|hampir|sudah dievakuasi|sudah evakuasi|potensi|ramah|salut|apresiasi|"
    "kucing|burung|sudah padam|sudah surut"
)
"""A danger that only the model hears is no sure one beside these."""
NO_PERIL = listed("mati|kepala|kasar|kayu|listrik|tiang|pln|lantai|dalam|kamar")
"""Too often of something else: `air mati`, `kepala dinas`, `tiang listrik`."""
FLAMES = listed(
    "api|asap|terbakar|kebakaran|kebakar|tabaka|tabakar|meledak|meledug|bocor|percikan|hangus|gosong|kabakaran"
)
WATERS = listed(
    "banjir|arus|ombak|gelombang|perahu|kapal|sampan|laut|sungai|leher|dada|pinggang|seatap|evakuasi|hilang|tersesat|"
    "kolam|tambak|gunung|hutan|pantai|tanggul"
)

ASKED: frozenset[str] = OVER_OR_FEARED | FLAMES | WATERS
