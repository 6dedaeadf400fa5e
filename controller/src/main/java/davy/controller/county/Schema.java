package davy.controller.county;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.tinylog.Logger;

/** The tables, as the resource {@code county.sql} beside this class makes and explains them. */
final class Schema {

  private static final String RESOURCE = "county.sql";

  private Schema() {}

  static void make(Connection connection) throws SQLException, IOException {
    try (InputStream in = Schema.class.getResourceAsStream(RESOURCE);
        Statement statement = connection.createStatement()) {
      statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      connection.commit();
    }
  }

  static void quietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      Logger.debug("leaving the data base: {}", e.getMessage());
    }
  }
}
