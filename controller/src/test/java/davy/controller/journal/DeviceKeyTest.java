package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceKeyTest {

  @TempDir Path place;

  @Test
  void theFirstStartMakesAKeyThatOnlyItsOwnerCanReadAndLaterOnesKeepIt() throws IOException {
    Path folder = place.resolve("interlock");
    DeviceKey made = DeviceKey.open(folder);
    Path file = folder.resolve(DeviceKey.FILE);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    assertEquals(made.fingerprint(), DeviceKey.open(folder).fingerprint());
    assertArrayEquals(made.sign(new byte[] {1}), DeviceKey.open(folder).sign(new byte[] {1}));
  }

  @Test
  void openSslReadsItAndItsFingerprintIsThatOfTheDerForm() throws Exception {
    DeviceKey made = DeviceKey.open(place);
    Process openssl =
        new ProcessBuilder(
                "sh",
                "-c",
                "openssl pkey -in device.key -pubout -outform DER | sha256sum | cut -c1-64")
            .directory(place.toFile())
            .start();
    assertEquals(made.fingerprint(), new String(openssl.getInputStream().readAllBytes()).strip());
  }

  @Test
  void aKeyThatOthersCanReadOrThatIsNoneIsNotUsedAndNotReplaced() throws IOException {
    DeviceKey.open(place);
    Path file = place.resolve(DeviceKey.FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    IOException open = assertThrows(IOException.class, () -> DeviceKey.open(place));
    assertTrue(open.getMessage().contains("open to others"), open.getMessage());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    for (String text :
        List.of("", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")) {
      Files.writeString(file, text);
      assertThrows(IOException.class, () -> DeviceKey.open(place));
      assertEquals(text, Files.readString(file));
    }
  }

  @Test
  void twoHalvesOfDifferentKeysAreNoKey() throws IOException {
    DeviceKey.open(place);
    DeviceKey.open(place.resolve("other"));
    String one = Files.readString(place.resolve(DeviceKey.FILE));
    String other = Files.readString(place.resolve("other").resolve(DeviceKey.FILE));
    int half = one.indexOf("-----BEGIN PUBLIC");
    Files.writeString(
        place.resolve(DeviceKey.FILE),
        one.substring(0, half) + other.substring(other.indexOf("-----BEGIN PUBLIC")));
    IOException refused = assertThrows(IOException.class, () -> DeviceKey.open(place));
    assertTrue(refused.getMessage().contains("do not belong together"), refused.getMessage());
  }

  @Test
  void aJournalWithoutAUsableKeyGoesOnUnsignedAndSaysSo() throws IOException {
    Files.writeString(place.resolve(DeviceKey.FILE), "spoiled");
    Files.setPosixFilePermissions(
        place.resolve(DeviceKey.FILE), PosixFilePermissions.fromString("rw-------"));
    Bench bench = Bench.open(new FaultyStorage());
    Signer signer = Signer.open(place, bench.journal(), bench::now);
    signer.work(bench.now());
    bench.offer(EventCode.ZONE_WITHHELD, 1);
    bench.pass(1);
    signer.close();
    assertTrue(signer.trouble().contains("no device key"), signer.trouble());
    assertEquals("", signer.fingerprint());
    assertEquals(0, Bench.consistent(bench.storage).signedSeq());
    assertTrue(
        Bench.records(bench.storage).stream()
            .anyMatch(record -> record.code().equals("journal.unsigned")));
  }

  @Test
  void aKeyIsNamedByItsFingerprintOrAFileThatHoldsIt() throws IOException {
    DeviceKey made = DeviceKey.open(place);
    String colons =
        made.fingerprint().toUpperCase(java.util.Locale.ROOT).replaceAll("..(?=.)", "$0:");
    assertEquals(made.fingerprint(), Fingerprint.named(colons));
    Path plain = Files.writeString(place.resolve("plain"), made.publicKey() + "\n");
    assertEquals(made.fingerprint(), Fingerprint.named(plain.toString()));
    assertEquals(made.fingerprint(), Fingerprint.named(place.resolve(DeviceKey.FILE).toString()));
    assertThrows(IOException.class, () -> Fingerprint.named("nowhere"));
    Path wrong = Files.writeString(place.resolve("wrong"), "bm9uZQ==");
    assertThrows(IOException.class, () -> Fingerprint.named(wrong.toString()));
  }
}
