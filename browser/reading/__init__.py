"""What a reader is shown, as words and plain records: the map, cards, tracks, the ledger, comparisons."""
