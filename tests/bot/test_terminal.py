import io
from collections.abc import Iterable

from bot import terminal
from bot.conversation.talk import Conversation
from tests.bot.conftest import NOW


def printed(conversation: Conversation, lines: Iterable[str], *, greet: bool = False) -> list[str]:
    out = io.StringIO()
    terminal.chat(conversation, lines, out, lambda: NOW, greet=greet)
    return [turn for turn in out.getvalue().split("\n\n") if turn]


def test_a_blank_line_separates_turns_and_nothing_else(conversation: Conversation) -> None:
    turns = printed(conversation, ["/start\n", "\n", "   \n", "/privacy\n", "merci"])
    assert len(turns) == 3
    assert turns[0].splitlines()[0] == "Je suis un robot."


def test_buttons_are_numbered_and_typing_one_presses_the_first(conversation: Conversation) -> None:
    menu, first = printed(conversation, ["/start", "1"])
    assert "[1] Une métropole qui prend soin et protège ses habitant·e·s" in menu
    assert first.startswith("Orientation 1")


def test_a_person_at_the_keyboard_is_greeted(conversation: Conversation) -> None:
    assert printed(conversation, [], greet=True)[0].startswith("Je suis un robot.")


def test_markup_never_shows(conversation: Conversation) -> None:
    for turn in printed(conversation, ["/start p06", "3", "/bilan", "/chantiers", "<b>gras</b> & co"]):
        assert "<b>" not in turn.replace("« <b>", "") and "&amp;" not in turn and "href" not in turn


def test_bytes_that_are_no_text_do_no_harm(conversation: Conversation) -> None:
    source = io.BytesIO(b"\xff\xfe\n\x00\x1b[31m\nmerci\r\n")
    turns = printed(conversation, terminal.typed_lines(source, prompt=None))
    assert turns[-1].startswith("Avec plaisir")


def test_the_prompt_stays_out_of_the_answers() -> None:
    prompt = io.StringIO()
    assert list(terminal.typed_lines(io.BytesIO(b"a\nb"), prompt=prompt)) == ["a\n", "b"]
    assert prompt.getvalue() == "> > > "


def test_a_picture_is_described_where_it_would_stand(conversation: Conversation) -> None:
    (turn,) = printed(conversation, ["/bilan"])
    first, title, *_ = turn.replace("\u00a0", " ").splitlines()
    assert first.startswith("[image : Où en sont les 102 engagements. D'après le bilan du 27 juin 2022")
    assert first.endswith("5. Une métropole citoyenne et participative (11 engagements) : 1 réalisé, 2 en cours,"
                          " 8 au statut non lisible.]")  # fmt: skip
    assert title == "Où en sont les 102 engagements" and "Par orientation, aujourd'hui" in turn
