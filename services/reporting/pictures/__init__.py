"""Pictures: who may see which, how they are served, and the copies that everybody may see."""
