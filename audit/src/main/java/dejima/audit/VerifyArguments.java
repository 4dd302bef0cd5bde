package dejima.audit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `verify` is asked.
///
/// @param file the receipt
/// @param keys the log's key, or a C2SP tlog-policy file
/// @param request the request's body
/// @param response the answer's body
/// @param promise the value of `Dejima-Promise`
/// @param landmarks the landmarks that the reader trusts
/// @param approvers the approvers that the reader trusts
/// @param cose a COSE receipt of the same entry
/// @param succession how the log's keys followed one another
/// @param language in which to answer
/// @param json whether to answer in JSON
record VerifyArguments(
    Path file,
    Path keys,
    Optional<Path> request,
    Optional<Path> response,
    Optional<String> promise,
    Optional<Path> landmarks,
    Optional<Path> approvers,
    Optional<Path> cose,
    Optional<Path> succession,
    VerdictLanguage language,
    boolean json) {
  static final String KEYS = ".demo/gateway/evidence.pub";

  private static final String SHORT_KEYS = "-k";
  private static final Set<String> VALUED =
      Set.of(
          "--keys",
          "--request",
          "--response",
          "--promise",
          "--landmarks",
          "--approvers",
          "--cose",
          "--succession",
          "--lang");

  /// Reads plain arguments without the machinery that knows every form, which takes longer to load
  /// than a verification. Empty if there is anything else than a file and known options, each once
  /// with its value: then that machinery answers.
  static Optional<VerifyArguments> plain(List<String> words) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).equals(SHORT_KEYS) ? "--keys" : words.get(i);
      String name = word;
      String value = "";
      if (VALUED.contains(word) && i + 1 < words.size()) {
        value = words.get(++i);
      } else if (!word.isEmpty() && !word.startsWith("-") && !word.startsWith("@")) {
        name = "";
        value = word;
      } else if (!word.equals("--json")) {
        return Optional.empty();
      }
      if (value.startsWith("-") || given.putIfAbsent(name, value) != null) {
        return Optional.empty();
      }
    }
    return given.containsKey("") ? of(given) : Optional.empty();
  }

  private static Optional<VerifyArguments> of(Map<String, String> given) {
    String wanted = given.getOrDefault("--lang", VerdictLanguage.BOTH.word());
    return Arrays.stream(VerdictLanguage.values())
        .filter(language -> language.word().equals(wanted))
        .findFirst()
        .map(language ->
            new VerifyArguments(
                Path.of(given.getOrDefault("", "")),
                Path.of(given.getOrDefault("--keys", KEYS)),
                path(given, "--request"),
                path(given, "--response"),
                Optional.ofNullable(given.get("--promise")),
                path(given, "--landmarks"),
                path(given, "--approvers"),
                path(given, "--cose"),
                path(given, "--succession"),
                language,
                given.containsKey("--json")));
  }

  private static Optional<Path> path(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name)).map(Path::of);
  }
}
