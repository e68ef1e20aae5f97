from net.a import Options

__all__ = ["Options"]
