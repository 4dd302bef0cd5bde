package dejima.residency;

import dejima.residency.BundleReading.Loaded;
import dejima.residency.BundleReading.Rejected;
import dejima.residency.cel.RuleLanguage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Turns the files of a bundle into a policy, or lists every mistake in them.
final class BundleReader {
  /// In bytes of UTF-8.
  static final int LONGEST_FILE = 64 * 1024;

  static final int MOST_FILES = 500;
  private static final int MOST_BYTES = 1024 * 1024;

  private static final String HEAD = "bundle.properties";
  private static final Pattern RULE = Pattern.compile("rules/[a-z0-9][a-z0-9._-]{0,99}\\.cel");
  private static final Pattern THEOREM =
      Pattern.compile("theorems/[a-z0-9][a-z0-9._-]{0,99}\\.cel");
  private static final Pattern SIGNATURE =
      Pattern.compile("signatures/[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final SortedMap<String, String> files;
  private final List<Problem> problems;
  private final List<CompiledRule> rules = new ArrayList<>();
  private final List<CompiledTheorem> theorems = new ArrayList<>();
  private boolean promises = true;

  private BundleReader(Map<String, String> files, List<Problem> problems) {
    this.files = new TreeMap<>(files);
    this.problems = new ArrayList<>(problems);
  }

  /// Reads texts, adding to problems that were met in getting them.
  static BundleReading read(Map<String, String> files, List<Problem> problems) {
    return new BundleReader(files, problems).read();
  }

  /// Reads what decides, and leaves out what only promises: theorems count for the hash alone.
  static BundleReading readRules(Map<String, String> files) {
    BundleReader reader = new BundleReader(files, List.of());
    reader.promises = false;
    return reader.read();
  }

  static Problem tooLong(String path) {
    return new Problem(path, 1, 1, "is longer than " + LONGEST_FILE + " bytes");
  }

  private BundleReading read() {
    if (withinLimits()) {
      files.keySet().forEach(this::checkPath);
      BundleHead head = BundleHead.read(HEAD, headText(), problems);
      readExpressions();
      if (problems.isEmpty()) {
        return new Loaded(new PolicyBundle(head, hashed(), rules, theorems, signatures()));
      }
    }
    problems.sort(
        Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column));
    return new Rejected(problems);
  }

  /// Says whether the bundle is small enough to be looked at.
  private boolean withinLimits() {
    long total = 0;
    for (Map.Entry<String, String> file : files.entrySet()) {
      int length = file.getValue().getBytes(StandardCharsets.UTF_8).length;
      total += length;
      if (length > LONGEST_FILE) {
        problems.add(tooLong(file.getKey()));
      }
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(file.getValue())) {
        problems.add(new Problem(file.getKey(), 1, 1, "has half a surrogate pair"));
      }
    }
    if (files.size() > MOST_FILES) {
      problems.add(new Problem(HEAD, 1, 1, "the bundle has more than " + MOST_FILES + " files"));
    }
    if (total > MOST_BYTES) {
      problems.add(new Problem(HEAD, 1, 1, "the bundle is longer than " + MOST_BYTES + " bytes"));
    }
    return files.size() <= MOST_FILES && total <= MOST_BYTES;
  }

  private void checkPath(String path) {
    if (!path.equals(HEAD)
        && !isRule(path)
        && !isTheorem(path)
        && !SIGNATURE.matcher(path).matches()) {
      String message =
          "has no place in a bundle: expected bundle.properties, rules/….cel or theorems/….cel with"
              + " a name in small letters, or signatures/…";
      problems.add(new Problem(path, 1, 1, message));
    }
  }

  private String headText() {
    String text = files.get(HEAD);
    if (text == null && problems.stream().noneMatch(problem -> problem.file().equals(HEAD))) {
      problems.add(new Problem(HEAD, 1, 1, "the file is missing"));
    }
    return text == null ? "" : text;
  }

  private void readExpressions() {
    RuleLanguage language = new RuleLanguage();
    Map<String, String> fileOfId = new HashMap<>();
    files.forEach((path, text) -> {
      if (isRule(path) && text.length() <= LONGEST_FILE) {
        RuleFile.read(path, text, language, problems)
            .ifPresent(rule -> {
              checkId(path, rule.rule().id(), fileOfId);
              rules.add(rule);
            });
      } else if (promises && isTheorem(path) && text.length() <= LONGEST_FILE) {
        TheoremFile.read(path, text, language, problems)
            .ifPresent(theorem -> {
              checkId(path, theorem.theorem().id(), fileOfId);
              theorems.add(theorem);
            });
      }
    });
    if (files.keySet().stream().noneMatch(BundleReader::isRule)) {
      problems.add(
          new Problem("rules", 1, 1, "the bundle has no rule, so it would deny everything"));
    }
  }

  private void checkId(String path, String id, Map<String, String> fileOfId) {
    String earlier = fileOfId.putIfAbsent(id, path);
    if (earlier != null) {
      problems.add(new Problem(path, 1, 1, "the id '" + id + "' is taken by " + earlier));
    }
  }

  private SortedMap<String, String> hashed() {
    SortedMap<String, String> hashed = new TreeMap<>(files);
    hashed.keySet().removeIf(path -> path.startsWith("signatures/"));
    return hashed;
  }

  private Map<String, String> signatures() {
    Map<String, String> signatures = new TreeMap<>(files);
    signatures.keySet().removeIf(path -> !path.startsWith("signatures/"));
    return signatures;
  }

  private static boolean isTheorem(String path) {
    return THEOREM.matcher(path).matches();
  }

  private static boolean isRule(String path) {
    return RULE.matcher(path).matches();
  }
}
