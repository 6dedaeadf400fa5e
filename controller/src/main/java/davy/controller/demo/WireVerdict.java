package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cut that came while the wire was bad.
 *
 * @param fault what was wrong with the wire
 * @param struck answers that it spoilt and bursts of noise; 0 where it took everything away
 */
record WireVerdict(String fault, long struck, Verdict verdict) implements Judgement {

  @Override
  public String complaint() {
    return verdict.passed() ? "" : fault + ": " + verdict.complaint();
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("wire", fault);
    fields.put("struck", struck);
    fields.putAll(verdict.fields());
    return fields;
  }

  @Override
  public Words words() {
    String what = fault + " (" + struck + "): ";
    return new Words(what + verdict.words().english(), what + verdict.words().chinese());
  }
}
