from django.urls import register_converter
from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """A primary key that a database can hold; a longer number is simply no page."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")
