"""The demo company: Nordlicht Software and its key accounts, in English or Spanish."""
