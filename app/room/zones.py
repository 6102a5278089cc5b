"""Indonesia's three time zones, and which of them a province keeps."""

from datetime import timedelta

# By how far they are ahead of UTC.
ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}
# How the names of provinces begin, in lower case.
_PROVINCES = {
    "WIT": ("maluku", "papua"),
    "WITA": (
        *("bali", "nusa tenggara", "sulawesi", "gorontalo"),
        *("kalimantan selatan", "kalimantan timur", "kalimantan utara"),
        *("ntb", "ntt", "sulsel", "sulut", "sulteng", "sultra", "sulbar", "kalsel", "kaltim", "kaltara"),
    ),
    "WIB": (
        *(
            "aceh",
            "sumatera",
            "riau",
            "kepulauan",
            "jambi",
            "bengkulu",
            "lampung",
            "banten",
            "dki",
            "jakarta",
        ),
        *("jawa", "yogyakarta", "daerah istimewa", "kalimantan barat", "kalimantan tengah"),
    ),
}


def zone_of(province: str) -> str | None:
    """WIB, WITA or WIT; None for what is no province we know."""
    name = " ".join(province.casefold().split())
    return next((zone for zone, begin in _PROVINCES.items() if name.startswith(begin)), None)
