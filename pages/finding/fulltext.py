"""Full text of what is public, in the index that the database itself brings: FTS5 on SQLite, tsvector on PostgreSQL.

The work of a search is bounded. Pages are looked up in three rings (the words are in the title; in title, other names,
summary or topics; anywhere), and in each ring no more than `RANKED` pages are ranked, the newest ones. To rank every
page that has a common word, as the library's backend does, takes seconds with 10,000 pages.
"""

from collections.abc import Sequence

from django.db import connection

TABLE = "pages_fulltext"
RINGS = ("title", "head", "body")
RANKED = 250


def write(page_id: int, *, title: str, head: str, body: str) -> None:
    """Index the words of a page anew."""
    erase(page_id)
    _run(_dialect().insert, [page_id, title, head, body])


def erase(page_id: int) -> None:
    _run(_dialect().delete, [page_id])


def best_pages(words: Sequence[str], *, limit: int, prefix: bool = False, any_of: bool = False) -> list[int]:
    """Ids of the pages that have these words, the best first. The words are letters and digits only."""
    found = {}
    for ring in RINGS:
        sql, query = _dialect().matching(ring, words, prefix, any_of)
        found |= dict.fromkeys(_run(sql, [query, RANKED, limit]))
        if len(found) >= limit:
            break
    return list(found)[:limit]


class SQLite:
    """FTS5 with the stemmer of Porter. Columns say where a word stands."""

    insert = f"INSERT INTO {TABLE} (rowid, title, head, body) VALUES (%s, %s, %s, %s)"  # noqa: S608
    delete = f"DELETE FROM {TABLE} WHERE rowid = %s"  # noqa: S608
    best = (
        f"SELECT rowid FROM (SELECT rowid, bm25({TABLE}, 10, 4, 1) AS score FROM {TABLE} "  # noqa: S608
        f"WHERE {TABLE} MATCH %s ORDER BY rowid DESC LIMIT %s) ORDER BY score, rowid DESC LIMIT %s"
    )

    @classmethod
    def matching(cls, ring, words, prefix, any_of):
        columns = " ".join(RINGS[: RINGS.index(ring) + 1])
        terms = [f'"{word}" *' if prefix else f'"{word}"' for word in words]
        return cls.best, f"{{{columns}}} : ({(' OR ' if any_of else ' AND ').join(terms)})"


class PostgreSQL:
    """Three text vectors with the stemmer of Snowball, each one holding the ones before it."""

    insert = (
        f"INSERT INTO {TABLE} (page_id, title, head, body) "  # noqa: S608
        "SELECT id, a, a || b, a || b || c FROM (SELECT %s::bigint AS id, "
        "setweight(to_tsvector('english', %s), 'A') AS a, setweight(to_tsvector('english', %s), 'B') AS b, "
        "to_tsvector('english', %s) AS c) AS parts"
    )
    delete = f"DELETE FROM {TABLE} WHERE page_id = %s"  # noqa: S608
    best = (
        "SELECT page_id FROM (SELECT page_id, {ring} AS words, query "  # noqa: S608
        f"FROM {TABLE}, to_tsquery('english', %s) AS query WHERE {{ring}} @@ query "
        "ORDER BY page_id DESC LIMIT %s) AS found ORDER BY ts_rank(words, query) DESC, page_id DESC LIMIT %s"
    )

    @classmethod
    def matching(cls, ring, words, prefix, any_of):
        terms = [f"'{word}':*" if prefix else f"'{word}'" for word in words]
        return cls.best.format(ring=ring), (" | " if any_of else " & ").join(terms)


def _dialect():
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]


def _run(sql: str, params: list) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()] if cursor.description else []
