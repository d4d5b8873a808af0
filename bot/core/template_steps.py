"""A limit to what a template does, so that a loop without an end becomes an error with its file and line.

Each turn of a loop and each call of a macro is a step. Steps are counted, not seconds: a busy machine must not make a good
template a broken one. A `range` longer than all steps is refused at once, because it may be used outside of a loop.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

# A draft with a timeline of 10,000 entries takes about 60,000 steps; a second has several 100,000.
IN_DOCUMENT = 400_000
IN_MESSAGE = 20_000  # messages are rendered while the bot's other work waits

_left: ContextVar[int] = ContextVar("steps_left")


class TooManyStepsError(RuntimeError):
    """The template has done as much as one may do."""


@contextmanager
def at_most(steps: int) -> Iterator[None]:
    """Within this, a template may do so many steps."""
    before = _left.set(steps)
    try:
        yield
    finally:
        _left.reset(before)


def limit(environment: Environment) -> None:
    """Make the templates of this environment count their steps."""
    environment.code_generator_class = _Counting
    environment.extend(step=_step)
    environment.globals["range"] = _range


def _step() -> None:
    left = _left.get(IN_DOCUMENT) - 1
    if left < 0:
        raise TooManyStepsError("it goes on and on: a loop or a macro in it has no end, or a very late one")
    _left.set(left)


def _range(*args: Any) -> range:
    turns = range(*args)
    # The length of a very long one is no number that Python's `len` can return.
    if abs(turns.stop - turns.start) // abs(turns.step) > IN_DOCUMENT:
        raise TooManyStepsError(f"a range has at most {IN_DOCUMENT:,} numbers")
    return turns


class _Counting(CodeGenerator):
    """Compiles templates so that each turn of a loop and each call of a macro begins with a step."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802  # the name is Jinja's
        node.body.insert(0, _statement(node))
        super().visit_For(node, frame)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802  # the name is Jinja's
        node.body.insert(0, _statement(node))
        super().visit_Macro(node, frame)


def _statement(at: nodes.Node) -> nodes.Node:
    step = nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None)
    return nodes.ExprStmt(step).set_lineno(at.lineno)
