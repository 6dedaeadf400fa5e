package davy.controller.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;

/** A unix domain socket's file: its path, its permissions, and whether anyone listens on it. */
final class SocketFile {

  /** The kernel's limit for a socket path. */
  static final int PATH_BYTES = 107;

  static final String GROUP = "davy";

  private SocketFile() {}

  /** The address of {@code path}; the message of the exception says what to change. */
  static UnixDomainSocketAddress address(Path path) throws IOException {
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > PATH_BYTES) {
      throw new IOException(
          "the socket path %s has %d bytes, the system's limit is %d: choose a shorter folder"
              .formatted(path, bytes, PATH_BYTES));
    }
    return UnixDomainSocketAddress.of(path);
  }

  /** Listens, mode 0660 and group davy where it exists. A file nobody listens on is replaced. */
  static ServerSocketChannel listen(Path path) throws IOException {
    UnixDomainSocketAddress address = address(path);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (someoneListens(address)) {
        throw new IOException(path + ": another process listens here; is an interlock running?");
      }
      Files.delete(path);
    }
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(address, 16);
      protect(path);
      channel.configureBlocking(false);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new IOException(path + ": can't listen: " + e.getMessage(), e);
    }
  }

  /** Only a refused connection shows that nobody listens; anything else is taken for somebody. */
  private static boolean someoneListens(UnixDomainSocketAddress address) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(address);
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void protect(Path path) throws IOException {
    Optional<GroupPrincipal> group = group(path);
    if (group.isPresent()) {
      PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      view.setGroup(group.get());
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
  }

  /** The group davy of this machine, where it has one. */
  static Optional<GroupPrincipal> group(Path path) throws IOException {
    try {
      return Optional.of(
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
    }
  }
}
