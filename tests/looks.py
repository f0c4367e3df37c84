"""Looking at a page without eyes: does it fit a phone, is it read, touched, heard and walked through by keyboard?"""

from pathlib import Path

from playwright.async_api import Page

_LOOK = (Path(__file__).parent / "looks.js").read_text()
_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  return [(e.textContent || e.name || '').trim().slice(0, 40), ring, e.className];
}"""


async def looks(page: Page) -> list[str]:
    """What is not well with the page that is open now, one sentence each."""
    found: list[str] = await page.evaluate(_LOOK)
    return found


async def walked(page: Page, steps: int = 200) -> list[str]:
    """What is not well on a way through the page by Tab alone: no skip link first, a focus that nobody sees, a trap."""
    found: list[str] = []
    for step in range(steps):
        await page.keyboard.press("Tab")
        here = await page.evaluate(_FOCUS)
        if here is None:
            return found
        name, ring, kind = here
        if step == 0 and "skip" not in kind:
            found.append(f"first is {name!r}, not the skip link")
        if not ring:
            found.append(f"no ring around {name!r}")
    return [*found, f"still not out after {steps} steps"]
