package davy.controller.link;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * Who may talk to a socket: our own user, root, and processes whose primary group is davy, as the
 * kernel states them (SO_PEERCRED).
 */
record Peers(UserPrincipal self, Optional<GroupPrincipal> group) {

  /** Reads our own identity from a socket file that this process has made. */
  static Peers of(Path socket) throws IOException {
    return new Peers(Files.getOwner(socket), SocketFile.group(socket));
  }

  boolean allowed(SocketChannel channel) throws IOException {
    UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
    return peer.user().equals(self)
        || peer.user().getName().equals("root")
        || group.isPresent() && group.get().equals(peer.group());
  }
}
