"""How the bot presents itself."""

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat, MenuButtonCommands
from telegram.error import BadRequest

from bot.localapi import Person


async def test_commands_are_kept_by_scope_and_language(bot: Bot, claire: Person) -> None:
    usual, groups, hers = (
        BotCommand("start", "Commencer"),
        BotCommand("bilan", "Bilan"),
        BotCommand("agent", "A"),
    )
    await bot.set_my_commands([usual])
    await bot.set_my_commands([groups], scope=BotCommandScopeAllGroupChats(), language_code="fr")
    await bot.set_my_commands([hers], scope=BotCommandScopeChat(claire.id))
    assert await bot.get_my_commands() == (usual,)
    assert await bot.get_my_commands(language_code="fr") == ()
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats(), "fr") == (groups,)
    assert await bot.get_my_commands(BotCommandScopeChat(claire.id)) == (hers,)
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize("name", ["Aide", "réglages", "a-b", "a" * 33, ""])
async def test_a_command_is_32_latin_letters_digits_or_underscores(bot: Bot, name: str) -> None:
    await bot.set_my_commands([BotCommand("a" * 32, "x"), BotCommand("a_1", "x" * 256)])
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand(name, "x")])


@pytest.mark.parametrize("description", ["", "x" * 257])
async def test_a_commands_description_has_1_to_256_characters(bot: Bot, description: str) -> None:
    with pytest.raises(BadRequest, match="Bot_command_description_invalid"):
        await bot.set_my_commands([BotCommand("aide", description)])


async def test_100_commands_are_the_most(bot: Bot) -> None:
    commands = [BotCommand(f"c{number}", "x") for number in range(101)]
    await bot.set_my_commands(commands[:100])
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands(commands)


async def test_a_scope_names_a_chat_the_bot_knows_and_a_language_has_two_letters(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([], scope=BotCommandScopeChat(1))
    with pytest.raises(BadRequest, match="Lang_code_invalid"):
        await bot.set_my_commands([], language_code="fra")
    with pytest.raises(BadRequest, match="unsupported type"):
        await bot.get_my_commands(api_kwargs={"scope": {"type": "everyone"}})


async def test_name_and_descriptions_by_language(bot: Bot) -> None:
    assert (await bot.get_my_name()).name == "Suivi local"
    await bot.set_my_name("Droit de suite")
    await bot.set_my_description("Je suis un robot")
    await bot.set_my_description("I am a robot", language_code="en")
    await bot.set_my_short_description("102 engagements")
    assert (await bot.get_my_name()).name == "Droit de suite"
    assert (await bot.get_my_description()).description == "Je suis un robot"
    assert (await bot.get_my_description("en")).description == "I am a robot"
    assert (await bot.get_my_description("de")).description == "Je suis un robot"
    assert (await bot.get_my_short_description()).short_description == "102 engagements"
    with pytest.raises(BadRequest, match="Bot_short_description_too_long"):
        await bot.set_my_short_description("x" * 121)


async def test_the_menu_button(bot: Bot, claire: Person) -> None:
    assert (await bot.get_chat_menu_button()).type == "default"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(claire.id)).type == "commands"
    with pytest.raises(BadRequest, match="unsupported type"):
        await bot.set_chat_menu_button(api_kwargs={"menu_button": {"type": "x"}})
