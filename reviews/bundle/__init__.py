from .address import find_page
from .export import write_bundle

__all__ = ["find_page", "write_bundle"]
