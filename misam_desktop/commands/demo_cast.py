"""Who is in the made-up team's store: made-up persons and what is written about them, out of ``db/reference/demo``.

Everything is drawn from one ``Random``, so that the same seed gives the same persons and texts.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from misam_desktop import assets
from misam_desktop.domain.clocks import age_on
from misam_desktop.domain.codes import Agency, Education, Livelihood, Outcome, Priority, Referrer, Sex
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.people import Unit
from misam_desktop.domain.personal_number import PersonalNumber, made_up_number

_OF_THOUSAND = 1000
_PHONES = range(605, 700)  # 070-174 06 05 to 99 are kept for fiction


def reference(name: str) -> dict[str, Any]:
    """One file of ``db/reference/demo``."""
    return assets.toml(assets.database("reference", "demo", f"{name}.toml"))


class Dice:
    """Draws by the figures of ``figures.toml``."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.figures = reference("figures")

    def happens(self, what: str) -> bool:
        """Whether something of the list ``chance`` happens this time."""
        return self.random.randrange(_OF_THOUSAND) < int(self.figures["chance"][what])

    def pick(self, *path: str) -> str:
        """One key of a table of weights."""
        weights: Mapping[str, Any] = self.figures
        for name in path:
            weights = weights[name]
        return self.random.choices(list(weights), list(weights.values()))[0]

    def within(self, *path: str) -> int | None:
        """A number of one of the spans «from-to» of a table; None for «unknown»."""
        span = self.pick(*path)
        if span == "unknown":
            return None
        first, last = map(int, span.split("-"))
        return self.random.randint(first, last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and the units it is put to."""

    text: str
    unit_ids: tuple[UnitId, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A made-up person with the profile that a referral asks for."""

    person: PersonFacts
    referrer: Referrer
    unit_id: UnitId | None
    asked: Asked
    education: Education
    livelihoods: Livelihoods
    support_months: int | None
    sgi0: bool
    priorities: tuple[Priority, ...]

    @property
    def unit_ids(self) -> tuple[UnitId, ...]:
        """The referring unit and those it asks, each once."""
        own = (self.unit_id,) if self.unit_id else ()
        return tuple(dict.fromkeys((*own, *self.asked.unit_ids)))


class Cast:
    """Draws persons, each once."""

    def __init__(self, dice: Dice, units: Sequence[Unit]) -> None:
        self._dice, self._random = dice, dice.random
        self._agency = {unit.id: unit.agency for unit in units}
        self._persons, self._texts = reference("persons"), reference("texts")
        self._questions = self._random.sample(self._texts["question"], len(self._texts["question"]))
        self._numbers: set[PersonalNumber] = set()
        self._has_namesake = False
        self._names = {(known["given"], known["family"]) for known in self._persons["known"]}

    def beside(self, dice: Dice, units: Sequence[Unit]) -> Cast:
        """Another cast by dice of its own; nobody is drawn in both."""
        other = Cast(dice, units)
        other._numbers, other._names = self._numbers, self._names
        return other

    def entry(self, *, on: date, known: int | None = None, sgi0: bool | None = None, protected: bool = False) -> Entry:
        """Somebody new who is referred on a day; ``known`` is a place among the named persons."""
        age = self._dice.within("age") or 0
        referrer, unit_id = self.referring()
        livelihoods = self._livelihoods(age)
        return Entry(
            person=self._person(age, on, known=known, protected=protected),
            referrer=referrer,
            unit_id=unit_id,
            asked=self.asked(unit_id),
            education=Education(self._dice.pick("education")),
            livelihoods=livelihoods,
            support_months=0 if livelihoods.main is Livelihood.INGEN else self._dice.within("months"),
            sgi0=self._dice.happens("sgi0") if sgi0 is None else sgi0,
            priorities=self._priorities(livelihoods),
        )

    @property
    def namesake(self) -> str:
        """The one surname that a handläggare and a person share."""
        return str(self._persons["namesake"]["family"])

    def as_namesake(self, entry: Entry) -> Entry:
        """The first who suits gets that surname: the handläggare's unit is among theirs."""
        if self._has_namesake or UnitId(self._persons["namesake"]["unit"]) not in entry.unit_ids:
            return entry
        self._has_namesake = True
        return replace(entry, person=replace(entry.person, family_name=self.namesake))

    def of_unit(self, entry: Entry, unit_id: UnitId) -> Entry:
        """The same person referred by another unit, with another question."""
        referrer = Referrer(self._agency[unit_id].value)
        return replace(entry, referrer=referrer, unit_id=unit_id, asked=self.asked(unit_id))

    def referring(self) -> tuple[Referrer, UnitId | None]:
        """Who refers; nobody's unit for «Annan»."""
        referrer = Referrer(self._dice.pick("referrer"))
        if referrer is Referrer.ANNAN:
            return referrer, None
        has_several = referrer in self._dice.figures["unit"]
        return referrer, UnitId(self._dice.pick("unit", referrer) if has_several else referrer)

    def asked(self, unit_id: UnitId | None) -> Asked:
        """A question to at least one other authority than the unit's own."""
        for place, entry in enumerate(self._questions):
            asked = [UnitId(self._dice.pick("hc") if name == "hc" else name) for name in entry["needs"]]
            others = tuple(one for one in asked if one != unit_id)
            if len({self._agency[one] for one in (*others, *filter(None, [unit_id]))}) > 1:
                self._questions.append(self._questions.pop(place))  # the others come first next time
                return Asked(text=entry["text"], unit_ids=others, why=entry["why"])
        raise LookupError("every unit has a question to another authority")

    def text(self, *path: str | int) -> str:
        """One of the texts of a list."""
        found: Any = self._texts
        for name in path:
            found = found[str(name)]
        return str(self._random.choice(found))

    def commitment(self, agency: Agency | None) -> str:
        """What an authority, or the person, takes on."""
        return self.text("commitments", agency.value if agency else "own")

    def outcome_text(self, outcome: Outcome) -> str:
        """What the forum adds to its assessment."""
        return self.text("outcome", outcome.value)

    def _person(self, age: int, on: date, *, known: int | None, protected: bool) -> PersonFacts:
        if known is None:
            return self._somebody(age, on, protected=protected)
        named = self._persons["known"][known]
        return PersonFacts(
            number=self._number(age, on, Sex(named["sex"])),
            given_name=named["given"],
            family_name=named["family"],
            sex=Sex(named["sex"]),
            language=named["language"],
            interpreter=self._dice.happens("interpreter"),
            phone=self._phone(),
            informed_on=on,
        )

    def _somebody(self, age: int, on: date, *, protected: bool) -> PersonFacts:
        sex = Sex(self._dice.pick("sex"))
        group, given, family = self._name(sex)
        speaks = group.get("language", "") if self._dice.happens("interpreter") else ""
        return PersonFacts(
            number=self._number(age, on, sex),
            given_name=given,
            family_name=family,
            sex=sex,
            protected=protected,
            language=speaks,
            interpreter=bool(speaks) and self._dice.happens("interpreter"),
            easy_read=self._dice.happens("easy_read"),
            phone=_written(_PHONES[0]) if protected else self._phone(),
            informed_on=on,
        )

    def _name(self, sex: Sex) -> tuple[dict[str, Any], str, str]:
        groups = self._persons["group"]
        given_names = {Sex.KVINNA: "women", Sex.MAN: "men", Sex.ANNAT: "either"}[sex]
        while True:
            group = self._random.choices(groups, [one["weight"] for one in groups])[0]
            name = self._random.choice(group[given_names]), self._random.choice(group["family"])
            if name not in self._names:
                self._names.add(name)
                return group, *name

    def _number(self, age: int, on: date, sex: Sex) -> PersonalNumber:
        odd = {Sex.KVINNA: 0, Sex.MAN: 1, Sex.ANNAT: self._random.randint(0, 1)}[sex]
        while True:
            number = made_up_number(self._birthday(age, on), 980 + 2 * self._random.randrange(10) + odd)
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def _birthday(self, age: int, on: date) -> date:
        while True:
            year = on.year - age - self._random.randint(0, 1)
            day = date.fromordinal(date(year, 1, 1).toordinal() + self._random.randrange(365 + isleap(year)))
            if age_on(day, on) == age:
                return day

    def _phone(self) -> str:
        return _written(self._random.choice(_PHONES))

    def _livelihoods(self, age: int) -> Livelihoods:
        main = Livelihood(self._dice.pick("livelihood"))
        while main is Livelihood.AKTIVITETSERSATTNING and age >= 30:
            main = Livelihood(self._dice.pick("livelihood"))
        alone = main in {Livelihood.INGEN, Livelihood.FORSORJNINGSSTOD}
        if alone or not self._dice.happens("second_livelihood"):
            return Livelihoods((main,))
        return Livelihoods((main, Livelihood.FORSORJNINGSSTOD))

    def _priorities(self, livelihoods: Livelihoods) -> tuple[Priority, ...]:
        flags = [Priority.VILL_DELTA] if self._random.random() < 0.7 else []
        if self._random.random() < 0.2:
            flags.append(Priority.BARN_I_HUSHALLET)
        if Livelihood.FORSORJNINGSSTOD in livelihoods.codes:
            flags.append(self._random.choice([Priority.LANGVARIGT, Priority.MYCKET_LANGVARIGT]))
        return tuple(priority for priority in Priority if priority in flags)


def _written(last: int) -> str:
    return f"070-174 {last // 100:02} {last % 100:02}"
