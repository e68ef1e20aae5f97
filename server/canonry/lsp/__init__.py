"""The language server: the only part of Canonry that speaks the Language Server Protocol.

Invariants: everything below this layer knows neither the protocol nor its positions; `convert`
alone turns positions; buffers, the newest text of each open document, belong to the event loop,
and every reading of them by the engine happens in the one thread of `analysis`.
"""
