"""Files that were made to break whoever reads them, and what becomes of them here."""
