"""One timer for many time limits: none is missed, none ends early, and a second timer is never set."""

from hypothesis import given
from hypothesis import strategies as st

from services.runtime.limits import Limits


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12))
def test_each_ends_at_its_own_limit_however_they_come(told: list[tuple[int, int]]) -> None:
    """`told`: after how many hundredths of a second something begins to wait, and how long it may."""
    loop = _Loop()
    waiting: dict[int, float] = {}
    ended: dict[int, float] = {}

    def over(now: float) -> float | None:
        for one in [one for one, until in waiting.items() if until <= now]:
            del waiting[one]
            ended[one] = now
        return min(waiting.values(), default=None)

    limits = Limits(over)
    for one, (begins, lasts) in sorted(enumerate(told), key=lambda pair: pair[1][0]):
        loop.runs(begins)
        waiting[one] = begins + lasts
        limits.watch(loop, begins + lasts)  # type: ignore[arg-type]  # what of a loop it uses
        assert len(loop.set) == 1
    loop.runs(1_000)
    assert ended == {one: begins + lasts for one, (begins, lasts) in enumerate(told)}
    assert not loop.set


class _Loop:
    """A clock that is moved by hand, and the calls that wait for it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.set: list[_Timer] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, call: object, *args: object) -> "_Timer":
        timer = _Timer(self, when, call, args)
        self.set.append(timer)
        return timer

    def runs(self, until: float) -> None:
        while due := [one for one in self.set if one.when <= until]:
            first = min(due, key=lambda one: one.when)
            self.set.remove(first)
            self.now = max(self.now, first.when)
            first.call(*first.args)  # type: ignore[operator]
        self.now = until


class _Timer:
    def __init__(self, loop: _Loop, when: float, call: object, args: tuple[object, ...]) -> None:
        self.loop, self.when, self.call, self.args = loop, when, call, args

    def cancel(self) -> None:
        self.loop.set.remove(self)
