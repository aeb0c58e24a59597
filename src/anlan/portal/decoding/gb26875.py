"""What GB/T 26875.3 messages say."""

from collections.abc import Iterable, Iterator

from anlan.portal.decoding.lines import Line, Said, told
from anlan.protocols import gb26875
from anlan.protocols.bits import names
from anlan.protocols.gb26875 import Entry, Message


def explained(lines: Iterable[Line]) -> Iterator[Said]:
    return told("gb26875", lines, b"@@", gb26875.Gb26875Decoder, _message)


def _message(message: Message) -> Said:
    fault = message.unit.fault if message.unit is not None else ""
    faults = [one for one in (fault, gb26875.doubt(message)) if one]
    said: Said = {
        "ok": not faults,
        "command": message.command,
        "command_name": message.command_name,
        "serial": message.serial,
        "version": ".".join(str(part) for part in message.version),
        "sent_at": message.sent_at,
        "source": message.source,
        "target": message.target,
        "checks": {"sum": "ok", "content": faults or "ok"},
    }
    if message.unit is not None and message.type is not None:
        ours = "system" not in message.type.fields
        said |= {"type": message.unit.type, "type_name": message.type.name}
        said["objects"] = [_entry(entry, ours) for entry in message.unit.entries]
        if fault:
            said["fault"] = fault
    elif message.rest:
        said["rest"] = message.rest.hex().upper()
    return said | {"raw": message.raw.hex().upper()}


def _entry(entry: Entry, of_transmitter: bool) -> Said:
    """`of_transmitter`: the object speaks of the transmission unit itself."""
    said: Said = {}
    if entry.system is not None:
        said |= {"system": entry.system, "system_name": entry.system_name}
        said["system_address"] = entry.system_address
    if entry.part is not None:
        said |= {"part": entry.part, "part_name": entry.part_name}
        said["part_address"] = f"{entry.part_address or 0:08X}"
    if entry.status is not None:
        said["status"] = f"{entry.status:04X}"
        table = gb26875.STATUS if entry.part is None else gb26875.PART_STATUS
        said["set"] = names(entry.status, table)
    if entry.transmitter_status is not None:
        said["status"] = f"{entry.transmitter_status:02X}"
        said["set"] = names(entry.transmitter_status, gb26875.TRANSMITTER_STATUS)
    if entry.quantity is not None:
        row = entry.measures
        said |= {"quantity": entry.quantity, "quantity_name": row.name if row else ""}
        said |= {"value": entry.value, "unit": row.unit} if row else {"figure": entry.figure}
    if entry.operation is not None:
        table = gb26875.TRANSMITTER_OPERATIONS if of_transmitter else gb26875.OPERATIONS
        said |= {"operation": f"{entry.operation:02X}", "operator": entry.operator}
        said["set"] = names(entry.operation, table)
    if entry.version is not None:
        said["version"] = ".".join(str(part) for part in entry.version)
    for name in ("description", "configuration", "records", "minutes", "moment", "at"):
        value = getattr(entry, name)
        if value is not None:
            said[name] = value
    return said
