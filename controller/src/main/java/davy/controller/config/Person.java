package davy.controller.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Someone whom the interlock can check.
 *
 * @param name as it is typed in and journalled
 * @param salt hex
 * @param iterations of PBKDF2 with HMAC-SHA256
 * @param hash hex
 */
public record Person(
    String name, String title, List<Role> roles, String salt, int iterations, String hash) {

  public Person {
    roles = List.copyOf(roles);
  }

  /** What a person is at the mine. Which of them may reset is engineering judgement [J]. */
  public enum Role {
    ELECTRICIAN("electrician", "电工", true),
    MONITORING("monitoring", "安全监测工", true),
    GAS_INSPECTOR("gas-inspector", "瓦斯检查员", false),
    DISPATCHER("dispatcher", "调度员", false);

    private final String word;
    private final String chinese;
    private final boolean mayReset;

    Role(String word, String chinese, boolean mayReset) {
      this.word = word;
      this.chinese = chinese;
      this.mayReset = mayReset;
    }

    /** As the persons file and the journal write it. */
    public String word() {
      return word;
    }

    public String chinese() {
      return chinese;
    }
  }

  public boolean mayReset() {
    return roles.stream().anyMatch(role -> role.mayReset);
  }

  /** The roles as the journal writes them. */
  public String words() {
    return roles.stream().map(Role::word).collect(Collectors.joining(", "));
  }
}
