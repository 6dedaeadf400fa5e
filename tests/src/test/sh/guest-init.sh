#!/bin/busybox sh
# The first process of the emulated machine: mounts what is needed, runs the guest until it is
# killed, then asks davy doctor. Everything is told on the console.
/bin/busybox mkdir -p /proc /sys /dev /tmp /run /var/lib/davy
/bin/busybox mount -t devtmpfs dev /dev
exec </dev/console >/dev/console 2>&1
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t tracefs trace /sys/kernel/tracing
/bin/busybox mount -t tmpfs tmp /tmp
/bin/busybox stty -echo
echo "!kernel $(/bin/busybox uname -rm)"

/java/bin/java -ea -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dtinylog.level=off \
  --enable-native-access=ALL-UNNAMED -cp '/tests/classes:/tests/*:/davy/lib/interlock/*' \
  davy.tests.kernel.Guest
echo "!ended $?"

/java/bin/java @/davy/etc/tools.args -Ddavy.home=/davy \
  -cp '/davy/lib/interlock/*:/davy/lib/station/*' davy.controller.command.CommandMain \
  doctor /site/site.toml --root /tmp/davy --seconds 1 --json |
  /bin/busybox sed 's/^/!doctor /'
echo '!off'
while :; do /bin/busybox sleep 60; done
