# Runs a program that must not outlive whoever started it.
#
# Standard input is a pipe from there. A line on it: the program is asked to end. Its end, which the system brings
# about however the other side dies: the program is killed. No process id is kept anywhere, and no thread is watched
# (as PR_SET_PDEATHSIG does, which fires too early when only a thread ends), and it works on every Unix.
exec 3<&0 </dev/null
"$@" 2>&1 3<&- &
program=$!
(
    while read -r _; do kill -TERM "$program"; done
    kill -KILL "$program"
) <&3 >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$program"
code=$?
kill -KILL "$watcher"
exit "$code"
