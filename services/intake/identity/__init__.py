"""One person by several channels: joined only when he proves it, by a code or by what we sent to him alone."""
