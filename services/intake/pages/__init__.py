"""Pages of ours that are doors: the web form, the reporter's own page, posters, and the desk."""
