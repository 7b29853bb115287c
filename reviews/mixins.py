from contextlib import suppress
from functools import lru_cache

from django.db.models import Q
from django.http import Http404
from django.template.response import TemplateResponse
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.url_routing import RouteResult

from .gate import Obstacle
from .models import Publication
from .reader import PublicArticle, ended_publication, has_signed_address, public_article
from .statements import ReviewableContent

# Of a page that is shown from the record: where it stands. The words of its row are not even read.
_PLACE = ("path", "depth", "numchild", "slug", "url_path", "live", "locale", "content_type", "alias_of", "title")


class SignedPagePermissionTester(PagePermissionTester):
    """Nobody publishes a gated page by hand, whatever they are permitted; everybody who edits may take it down."""

    def can_publish(self):
        return False

    def can_unpublish(self):
        return self.page.live and not self.page_is_root and self.can_edit()

    def can_publish_subpage(self):
        return False

    def can_delete(self, ignore_bulk=False):
        """As in Wagtail for people who cannot publish, without a query for each row of a listing."""
        if self.user.is_superuser or not self.user.is_active or not self.page.is_leaf():
            return super().can_delete(ignore_bulk)
        may_write = "change" in self.permissions or ("add" in self.permissions and self.page.owner_id == self.user.pk)
        return may_write and not self.page.live

    def can_set_view_restrictions(self):
        # “Live but private” would be a way to show unsigned words to some.
        return False

    def can_unschedule(self):
        return self.can_edit()


class StructuralPagePermissionTester(PagePermissionTester):
    """For pages that hold gated ones: nobody creates a child that is public at once."""

    def can_publish_subpage(self):
        return False

    def can_set_view_restrictions(self):
        # Lists, search and feeds of the whole site would still tell what is below.
        return False


class HoldsGatedPagesMixin:
    """A structural page below which gated pages live."""

    def permissions_for_user(self, user):
        return StructuralPagePermissionTester(user, self)

    def route(self, request, path_components):
        """As Wagtail does it, but one query finds a page by its address, where all pages of a level are of one type."""
        levels = list(enumerate(self._types_below(), start=1))
        for depth, model in reversed(levels[: len(path_components)]):
            *_, slug = here = path_components[:depth]
            found = model.objects.filter(slug=slug, url_path=f"{self.url_path}{'/'.join(here)}/")
            page = found.only(*_PLACE).first()
            if page:
                with suppress(Http404):
                    return page.route(request, path_components[depth:])
        return super().route(request, path_components)

    @classmethod
    @lru_cache
    def _types_below(cls) -> tuple[type[Page], ...]:
        """The types of children, grandchildren and so on, as long as each level has one."""
        models = cls.allowed_subpage_models()
        if len(models) != 1:
            return ()
        return (models[0], *getattr(models[0], "_types_below", tuple)())


class SignOffRequiredMixin:
    """Opts a page type in to the gate: patients read its publications, never its row.

    A page type says what there is to sign (`get_reviewable_content`), what the desk has to mend first
    (`get_desk_obstacles`), where words stand (`path_of_words`, `replace_words`), and how to show recorded content
    (`show_publication`) and its receipt (`show_record`, `show_record_as_json`), which ends with it.
    """

    record_addresses = {"record": "show_record", "record.json": "show_record_as_json"}

    gone_template = "pages/gone.html"

    def get_reviewable_content(self) -> ReviewableContent:
        raise NotImplementedError

    def get_desk_obstacles(self) -> list[Obstacle]:
        return []

    def path_of_words(self, statement) -> str:
        """Where in the editor a statement's words stand, as the path of a Wagtail comment."""
        raise NotImplementedError

    def replace_words(self, statement, words: str) -> bool:
        """Put other words in place of a statement's, in memory. False if only a person can."""
        raise NotImplementedError

    def show_publication(self, request, article: PublicArticle):
        """Render recorded content: look from today's templates, words from the record."""
        raise NotImplementedError

    def show_record(self, request, article: PublicArticle):
        """The public receipt: who signed what, and until when."""
        raise NotImplementedError

    def show_record_as_json(self, request, article: PublicArticle):
        """The same as a file that anybody can check."""
        raise NotImplementedError

    def permissions_for_user(self, user):
        return SignedPagePermissionTester(user, self)

    def get_view_restrictions(self):
        """As Wagtail's, in one query: on the page, on what it stands below, and on what that is an alias of."""
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(Q(page__path__in=above) | Q(page__aliases__path__in=above)).distinct()

    def route(self, request, path_components):
        shown = self._shown_at(path_components)
        if shown and (self.live or self._was_public()):
            return RouteResult(self, kwargs={"shown": shown})
        return super().route(request, path_components)

    def serve(self, request, shown="show_publication", **kwargs):
        article = public_article(self.pk) if self.live else None
        if article and has_signed_address(self, article.content):
            return getattr(self, shown)(request, article)
        ended = ended_publication(self.pk)
        if ended is None:
            raise Http404("There is no page at this address.")
        return TemplateResponse(request, self.gone_template, {"page": self, **vars(ended)}, status=410)

    def _shown_at(self, path_components):
        if not path_components:
            return "show_publication"
        return self.record_addresses.get(path_components[0]) if len(path_components) == 1 else None

    def _was_public(self):
        return Publication.objects.filter(page_id=self.pk).exists()


def is_gated(page_class) -> bool:
    return page_class is not None and issubclass(page_class, Page) and issubclass(page_class, SignOffRequiredMixin)
