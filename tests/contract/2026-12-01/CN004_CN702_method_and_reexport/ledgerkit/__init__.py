from ledgerkit.journal import Journal, post_pairs

__all__ = ["Journal", "post_pairs"]
