package dejima.register;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Reads `models/….json`.
final class ModelReader {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private ModelReader() {}

  static RegisteredModel read(String id, Section section) {
    RegisteredModel model =
        new RegisteredModel(
            id,
            section.texts("names", UnaryOperator.identity()),
            section.plainFact("owner", fact -> fact.text("value")),
            section.plainFact("licence", fact -> fact.text("value")),
            section.plainFact("origin", fact -> fact.read("value", PersonReader::country)),
            section.plainFact(
                "digests",
                fact ->
                    Optional.of(
                        Set.copyOf(
                            fact.texts(
                                "value",
                                SiteReader.matching(
                                    DIGEST, "must be sha256: and 64 small hexadecimal letters"))))),
            section.plainFact("thirdPartyCalls", fact -> fact.flag("value", Optional.empty())));
    if (model.names().isEmpty()) {
      section.mistake("names", "must be a list with at least one name");
    }
    section.close();
    return model;
  }
}
