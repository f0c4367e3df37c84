"""Tuntas: four services around one log of complaints."""

import sys

# httpx reads its own command line in with it, as far as that can be read: rich, pygments and click, 5 MB in each
# process that only calls somebody.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: it is not to be found
