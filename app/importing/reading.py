"""What is in a file from elsewhere, whichever kind it is."""

from app.export.archive_entries import Archive
from app.importing.archives import read_archive
from app.importing.bounds import check_size
from app.importing.recognition import Kind, recognise, unreadable
from app.importing.unpack import unpack


def read_file(document: bytes) -> Archive:
    """A workshop, as this program wrote it. Raises Refused."""
    check_size(document)
    match recognise(document):
        case Kind.JSON:
            return read_archive(document)
        case Kind.ZIP as kind:
            return read_archive(unpack(document, kind)["json"].encode())
    raise unreadable()
