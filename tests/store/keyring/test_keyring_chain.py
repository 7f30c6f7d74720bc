"""Who vouches for the list of keyholders: each rule of the chain, with the forgery it refuses."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.permissions import Role
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keyring_chain import (
    LARGEST_CHAIN,
    Chain,
    ListEntry,
    PublicHalf,
    Voucher,
    beginning,
    longest,
)
from shelterdesk.store.keyring.seals import new_private_key, public_key_of
from shelterdesk.store.keyring.signers import Signers
from shelterdesk.store.keyring.signing import verifying_key_of

STORE = "5" * 32
AT = "2026-11-03T01:30:00.000000Z"
DIRECTOR, COUNSELLOR = (Role.DIRECTOR,), (Role.COUNSELLOR,)


@dataclass
class House:
    """Invented keyholders, whose private keys are at hand, and the chain of their list."""

    keys: dict[str, bytes] = field(default_factory=dict)
    chain: Chain = field(default_factory=lambda: Chain(STORE))

    def holder(
        self, name: str, roles: tuple[Role, ...] = (), *, own: bool = True, active: bool = True
    ) -> Keyholder:
        """Return a keyholder with a new pair."""
        kind = HolderKind.PERSON if roles else HolderKind.RECOVERY
        key = self.keys[name] = new_private_key()
        return Keyholder(
            name, kind, name, public_key_of(key), AT, roles, active,
            signing_key=verifying_key_of(key), own_pair=own,
        )  # fmt: skip

    def begun(self, *holders: Keyholder) -> "House":
        """Begin the chain with these and the pages."""
        paper = self.holder("paper")
        entry = ListEntry(1, beginning(STORE), AT, "created", (*holders, paper))
        director = next(h.id for h in holders if Role.DIRECTOR in h.roles)
        self.chain = self.chain.followed_by(self.signed(entry, "paper", director))
        return self

    def signed(self, entry: ListEntry, *by: str) -> ListEntry:
        """Return the entry with these signatures."""
        for name in by:
            entry = entry.signed_by(name, self.keys[name])
        return entry

    def step(self, *changed: Keyholder, by: tuple[str, ...], **other: object) -> ListEntry:
        """Return the entry in which these lines stand for the ones before, signed by some."""
        last = self.chain.newest
        ids = {h.id for h in changed}
        kept = tuple(h for h in last.holders if h.id not in ids)
        entry = ListEntry(
            last.serial + 1, last.digest, AT, "changed", (*kept, *changed), last.halves,
            log_seq=last.log_seq + 10, log_head="5" * 64,
        )  # fmt: skip
        return self.signed(replace(entry, **other), *by)  # type: ignore[arg-type]

    def voucher(self, entry: ListEntry) -> Voucher | None:
        """Tell by whom the entry holds as the next of the chain."""
        found = self.chain.followed_by(entry).vouchers()
        return found[-1] if len(found) > len(self.chain.entries) else None

    def line(self, name: str) -> Keyholder:
        """Return how somebody stands in the newest list."""
        found = self.chain.newest.holder(name)
        assert found is not None
        return found


@pytest.fixture
def house() -> House:
    """Two directors and a counsellor with pairs of their own, one colleague without."""
    made = House()
    noy, dao = made.holder("noy", DIRECTOR), made.holder("dao", DIRECTOR)
    vone, new = made.holder("vone", COUNSELLOR), made.holder("new", COUNSELLOR, own=False)
    return made.begun(noy, dao, vone, new)


@pytest.fixture
def small() -> House:
    """One director and a counsellor."""
    made = House()
    return made.begun(made.holder("noy", DIRECTOR), made.holder("vone", COUNSELLOR))


def test_a_first_entry_holds_by_the_pages_and_a_director_of_the_list(house: House) -> None:
    assert house.chain.vouchers() == [Voucher.FIRST]
    bare = replace(house.chain.first, signatures=())
    for by in (("noy", "dao", "vone"), ("paper", "vone"), ("paper",)):
        assert not Chain(STORE, (house.signed(bare, *by),)).vouchers()


def test_a_first_entry_of_other_records_does_not_hold(house: House) -> None:
    assert not replace(house.chain, store_id="6" * 32).vouchers()


@pytest.mark.parametrize("names", [{"log_seq": 0}, {"log_head": ""}, {"log_seq": -1}])
def test_only_the_first_entry_names_no_line_of_the_log(
    house: House, names: dict[str, object]
) -> None:
    new = house.line("new")
    key = new_private_key()
    own = replace(
        new, public_key=public_key_of(key), signing_key=verifying_key_of(key), own_pair=True
    )
    assert house.voucher(house.step(own, by=("new",))) is Voucher.HER_OWN_PAIR
    for by in (("new",), ("paper",), ("noy", "vone")):
        assert house.voucher(house.step(own, by=by, **names)) is None


# -- from which line an entry is in force ---------------------------------------------------------


def since(house: House, name: str, told: dict[str, int]) -> list[tuple[int, tuple[Role, ...]]]:
    signers = Signers.of_chain(house.chain, told)
    assert signers is not None
    return [(term.since, term.roles) for term in signers.terms[name]]


def test_her_own_pair_moves_no_earlier_entry_to_an_earlier_line(house: House) -> None:
    """Whoever signs alone may name any line: those before her keep theirs."""
    raised = replace(house.line("vone"), roles=DIRECTOR)
    house.chain = house.chain.followed_by(house.step(raised, by=("noy", "dao")))
    key, new = new_private_key(), house.line("new")
    own = replace(
        new, public_key=public_key_of(key), signing_key=verifying_key_of(key), own_pair=True
    )
    early = house.step(own, by=("new",), log_seq=1)
    told = {house.chain.first.digest: 1, house.chain.newest.digest: 90}
    house.chain = house.chain.followed_by(early)
    assert len(house.chain.holding().entries) == 3
    assert since(house, "vone", told) == [(1, COUNSELLOR), (90, DIRECTOR), (90, DIRECTOR)]
    assert since(house, "vone", told | {early.digest: 2})[1:] == [(90, DIRECTOR)] * 2


def test_what_the_log_does_not_tell_of_is_in_force_no_later_than_what_follows(
    house: House,
) -> None:
    """After a backup was brought back the log may end before the line that was signed over."""
    raised = replace(house.line("vone"), roles=DIRECTOR)
    house.chain = house.chain.followed_by(house.step(raised, by=("noy", "dao"), log_seq=80))
    told = replace(raised, roles=COUNSELLOR)
    house.chain = house.chain.followed_by(house.step(told, by=("noy", "dao"), log_seq=30))
    told_at = {house.chain.first.digest: 1, house.chain.newest.digest: 31}
    assert since(house, "vone", told_at) == [(1, COUNSELLOR), (31, DIRECTOR), (31, COUNSELLOR)]


def test_somebody_new_needs_two_people_one_of_them_a_director(house: House) -> None:
    ghost = house.holder("ghost", COUNSELLOR, own=False)
    wanted = {
        ("noy", "vone"): Voucher.TWO,
        ("noy", "dao"): Voucher.TWO,
        ("noy",): None,
        ("vone",): None,
        (): None,
        ("vone", "new"): None,
        ("paper",): Voucher.PAGES,
    }
    found = {by: house.voucher(house.step(ghost, by=by)) for by in wanted}
    assert found == wanted


def test_whose_pair_another_has_drawn_does_not_count(house: House) -> None:
    ghost = house.holder("ghost", COUNSELLOR)
    assert house.voucher(house.step(ghost, by=("noy", "new"))) is None


def test_the_only_director_vouches_alone_and_it_shows(small: House) -> None:
    ghost = small.holder("ghost", COUNSELLOR)
    assert small.voucher(small.step(ghost, by=("noy",))) is Voucher.ALONE
    assert small.voucher(small.step(ghost, by=("noy", "vone"))) is Voucher.TWO
    assert small.voucher(small.step(ghost, by=("vone",))) is None


def test_a_second_director_counts_once_her_pair_is_her_own(small: House) -> None:
    dao = small.holder("dao", DIRECTOR, own=False)
    small.chain = small.chain.followed_by(small.step(dao, by=("noy",)))
    ghost = small.holder("ghost", COUNSELLOR)
    assert small.voucher(small.step(ghost, by=("noy",))) is Voucher.ALONE
    assert small.voucher(small.step(ghost, by=("dao",))) is None
    drawn = small.holder("drawn", DIRECTOR)
    own = replace(dao, public_key=drawn.public_key, signing_key=drawn.signing_key, own_pair=True)
    small.chain = small.chain.followed_by(small.step(own, by=("dao",)))
    assert small.voucher(small.step(ghost, by=("noy",))) is None
    assert small.voucher(small.step(ghost, by=("noy", "vone"))) is Voucher.TWO


def test_the_ghost_of_an_entry_does_not_vouch_for_it(small: House) -> None:
    ghost = small.holder("ghost", DIRECTOR)
    assert small.voucher(small.step(ghost, by=("ghost", "vone"))) is None


@pytest.mark.parametrize("roles", [DIRECTOR, (*COUNSELLOR, Role.NURSE)])
def test_nobody_vouches_for_being_raised(house: House, roles: tuple[Role, ...]) -> None:
    raised = replace(house.line("vone"), roles=roles)
    assert house.voucher(house.step(raised, by=("noy", "vone"))) is None
    assert house.voucher(house.step(raised, by=("noy", "dao"))) is Voucher.TWO


def test_nobody_vouches_for_being_ended_or_given_other_keys(house: House) -> None:
    ended = replace(house.line("vone"), active=False)
    assert house.voucher(house.step(ended, by=("noy", "vone"))) is None
    assert house.voucher(house.step(ended, by=("noy", "dao"))) is Voucher.TWO
    reset = replace(house.holder("again", COUNSELLOR, own=False), id="vone", name="vone")
    assert house.voucher(house.step(reset, by=("noy", "vone"))) is None
    assert house.voucher(house.step(reset, by=("noy", "dao"))) is Voucher.TWO


def test_who_was_ended_signs_no_more_and_does_not_come_back(house: House) -> None:
    ended = replace(house.line("dao"), active=False)
    house.chain = house.chain.followed_by(house.step(ended, by=("noy", "vone")))
    ghost = house.holder("ghost", COUNSELLOR)
    assert house.voucher(house.step(ghost, by=("dao", "vone"))) is None
    assert house.voucher(house.step(ghost, by=("noy", "vone"))) is Voucher.TWO
    back = replace(ended, active=True)
    assert house.voucher(house.step(back, by=("noy", "vone"))) is None


def test_a_pair_of_her_own_a_person_signs_alone_and_nothing_else(house: House) -> None:
    drawn = house.holder("drawn", COUNSELLOR)
    own = replace(
        house.line("new"), public_key=drawn.public_key, signing_key=drawn.signing_key, own_pair=True
    )
    assert house.voucher(house.step(own, by=("new",))) is Voucher.HER_OWN_PAIR
    assert house.voucher(house.step(own, by=("vone",))) is None
    for more in (
        replace(own, roles=DIRECTOR),
        replace(own, name="Noy"),
        replace(own, active=False),
        replace(own, own_pair=False),
        replace(own, public_key=house.line("new").public_key),
        replace(own, signing_key=house.line("new").signing_key),
    ):
        assert house.voucher(house.step(more, by=("new",))) is None
    half = PublicHalf("medical", 1, drawn.public_key)
    assert house.voucher(house.step(own, by=("new",), halves=(half,))) is None
    assert house.voucher(house.step(own, by=("new",), box=("new",))) is None
    assert house.voucher(house.step(own, house.holder("ghost", COUNSELLOR), by=("new",))) is None


Spoiling = Callable[[House, ListEntry], ListEntry]


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda _h, e: replace(e, serial=e.serial + 1),
        lambda _h, e: replace(e, before="0" * 64),
        lambda _h, e: replace(e, holders=e.holders[1:]),
        lambda _h, e: replace(e, holders=(*e.holders, e.holders[0])),
        lambda h, e: replace(e, holders=(*e.holders, replace(h.line("noy"), id="twin"))),
        lambda h, e: replace(e, holders=(*e.holders, h.holder("second paper"))),
        lambda _h, e: replace(
            e, holders=tuple(replace(h, roles=COUNSELLOR) if h.roles else h for h in e.holders)
        ),
    ],
    ids=["serial", "before", "vanished", "id twice", "key twice", "two papers", "no director"],
)
def test_an_unsound_list_holds_by_nobody_at_all(house: House, spoilt: Spoiling) -> None:
    entry = replace(house.step(house.holder("ghost", COUNSELLOR), by=()), signatures=())
    everybody = ("noy", "dao", "vone", "paper")
    assert house.voucher(house.signed(entry, *everybody)) is Voucher.PAGES
    assert house.voucher(house.signed(spoilt(house, entry), *everybody)) is None


def test_a_signature_is_good_for_one_entry_and_one_person(house: House) -> None:
    good = house.step(house.holder("ghost", COUNSELLOR), by=("noy", "vone"))
    other = house.step(house.holder("other", COUNSELLOR), by=())
    assert house.voucher(replace(other, signatures=good.signatures)) is None
    borrowed = tuple(replace(s, holder="dao") for s in good.signatures if s.holder == "vone")
    noys = tuple(s for s in good.signatures if s.holder == "noy")
    assert house.voucher(replace(good, signatures=(*noys, *borrowed))) is None


def test_a_chain_holds_up_to_the_first_entry_that_does_not(house: House) -> None:
    good = house.step(house.holder("ghost", COUNSELLOR), by=("noy", "vone"))
    house.chain = house.chain.followed_by(good)
    whole = house.chain
    forged = house.step(replace(house.line("vone"), roles=DIRECTOR), by=("vone",))
    after = whole.followed_by(forged)
    assert [e.digest for e in after.holding().entries] == [e.digest for e in whole.entries]
    assert not after.followed_by(good).holding().contains(forged.digest)


def test_the_longer_of_two_chains_counts_and_of_two_continuations_neither(house: House) -> None:
    short = house.chain
    one = short.followed_by(house.step(house.holder("one", COUNSELLOR), by=("noy", "vone")))
    two = short.followed_by(house.step(house.holder("two", COUNSELLOR), by=("noy", "vone")))
    assert longest([short, one]) == longest([one, short]) == one
    assert longest([one, two]) is None
    assert longest([]) is None


def test_only_the_pages_put_another_continuation_aside(house: House) -> None:
    lost = house.step(house.holder("one", COUNSELLOR), by=("noy", "vone"))
    entry = house.step(by=("noy", "dao"), instead_of=(lost.digest,))
    assert house.voucher(entry) is None
    settled = house.signed(entry, "paper")
    assert house.voucher(settled) is Voucher.PAGES
    assert house.chain.followed_by(settled).contains(lost.digest)
    assert not house.chain.contains(lost.digest)


def test_a_packed_chain_comes_back_whole_and_stays_small(house: House) -> None:
    half = PublicHalf("medical", 1, public_key_of(new_private_key()))
    for number in range(100):
        someone = house.holder(f"{number}", COUNSELLOR)
        entry = house.step(someone, by=("noy", "vone"), halves=(half,), box=("vone",))
        house.chain = house.chain.followed_by(entry)
    packed = house.chain.packed()
    back = Chain.unpacked(STORE, packed)
    assert back == house.chain
    assert len(back.holding().entries) == 101
    assert back.newest.halves == (half,)
    assert len(packed) < 250_000


@pytest.mark.parametrize("packed", [b"", b"no chain", b"x\x9c"])
def test_what_is_no_chain_is_damage(packed: bytes) -> None:
    with pytest.raises(DamagedFile):
        Chain.unpacked(STORE, packed)


def test_a_chain_without_end_is_damage() -> None:

    with pytest.raises(DamagedFile):
        Chain.unpacked(STORE, zlib.compress(b" " * (LARGEST_CHAIN + 100) + b"[]"))
