"""The code lists that rules depend on; labels, order and switches stand in ``db/reference``.

Values are stored for ever: a code is never renamed, only switched off. Source: the parties' own lists.
"""

from __future__ import annotations

from enum import StrEnum


class Agency(StrEnum):
    """The four parties."""

    AF = "af"
    FK = "fk"
    KOMMUN = "kommun"
    REGION = "region"


class Referrer(StrEnum):
    """Who referred: a party, or somebody else («egen kontakt»)."""

    AF = "af"
    FK = "fk"
    KOMMUN = "kommun"
    REGION = "region"
    ANNAN = "annan"


class Role(StrEnum):
    """What a user is here to do; one user may hold several."""

    KOORDINATOR = "koordinator"
    HANDLAGGARE = "handlaggare"
    NAFS_KOORDINATOR = "nafs_koordinator"
    LEDNING = "ledning"
    ADMINISTRATOR = "administrator"


class Sex(StrEnum):
    """Kön as the person states it: suggested from the personal number, never taken from it."""

    KVINNA = "kvinna"
    MAN = "man"
    ANNAT = "annat"


class Education(StrEnum):
    """Highest level of education at enrolment."""

    GRUNDSKOLA = "grundskola"
    GYMNASIUM = "gymnasium"
    HOGSKOLA_1 = "hogskola_1"
    HOGSKOLA_3 = "hogskola_3"
    HOGSKOLA_MER = "hogskola_mer"
    GRUNDSARSKOLA = "grundsarskola"
    GYMNASIESARSKOLA = "gymnasiesarskola"
    EJ_GRUNDSKOLA = "ej_grundskola"
    OKAND = "okand"


class Livelihood(StrEnum):
    """What a person lives on; several may be held at once, the first is the main one."""

    LON = "lon"
    STUDIESTOD = "studiestod"
    AKASSA = "akassa"
    AKTIVITETSSTOD = "aktivitetsstod"
    ETABLERINGSERSATTNING = "etableringsersattning"
    SJUKPENNING = "sjukpenning"
    SJUKERSATTNING = "sjukersattning"
    AKTIVITETSERSATTNING = "aktivitetsersattning"
    FORSORJNINGSSTOD = "forsorjningsstod"
    ANNAN_OFFENTLIG = "annan_offentlig"
    INGEN = "ingen"
    OKAND = "okand"


class Outcome(StrEnum):
    """What the forum concluded on one referral; a joint assessment, not a decision of any authority."""

    ANTAS = "antas"
    ATER = "ater"
    REGULJAR = "reguljar"
    EJ_BEHOV = "ej_behov"
    NAFS = "nafs"
    SIP = "sip"
    KOMPLETTERA = "komplettera"


class DischargeReason(StrEnum):
    """Why an episode ended."""

    UPPFYLLT = "uppfyllt"
    KLARAR_SIG = "klarar_sig"
    REHAB_PART = "rehab_part"
    SJUKDOM = "sjukdom"
    FLYTTAT = "flyttat"
    EGEN_BEGARAN = "egen_begaran"
    ATERKALLAT = "aterkallat"
    EJ_MALGRUPP = "ej_malgrupp"
    AVLIDEN = "avliden"
    FELREGISTRERAD = "felregistrerad"


class Destination(StrEnum):
    """Where the person went at discharge."""

    ARBETE = "arbete"
    STUDIER = "studier"
    AF = "af"
    KOMMUN = "kommun"
    REGION = "region"
    FK = "fk"
    ANNAT = "annat"


class RereferralReason(StrEnum):
    """What did not hold after an earlier discharge."""

    INTE_HALLIT = "inte_hallit"
    INTE_FUNGERAT = "inte_fungerat"
    NY_SITUATION = "ny_situation"


class Presence(StrEnum):
    """How an authority took part in a meeting."""

    PLATS = "plats"
    VIDEO = "video"
    TELEFON = "telefon"
    FRANVARANDE = "franvarande"


class Purpose(StrEnum):
    """What a consent is for; each purpose is a consent of its own."""

    SAMVERKAN = "samverkan"
    NAFS = "nafs"
    SIP = "sip"
    UPPFOLJNING = "uppfoljning"


class InfoKind(StrEnum):
    """The kinds of information that a consent names and the gate knows."""

    GRUNDUPPGIFTER = "grunduppgifter"
    FRAGESTALLNING = "fragestallning"
    FORSORJNING = "forsorjning"
    ARBETE_STUDIER = "arbete_studier"
    HALSA = "halsa"
    SOCIAL = "social"
    PLANERING = "planering"


class Priority(StrEnum):
    """Flags set by hand that sort the queue; which of them count is a setting."""

    BARN_I_HUSHALLET = "barn_i_hushallet"
    LANGVARIGT = "langvarigt"
    MYCKET_LANGVARIGT = "mycket_langvarigt"
    VILL_DELTA = "vill_delta"


class Given(StrEnum):
    """How a person gave a consent; it is always in writing (process.md §2)."""

    PAPPER = "papper"
    ELEKTRONISKT = "elektroniskt"


class Act(StrEnum):
    """How information about a person was handed over: each is a passage through the gate."""

    MOTE = "mote"
    DELNING = "delning"
    UTSKRIFT = "utskrift"
    EXPORT = "export"
    URKLIPP = "urklipp"
    MEJLUTKAST = "mejlutkast"


class PaperKind(StrEnum):
    """Which paper was handed over: one of a meeting, a letter of a case (``letter.Letter``), or one of a SIP."""

    DAGORDNING = "dagordning"
    TILLAGG = "tillagg"
    KODNYCKEL = "kodnyckel"
    MINNESANTECKNINGAR = "minnesanteckningar"
    BEDOMNING = "bedomning"
    BESKED = "besked"
    INSKRIVNING = "inskrivning"
    UPPFOLJNING = "uppfoljning"
    SLUTDOKUMENTATION = "slutdokumentation"
    AVSLUT = "avslut"
    KALLELSE = "kallelse"
    INBJUDAN = "inbjudan"
    SIP_PLAN = "sip_plan"


class Recipient(StrEnum):
    """Who got it: a unit, named beside; the person themselves; a relative or another whom the person wants at a
    meeting; or nobody else, the own unit's files.
    """

    ENHET = "enhet"
    PERSONEN = "personen"
    INBJUDEN = "inbjuden"
    EGEN = "egen"


class Passage(StrEnum):
    """What the gate says of one kind of information to one recipient, and why."""

    BY_CONSENT = "by_consent"
    OWN = "own"
    TO_THE_PERSON = "to_the_person"
    OUTSIDE_CONSENT = "outside_consent"
    NO_CONSENT = "no_consent"
    PROTECTED = "protected"
    NOT_YOURS = "not_yours"


class ExportPurpose(StrEnum):
    """What a list is taken out of the program for."""

    EGET_ARBETE = "eget_arbete"
    AVSTAMNING = "avstamning"
    KVALITET = "kvalitet"
    GRANSKNING = "granskning"
    SYSTEMBYTE = "systembyte"


class ListColumn(StrEnum):
    """A column of a list that is taken out; the field of ``domain.listed.Listed`` that fills it."""

    NAME = "name"
    NUMBER = "number"
    ACTIVITY = "activity"
    REFERRED_BY = "referred_by"
    REFERRED_ON = "referred_on"
    STATE = "state"
    QUESTION = "question"
    COMMISSIONER = "commissioner"
    CASE_WORKER = "case_worker"
    CASE_LEAD = "case_lead"
    ENROLLED_ON = "enrolled_on"
    NEXT_DUE_ON = "next_due_on"
    DISCHARGED_ON = "discharged_on"


class ShowReason(StrEnum):
    """Why the number, telephone and address of a protected person are shown."""

    KONTAKTA = "kontakta"
    RATTA = "ratta"
    EGEN_AKT = "egen_akt"
    FARA = "fara"


class GapReason(StrEnum):
    """Why the log ends before where it once did, as an administratör has found out."""

    ATERLAST = "aterlast"
    FLYTTAD = "flyttad"
    OKAND = "okand"


class EntryKind(StrEnum):
    """What an entry of the log is about (``domain.events``)."""

    READ = "read"
    CHANGED = "changed"
    HANDED_OVER = "handed_over"
    REFUSED = "refused"
    BESIDE = "beside"


class ReviewGround(StrEnum):
    """Why an entry of the log is looked at: drawn, or pointed at by a rule."""

    SAMPLE = "sample"
    MANY = "many"
    NO_REASON = "no_reason"
    SURNAME = "surname"
    REFUSED = "refused"
    ODD_HOUR = "odd_hour"


class ReviewVerdict(StrEnum):
    """What somebody found when they looked at an entry."""

    UTAN_ANMARKNING = "utan_anmarkning"
    FRAGA_STALLD = "fraga_stalld"
    ANMARKNING = "anmarkning"


class FeedbackWay(StrEnum):
    """How the person had the answer of a NAFS meeting."""

    MOTE = "mote"
    TELEFON = "telefon"
    BREV = "brev"
