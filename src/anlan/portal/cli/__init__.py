"""`anlan`: the command line. Every command in words a duty officer understands, loaded lazily."""

import argparse
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module

from anlan.portal.cli import language
from anlan.portal.cli.commands import COMMANDS, GROUPS, Command
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble

Handler = Callable[[argparse.Namespace], int | None]
Branches = dict[tuple[str, ...], "argparse._SubParsersAction[argparse.ArgumentParser]"]
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Known trouble is one line on standard error."""
    tongue, words = language.chosen(sys.argv[1:] if arguments is None else arguments)
    language.speak(tongue)
    if unknown := _unknown(words):
        print(f"anlan: {unknown}", file=sys.stderr)
        return 2
    asked = parser().parse_args(words)
    command: Command | None = getattr(asked, "command", None)
    if command is None:
        asked.shown.print_help()
        return 0 if asked.shown.prog == "anlan" else 2
    return _run(command, asked)


def _run(command: Command, asked: argparse.Namespace) -> int:
    try:
        return _handler(command)(asked) or 0
    except Trouble as trouble:
        print(f"anlan: {trouble}", file=sys.stderr)
        return trouble.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("anlan"):
            raise
        line = _("the Python package {name} is missing; run `make setup`")
        print("anlan: " + line.format(name=missing.name), file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """The whole command line as argparse reads it."""
    top = argparse.ArgumentParser(
        prog="anlan",
        usage=_("anlan COMMAND …"),
        description=_("Anlan: a district's emergency management, from the gauge to the household."),
        epilog=_overview(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--lang", metavar="zh|en", help=_("language of this command line"))
    top.set_defaults(shown=top)
    branches: Branches = {(): _top_branch(top)}
    for command in COMMANDS:
        stem = command.words[:-1]
        if stem not in branches:
            middle = branches[()].add_parser(stem[0])
            middle.set_defaults(shown=middle)
            branches[stem] = middle.add_subparsers(
                title=_("commands"), metavar="", prog=f"anlan {stem[0]}"
            )
        _add(branches[stem], command)
    return top


def _top_branch(
    top: argparse.ArgumentParser,
) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    return top.add_subparsers(help=argparse.SUPPRESS, title=argparse.SUPPRESS, prog="anlan")


def _add(branch: "argparse._SubParsersAction[argparse.ArgumentParser]", command: Command) -> None:
    one = branch.add_parser(
        command.words[-1], description=_(command.summary), help=_(command.summary)
    )
    for argument in command.arguments:
        one.add_argument(*argument.flags, help=_(argument.help), **argument.options)
    one.set_defaults(command=command, shown=one)


def _unknown(words: Sequence[str]) -> str:
    """A line about a first word that is no command, with the nearest that is."""
    known = {command.words[0] for command in COMMANDS}
    if not words or words[0].startswith("-") or words[0] in known:
        return ""
    near = get_close_matches(words[0], known, 1)
    line = _("there is no command {word}; `anlan --help` lists them all").format(word=words[0])
    return line + _(" (did you mean {near}?)").format(near=near[0]) if near else line


def _overview() -> str:
    """The commands by group, aligned."""
    width = max(len(" ".join(command.words)) for command in COMMANDS)
    lines: list[str] = []
    for group in GROUPS:
        lines += ["", _(group)]
        lines += [
            f"  {' '.join(command.words):<{width}}  {_(command.summary)}"
            for command in COMMANDS
            if command.group == group
        ]
    return "\n".join([*lines, "", _("More about one: anlan COMMAND --help")]).lstrip("\n")


def _handler(command: Command) -> Handler:
    module, _colon, function = command.handler.partition(":")
    handler: Handler = getattr(import_module(module), function)
    return handler
