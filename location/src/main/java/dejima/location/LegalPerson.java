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

  /// The form of company as one sign, such as ㈱, after compatibility normalization.
  private static final Pattern SIGN = Pattern.compile("\\([株有名資同社財学医独特福]\\)");

  /// Letters that look alike, and what they are read as: who looks like another is not another.
  private static final String ALIKE = "аеорсухіјѕԁһкмтнвοανικρτυχεηβωーロカニエトハタ0";

  private static final String READ_AS = "aeopcyxijsdhkmthboavikptuxenbw一口力二工卜八夕o";
  private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}]");

  /// How people write that somebody is a company; it tells nobody from another.
  private static final List<String> FORMS =
      List.of(
          "株式会社",
          "有限会社",
          "合同会社",
          "合名会社",
          "合資会社",
          "相互会社",
          "特定非営利活動法人",
          "npo法人",
          "一般社団法人",
          "一般財団法人",
          "公益社団法人",
          "公益財団法人",
          "国立研究開発法人",
          "地方独立行政法人",
          "独立行政法人",
          "国立大学法人",
          "公立大学法人",
          "学校法人",
          "医療法人",
          "社会福祉法人",
          "godokaisha",
          "plc",
          "pte",
          "pty",
          "gk",
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

  /// Is this the same person, however it is written? Width, case, spaces, punctuation, the form of
  /// company and letters that only look alike make no other person.
  public boolean isSameAs(LegalPerson other) {
    return folded().equals(other.folded());
  }

  private String folded() {
    String normal = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String plain = BESIDE.matcher(SIGN.matcher(normal).replaceAll("")).replaceAll("");
    String bare = plain;
    for (int before = -1; before != bare.length(); ) {
      before = bare.length();
      bare = withoutForm(bare);
    }
    StringBuilder read = new StringBuilder(bare.length());
    bare.chars()
        .mapToObj(c -> ALIKE.indexOf(c) < 0 ? (char) c : READ_AS.charAt(ALIKE.indexOf(c)))
        .forEach(read::append);
    return read.toString();
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
