from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404


def page_or_404(request, items, per_page: int) -> Page:
    """The page of a list that the address asks for. A number that is none, or out of range, is not found.

    It tells the cache of public pages that this address has an answer of its own for each number.
    """
    request.is_page_of_list = True
    try:
        return Paginator(items, per_page).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404("This list has no such page.") from error
