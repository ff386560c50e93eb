"""Buttons about questions that found no answer, and the short strings that come back when one is pressed.

Residents: ``qk:vague.1f2e3d4c`` keep my question (why it found no answer, and which question of the chat is meant)
``qd:1f2e3d4c`` rather not · ``qs:1f2e3d4c`` send it to staff · ``qy:1f2e3d4c`` yes, send · ``qn`` do not
``qw:12`` take it back
Staff: ``qp:tout:2`` kept questions, page 2 · ``qg:31`` a group · ``qe:31`` add a sample · ``qm:31`` add a word
``qc:31.q.p07`` to this commitment · ``qo:31`` out of scope · ``qr:31.vague`` for this reason · ``qt:31`` dealt with
``qu:31`` put back · ``ql:tout:2`` what was taught · ``qx:0a1b2c3d4e5f`` take a lesson back
``qi:tout:1`` questions sent · ``qv:12`` one of them · ``qa:12`` answer it
``qz:12.0a1b2c3d4e5f`` send the answer that was looked over
"""

from collections.abc import Iterable

from bot.keyboards import Rows, in_rows
from bot.replies import Button
from bot.texts import buttons, consent
from bot.texts.staff import enquiring, questioning, teaching

KEEP, KEEP_NOT, SEND, SEND_YES, SEND_NO, WITHDRAW = "qk", "qd", "qs", "qy", "qn", "qw"
PAGE, GROUP, SETTLE, REOPEN = "qp", "qg", "qt", "qu"
ADD_SAMPLE, ADD_WORD, COMMITMENT, OUT_OF_SCOPE, REASON = "qe", "qm", "qc", "qo", "qr"
LESSONS, TAKE_BACK = "ql", "qx"
ENQUIRIES, ENQUIRY, ANSWER, ANSWER_YES = "qi", "qv", "qa", "qz"
ALL, ALL_LESSONS, ALL_ENQUIRIES = f"{PAGE}:tout", f"{LESSONS}:tout", f"{ENQUIRIES}:tout"

_MOST_DIGITS = 15
_DROP = "tz"  # the desk's: nothing is waited for any more

Named = Iterable[tuple[int | str, str]]


def keep(kind: str, token: str) -> Rows:
    """Let the words be kept, without a name."""
    return ((Button(label=consent.KEEP, data=f"{KEEP}:{kind}.{token}"),),)


def send(token: str) -> Rows:
    """Send the question to staff."""
    return ((Button(label=consent.SEND, data=f"{SEND}:{token}"),),)


def keep_not(token: str) -> Rows:
    """Go back on having it kept."""
    return ((Button(label=consent.KEEP_NOT, data=f"{KEEP_NOT}:{token}"),),)


def confirm_sending(token: str) -> Rows:
    """Yes or no."""
    yes = Button(label=consent.CONFIRM_SENDING, data=f"{SEND_YES}:{token}")
    return ((yes, Button(label=consent.CANCEL, data=SEND_NO)),)


def withdraw(number: int) -> Rows:
    """Take back a question that was sent."""
    return ((Button(label=consent.WITHDRAW, data=f"{WITHDRAW}:{number}"),),)


def questions() -> Button:
    """The way back to the list."""
    return Button(label=questioning.QUESTIONS, data=f"{ALL}:1")


def groups(each: Named) -> Rows:
    """One numbered button a group."""
    return _numbered(GROUP, each)


def elsewhere(sent: int) -> Rows:
    """From the list to what was sent to be answered, and to what was taught."""
    lessons = Button(label=teaching.LESSONS, data=f"{ALL_LESSONS}:1")
    enquiry = Button(label=buttons.counted(enquiring.ENQUIRIES, sent), data=f"{ALL_ENQUIRIES}:1")
    return ((enquiry,), (lessons,)) if sent else ((lessons,),)


def of_group(leader: int) -> Rows:
    """What an editor may do with a group."""
    return in_rows(
        [
            Button(label=teaching.ADD_SAMPLE, data=f"{ADD_SAMPLE}:{leader}"),
            Button(label=teaching.ADD_WORD, data=f"{ADD_WORD}:{leader}"),
            Button(label=teaching.OUT_OF_SCOPE, data=f"{OUT_OF_SCOPE}:{leader}"),
            Button(label=questioning.SETTLED, data=f"{SETTLE}:{leader}"),
        ],
        2,
    )


def reopen(leader: int) -> Rows:
    """The way back."""
    return ((Button(label=questioning.REOPEN, data=f"{REOPEN}:{leader}"), questions()),)


def commitments(group: int, what: str, each: Named) -> Rows:
    """Which commitment a sample is for."""
    return _numbered(COMMITMENT, [(f"{group}.{what}.{name}", title) for name, title in each]) + cancel()


def reasons(group: int) -> Rows:
    """Why a question is out of scope."""
    each = [(f"{group}.{reason}", questioning.KINDS[reason].capitalize()) for reason in teaching.FILED_UNDER]
    return _numbered(REASON, each)


def cancel() -> Rows:
    """Nothing is to be typed after all."""
    return ((Button(label=teaching.CANCEL, data=_DROP),),)


def settle_or_cancel(group: int) -> Rows:
    """Without a sample, or not at all."""
    settle = (Button(label=questioning.SETTLED, data=f"{SETTLE}:{group}"),) if group else ()
    return ((*settle, Button(label=teaching.CANCEL, data=_DROP)),)


def after_teaching(lesson: str, group: int) -> Rows:
    """Take it back; go on with the group."""
    take_back = Button(label=teaching.TAKE_BACK, data=f"{TAKE_BACK}:{lesson}")
    if not group:
        return ((take_back, questions()),)
    again = Button(label=questioning.THIS_GROUP, data=f"{GROUP}:{group}")
    settle = Button(label=questioning.SETTLED, data=f"{SETTLE}:{group}")
    return ((take_back, again), (settle, questions()))


def lessons(each: Named) -> Rows:
    """One numbered button a lesson, to take it back."""
    return _numbered(TAKE_BACK, each)


def enquiries(each: Named) -> Rows:
    """One numbered button a question sent."""
    return _numbered(ENQUIRY, each)


def answer(number: int) -> Rows:
    """Answer it."""
    return ((Button(label=enquiring.ANSWER, data=f"{ANSWER}:{number}"), questions()),)


def confirm_answer(number: int, seal: str) -> Rows:
    """Send it as looked over, or write it again."""
    yes = Button(label=enquiring.CONFIRM_ANSWER, data=f"{ANSWER_YES}:{number}.{seal}")
    return ((yes, Button(label=enquiring.REWRITE, data=f"{ANSWER}:{number}")), *cancel())


def number(text: str) -> int:
    """A number from a button, which may be forged: 0 when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0


def _numbered(action: str, each: Named) -> Rows:
    return tuple((Button(label=buttons.title(label), data=f"{action}:{name}", numbered=True),) for name, label in each)
