"""The index: discovery, store, worker processes, snapshots, search."""
