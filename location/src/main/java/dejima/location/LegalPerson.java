package dejima.location;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Who answers for a landmark before the law, by name.
///
/// @param name as it is registered
public record LegalPerson(String name) {
  private static final int LONGEST = 128;
  private static final Pattern BESIDE = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}]");

  /// How people write that somebody is a company; it tells nobody from another.
  private static final List<String> FORMS =
      List.of(
          "株式会社",
          "有限会社",
          "合同会社",
          "一般社団法人",
          "一般財団法人",
          "国立大学法人",
          "kabushikikaisha",
          "incorporated",
          "corporation",
          "company",
          "limited",
          "gmbh",
          "corp",
          "inc",
          "ltd",
          "llc",
          "kk",
          "co");

  /// @throws IllegalArgumentException for a name without letters, with control characters or one
  ///   that is too long
  public LegalPerson {
    if (name.isBlank()
        || name.length() > LONGEST
        || !name.equals(name.strip())
        || name.codePoints().anyMatch(LegalPerson::isUnprintable)
        || !BARE.matcher(name).find()) {
      throw new IllegalArgumentException("a legal person's name has 1 to 128 characters");
    }
  }

  private static boolean isUnprintable(int c) {
    return Character.isISOControl(c) || (c >= 0xd800 && c <= 0xdfff);
  }

  /// Is this the same person, however it is written? Width, case, spaces, punctuation and the form
  /// of company make no other person.
  public boolean isSameAs(LegalPerson other) {
    return folded().equals(other.folded());
  }

  private String folded() {
    String plain =
        BESIDE
            .matcher(Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
            .replaceAll("");
    String bare = plain;
    for (int before = -1; before != bare.length(); ) {
      before = bare.length();
      bare = withoutForm(bare);
    }
    return bare;
  }

  private static String withoutForm(String name) {
    for (String form : FORMS) {
      if (name.length() > form.length() && name.endsWith(form)) {
        return name.substring(0, name.length() - form.length());
      }
      if (name.length() > form.length() && name.startsWith(form) && !isLatin(form)) {
        return name.substring(form.length());
      }
    }
    return name;
  }

  private static boolean isLatin(String form) {
    return form.charAt(0) < 0x80;
  }
}
