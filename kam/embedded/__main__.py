"""python -m kam.embedded run | manage … | bench … | servers"""

import errno
import os
import sys

from kam.embedded.commands import bench, manage, serve_only
from kam.embedded.supervisor import run
from kam.embedded.terminal import Stopped, Trouble, listen_for_stop, say

USAGE = "Usage: bin/run [--own]    bin/manage COMMAND …    bin/bench …    bin/test …"


def main(*words: str) -> int:
    listen_for_stop()
    match words:
        case ["run"]:
            run()
        case ["run", "--own"]:
            run(own=True)
        case ["servers"] | ["run", "servers"]:
            serve_only()
        case ["manage", *arguments]:
            return manage(*arguments)
        case ["bench", *arguments]:
            return bench(*arguments)
        case _:
            say(USAGE)
            return 2
    return 0


def complain(words: str) -> int:
    sys.stderr.write(f"\n{words}\n")
    return 1


def plain_words(error: OSError) -> str:
    where = error.filename or os.environ.get("KAM_DATA", "the data folder")
    if error.errno == errno.ENOSPC:
        return f"The disk is full ({where}). Free some space and start again."
    return f"Clave cannot go on: {error.strerror or error} ({where})"


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except Stopped:
        sys.exit(0)
    except Trouble as trouble:
        sys.exit(complain(str(trouble)))
    except OSError as error:
        sys.exit(complain(plain_words(error)))
