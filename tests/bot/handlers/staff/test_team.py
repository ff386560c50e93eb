"""The team on Telegram: who is of it, who may do what, and what everybody else sees."""

import re
from datetime import timedelta

import pytest

from bot.app import App
from bot.context import Deps
from bot.localapi import LocalBotApi, Person
from knowledge.authors import Role
from scheduler.members import Members
from tests.bot.conftest import NOW
from tests.bot.handlers.staff.conftest import Hands, forges, presses, said

ANNE, VALERIE, BRUNO = 1, 2, 3


def roles(members: Members) -> dict[int, Role]:
    return {each.id: each.role for each in members.list_active()}


async def invitation(anne: Person, role: str) -> str:
    """What the link carries, as the admin gets it."""
    found = re.search(r"start=(equipe-\S+)", (await anne.asks(f"/equipe inviter {role} Service eau")).text)
    assert found is not None
    return found.group(1)


async def test_everybody_else_is_answered_as_for_an_unknown_command(application: App, zoe: Person) -> None:
    unknown = await zoe.asks("/nimportequoi")
    for command in ("agent", "equipe", "equipe code"):
        answer = await zoe.asks(f"/{command}")
        assert answer.text == unknown.text.replace("nimportequoi", command.split()[0])
        assert answer.wire().get("reply_markup") == unknown.wire().get("reply_markup")


async def test_a_forged_button_gets_nothing(api: LocalBotApi, application: App, zoe: Person, members: Members) -> None:
    before = roles(members)
    shown = await zoe.asks("/start")
    for data in ("te", "tm:1", "tr:3.admin", "tx:1.oui", "ti:admin", "tc", "tg", "tz"):
        assert "n'est plus valable" in await forges(api, zoe, shown, data)
    assert roles(members) == before


async def test_a_member_does_only_what_their_role_may(
    api: LocalBotApi, application: App, bruno: Person, members: Members
) -> None:
    page = await bruno.asks("/equipe")
    assert "Inviter" not in str(page.wire())
    assert "n'est plus valable" in await forges(api, bruno, page, f"tr:{BRUNO}.admin")
    assert "Seul le rôle « administration »" in said(await bruno.asks("/equipe inviter lecture"))
    assert roles(members)[BRUNO] is Role.EDITOR


async def test_what_was_asked_of_somebody_is_not_taken_from_who_may_no_longer_do_it(
    api: LocalBotApi, application: App, anne: Person, bruno: Person, members: Members
) -> None:
    await bruno.asks("/annonce")
    await anne.asks(f"/equipe role {BRUNO} lecture")
    await bruno.asks("Tout le monde dehors")
    assert "Aucune annonce" in said(await bruno.asks("/annonces"))
    assert f"membre {BRUNO} (lecture) : essai sans en avoir le droit : ann_text" in said(await anne.asks("/journal"))
    # Nothing waits for them any more, should the role come back.
    await anne.asks(f"/equipe role {BRUNO} redaction")
    await bruno.asks("Tout le monde dehors")
    assert "Aucune annonce" in said(await bruno.asks("/annonces"))


async def test_in_a_group_nothing_of_staff_is_known(api: LocalBotApi, application: App, anne: Person) -> None:
    group = api.group(members=[anne])
    await anne.types("/equipe@suivi_local_bot", where=group)
    assert "Je ne connais pas la commande /equipe" in said(await group.reads())


async def test_an_invitation_works_once(
    api: LocalBotApi, application: App, anne: Person, zoe: Person, members: Members
) -> None:
    payload = await invitation(anne, "validation")
    await zoe.opens(payload)
    assert "Vous êtes le membre 4, rôle : validation" in said(await zoe.reads())
    assert roles(members)[4] is Role.APPROVER
    assert "Vous êtes le membre 4" in said(await zoe.asks("/agent"))
    other = api.person("Yann")
    assert "Cette invitation n'est pas valable" in said(await other.asks(f"/start {payload}"))


async def test_an_invitation_lasts_24_hours(application: App, anne: Person, zoe: Person, clock: Hands) -> None:
    payload = await invitation(anne, "lecture")
    clock.now = NOW + timedelta(hours=24)
    assert "Cette invitation n'est pas valable" in said(await zoe.asks(f"/start {payload}"))


async def test_an_invitation_falls_with_who_made_it(
    api: LocalBotApi, application: App, anne: Person, zoe: Person, members: Members
) -> None:
    payload = await invitation(anne, "administration")
    second = await invitation(anne, "administration")
    yann = api.person("Yann")
    await yann.asks(f"/start {second}")
    third = api.person("Ines")
    await third.asks(f"/start {await invitation(anne, 'admin')}")
    await yann.asks(f"/equipe retirer {ANNE}")
    assert ANNE not in roles(members)
    assert "Cette invitation n'est pas valable" in said(await zoe.asks(f"/start {payload}"))


async def test_somebody_of_the_team_does_not_use_an_invitation_up(
    application: App, anne: Person, bruno: Person, zoe: Person
) -> None:
    payload = await invitation(anne, "lecture")
    assert "Vous êtes déjà de l'équipe (membre 3)" in said(await bruno.asks(f"/start {payload}"))
    assert "membre 4" in said(await zoe.asks(f"/start {payload}"))


async def test_roles_change_with_buttons_and_the_way_back_is_offered(
    api: LocalBotApi, application: App, anne: Person, members: Members
) -> None:
    page = await anne.asks("/equipe")
    one = await presses(api, anne, page, "Membre 3")
    done = await presses(api, anne, one, "Validation")
    assert roles(members)[BRUNO] is Role.APPROVER
    await presses(api, anne, done, "Annuler")
    assert roles(members)[BRUNO] is Role.EDITOR


async def test_the_last_admins_stay(application: App, anne: Person, members: Members) -> None:
    assert "il ne resterait personne" in said(await anne.asks(f"/equipe role {ANNE} lecture"))
    await anne.asks(f"/equipe role {VALERIE} administration")
    assert "garde au moins deux personnes" in said(await anne.asks(f"/equipe retirer {ANNE}"))
    await anne.asks(f"/equipe role {BRUNO} administration")
    assert "n'est plus de l'équipe" in said(await anne.asks(f"/equipe retirer {VALERIE}"))
    assert roles(members) == {ANNE: Role.ADMIN, BRUNO: Role.ADMIN}


async def test_who_is_removed_is_nobody_at_once(
    api: LocalBotApi, application: App, anne: Person, bruno: Person
) -> None:
    page = await anne.asks("/equipe")
    ask = await presses(api, anne, await presses(api, anne, page, "Membre 3"), "Retirer")
    await presses(api, anne, ask, "Confirmer")
    assert "Je ne connais pas la commande" in said(await bruno.asks("/agent"))


async def test_who_was_removed_does_not_come_back_at_the_next_start(
    application: App, anne: Person, members: Members, deps: Deps
) -> None:
    await anne.asks(f"/equipe retirer {BRUNO}")
    listed = [(chat, role) for chat, role in deps.desk.team.items()]
    assert len(listed) == 3
    assert members.seed(listed, NOW) == 0
    assert BRUNO not in roles(members)


async def test_a_code_opens_the_console_until_there_is_a_new_one(
    api: LocalBotApi, application: App, bruno: Person, members: Members
) -> None:
    codes = [re.search(r"console : (\S+)", said(await bruno.asks("/equipe code"))) for _ in range(2)]
    first, second = (found.group(1) for found in codes if found)
    assert members.at_console(BRUNO, first) is None
    assert members.at_console(VALERIE, second) is None
    member = members.at_console(BRUNO, second)
    assert member is not None and member.role is Role.EDITOR


@pytest.mark.parametrize("words", ["inviter chef", "role 9 lecture", "retirer 99", "retirer x", "n'importe quoi"])
async def test_what_cannot_be_done_is_said(application: App, anne: Person, words: str) -> None:
    answer = said(await anne.asks(f"/equipe {words}"))
    assert "Je n'ai pas compris" in answer or "Il n'y a pas de membre" in answer
