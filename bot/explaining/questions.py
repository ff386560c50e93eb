"""The sentences for a question that cannot be taken, a sample that cannot be taught, an answer that cannot leave."""

from bot.texts import consent
from bot.texts.staff import enquiring, questioning, teaching
from knowledge.questions.errors import (
    EmptySampleError,
    LongSampleError,
    PersonalSampleError,
    TakenSampleError,
    UnknownQuestionError,
)
from scheduler.errors import EmptyAnswerError, LongAnswerError, TooManyEnquiriesError, UnknownEnquiryError


def about_questions(error: BaseException) -> str | None:
    """What a person reads; None when it is something else."""
    match error:
        case TooManyEnquiriesError(most=most):
            return consent.too_many(most)
        case UnknownQuestionError():
            return questioning.settled_already()
        case UnknownEnquiryError():
            return enquiring.answered_already()
        case EmptyAnswerError():
            return enquiring.empty_answer()
        case LongAnswerError(length=length, most=most):
            return enquiring.long_answer(length, most)
        case EmptySampleError():
            return teaching.empty_sample()
        case LongSampleError(length=length, most=most):
            return teaching.long_sample(length, most)
        case PersonalSampleError():
            return teaching.personal_sample()
        case TakenSampleError(about=about, is_same=is_same):
            return teaching.taken(about, is_same=is_same)
        case _:
            return None
