"""The rules for the source hold, and each of them finds what it forbids."""

import pytest

from tests.quality.rule_finders import violations
from tests.quality.rules import RULES
from tests.quality.source import PROJECT, module, modules


@pytest.mark.parametrize("name", RULES)
def test_source_keeps_the_rule(name: str) -> None:
    rule = RULES[name]
    found = {source.name: violations(rule, source) for source in modules("src")}
    assert {place: lines for place, lines in found.items() if lines} == {}, rule.why


@pytest.mark.parametrize("name", RULES)
def test_a_planted_violation_is_found(name: str) -> None:
    assert violations(RULES[name], module(RULES[name].planted)) == [1]


@pytest.mark.parametrize(
    "planted",
    [
        'execute("SELECT %s" % column)',
        'text("SELECT " + column)',
        'session.execute("SELECT {}".format(column))',
        'c.executescript(";".join(statements))',
    ],
)
def test_sql_put_together_in_any_way_is_found(planted: str) -> None:
    assert violations(RULES["no SQL put together"], module(planted)) == [1]


def test_sql_put_together_before_it_is_handed_over_is_found() -> None:
    planted = module('def f(c, t):\n    sql = f"DROP {t}"\n    c.execute(sql)\n')
    assert violations(RULES["no SQL put together"], planted) == [3]


def test_fixed_sql_is_let_pass() -> None:
    fixed = module('session.execute(text("SELECT 1 WHERE a = :a"), {"a": value})')
    assert violations(RULES["no SQL put together"], fixed) == []


def test_the_set_up_starts_nothing_from_the_folder_one_stands_in() -> None:
    rule = RULES["no start from the folder one stands in"]
    assert [violations(rule, source) for source in modules("run.py")] == [[]]


EXCEPTIONS = [
    (name, place)
    for name, rule in RULES.items()
    for place in rule.allowed
    if (PROJECT / place.partition(":")[0]).exists()
]


@pytest.mark.parametrize(("name", "place"), EXCEPTIONS)
def test_an_exception_is_still_needed(name: str, place: str) -> None:
    [source] = modules(place.partition(":")[0])
    others = {other: why for other, why in RULES[name].allowed.items() if other != place}
    assert violations(RULES[name]._replace(allowed=others), source)
