"""How patients find what is public: search, A to Z, topics, people, feeds.

Everything here is an index of the record and may be stale or lost: it only says where to look. What is printed is read
from the publication, and only if every sign-off under it is in force at that moment.
"""
