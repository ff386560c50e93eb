from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import (
    BackupError,
    BotError,
    NoMediaError,
    PictureError,
    PortError,
    SettingsError,
    StaleButtonError,
    StoppedByTelegramError,
    UnknownFrequencyError,
    UnknownSettingError,
    UnknownStatusError,
    UnreadableDateError,
    UnreadableDayError,
    UnreadableMomentError,
)
from bot.explaining.operators import operator_line
from bot.explaining.people import sentence
from bot.localapi.methods.answering import LONGEST_TOAST
from bot.texts.markup import plain, units
from knowledge import errors as knowledge_errors
from knowledge.authors import Role
from knowledge.errors import (
    AddressError,
    AlreadyUndoneError,
    ApproverNeededError,
    BadKeyError,
    BrokenHistoryError,
    CalibrationError,
    DataError,
    DataFault,
    FutureDateError,
    ImportBuiltUponError,
    ImportDecidedError,
    ImportFaultsError,
    KeyFileError,
    KnowledgeError,
    MissingKeyError,
    NotASiteError,
    NotUndoableError,
    ProofMissingError,
    SamePersonError,
    SettingError,
    SiteFolderError,
    TooLateError,
    TooLateToUndoError,
    TooLongError,
    UnknownChangeError,
    UnknownCommitmentError,
    UnknownImportError,
    WrongKeyError,
)
from knowledge.importing.faults import Code, Fault
from knowledge.questions.errors import (
    EmptySampleError,
    LongSampleError,
    NothingToKeepError,
    PersonalSampleError,
    SampleError,
    TakenSampleError,
    UnknownQuestionError,
    UnwritableFolderError,
)
from scheduler.announcements import errors as announcing
from scheduler.errors import (
    AlreadyMemberError,
    EmptyAnswerError,
    EmptyWordsError,
    InviteError,
    LongAnswerError,
    QuietHoursError,
    SchedulerError,
    SendError,
    StaleDraftError,
    TooFewAdminsError,
    TooManyEnquiriesError,
    TooManySubscriptionsError,
    UnknownEnquiryError,
    UnknownMemberError,
    UnknownSubscriberError,
    UnknownSubscriptionError,
    UnknownTargetError,
)
from tests.bot.texts.reading import assert_is_a_message

A_DAY = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)

EXAMPLES: dict[type[Exception], Exception] = {
    KnowledgeError: KnowledgeError(),
    UnknownCommitmentError: UnknownCommitmentError("p99"),
    DataError: DataError([DataFault("facts.yaml", "no title"), DataFault("facts.yaml", "no page")]),
    CalibrationError: CalibrationError(Path("calibration.json")),
    BotError: BotError(),
    StaleButtonError: StaleButtonError("x"),
    SettingsError: SettingsError(["BOT_TOKEN is missing"]),
    UnknownFrequencyError: UnknownFrequencyError("<demain>"),
    UnreadableDateError: UnreadableDateError("<demain>"),
    UnknownSettingError: UnknownSettingError("<couleur> rouge"),
    PictureError: PictureError("TimeoutError"),
    BackupError: BackupError("no backup was made: disk full"),
    PortError: PortError(8080, "Address already in use"),
    UnknownChangeError: UnknownChangeError(7),
    UnknownImportError: UnknownImportError(7),
    ImportDecidedError: ImportDecidedError(7, "applied"),
    SamePersonError: SamePersonError(7),
    ApproverNeededError: ApproverNeededError(7),
    ImportFaultsError: ImportFaultsError(7, (Fault(code=Code.NOT_A_STATUS, number=3, value="<fini>"),)),
    ImportBuiltUponError: ImportBuiltUponError(7, ("p07", "p08")),
    TooLateError: TooLateError(7, 24),
    NotUndoableError: NotUndoableError(7),
    NotASiteError: NotASiteError(Path("site")),
    SiteFolderError: SiteFolderError(Path("site"), "no space left"),
    AlreadyUndoneError: AlreadyUndoneError(7),
    TooLateToUndoError: TooLateToUndoError(7, 24),
    ProofMissingError: ProofMissingError("p07"),
    FutureDateError: FutureDateError("2027-01-01"),
    AddressError: AddressError("www.<b>.fr"),
    TooLongError: TooLongError(201, 200),
    UnreadableDayError: UnreadableDayError("<demain>"),
    UnknownStatusError: UnknownStatusError("<fini>"),
    StaleDraftError: StaleDraftError(7),
    SchedulerError: SchedulerError(),
    UnknownTargetError: UnknownTargetError("<p99>"),
    EmptyWordsError: EmptyWordsError("le la"),
    TooManySubscriptionsError: TooManySubscriptionsError(200),
    UnknownSubscriptionError: UnknownSubscriptionError(7),
    UnknownSubscriberError: UnknownSubscriberError(7),
    QuietHoursError: QuietHoursError("<toujours>"),
    SettingError: SettingError("BOT_TIMEZONE", "is not a time zone"),
    BrokenHistoryError: BrokenHistoryError(Path("bot.db")),
    WrongKeyError: WrongKeyError(),
    KeyFileError: KeyFileError(Path("bot.key")),
    MissingKeyError: MissingKeyError(Path("bot.key")),
    BadKeyError: BadKeyError(Path("bot.key")),
    StoppedByTelegramError: StoppedByTelegramError(401),
    UnknownMemberError: UnknownMemberError(9),
    TooFewAdminsError: TooFewAdminsError(2),
    InviteError: InviteError(),
    AlreadyMemberError: AlreadyMemberError(3),
    UnreadableMomentError: UnreadableMomentError("<bientôt>"),
    NoMediaError: NoMediaError(),
    announcing.AnnouncementError: announcing.AnnouncementError(),
    announcing.DeniedError: announcing.DeniedError(),
    announcing.UnknownAnnouncementError: announcing.UnknownAnnouncementError(123_456_789),
    announcing.StaleVersionError: announcing.StaleVersionError(12),
    announcing.ForbiddenActError: announcing.ForbiddenActError(12, "running", "edit"),
    announcing.NoRightError: announcing.NoRightError(Role.APPROVER),
    announcing.SamePersonError: announcing.SamePersonError(12),
    announcing.UntestedError: announcing.UntestedError(12),
    announcing.TrialFailedError: announcing.TrialFailedError(12, "<Wrong file identifier/http url specified>" * 3),
    announcing.NoReasonError: announcing.NoReasonError(),
    announcing.EmptyTextError: announcing.EmptyTextError(),
    announcing.TextTooLongError: announcing.TextTooLongError(12_345, 1024, with_media=True),
    announcing.PastTimeError: announcing.PastTimeError(A_DAY),
    announcing.SkippedTimeError: announcing.SkippedTimeError(A_DAY, A_DAY),
    announcing.ApprovedTooEarlyError: announcing.ApprovedTooEarlyError(A_DAY, A_DAY),
    announcing.FixedPartError: announcing.FixedPartError(12),
    announcing.NobodyError: announcing.NobodyError(12),
    announcing.ReserveError: announcing.ReserveError(),
    announcing.NothingToCorrectError: announcing.NothingToCorrectError(12),
    announcing.CorrectionUnderWayError: announcing.CorrectionUnderWayError(12, 13),
    announcing.StillLeavingError: announcing.StillLeavingError(12),
    announcing.NothingFailedError: announcing.NothingFailedError(12),
    UnwritableFolderError: UnwritableFolderError(Path("out"), "Permission denied"),
    NothingToKeepError: NothingToKeepError(),
    UnknownQuestionError: UnknownQuestionError(7),
    SampleError: SampleError(),
    EmptySampleError: EmptySampleError(),
    LongSampleError: LongSampleError(5_000, 300),
    PersonalSampleError: PersonalSampleError(),
    TakenSampleError: TakenSampleError("refusal:vague", False),
    EmptyAnswerError: EmptyAnswerError(),
    LongAnswerError: LongAnswerError(5_000, 2_000),
    UnknownEnquiryError: UnknownEnquiryError(7),
    TooManyEnquiriesError: TooManyEnquiriesError(3),
}


def kinds(base: type[Exception]) -> Iterator[type[Exception]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


def ours() -> Iterator[type[Exception]]:
    """Those of the scheduler that a person may meet; those of a delivery meet only the scheduler."""
    return (kind for kind in kinds(SchedulerError) if not issubclass(kind, SendError))


@pytest.mark.parametrize("kind", list(kinds(announcing.AnnouncementError)))
def test_what_a_button_about_an_announcement_leads_to_fits_in_a_box(kind: type[Exception]) -> None:
    assert units(plain(sentence(example(kind), ""))) <= LONGEST_TOAST


def example(kind: type[Exception]) -> Exception:
    if issubclass(kind, knowledge_errors.DatabaseError):
        return kind(Path("var/bot.db"))
    return EXAMPLES[kind]


@pytest.mark.parametrize("kind", [*kinds(KnowledgeError), *kinds(BotError), *ours(), ValueError])
def test_every_error_has_a_sentence_for_people_and_a_line_for_operators(kind: type[Exception]) -> None:
    error = ValueError("quoi ?") if kind is ValueError else example(kind)
    assert_is_a_message(sentence(error, "1a2b3c4d"))
    line = operator_line(error)
    assert line and "\n" not in line


@pytest.mark.parametrize("kind", [ValueError, knowledge_errors.DatabaseLockedError])
def test_what_a_person_cannot_mend_carries_the_reference(kind: type[Exception]) -> None:
    error = ValueError() if kind is ValueError else example(kind)
    assert "1a2b3c4d" in sentence(error, "1a2b3c4d")


def test_an_unknown_commitment_is_named_and_another_way_offered() -> None:
    said = sentence(UnknownCommitmentError("p99"), "")
    assert said == "Aucun engagement p99. Essayez /chercher suivi de quelques mots."


def test_faults_of_the_data_are_told_in_one_line() -> None:
    line = operator_line(EXAMPLES[DataError])
    assert line == "facts.yaml: no title (and 1 more faults); run: python -m knowledge check"


@pytest.mark.parametrize("code", [401, 404, 409])
def test_each_refusal_of_telegram_says_what_to_check(code: int) -> None:
    assert operator_line(StoppedByTelegramError(code)).startswith(f"stopped by Telegram ({code}): ")


@pytest.mark.parametrize(
    "error",
    [
        StaleDraftError(7),
        ProofMissingError("p07"),
        FutureDateError("2027-12-31"),
        AddressError(f"https://{'x' * 3000}"),
        TooLongError(4000, 2000),
        UnreadableDayError("x" * 4000),
        UnknownStatusError("x" * 4000),
        NotUndoableError(7),
        AlreadyUndoneError(7),
        TooLateToUndoError(7, 24),
        UnknownChangeError(7),
    ],
)
def test_what_a_button_of_staff_may_answer_fits_in_a_box(error: Exception) -> None:
    assert len(sentence(error, "")) <= 200
