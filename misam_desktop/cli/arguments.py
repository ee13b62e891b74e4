"""How a command is written. Wrong usage ends with 2; what was typed is never repeated, it could be a password."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from misam_desktop.domain.codes import ExportPurpose
from misam_desktop.domain.report import ReportKind

_IN_SWEDISH = (
    (r"the following arguments are required: ", "det här saknas: "),
    (r"invalid choice: .*", "finns inte, se --help"),
    (r"ignored explicit argument .*", "tar inget värde"),
    (r"expected one argument", "här behövs ett värde"),
    (r"^argument ", ""),
)


class _Parser(argparse.ArgumentParser):
    """Swedish, and without abbreviations: ``--password`` must never pass for ``--password-file``."""

    def __init__(self, *, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self.arguments = self.add_argument_group("Argument")
        self.options = self.add_argument_group("Val")
        self.options.add_argument("-h", "--help", action="help", help="visa den här texten")

    def format_usage(self) -> str:
        """«Användning: …»."""
        return super().format_usage().replace("usage:", "Användning:", 1)

    def format_help(self) -> str:
        """The same at the top of the help."""
        return super().format_help().replace("usage:", "Användning:", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with 2."""
        for english, swedish in _IN_SWEDISH:
            message = re.sub(english, swedish, message)
        self.exit(2, f"{self.format_usage()}Fel: {message}.\n")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command with its values; ``command`` is None for the program. Raises SystemExit for help and wrong usage."""
    parser = _parser()
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        options = [word.partition("=")[0] for word in unknown if word.startswith("-")]
        parser.error(f"det här går inte att förstå: {', '.join(options) or 'ett ord för mycket'}")
    if arguments.command and (arguments.demo or arguments.demo_today):
        parser.error("--demo och --today före kommandot gäller bara programmet")
    if arguments.demo_today and not arguments.demo:
        parser.error("--today går bara ihop med --demo")
    if arguments.command == "report" and arguments.out is None and arguments.format in _ON_NO_SCREEN:
        parser.error("--out behövs för xlsx och pdf")
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="misam-desktop", description="Samverkan mellan myndigheter, i ett krypterat register.")
    parser.options.add_argument("--demo", action="store_true", help="pröva med ett påhittat arbetslag")
    parser.options.add_argument("--today", dest="demo_today", type=_day, metavar="DATUM", help="demons dag")
    commands = parser.add_subparsers(title="Kommandon", dest="command", metavar="KOMMANDO", parser_class=_Parser)
    for name, (description, add) in _COMMANDS.items():
        sub = commands.add_parser(name, help=description, description=f"{description[0].upper()}{description[1:]}.")
        add(sub)
    return parser


def _init(parser: _Parser) -> None:
    _store(parser)
    parser.options.add_argument("--user", default="koordinator", type=_name, metavar="NAMN", help="första användaren")
    parser.options.add_argument("--unit", default="kommun", metavar="ENHET", help="användarens enhet (kommunen)")
    parser.options.add_argument("--team", default="MISAM", type=_name, metavar="NAMN", help="vad arbetslaget kallas")
    _password(parser)


def _import(parser: _Parser) -> None:
    _unlock(parser)
    parser.arguments.add_argument("register", type=Path, metavar="REGISTER", help="listan, som CSV eller XLSX")
    parser.options.add_argument("--dry-run", action="store_true", help="visa planen och ändra inget")
    parser.options.add_argument("--json", action="store_true", help="planen som JSON")
    parser.options.add_argument("--good-rows", action="store_true", help="ta de rätta raderna trots fel i andra")
    parser.options.add_argument("--mend", type=Path, metavar="FIL", help="spara raderna att rätta som CSV där")


def _export(parser: _Parser) -> None:
    _unlock(parser)
    parser.options.add_argument("--out", required=True, type=_sheet, metavar="FIL", help="slutar på .csv eller .xlsx")
    _purposes(parser)
    _force(parser)


def _agenda(parser: _Parser) -> None:
    _unlock(parser)
    parser.options.add_argument("--meeting", required=True, metavar="ID", help="mötets id, se meetings")
    parser.options.add_argument("--out", required=True, type=_pdf, metavar="FIL", help="slutar på .pdf")
    parser.options.add_argument("--unit", type=_name, metavar="ENHET", help="enhetens eget papper (annars allas)")
    _force(parser)


_ON_NO_SCREEN = ("xlsx", "pdf")
"""Forms of a report that are no text."""


def _report(parser: _Parser) -> None:
    _unlock(parser)
    reports = [one.value for one in ReportKind]
    parser.arguments.add_argument("report", type=_one_of(*reports), metavar="RAPPORT", help=", ".join(reports))
    parser.options.add_argument("--insats", required=True, type=_name, metavar="NAMN", help="insatsens namn")
    parser.options.add_argument("--year", required=True, type=_year, metavar="ÅÅÅÅ", help="kalenderåret")
    forms = ("json", "csv", *_ON_NO_SCREEN)
    parser.options.add_argument(
        "--format", type=_one_of(*forms), default="json", metavar="|".join(forms), help="form (annars json)"
    )
    parser.options.add_argument("--out", type=Path, metavar="FIL", help="skriv dit i stället för på skärmen")
    parser.options.add_argument("--hide-small", action="store_true", help="dölj tal under fem, och vad som röjer dem")
    _purposes(parser)
    _force(parser)


def _purposes(parser: _Parser) -> None:
    purpose, purposes = ExportPurpose.EGET_ARBETE, ", ".join(ExportPurpose)
    parser.options.add_argument(
        "--purpose", default=purpose, type=_purpose, metavar="VARFÖR", help=f"{purposes} (annars {purpose})"
    )
    parser.options.add_argument(
        "--recipient", type=_name, metavar="ENHET", help="enheten som ska ha det (annars den egna)"
    )


def _demo(parser: _Parser) -> None:
    _store(parser)
    parser.options.add_argument("--today", type=_day, metavar="DATUM", help="demons dag")


def _meetings(parser: _Parser) -> None:
    _unlock(parser)
    parser.options.add_argument("--json", action="store_true", help="som JSON")


def _log(parser: _Parser) -> None:
    _meetings(parser)
    parser.options.add_argument("--person", metavar="ID", help="utdrag för en person: vem, från vilken enhet, när")


def _verify(parser: _Parser) -> None:
    _unlock(parser)
    parser.options.add_argument("--mark", metavar="MÄRKE", help="pröva ett pappers märke, 1234-9F3A22C1")


def _tour(parser: _Parser) -> None:
    parser.arguments.add_argument("folder", type=Path, metavar="MAPP", help="dit bilderna läggs")


def _unlock(parser: _Parser) -> None:
    _store(parser)
    parser.options.add_argument("--user", type=_name, metavar="NAMN", help="vem som låser upp (den enda användaren)")
    _password(parser)


def _store(parser: _Parser) -> None:
    parser.options.add_argument("--store", required=True, type=Path, metavar="FIL", help="registrets fil")


def _password(parser: _Parser) -> None:
    parser.options.add_argument("--password-file", metavar="FIL", help="lösenordet på första raden; - är standard in")


def _force(parser: _Parser) -> None:
    parser.options.add_argument("--force", action="store_true", help="skriv över filen om den finns")


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("skriv ett namn")
    return text.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("skriv ÅÅÅÅ-MM-DD") from error


def _year(text: str) -> int:
    if not re.fullmatch(r"[12]\d{3}", text, re.ASCII):
        raise argparse.ArgumentTypeError("skriv ÅÅÅÅ")
    return int(text)


def _purpose(text: str) -> ExportPurpose:
    try:
        return ExportPurpose(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"välj {', '.join(ExportPurpose)}") from error


def _sheet(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise argparse.ArgumentTypeError("filens namn ska sluta på .csv eller .xlsx")
    return path


def _pdf(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".pdf":
        raise argparse.ArgumentTypeError("filens namn ska sluta på .pdf")
    return path


def _one_of(*words: str) -> Callable[[str], str]:
    def take(text: str) -> str:
        if text not in words:
            *all_but_last, last = words
            raise argparse.ArgumentTypeError(f"välj {', '.join(all_but_last)} eller {last}")
        return text

    return take


_COMMANDS: dict[str, tuple[str, Callable[[Any], None]]] = {
    "init": ("ett nytt krypterat register", _init),
    "import": ("ta in en lista: allt eller inget", _import),
    "export": ("registret tillbaka som lista", _export),
    "agenda": ("ett mötes dagordning, med koder i stället för personer", _agenda),
    "report": ("en rapport i siffror", _report),
    "demo": ("ett påhittat arbetslag i ett eget register", _demo),
    "meetings": ("mötena, de nyaste först", _meetings),
    "log": ("loggen, det äldsta först, utan namn på personer", _log),
    "verify": ("kontrollera nycklar, fil, logg och statistik", _verify),
    "tour": ("bilder av programmets alla vyer", _tour),
}
