"""Proposals per second on one core: `python -m tests.bench.proposals`. Nothing has to run.

Each message goes the router's way: names of places taken out, proposed, placed. Figures are of processor time, so that
what else runs on the machine does not count; every message is different, as one seen before costs less.
"""

import json
import resource
import time
from collections.abc import Callable, Sequence
from itertools import islice

from services.cli.settings import ROOT
from services.contracts.city import City
from services.router.knowledge import base_model
from services.router.knowledge.texts import own_texts
from services.router.places import Gazetteer
from services.router.screening.propose import propose
from services.runtime import cities

COUNT = 3_000


def messages(city: City) -> list[str]:
    """Our own texts with greeting, address and closing, each in a kelurahan of the city: 180 characters on average."""
    wards = list(city.wards.values())
    framed = (one.text for one in own_texts() if one.framed)
    return [f"{text}, {wards[n % len(wards)].name}" for n, text in enumerate(islice(framed, COUNT))]


def per_second(act: Callable[[str], object], texts: Sequence[str]) -> float:
    begun = time.process_time()
    for text in texts:
        act(text)
    return len(texts) / (time.process_time() - begun)


def main() -> dict[str, float]:
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    model = base_model()
    loaded, after = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    city = cities.load(ROOT / "deploy" / "cities")["pekanbaru"]
    gazetteer = Gazetteer(city)
    texts = messages(city)

    def whole(text: str) -> None:
        propose([gazetteer.without_names(text)], model)
        gazetteer.find([text])

    whole(texts[0])
    return {
        "messages": len(texts),
        "characters_each": round(sum(map(len, texts)) / len(texts)),
        "proposals_with_place_per_s": round(per_second(whole, texts)),
        "proposals_per_s": round(per_second(lambda text: propose([text], model), texts)),
        "model_features": len(model),
        "model_load_s": round(loaded, 3),
        "model_mb": round((after - before) / 1024, 1),
    }


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))  # noqa: T201
