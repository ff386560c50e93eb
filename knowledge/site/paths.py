"""Where each page and file of the site stands, and how one of them points to another."""

from posixpath import dirname, relpath

HOME = "index.html"
ALL = "engagements/index.html"
VOTES = "deliberations.html"
HOW = "comment-ca-marche.html"
PRIVACY = "vie-privee.html"
ACCESSIBILITY = "accessibilite.html"
DATA = "donnees/index.html"
STYLE = "style.css"
ICON = "icone.svg"
SCRIPT = "recherche.js"
INDEX = "recherche.json"
EVERYTHING = "tout"


def commitment(commitment_id: str) -> str:
    """The page of a commitment."""
    return f"engagements/{commitment_id}.html"


def orientation(orientation_id: str) -> str:
    """The page of an orientation."""
    return f"orientations/{orientation_id}.html"


def feed(scope: str) -> str:
    """The feed of a commitment, of an orientation, or of everything."""
    return f"flux/{scope}.xml"


def calendar(scope: str) -> str:
    """The due dates of an orientation, or of everything."""
    return f"calendrier/{scope}.ics"


def dataset(name: str) -> str:
    """A file of the open data."""
    return f"donnees/{name}"


def address(root: str | None, path: str, *, seen_from: str = HOME) -> str:
    """The whole address under the site's root; the way from another file when the root is not known."""
    return f"{root.rstrip('/')}/{path}" if root else between(seen_from, path)


def between(start: str, path: str) -> str:
    """The relative link from one file to another."""
    return relpath(path, dirname(start) or ".")
