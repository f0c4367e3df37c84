"""One function per notice to a reporter: what happened, what happens next and by when. One module per subject.

A complaint that is anonymous or secret gets ticket and step only, unasked: no place, no office, no words. Its reporter
reads the rest by answering STATUS. No text says no more than "sedang diproses".
"""
