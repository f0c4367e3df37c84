"""The fact that puts a model in force, as it lies in the log: what was written once must be read for ever."""

from services.contracts.facts import ModelPutInForce
from services.router.learning.versions import read
from services.runtime.log import Entry

STORED = (
    b'{"id":"aaaaaaaaaaaaaaaaaaaaaaaaaa","complaint":"model","n":3,"type":"city.model_put_in_force","schema":1,'
    b'"city":"bengkulu","at":"2026-03-17T02:00:00Z","actor":"service:router","causation":"bbbbbbbbbbbbbbbbbbbbbbbbbb",'
    b'"data":{"version":"bengkulu-3","blob":"cccccccccccccccccccccccccc","digest":"00ff","root_blob":null,'
    b'"root":"base-1","learned":{"corrected":40,"screened":160},"held_back":50,'
    b'"before":{"accuracy":0.6},"after":{"accuracy":0.7},"read_until":1234}}'
)


def test_a_stored_version_is_read_as_it_was_written() -> None:
    fact = read(Entry("city.bengkulu.model.model", 9, "city.model_put_in_force", {}, STORED))
    assert fact.data == ModelPutInForce(
        version="bengkulu-3",
        blob="c" * 26,
        digest="00ff",
        root="base-1",
        learned={"corrected": 40, "screened": 160},
        held_back=50,
        before={"accuracy": 0.6},
        after={"accuracy": 0.7},
        read_until=1234,
    )


def test_fields_of_a_later_version_are_left_alone() -> None:
    later = STORED.replace(b'"read_until"', b'"something_new":1,"read_until"')
    assert (
        read(Entry("city.bengkulu.model.model", 9, "city.model_put_in_force", {}, later)).data.version == "bengkulu-3"
    )
