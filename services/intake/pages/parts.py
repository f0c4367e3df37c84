"""What the pages of this service are made of, handed to each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from services.contracts import subjects
from services.contracts.city import City
from services.contracts.intake import IntakeMessage
from services.intake.doors.door import PATIENCE
from services.intake.doors.links import Links
from services.intake.evidence.keeper import Keeper
from services.intake.inbox.acts import ComplaintDecider
from services.intake.pages.borders import Borders
from services.intake.pages.pace import Pace
from services.intake.pages.standing import Standings
from services.runtime.opener import Opener
from services.runtime.publishing import Publisher
from services.web.frame import Clock
from services.web.i18n import later
from services.web.pages import Problem, Visit

NO_CITY = later("Kota ini tidak dilayani di sini.")


@dataclass(frozen=True)
class Parts:
    """`public_url`: base of all pages, without a slash at its end."""

    cities: Mapping[str, City]
    public_url: str
    publisher: Publisher
    keeper: Keeper
    standings: Standings
    decider: ComplaintDecider
    opener: Opener
    borders: Borders
    pace: Pace
    clock: Clock
    links: Links | None = None

    def city(self, visit: Visit) -> City:
        """Of the address. Raises Problem 404."""
        found = self.cities.get(visit.request.path_params["city"])
        if found is None:
            raise Problem(404, NO_CITY)
        return found

    async def put(self, city: City, channel: str, message: IntakeMessage) -> None:
        """Durable when this returns. Raises infrastructure errors: then it is not known to be."""
        body = message.model_dump_json(exclude_none=True).encode()
        await self.publisher.publish(subjects.intake(city.id, channel), body, within=PATIENCE)

    def tracking(self, ticket: str, key: str | None = None) -> str:
        return f"{self.public_url}/lacak/{ticket}" + (f"?kunci={key}" if key else "")


def address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def from_elsewhere(request: Request) -> bool:
    """Another site's page sent this form."""
    return request.headers.get("sec-fetch-site") == "cross-site"
