"""The team: its roles, invitations, codes."""

from collections.abc import Iterable

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, pack, typeset
from knowledge.authors import Role
from scheduler.members import Member

ROLES = {
    Role.READER: "lecture",
    Role.EDITOR: "rédaction",
    Role.APPROVER: "validation",
    Role.ADMIN: "administration",
}
_MAY = {
    Role.READER: "voir le journal, les annonces et les questions",
    Role.EDITOR: "mettre à jour les engagements, écrire des annonces, traiter les questions",
    Role.APPROVER: "valider les annonces et les imports des autres",
    Role.ADMIN: "gérer l'équipe et la réserve électorale",
}

INVITE = "Inviter"
MY_CODE = "Mon code pour la console"
REMOVE = "Retirer de l'équipe"
CONFIRM_REMOVING = "Confirmer le retrait"
CANCEL = "Annuler"
TEAM = "L'équipe"


def label(member: Member) -> str:
    """A member, short enough for a button."""
    name = f" ({member.label})" if member.label else ""
    return f"Membre {member.id}{name} – {ROLES[member.role]}"


def agent(member: Member, waiting: Iterable[str], news: Iterable[str]) -> tuple[str, ...]:
    """The staff's first page: who they are here, what waits for them, what they should know."""
    lines = [f"– {line}" for line in waiting]
    return pack(
        [
            f"{bold('Espace des agents')}\nVous êtes le membre {member.id}, rôle : {ROLES[member.role]}.",
            "À faire :\n" + "\n".join(lines) if lines else "Rien n'attend.",
            "\n".join(news),
            f"Avec ce rôle, on peut : {_may(member.role)}.",
        ]
    )


def team(members: Iterable[Member], me: Member) -> tuple[str, ...]:
    """Everybody."""
    lines = [
        f"– {escape(label(each))}, depuis le {in_french(each.joined_at.date().isoformat())}"
        f"{' (vous)' if each.id == me.id else ''}"
        for each in members
    ]
    rules = [f"{ROLES[role].capitalize()} : {_MAY[role]}." for role in Role]
    return pack(
        [
            bold("L'équipe"),
            "\n".join(lines),
            "Chaque rôle peut aussi faire ce que font les précédents.\n" + "\n".join(rules),
            "Une annonce ou un gros import passe toujours par deux personnes.",
        ]
    )


def one(member: Member) -> str:
    """One member, above what can be changed."""
    return typeset(f"{escape(label(member))}, depuis le {in_french(member.joined_at.date().isoformat())}.")


def choose_role() -> str:
    """Before an invitation."""
    rules = "\n".join(f"– {ROLES[role]} : {_MAY[role]}" for role in Role)
    return typeset(f"Quel rôle pour la personne invitée ?\n{rules}")


def invited(role: Role, code: str, link: str | None) -> str:
    """The invitation, to be handed on."""
    how = (
        f"Envoyez-lui ce lien : {link}"
        if link
        else f"Elle envoie au robot, en privé : <code>/start equipe-{escape(code)}</code>"
    )
    return typeset(
        f"Invitation pour une personne, rôle : {ROLES[role]}. {how}\nElle sert une seule fois, pendant 24 heures."
        f"\nÀ la console : <code>python -m bot staff --join equipe-{escape(code)}</code>"
    )


def joined(number: int, role: Role) -> str:
    """Welcome."""
    return typeset(
        f"Bienvenue dans l'équipe. Vous êtes le membre {number}, rôle : {ROLES[role]}. Tapez /agent pour commencer."
    )


def role_set(number: int, role: Role) -> str:
    """Done."""
    return typeset(f"C'est fait : le membre {number} a maintenant le rôle « {ROLES[role]} ».")


def ask_to_remove(member: Member) -> str:
    """Before somebody is taken off the team."""
    return typeset(
        f"Retirer {escape(label(member))} de l'équipe ? Ses actes restent au journal sous son numéro ; ce qui mène à"
        " la personne est effacé."
    )


def removed(number: int) -> str:
    """Done."""
    return typeset(f"C'est fait : le membre {number} n'est plus de l'équipe. Pour revenir, il faut une invitation.")


def code(number: int, secret: str) -> str:
    """Shown once."""
    return typeset(
        f"Votre code pour la console : <code>{escape(secret)}</code>\nIl n'est montré qu'une fois et remplace le"
        f" précédent. Commande : <code>python -m bot staff --as {number}</code>, puis tapez le code. Ne le donnez à"
        " personne, et effacez ce message ensuite."
    )


def dropped() -> str:
    """What was asked for is not waited for any more."""
    return typeset("C'est annulé. Tapez /agent pour la suite.")


def nothing_done() -> str:
    """The person went back on it."""
    return typeset("Rien n'a changé.")


def how_to_use() -> str:
    """Words after /equipe that it does not know."""
    return typeset(
        "Je n'ai pas compris. Tapez /equipe seule, ou : /equipe inviter redaction, /equipe role 3 validation,"
        " /equipe retirer 3, /equipe code."
    )


def admins_only() -> str:
    """What another role may not do."""
    return typeset("Seul le rôle « administration » invite, retire ou change un rôle. La liste : /equipe.")


def unknown_member(number: int) -> str:
    """A number that is nobody's."""
    return typeset(f"Il n'y a pas de membre {number} dans l'équipe. Tapez /equipe pour la liste.")


def too_few_admins(admins: int) -> str:
    """The team must stay led."""
    if admins <= 1:
        return typeset("Impossible : il ne resterait personne à l'administration. Donnez d'abord ce rôle à d'autres.")
    return typeset(
        "Impossible : l'équipe garde au moins deux personnes à l'administration. Nommez-en d'abord une autre."
    )


def bad_invite() -> str:
    """An invitation that is no longer one."""
    return typeset(
        "Cette invitation n'est pas valable : elle a servi, ou elle a plus de 24 heures. Demandez-en une autre."
    )


def already_member(number: int) -> str:
    """Who opens an invitation belongs to the team."""
    return typeset(f"Vous êtes déjà de l'équipe (membre {number}). L'invitation reste valable pour une autre personne.")


def _may(role: Role) -> str:
    able = [_MAY[each] for each in Role if role.may(each)]
    return " ; ".join(able)
