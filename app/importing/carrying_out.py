"""Doing what was proposed, for pages and programs alike."""

from app.db import Topic
from app.errors import Gone
from app.importing.additions import add_to_workshop, id_from
from app.importing.archives import import_workshop
from app.importing.waiting import Parcel
from app.parts import Parts
from app.workshop.running import Host


async def carry_out(house: Parts, parcel: Parcel, receipt: str, host: Host) -> str:
    """The workshop it all went into; once for each receipt. Raises Refused: nothing was brought in."""
    if parcel.archive is not None:
        workshop = await house.db.write(
            import_workshop, parcel.archive, parcel.facilitator_id, id_from(receipt)
        )
        return workshop.id
    if parcel.additions is None:
        raise Gone
    new = await house.db.write(add_to_workshop, parcel.additions, receipt, host)
    workshop_id = parcel.additions.workshop_id
    house.stages.widen(Topic("workshop", workshop_id), [Topic("canvas", canvas_id) for canvas_id in new])
    return workshop_id
