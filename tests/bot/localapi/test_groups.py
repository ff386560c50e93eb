"""Groups, their people, and what the bot may ask about them."""

import pytest
from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from bot.localapi import LocalBotApi, MemberStatus, Person


async def test_a_chat_and_its_people(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    paul, stranger = api.person("Paul"), api.person("Inconnue")
    group = api.group("Île de Nantes", members=[claire], administrators=[paul])
    chat = await bot.get_chat(group.id)
    assert (chat.type, chat.title) == ("supergroup", "Île de Nantes")
    assert (await bot.get_chat(claire.id)).first_name == "Claire"
    statuses = {
        claire.id: ChatMemberStatus.MEMBER,
        paul.id: ChatMemberStatus.ADMINISTRATOR,
        stranger.id: ChatMemberStatus.LEFT,
        bot.id: ChatMemberStatus.MEMBER,
    }
    for user_id, status in statuses.items():
        assert (await bot.get_chat_member(group.id, user_id)).status == status
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [paul.id]
    assert await bot.get_chat_member_count(group.id) == 3
    group.makes(claire, MemberStatus.CREATOR)
    group.makes(paul, MemberStatus.KICKED)
    assert (await bot.get_chat_member(group.id, claire.id)).status == ChatMemberStatus.OWNER
    assert (await bot.get_chat_member(group.id, paul.id)).status == ChatMemberStatus.BANNED


async def test_what_cannot_be_asked(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    with pytest.raises(BadRequest, match="Invalid user_id specified"):
        await bot.get_chat_member(claire.id, 1)
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await bot.get_chat_administrators(claire.id)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(1)
    away = api.group(bot=MemberStatus.LEFT)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.get_chat_administrators(away.id)


async def test_talk_in_a_group_reaches_the_bot_with_its_marks(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    group = api.group(members=[claire])
    first = await bot.send_message(group.id, "Bonjour")
    await claire.types("@suivi_local_bot et les berges ?", where=group)
    await claire.types("merci", where=group, reply_to=group.last)
    mention, reply = await bot.get_updates()
    assert mention.message is not None and reply.message is not None
    assert list(mention.message.parse_entities(["mention"]).values()) == ["@suivi_local_bot"]
    assert reply.message.reply_to_message is not None
    assert reply.message.reply_to_message.message_id == first.message_id
    assert reply.message.reply_to_message.from_user == await bot.get_me()
    assert [message.text for message in group.messages][-1] == "merci"


async def test_the_bot_comes_and_goes(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    group = api.group(members=[claire], bot=MemberStatus.LEFT, type="group")
    await claire.types("entre nous", where=group)
    await group.adds_bot(claire)
    await group.expels_bot(claire)
    arrival, notice, departure = await bot.get_updates()
    assert arrival.my_chat_member is not None and departure.my_chat_member is not None
    assert arrival.my_chat_member.new_chat_member.status == "member"
    assert notice.message is not None
    assert notice.message.new_chat_members[0].id == bot.id
    assert departure.my_chat_member.old_chat_member.status == "member"
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "a")


async def test_the_bot_cannot_take_away_what_others_say_in_a_group(api: LocalBotApi, bot: Bot, claire: Person) -> None:
    group = api.group(members=[claire])
    said = await claire.types("a", where=group)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, said.message_id)
    hers = await claire.types("a")
    assert await bot.delete_message(claire.id, hers.message_id)
