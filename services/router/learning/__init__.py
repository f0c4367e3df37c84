"""What the router learns: from a city's past, and from what people decided since. Nothing here runs in its service but
`in_force`, which takes up a new version while complaints go on."""
