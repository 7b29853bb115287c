from .export import write_bundle

__all__ = ["write_bundle"]
