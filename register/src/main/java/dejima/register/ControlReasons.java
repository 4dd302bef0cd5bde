package dejima.register;

import dejima.register.ControlFinding.Reason;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.LocalText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// What is said for or against a person's being under domestic control, fact by fact.
final class ControlReasons {
  /// Where the sum of foreign holdings begins to be foreign control.
  static final BigDecimal HALF = new BigDecimal("0.5");

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private ControlReasons() {}

  /// A percentage as a part of one.
  static BigDecimal part(BigDecimal percent) {
    return percent.divide(HUNDRED);
  }

  /// That a person is not in the register.
  static Reason unregistered(String id) {
    return unknown(id, "登録にない", "is not in the register");
  }

  /// That no fact about something is in force.
  static Reason missing(String id, String ja, String en) {
    return unknown(
        id,
        ja + "について有効な事実がない（未登録か期限切れ）",
        "there is no fact in force about " + en + ": missing or expired");
  }

  private static Reason unknown(String id, String ja, String en) {
    return new Reason(Control.UNKNOWN, List.of(id), new LocalText(ja, en));
  }

  /// That something of a person is in, or of, a country.
  static Reason side(String id, Country country, String ja, String en) {
    Control side = country.equals(Country.JAPAN) ? Control.DOMESTIC : Control.FOREIGN;
    return new Reason(side, List.of(id), new LocalText(ja, en));
  }

  /// What holdings amount to.
  ///
  /// @param ultimate whether nobody owns the person
  /// @param foreign the part that is foreign through all chains
  /// @param open the part of which nobody knows
  static Reason holdings(String id, boolean ultimate, BigDecimal foreign, BigDecimal open) {
    if (ultimate) {
      return new Reason(
          Control.DOMESTIC, List.of(id), new LocalText("これを所有する者はいない", "nobody owns it"));
    }
    if (foreign.compareTo(HALF) >= 0) {
      return new Reason(
          Control.FOREIGN,
          List.of(id),
          new LocalText(
              "外国の持分は全経路の合計で" + percent(foreign) + "％",
              "is foreign by " + percent(foreign) + " % through all chains"));
    }
    if (foreign.add(open).compareTo(HALF) >= 0) {
      return new Reason(
          Control.UNKNOWN,
          List.of(id),
          new LocalText(
              "所有者の分からない持分が" + percent(open) + "％あり、外国の持分（" + percent(foreign) + "％）が半分に達しうる",
              "nobody knows who owns "
                  + percent(open)
                  + " % of it; with the foreign "
                  + percent(foreign)
                  + " % that could be half"));
    }
    return new Reason(
        Control.DOMESTIC,
        List.of(id),
        new LocalText(
            "外国の持分は全経路の合計で" + percent(foreign) + "％、不明は" + percent(open) + "％",
            "is foreign by "
                + percent(foreign)
                + " % through all chains, unknown by "
                + percent(open)
                + " %"));
  }

  private static String percent(BigDecimal part) {
    return part.multiply(HUNDRED)
        .setScale(2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /// How many of a person's officers are foreign.
  static Reason officers(String id, Person.Officers officers) {
    return new Reason(
        officers.foreignLed() ? Control.FOREIGN : Control.DOMESTIC,
        List.of(id),
        new LocalText(
            "役員" + officers.total() + "人のうち外国側は" + officers.foreign() + "人",
            officers.foreign() + " of its " + officers.total() + " officers are foreign"));
  }

  /// Under whose control the holder of a person's keys is.
  static Reason keyHolder(String id, String holder, Control control) {
    LocalText word = label(control);
    return new Reason(
        control,
        List.of(id, holder),
        new LocalText(
            "鍵の保管者の支配は" + word.ja(), "the holder of its keys is under " + word.en() + " control"));
  }

  private static LocalText label(Control control) {
    return switch (control) {
      case DOMESTIC -> new LocalText("国内", "domestic");
      case FOREIGN -> new LocalText("外国", "foreign");
      case UNKNOWN -> new LocalText("不明", "unknown");
    };
  }
}
