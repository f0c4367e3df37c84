"""What a card knows of consent to be called, and of seats that want to know how. Pure."""

from services.complaint import events as e
from services.contracts.changing import replace
from services.reporting.read_models.cases.parts import ContactWish

Wishes = dict[int, ContactWish]


def fold(wishes: Wishes, data: e.Event) -> Wishes:
    """The same object when the event is about something else."""
    match data:
        case e.ContactAsked():
            return {**wishes, data.number: ContactWish(data.seat, data.ground)}
        case e.ContactRuled() if data.number in wishes:
            ruled = replace(wishes[data.number], granted=data.granted, by=data.by, until=data.until)
            return {**wishes, data.number: ruled}
        case e.ContactShown() if data.number in wishes:
            return {**wishes, data.number: replace(wishes[data.number], shown=True)}
        case _:
            return wishes
