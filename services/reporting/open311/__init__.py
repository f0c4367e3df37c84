"""Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2) over what everybody may see, and the way in to intake's door."""
