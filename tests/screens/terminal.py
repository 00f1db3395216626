"""Runs a command in a terminal that is so many columns wide, and prints what it wrote there: terminal.py COLUMNS COMMAND..."""
import fcntl, os, pty, struct, sys, termios

columns, command = int(sys.argv[1]), sys.argv[2:]
ours, theirs = pty.openpty()
fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
process = os.fork()
if process == 0:
    os.login_tty(theirs)
    os.execvp(command[0], command)
os.close(theirs)
written = b""
try:
    while part := os.read(ours, 65536):
        written += part
except OSError:
    pass  # Linux says so when nobody writes any more.
sys.stdout.buffer.write(written.replace(b"\r\n", b"\n"))
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
