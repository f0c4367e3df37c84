"""`python -m services.router.knowledge [base|marks]`: make the models anew, after texts, sentences or the lexicon were
changed. Of the marks it says how many of the sentences left out are found: as sure, and as sure or to be looked at."""

import sys

from services.router.knowledge import BASE, MARKS, build, marks

if __name__ == "__main__":
    asked = sys.argv[1:] or ["base", "marks"]
    if "base" in asked:
        print(f"{len(build.write(BASE))} features, {BASE.stat().st_size} bytes: {BASE}")  # a command's answer
    if "marks" in asked:
        _, recalls = marks.write(MARKS)
        print(f"{MARKS.stat().st_size} bytes: {MARKS}")
        for mark, (sure, looked_at) in recalls.items():
            print(f"{mark:9} sure {sure:.3f}, sure or looked at {looked_at:.3f}")
