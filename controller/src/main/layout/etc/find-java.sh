# shellcheck shell=bash
# Sourced by ./davy and bin/davy: finds Java 25, whatever the machine's default `java` is.

# Is $1 the home of a Java 25? Reads its release file; asks the program only where there is none.
is_java_25() {
  [ -x "$1/bin/java" ] || return 1
  if [ -r "$1/release" ]; then
    grep -q '^JAVA_VERSION="25[".+]' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | grep -q ' version "25[".+]'
  fi
}

# Prints the home of a Java 25 that has the program $1 (java to run, javac to build), or fails.
find_java_25() {
  local home on_path
  on_path=$(command -v java 2>/dev/null) &&
    on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
    "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/*; do
    if [ -n "$home" ] && [ -x "$home/bin/$1" ] && is_java_25 "$home"; then
      echo "$home"
      return 0
    fi
  done
  return 1
}
