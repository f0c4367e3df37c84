"""Past and waiting complaints out of a table: a city's own spreadsheet, or what SP4N-LAPOR! lets one download."""
