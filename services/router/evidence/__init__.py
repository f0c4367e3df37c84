"""Is what an office shows as proof true? Likeness to other pictures, place, time; who signs; what is audited."""
