"""Other complaints about the same matter, beside the one that is shown: only those that this seat may see."""

from dataclasses import dataclass

from services.reporting import labels, sight
from services.reporting.desk import Desk
from services.reporting.read_models.cases import queries as cases
from services.reporting.read_models.cases.card import Card
from services.reporting.views import RowView, row
from services.web.pages import Visit

SHOWN = 20
"""Merged complaints listed on the main one's page; the count says how many there are."""


@dataclass(frozen=True)
class AlikeView:
    """Another one that may be the same matter. `share`: 0 to 100."""

    row: RowView
    share: int
    why: list[str]


@dataclass(frozen=True)
class RelatedView:
    reporters: int
    """Whose complaints are handled here, this one's own included."""
    affected: int
    cluster: bool
    main: RowView | None
    under: list[RowView]
    alike: list[AlikeView]
    rules: bool
    """This seat rules on what is the same matter."""


async def related(visit: Visit, desk: Desk, card: Card) -> RelatedView:
    staff, tell = visit.who, desk.teller(visit, desk.clock())
    main = await cases.by_id(desk.pool, card.into) if card.into else None
    under = await cases.under(desk.pool, card.complaint, SHOWN) if card.joined else []
    wanted = [one.complaint for one in card.alike] if card.open else []
    found = {one.complaint: one for one in await cases.by_ids(desk.pool, wanted)} if wanted else {}
    alike = [
        AlikeView(
            row(found[one.complaint], tell), round(one.score * 100), [labels.alike(why, visit.tr) for why in one.why]
        )
        for one in card.alike
        if one.complaint in found and _could_be(visit, found[one.complaint])
    ]
    return RelatedView(
        reporters=1 + card.joined,
        affected=card.affected,
        cluster=card.cluster is not None and card.into is None,
        main=row(main, tell) if main is not None and sight.may_see(staff, main) else None,
        under=[row(one, tell) for one in under if sight.may_see(staff, one)],
        alike=alike,
        rules=staff.has("screener", "coordinator"),
    )


def _could_be(visit: Visit, other: Card) -> bool:
    """Still a complaint that this one could be handled under, and one that this seat may see."""
    return (other.open or other.phase == "merged") and sight.may_see(visit.who, other)
