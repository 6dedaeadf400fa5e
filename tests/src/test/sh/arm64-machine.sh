#!/usr/bin/env bash
# Makes a folder with what an emulated arm64 machine needs: Debian's stock kernel, its device tree
# for a Pi 3, a static busybox, the C library, and a small Java 25 runtime linked for it.
#
#   arm64-machine.sh CACHE     prints the folder as its last line
#
# The packages are those of Debian 13 for arm64, from the archives that this machine's own apt
# knows, by an apt of its own: nothing is installed, no foreign architecture is added to this
# machine, and no root is needed. Ends with 69 and the reason in one line when it can't be done.
# A folder that is there and younger than a week is taken as it is; an older one when the archive
# can't be reached.
set -eu

suite=trixie
cache=$1
jlink=$JAVA_HOME/bin/jlink
modules=java.base,java.logging,java.management,java.prefs,jdk.httpserver,jdk.unsupported
apt=$cache/apt
made=$(cksum <"$0" | cut -d ' ' -f 1) # what is made changes with this script

unable() { echo "$*" | tr '\n' ' ' >&2; exit 69; }

newest() { # find's own conditions
  find "$cache" -mindepth 2 -maxdepth 2 -path "*-$made/complete" "$@" -printf '%T@ %h\n' |
    sort -n | tail -n 1 | cut -d ' ' -f 2-
}

# Takes an older folder where there is one.
fall_back() {
  local folder
  folder=$(newest)
  [ -n "$folder" ] || unable "$@"
  echo "taking an older machine: $*" >&2
  echo "$folder"
  exit 0
}

# One line for each of this machine's archives that has what a release and its security archive do.
sources() {
  local codename key format='$(RELEASE) $(COMPONENT) $(REPO_URI)'
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-none}")
  key=$(ls /usr/share/keyrings/debian-archive-keyring.{pgp,gpg} 2>/dev/null | head -n 1)
  apt-get indextargets --format "$format" 'Created-By: Packages' | sort -u |
    while read -r release component uri; do
      [ "$component" = main ] || continue
      case $release in
        "$codename" | "$codename-security") ;;
        *) continue ;;
      esac
      echo "deb ${key:+[signed-by=$key] }$uri ${release/#$codename/$suite} main"
    done
}

# The machine's own settings stay (proxies, keys); its hooks after an update do not run.
configure() {
  mkdir -p "$apt"/{lists/partial,archives/partial}
  : >"$apt/status"
  sources >"$apt/sources.list"
  [ -s "$apt/sources.list" ] || fall_back "apt knows no archive of this machine's own release."
  echo "Dir::Etc::main \"$apt/apt.conf\";" >"$apt/first.conf"
  cat >"$apt/apt.conf" <<END
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Architectures;
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache::archives "$apt/archives";
Dir::Cache::pkgcache "$apt/pkgcache.bin";
Dir::Cache::srcpkgcache "";
END
  export APT_CONFIG=$apt/first.conf
}

version() { # package
  apt-cache show --no-all-versions "$1" 2>/dev/null | sed -n 's/^Version: //p' |
    tr -c 'A-Za-z0-9.\n' _
}

unpack() { # package, then paths inside
  local package=$1
  shift
  (cd "$work" && apt-get -q download "$package" >apt.log 2>&1) ||
    fall_back "apt can't download $package: $(tail -n 1 "$work/apt.log")"
  dpkg-deb --fsys-tarfile "$work/$package"_*.deb |
    tar -x -C "$work" --wildcards "$@" || unable "$package does not hold what it held."
  rm "$work/$package"_*.deb
}

command -v apt-get >/dev/null || unable "this machine has no apt-get, so no arm64 packages."
for program in dpkg-deb fdtput qemu-system-aarch64; do
  command -v $program >/dev/null || unable "$program is missing; ./davy test installs it."
done
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
folder=$(newest -mtime -7)
if [ -n "$folder" ]; then
  echo "$folder"
  exit 0
fi
configure
said=$(apt-get -q update --error-on=any 2>&1) ||
  fall_back "no arm64 packages can be reached: $(grep -m 1 '^[EW]:' <<<"$said" || echo "$said")"
kernel=$(apt-cache depends linux-image-arm64 2>/dev/null |
  sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
jdk=openjdk-25-jdk-headless
[ -n "$kernel" ] && [ -n "$(version $jdk)" ] ||
  fall_back "the archive has no arm64 kernel or no $jdk for $suite."
folder=$cache/$(version "$kernel")-$(version $jdk)-$(version libc6)-$made
if [ ! -e "$folder/complete" ]; then
  echo "fetching $kernel and $jdk for arm64 (about 190 MB, once)" >&2
  rm -rf "$folder"
  work=$(mktemp -d "$cache/work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  unpack "$kernel" './boot/vmlinuz-*' '*/bcm2837-rpi-3-b.dtb'
  unpack "$jdk" '*/jmods/*'
  unpack busybox-static '*/bin/busybox'
  unpack libc6 '*/ld-linux-aarch64.so.1' '*/lib[cm].so.6' '*/libdl.so.2' '*/libpthread.so.0' \
    '*/librt.so.1'
  unpack libgcc-s1 '*/libgcc_s.so.1'
  unpack libstdc++6 '*/libstdc++.so.*'
  unpack zlib1g '*/libz.so.*'
  "$jlink" --module-path "$(find "$work/usr" -name jmods)" --output "$work/machine/java" \
    --add-modules "$modules" \
    --strip-java-debug-attributes --no-header-files --no-man-pages ||
    unable "jlink of $JAVA_HOME can't link for arm64."
  mv "$work"/boot/vmlinuz-* "$work/machine/vmlinuz"
  mv "$(find "$work/usr" -name bcm2837-rpi-3-b.dtb)" "$work/machine/raspi3b.dtb"
  # Else the Pi's better serial port belongs to its Bluetooth.
  fdtput -r "$work/machine/raspi3b.dtb" /soc/serial@7e201000/bluetooth
  mv "$(find "$work/usr" -name busybox -type f)" "$work/machine/busybox"
  mkdir "$work/machine/lib"
  find "$work/usr/lib" -name '*.so.*' -exec cp -L {} "$work/machine/lib" \;
  rm -f "$work"/machine/lib/*.so.*.*
  rm -rf "$folder"
  mv "$work/machine" "$folder"
  touch "$folder/complete"
fi
touch "$folder/complete"
find "$cache" -mindepth 1 -maxdepth 1 -type d ! -path "$folder" ! -path "$apt" -mtime +7 \
  -exec rm -rf {} +
echo "$folder"
