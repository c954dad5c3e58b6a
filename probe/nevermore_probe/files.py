"""Files in memory: their content, read without moving the position that the service left them at."""
import io

from . import atoms

MOST_LETTERS = 1 << 22


def text_file(writer, value, place):
    position = io.StringIO.tell(value)
    if position > MOST_LETTERS:  # its content can only be had whole
        return ["file", "text", position, writer.lost("size", "")]
    return ["file", "text", position, atoms.text(writer, io.StringIO.getvalue(value), place)]


def bytes_file(writer, value, place):
    return ["file", "bytes", io.BytesIO.tell(value), atoms.binary(writer, io.BytesIO.getvalue(value), place)]
