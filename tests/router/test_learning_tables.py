"""Tables of past complaints as cities keep them: found, understood, and every row accounted for."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from services.router.learning import history
from services.router.learning.columns import columns
from services.router.learning.history import moment
from services.router.learning.labels import Labels
from services.runtime.tables import Unreadable, decoded, separated_by, sheets
from tests.router.cities import read

CITY = read("bengkulu")

ROAD = "jalan di depan rumah saya berlubang besar dan sudah lama tidak ditambal"
WATER = "air ledeng mati sejak kemarin pagi tolong diperiksa"
GARBAGE = "sampah menumpuk di ujung gang dan tidak diangkut"


def table(rows: list[list[str]], separator: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def spreadsheet(path: Path, rows: list[list[str]], blank_above: int = 0, merged: tuple[str, ...] = ()) -> None:
    """The least that Office Open XML (ECMA-376 part 1, 18.3) asks of a workbook with one sheet of inline strings.
    `merged`: ranges such as `A2:A4`."""
    spans = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    cells = "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for number, row in enumerate(rows, start=1 + blank_above)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">'
        '<sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
        + (f"<mergeCells>{spans}</mergeCells>" if merged else "")
        + "</worksheet>",
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)


PLAIN = [["Tanggal", "Isi Laporan", "OPD"], ["2024-01-05", ROAD, "PUPR"], ["2024-01-06", WATER, "pdam"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_encoding_and_separator_is_read(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [*PLAIN, ["2024-01-07", "kafé di trotoar – pedagang menutup jalan orang", "Satpol PP"]]
    path = tmp_path / "past.csv"
    path.write_bytes(table(rows, separator).encode(encoding))
    found = history.read(path, CITY)
    assert [sorted(one.functions) for one in found.examples] == [["public_works"], ["water_utility"], ["public_order"]]
    assert "kafé" in found.examples[2].texts[0]
    assert found.refused == []


def test_a_line_that_excel_writes_about_the_separator_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_text("sep=;\r\n" + table(PLAIN, ";"))
    found = history.read(path, CITY)
    assert (found.rows, len(found.examples), found.columns.header) == (2, 2, 2)


def test_separators_inside_quotes_and_lines_inside_cells_belong_to_the_text(tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_text(table([PLAIN[0], ["", "jalan rusak; berlubang,\nsangat parah", "pupr"]], ","))
    assert history.read(path, CITY).examples[0].texts == ("jalan rusak; berlubang,\nsangat parah",)


SP4N = [
    ["Judul Laporan", "Laporan Pengaduan Masyarakat"],
    ["Nama Instansi", "Pemerintah Kota Bengkulu"],
    ["Tanggal Generate", "3 Jan 2026"],
    [],
    ["Tracking ID", "Tanggal Laporan Masuk", "Nama Pelapor", "Kategori", "Judul Laporan", "Isi Laporan Awal",
     "Isi Laporan Akhir", "Tipe Laporan (Anonim/Rahasia)", "Instansi Induk", "ID Instansi Terdisposisi",
     "Instansi Terdisposisi", "Status Laporan"],
    ["5000001", "3 Jan 2026", "Ibu Contoh", "Infrastruktur", "Jalan rusak", ROAD, "Jalan rusak di tempat itu", "",
     "Pemerintah Kota Bengkulu", "77", "Dinas Pekerjaan Umum dan Penataan Ruang Kota Bengkulu", "Ditutup oleh Sistem"],
    ["5000002", "4 Mei 2026", "Bapak Contoh", "Korupsi", "Pungutan", "ada pungutan liar di kantor itu", "", "Rahasia",
     "Pemerintah Kota Bengkulu", "78", "Inspektorat", "Ditutup oleh Admin"],
    ["5000003", "5 Jan 2026", "Ibu Contoh", "Air", "Air mati", WATER, "", "Anonim",
     "Pemerintah Kota Bengkulu", "79", "Perumda Air Minum Tirta Hidayah", "Diarsipkan"],
    ["5000004", "6 Jan 2026", "Ibu Contoh", "Sampah", "Sampah", GARBAGE, "", "",
     "Pemerintah Kota Bengkulu", "80", "Dinas Lingkungan Hidup", "Terverifikasi"],
]  # fmt: skip


def test_a_download_of_sp4n_lapor_is_read_below_its_general_lines(tmp_path: Path) -> None:
    path = tmp_path / "lapor.xlsx"
    spreadsheet(path, SP4N)
    found = history.read(path, CITY)
    assert found.sheet == "Data"
    assert found.columns.header == 5
    assert found.columns.names["text"] == "Isi Laporan Awal"
    assert found.columns.names["agency"] == "Instansi Terdisposisi"
    assert [(sorted(one.functions), one.texts) for one in found.examples] == [
        (["public_works"], ("Jalan rusak", ROAD)),
        (["environment"], ("Sampah", GARBAGE)),
    ]
    assert [(one.row, one.why.partition(":")[0]) for one in found.refused] == [(7, "secret"), (8, "never decided")]
    assert "Contoh" not in str(found.examples)


def test_rows_count_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "past.xlsx"
    spreadsheet(path, [*PLAIN, ["", "dua kata", "pupr"]], blank_above=3)
    found = history.read(path, CITY)
    assert (found.columns.header, [one.row for one in found.refused]) == (4, [7])


def test_every_row_is_either_learned_from_or_refused_with_a_reason(tmp_path: Path) -> None:
    rows = [
        PLAIN[0],
        ["", ROAD, "PUPR"],
        ["", ROAD.upper() + "!", "Dinas PUPR"],
        ["", ROAD, "DLH"],
        ["", "rusak", "PUPR"],
        ["", WATER, ""],
        ["", GARBAGE, "Paguyuban Warga Contoh"],
    ]
    path = tmp_path / "past.csv"
    path.write_text(table(rows))
    found = history.read(path, CITY)
    assert found.rows == len(found.examples) + len(found.refused) == 6
    assert found.reasons == Counter({
        "the same words stand in an earlier row": 1,
        "the same words stand in an earlier row with another label": 1,
        "fewer than 3 words": 1,
        "no label": 1,
        "label unknown": 1,
    })  # fmt: skip
    report = tmp_path / "refused.csv"
    found.write_refused(report)
    assert len(report.read_text().splitlines()) == 6
    assert "jalan" not in report.read_text()


@pytest.mark.parametrize(
    ("label", "functions"),
    [
        ("public_works", {"public_works"}),
        ("Dinas Lingkungan Hidup", {"environment"}),
        ("DINAS LINGKUNGAN HIDUP KOTA BENGKULU", {"environment"}),
        ("Kepala Dinas Perhubungan", {"transport"}),
        ("dlh", {"environment"}),
        ("Disdukcapil", {"civil_registry"}),
        ("Satpol PP", {"public_order"}),
        ("Satuan Polisi Pamong Praja", {"public_order"}),
        ("Perumda Tirta Hidayah Air Minum", {"water_utility"}),
        ("Dinas Kesehatan Bidang P2P", {"health"}),
        ("Dinas Lingkugan Hidup", {"environment"}),
        ("Kelurahan Padang Harapan", {"village_ward"}),
        ("Kelurahan Entah Berantah", {"village_ward"}),
        ("Kecamatan Gading Cempaka Kota Bengkulu", {"village_ward"}),
        ("PT PLN (Persero)", {"power_utility"}),
        ("Polres Bengkulu", {"police"}),
        ("Jalan rusak", {"public_works"}),
        ("Paguyuban Warga Contoh", None),
        ("Dinas", None),
        ("-", None),
    ],
)  # fmt: skip
def test_offices_are_understood_by_any_usual_name(label: str, functions: set[str] | None) -> None:
    found = Labels(CITY).understood(label, "", "")
    assert (None if found is None else set(found.functions)) == functions


@pytest.mark.parametrize("label", ["environment", "dlh", "Sampah tidak diangkut"])
def test_functions_offices_and_categories_may_stand_in_any_column_of_labels(label: str) -> None:
    labels = Labels(CITY)
    for columns_ in ((label, "", ""), ("", label, ""), ("", "", label)):
        found = labels.understood(*columns_)
        assert found is not None
        assert found.functions == {"environment"}


def test_an_agency_that_nobody_knows_leaves_the_category_to_say_it() -> None:
    found = Labels(CITY).understood("", "Bagian Umum Entah", "Lampu jalan mati")
    assert found is not None
    assert (found.functions, found.how) == (frozenset({"housing_lighting"}), "category street_light")


@pytest.mark.parametrize("heading", ["ID Instansi Terdisposisi", "Instansi Induk", "Nama Pelapor", "Nomor"])
def test_columns_of_numbers_and_names_are_no_labels(heading: str) -> None:
    assert columns([(1, ["Isi Laporan", heading])]) is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\n1,2\n", "no row names a column of words"),
        (b"", "no row names a column of words"),
        (b"isi,opd\n\x00\x01,2\n", "is no text"),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "past.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=sentence):
        history.read(path, CITY)


def test_a_spreadsheet_that_is_none_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "past.xlsx"
    path.write_bytes(b"PK\x03\x04 no book")
    with pytest.raises(Unreadable, match="is no spreadsheet"):
        list(sheets(path))
    with pytest.raises(Unreadable, match="No such file"):
        list(sheets(tmp_path / "absent.csv"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-17", "2026-03-17"),
        ("2026-03-17T10:11:12+07:00", "2026-03-17"),
        ("17/03/2026", "2026-03-17"),
        ("17-03-2026 08:15", "2026-03-17"),
        ("3 Jan 2026", "2026-01-03"),
        ("17 Agustus 2026", "2026-08-17"),
        ("4 Mei 2026 09:00", "2026-05-04"),
        ("kemarin", None),
        ("", None),
    ],
)
def test_dates_are_read_day_first(text: str, day: str | None) -> None:
    found = moment(text)
    assert (found.date().isoformat() if found else None) == day


def test_the_separator_of_most_rows_wins_over_commas_in_sentences() -> None:
    assert separated_by("isi;opd\na, b, c;pupr\nd, e;dlh\n") == ";"
    assert decoded("sudah 2 minggu – belum".encode("cp1252")) == "sudah 2 minggu – belum"
