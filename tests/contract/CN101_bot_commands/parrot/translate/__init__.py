from parrot.translate.service import translate_now

__all__ = ["translate_now"]
