"""The account that the person wrote to is not the city's any more."""

from services.notifier.sending import Rendered
from services.notifier.story import Story
from services.notifier.templates.notices.parts import notice, private, turn


def lost(story: Story) -> Rendered:
    """Comes by another way than the person wrote by, so it says first who speaks."""
    account = story.happened.account or story.place.door
    warns = (
        f"Akun {account} sempat dikuasai orang lain. Jangan jawab pesannya, jangan buka tautannya, jangan beri data "
        "atau uang."
    )
    kept = "Laporan Anda tetap kami tangani dan nomornya tetap berlaku."
    if story.private:
        return private(story, f"{kept} {warns}")
    return notice(story, "tetap kami tangani", f"{warns} {kept}", turn(story))
