# $1: the process to wait for; $2: the data folder of the servers that end with it
alive() {
  kill -0 "$1" 2>/dev/null || return 1
  # nobody may have collected it
  case "$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null)" in Z*) return 1 ;; esac
}

reap() {
  for file in "$2"/run/*.json; do
    pid=$(sed -n 's/.*"pid" : \([0-9]*\).*/\1/p' "$file" 2>/dev/null)
    [ -n "$pid" ] && kill -9 "$pid" && rm -f "$file"
  done
  # started, and not written down before the starter died
  grep -lzxF "MILLRACE_DATA_FOLDER=$2" /proc/[0-9]*/environ | while IFS=/ read -r _ _ pid _; do
    kill -9 "$pid"
  done
}

while alive "$1"; do sleep 1; done
reap "$1" "$2"
sleep 1
reap "$1" "$2"
