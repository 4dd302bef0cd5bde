package dejima.register;

import dejima.residency.Country;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Somebody who runs a site or owns somebody who does: a company, a state, a natural person.
///
/// @param id its name in the register
/// @param name its full legal name, as site statements write it
/// @param country of incorporation, or of nationality
/// @param owners who holds its shares; empty for a state or a natural person
/// @param officers who directs it
/// @param support from where staff and remote maintenance reach its machines
/// @param keyCustody who holds the keys of its sites, and where
/// @param law under which law and before which courts it contracts
public record Person(
    String id,
    String name,
    Optional<Fact<Country>> country,
    Optional<Fact<Ownership>> owners,
    Optional<Fact<Officers>> officers,
    Optional<Fact<Set<Country>>> support,
    Optional<Fact<KeyCustody>> keyCustody,
    Optional<Fact<ContractLaw>> law) {

  /// All holders of a person's shares.
  ///
  /// @param ultimate whether nobody owns it: a state, a natural person, a foundation
  /// @param holdings each block of shares
  public record Ownership(boolean ultimate, List<Holding> holdings) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    /// Copies the list; refuses more than a whole, and owners of what nobody owns.
    public Ownership {
      holdings = List.copyOf(holdings);
      if (ultimate && !holdings.isEmpty()) {
        throw new IllegalArgumentException("what nobody owns has no holdings");
      }
      if (sum(holdings).compareTo(WHOLE) > 0) {
        throw new IllegalArgumentException(
            "the shares add up to " + sum(holdings).toPlainString() + " %, which is more than 100");
      }
    }

    /// What no holding accounts for, in percent.
    BigDecimal unaccounted() {
      return ultimate ? BigDecimal.ZERO : WHOLE.subtract(sum(holdings));
    }

    private static BigDecimal sum(List<Holding> holdings) {
      return holdings.stream().map(Holding::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /// A block of shares.
  public sealed interface Holding {
    /// Its size, above 0 and at most 100.
    BigDecimal percent();

    /// Held by somebody in the register.
    ///
    /// @param person the holder's id
    /// @param decisive whether it can decide whatever its size: a golden share, a veto, the right
    ///   to appoint the board
    record Named(String person, BigDecimal percent, boolean decisive) implements Holding {
      /// Checks the size.
      public Named {
        requireShare(percent, decisive);
      }
    }

    /// Held by many who do not act together, none of them with a twentieth or more.
    record Dispersed(BigDecimal percent) implements Holding {
      /// Checks the size.
      public Dispersed {
        requireShare(percent, false);
      }
    }

    private static void requireShare(BigDecimal percent, boolean mayBeNone) {
      boolean tooSmall = mayBeNone ? percent.signum() < 0 : percent.signum() <= 0;
      if (tooSmall || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
        throw new IllegalArgumentException("a share is more than 0 and at most 100 percent");
      }
    }
  }

  /// Who directs a person.
  ///
  /// @param total how many officers there are
  /// @param foreign how many of them are foreign nationals or answer to a foreign parent
  /// @param foreignRepresentative whether one of these can act for it alone
  public record Officers(int total, int foreign, boolean foreignRepresentative) {
    /// Checks the numbers.
    public Officers {
      if (total < 1 || foreign < 0 || foreign > total || (foreignRepresentative && foreign == 0)) {
        throw new IllegalArgumentException(
            "there is at least one officer, and foreign ones are among them");
      }
    }

    boolean foreignLed() {
      return foreignRepresentative || 2 * foreign >= total;
    }
  }

  /// Who holds keys, and where.
  ///
  /// @param holder a person in the register
  /// @param country where the keys are
  public record KeyCustody(String holder, Country country) {}

  /// Under which law a person contracts.
  ///
  /// @param governing whose law governs
  /// @param courts whose courts decide
  public record ContractLaw(Country governing, Country courts) {
    /// Whether both are Japan's.
    public boolean japanese() {
      return governing.equals(Country.JAPAN) && courts.equals(Country.JAPAN);
    }
  }
}
