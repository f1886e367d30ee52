"""Scripts that complete the command ``kayan`` in a shell, made from its parser."""

from __future__ import annotations

import argparse
from typing import NamedTuple

from kayan import _core
from kayan._gazetteer.builtin import builtin_names
from kayan._options import MatcherOptions, NormalizerOptions
from kayan.cli._arguments import parsers

_ENCODINGS = ("auto", "utf-8", "utf-16", "windows-1256", "iso-8859-6")


class _Option(NamedTuple):
    names: list[str]
    help: str
    takes_value: bool
    values: list[str]
    takes_file: bool


def script(shell: str) -> str:
    """Return the script for ``"bash"``, ``"zsh"`` or ``"fish"``."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _options(command: str, parser: argparse.ArgumentParser) -> list[_Option]:
    keys = NormalizerOptions if command == "normalize" else MatcherOptions
    # What can't be told from the parser.
    known = {
        "profile": list((_core.profiles if command == "normalize" else _core.matcher_profiles)()),
        "builtin": builtin_names(),
        "set": [f"{key}=" for key in keys.__annotations__],
        "encoding": list(_ENCODINGS),
    }
    made = []
    for action in parser._actions:
        if not action.option_strings:
            continue
        values = list(map(str, action.choices or known.get(action.dest, [])))
        is_file = action.dest in ("gazetteer", "matcher", "output", "html", "gold")
        help = (action.help or "").partition(";")[0].partition(" (default")[0]
        made.append(_Option(list(action.option_strings), help, action.nargs != 0, values, is_file))
    return made


def _words(values: list[str]) -> str:
    return " ".join(values)


def _bash() -> str:
    summaries, by_name = parsers()
    cases = []
    for name, parser in by_name.items():
        options = _options(name, parser)
        inner = "".join(
            f"        {'|'.join(one.names)}) words='{_words(one.values)}' ;;\n"
            if one.values
            else f"        {'|'.join(one.names)}) files=1 ;;\n"
            for one in options
            if one.takes_value
        )
        every = _words([text for one in options for text in one.names])
        positional = "bash zsh fish" if name == "completion" else ""
        cases.append(
            f"    {name})\n      case $previous in\n{inner}"
            f"        *) words='{positional}'; [[ $current == -* ]] && words='{every}' || files=1 ;;\n"
            "      esac ;;\n"
        )
    commands = _words([name for name, _ in summaries])
    return f"""\
# Completes the command kayan in bash.
_kayan() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words='' files=''
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W '{commands} --help --version' -- "$current"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{"".join(cases)}  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    [[ ${{COMPREPLY[0]}} == *= ]] && compopt -o nospace 2>/dev/null
  elif [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}}
complete -F _kayan kayan
"""


def _quoted(text: str, *, zsh: bool = False) -> str:
    text = text.replace("'", "’")
    return text.replace("[", r"\[").replace("]", r"\]").replace(":", r"\:") if zsh else text


def _zsh() -> str:
    summaries, by_name = parsers()
    commands = "\n".join(f"    '{name}:{_quoted(text, zsh=True)}'" for name, text in summaries)
    cases = []
    for name, parser in by_name.items():
        lines = []
        for one in _options(name, parser):
            value = ""
            if one.takes_value:
                value = f":value:({_words(one.values)})" if one.values else ":value:_files"
            lines += [f"      '*{text}[{_quoted(one.help, zsh=True)}]{value}'" for text in one.names]
        lines.append("      '1:shell:(bash zsh fish)'" if name == "completion" else "      '*:file:_files'")
        cases.append(f"    {name}) _arguments \\\n" + " \\\n".join(lines) + " ;;\n")
    return f"""\
#compdef kayan
# Completes the command kayan in zsh.
_kayan() {{
  local -a commands=(
{commands}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{"".join(cases)}  esac
}}
if [[ $funcstack[1] == _kayan ]]; then
  _kayan "$@"
else
  compdef _kayan kayan
fi
"""


def _fish() -> str:
    summaries, by_name = parsers()
    lines = ["# Completes the command kayan in fish."]
    lines += [
        f"complete -c kayan -n __fish_use_subcommand -f -a {name} -d '{_quoted(text)}'"
        for name, text in summaries
    ]
    for name, parser in by_name.items():
        for one in _options(name, parser):
            parts = [f"complete -c kayan -n '__fish_seen_subcommand_from {name}'"]
            parts += [f"-l {text[2:]}" if text.startswith("--") else f"-s {text[1:]}" for text in one.names]
            if one.takes_value:
                parts.append(f"-x -a '{_words(one.values)}'" if one.values else "-r")
            lines.append(" ".join([*parts, f"-d '{_quoted(one.help)}'"]))
    lines.append("complete -c kayan -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'")
    return "\n".join(lines) + "\n"
