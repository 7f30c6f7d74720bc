"""B8 and B9: what the full-text index finds, and how large it is. No clock is needed."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.search_keys import match_query
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.store.database import search
from shelterdesk.store.database.database import DriverConnection
from tests.bench.figures import Bound, Figure, at_least, at_most, count
from tests.bench.invented import WORDS, Rows
from tests.bench.stock import Stock
from tests.bench.twins import insert
from tests.core.names.test_search_keys import LAO, THAI, VARIANTS, VIETNAMESE, parts
from tests.factories import new_shelter

_LONGEST: Final = 3
_WHOLE: Final = Bound("=", 1.0)
_LARGEST_SAMPLE: Final = 30_000
_TRIGRAMS: Final = "CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'trigram')"

Question = tuple[str, str]
"""What is typed, and the text that must then be found."""


def recall(stock: Stock) -> list[Figure]:
    """B8: texts saved as names in the directory, and looked for as a person does it.

    Lao and Thai by every part of one to three letters and by other spellings of the same word,
    Vietnamese by every word with and without its accents.
    """
    with _kept(stock, (*LAO, *THAI, *VIETNAMESE)) as (session, written):
        return [
            _recall(session, written, "Lao", _by_letters(LAO), _WHOLE),
            _recall(session, written, "Thai", _by_letters(THAI), _WHOLE),
            _recall(session, written, "Vietnamese", _by_words(VIETNAMESE), at_least(0.95)),
        ]


def _by_letters(texts: Iterable[str]) -> Iterator[Question]:
    for text in texts:
        yield from ((part, text) for part in sorted(parts(text, _LONGEST)) if match_query(part))
        yield from ((typed, text) for typed, meant in VARIANTS if meant == text)


def _by_words(texts: Iterable[str]) -> Iterator[Question]:
    for text in texts:
        for word in text.split():
            yield from ((word, text), (normalised(word), text))


@contextmanager
def _kept(stock: Stock, texts: Iterable[str]) -> Iterator[tuple[Session, dict[str, str]]]:
    """Save an organisation for each text in a new vault; gives a session and text -> id."""
    shelter = new_shelter(stock.work.memory.folder / "recall")
    database = shelter.vault.database
    saved = {text: Organisation(name=text) for text in texts}
    with database.writing() as session:
        session.add_all(saved.values())
    with database.reading() as session:
        yield session, {text: place.id for text, place in saved.items()}
    shelter.vault.lock()
    shelter.place.close()


def _recall(
    session: Session, written: dict[str, str], language: str, asked: Iterable[Question], gate: Bound
) -> Figure:
    questions = list(asked)
    found = sum(
        any(hit.record_id == written[text] for hit in search.find(session, typed, len(written)))
        for typed, text in questions
    )
    what = f"recall, {language}, {len(questions)} questions"
    return count(what, found / len(questions), gate, stretch=_WHOLE)


def index_size(stock: Stock) -> list[Figure]:
    """B9: the bytes of the index beside those of SQLite's own trigram index of the same notes."""
    texts = stock.texts[:_LARGEST_SAMPLE]
    trigrams: Rows = [(place, normalised(text)) for place, text in enumerate(texts, 1)]
    own = stock.words[: len(texts)]
    twins = stock.cases.copied("index")
    with closing(twins.open_sealed()) as connection:
        insert(WORDS, own)(connection)
        ours = _index_bytes(connection)
        connection.execute("DROP TABLE search_words")
        connection.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize='trigram')"
        )
        connection.execute("INSERT INTO search_words(search_words, rank) VALUES ('pgsz', 3900)")
        insert(WORDS, trigrams)(connection)
        theirs = _index_bytes(connection)
    twins.remove()
    return [count("index : trigram index", ours / theirs, at_most(0.55), "×", at_most(0.5))]


def _index_bytes(connection: DriverConnection) -> int:
    [[size]] = connection.execute("SELECT sum(length(block)) FROM search_words_data").fetchall()
    return int(size)
