"""Rules files: what they may say, what is wrong with a line number, what is doubted."""

from pathlib import Path

import pytest

from services.contracts.city import City
from services.router.rules.review import review
from services.runtime import cities, rule_files
from tests.router.cities import read

BASE = """rules:
  - id: one
    why: Satu kalimat yang menjelaskan.
    when: {function: environment}
    then: {lead: dlh}
"""


def rules(tmp_path: Path, text: str, city: str = "bengkulu") -> City:
    file = tmp_path / "rules.yaml"
    file.write_text(text, encoding="utf-8")
    known = read(city)
    return cities.remade(known, rules=rule_files.read(file, known))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BASE.replace("lead: dlh", "lead: dhl"), ":5: rules.0.then.lead: the city has no seat dhl"),
        (BASE.replace("function: environment", "functoin: environment"), ":4: rules.0.when.functoin: Extra inputs"),
        (BASE.replace("environment", "environmnet"), ":4: rules.0.when.function.0: Input should be"),
        (BASE.replace("function: environment", "ward: Padang Harepan"), ":4: rules.0.when.ward: no kelurahan of"),
        (BASE.replace("function: environment", "district: Harapan"), ":4: rules.0.when.district: no kecamatan of"),
        (BASE.replace("function: environment", "door: telex"), ":4: rules.0.when.door: the city has no door telex"),
        (BASE.replace("function: environment", 'hours: "25:00-07:00"'), ":4: rules.0.when.hours: Value error"),
        (BASE.replace("{lead: dlh}", "{}"), ":5: rules.0.then: Value error, a rule must say something"),
        (BASE.replace("lead: dlh", "unit: nowhere"), ":5: rules.0.then.unit: no office has a unit nowhere"),
        (BASE.replace("lead: dlh", "instruction: 'Segera {kapan}'"), ":5: rules.0.then.instruction: an"),
        (BASE + BASE.removeprefix("rules:\n"), "two rules of one id: one"),
        (BASE + "hand_offs: [{id: x, why: Kalimat panjang., from: dlh, to: dinsoss}]", ":6: hand_offs.0.to: the"),
        ("rules: [", "while parsing a flow"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_field(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(rule_files.RulesWrong) as error:
        rules(tmp_path, text)
    assert says in str(error.value)


def test_two_kelurahan_of_one_name_must_be_told_apart_by_code(tmp_path: Path) -> None:
    city = read("bengkulu")
    first, *others = city.districts
    other = others[0].model_copy(update={"wards": (*others[0].wards, first.wards[0].model_copy(update={"code": "x"}))})
    twice = City.model_validate(
        {**city.model_dump(exclude={"districts", "rules", "landmarks"}), "districts": (first, other)}
    )
    file = tmp_path / "rules.yaml"
    file.write_text(BASE.replace("function: environment", f"ward: {first.wards[0].name}"), encoding="utf-8")
    with pytest.raises(rule_files.RulesWrong, match="is several kelurahan: write the code"):
        rule_files.read(file, twice)


def doubts(tmp_path: Path, *lines: str, city: str = "kupang") -> dict[str | None, str]:
    text = "rules:\n" + "\n".join(
        f"  - {{id: r{number}, why: Satu kalimat panjang., {line}}}" for number, line in enumerate(lines, start=1)
    )
    return {one.rule: one.says for one in review(rules(tmp_path, text, city))}


@pytest.mark.parametrize(
    "lines",
    [
        ("then: {lead: dlhk}", "when: {function: environment}, then: {lead: pupr}"),
        ("when: {district: Oebobo}, then: {unit: x}", "when: {district: Oebobo, urgency: urgent}, then: {unit: y}"),
        ('when: {hours: "18:00-07:00"}, then: {person: true}', 'when: {hours: "22:00-05:00"}, then: {person: false}'),
        ("when: {kind: [question, criticism]}, then: {person: true}", "when: {kind: question}, then: {person: true}"),
        ("when: {function: health}, then: {lead: dinkes}", "when: {urgency: danger}, then: {lead: bpbd}",
         "when: {function: health, urgency: danger}, then: {lead: dinkes}"),
    ],
)  # fmt: skip
def test_a_rule_that_another_above_it_always_speaks_for_is_doubted(tmp_path: Path, lines: tuple[str, ...]) -> None:
    text = [line.replace("unit: x", "person: true").replace("unit: y", "person: false") for line in lines]
    assert "never speaks" in doubts(tmp_path, *text)[f"r{len(lines)}"]


@pytest.mark.parametrize(
    "lines",
    [
        ("then: {lead: camat}", "when: {function: environment}, then: {lead: dlhk}"),
        ("then: {lead: dlhk}", "then: {territorial: camat}"),
        ("when: {district: Oebobo}, then: {lead: dlhk}", "when: {function: environment}, then: {lead: pupr}"),
        ("then: {lead: dlhk}", "when: {about: agency}, then: {lead: inspector}"),
        ("when: {ward: 53.71.04.1001}, then: {lead: dlhk}", "when: {district: Oebobo}, then: {lead: pupr}"),
        ("when: {working_day: false}, then: {person: true}", "when: {days: [sat, sun]}, then: {person: false}"),
    ],
)
def test_a_rule_that_may_still_speak_is_not_doubted(tmp_path: Path, lines: tuple[str, ...]) -> None:
    city = read("kupang")
    oebobo = next(d for d in city.districts if d.name == "Oebobo")
    given = [line.replace("53.71.04.1001", oebobo.wards[0].code) for line in lines]
    assert not {rule for rule in doubts(tmp_path, *given) if rule is not None}


def test_a_rule_that_no_complaint_can_fit_and_a_category_that_nobody_knows_are_doubted(tmp_path: Path) -> None:
    found = doubts(
        tmp_path,
        "when: {category: garbage, function: transport}, then: {lead: dishub}",
        "when: {place: unknown, district: Oebobo}, then: {lead: dishub}",
        "when: {category: gabage}, then: {lead: dlhk}",
    )
    assert "exclude each other" in found["r1"]
    assert "exclude each other" in found["r2"]
    assert "gabage" in found["r3"]


def test_two_offices_of_one_function_without_a_rule_between_them_are_told(tmp_path: Path) -> None:
    found = doubts(tmp_path, "when: {function: tourism_sport}, then: {lead: dispar}")
    assert found[None] == "disaster_fire is declared by bpbd, damkar, and no rule says which"


@pytest.mark.parametrize("city", ["bengkulu", "bukittinggi", "kupang", "pekanbaru"])
def test_the_rules_of_the_four_cities_leave_no_doubt(city: str) -> None:
    known = read(city)
    assert review(known) == []
    assert len(known.rules.rules) > 15
