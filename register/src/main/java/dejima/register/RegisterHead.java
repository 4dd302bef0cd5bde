package dejima.register;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which version of which register a directory holds.
///
/// @param name the register's name, the same in all versions
/// @param version from 1, without gaps
/// @param previous the hash of the version before, 64 small hexadecimal letters; empty for version
///   1
public record RegisterHead(String name, long version, String previous) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./:_-]{0,99}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /// Checks the form.
  public RegisterHead {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a register's name has letters, digits and ./:_- only");
    }
    if (version < 1) {
      throw new IllegalArgumentException("versions begin with 1");
    }
    if (version == 1 ? !previous.isEmpty() : !HASH.matcher(previous).matches()) {
      throw new IllegalArgumentException(
          "'previous' is the hash of the version before, which 'dejima register check' prints; the"
              + " first version has none");
    }
  }

  static Optional<RegisterHead> read(Section section) {
    Optional<String> name = section.text("register");
    Optional<Long> version = section.whole("version", 1, 1_000_000);
    String previous = section.optionalText("previous").orElse("");
    section.close();
    return name.flatMap(what ->
        version.flatMap(
            number -> section.attempt("previous", () -> new RegisterHead(what, number, previous))));
  }
}
