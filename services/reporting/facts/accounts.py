"""Which accounts of a city somebody else has, kept in memory from the facts of the cities."""

from services.contracts.facts.doors import Accounts
from services.runtime.log import Entry


class CityAccounts(Accounts):
    def take_entry(self, entry: Entry) -> None:
        """One fact of a city; those that are of no account are left alone."""
        self.take(entry.type, entry.body)
