"""Run a command as the terminal's foreground group, so that Ctrl-C reaches it alone: `python foreground.py COMMAND…`.

GNU make is sent the Ctrl-C of its terminal too, and afterwards reports an interrupt (status 130) although the command it ran had
stopped cleanly. Given the terminal, the command answers for itself. Without one, or in the background, the command replaces this script.
"""

import os
import signal
import sys
from types import FrameType


def terminal_in_hand() -> int | None:
    """The controlling terminal, when this process is in its foreground."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
        return terminal if os.tcgetpgrp(terminal) == os.getpgrp() else None
    except OSError:
        return None


def start(command: list[str], terminal: int) -> int:
    """The process id of the command, which leads the foreground group from its first instruction on."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execvp(command[0], command)  # noqa: S606  a shell would only stand in the way
    return child


def wait(child: int, terminal: int) -> int:
    """The command's exit status. When it is suspended (Ctrl-Z), so is everything above it, until the shell says go on."""
    group = os.getpgrp()
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        os.tcsetpgrp(terminal, group)
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        os.killpg(group, signal.SIGTSTP)
        os.tcsetpgrp(terminal, child)
        os.killpg(child, signal.SIGCONT)


def main() -> int:
    command = sys.argv[1:]
    terminal = terminal_in_hand()
    if terminal is None:
        os.execvp(command[0], command)  # noqa: S606  as above
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # handing the terminal back happens from the background
    child = start(command, terminal)

    def pass_on(number: int, _: FrameType | None) -> None:
        os.kill(child, number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    status = wait(child, terminal)
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
