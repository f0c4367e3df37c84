"""What every page shares: the frame, its styles and translations, staff login, seats and areas, CSRF."""
