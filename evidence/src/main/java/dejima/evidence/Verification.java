package dejima.evidence;

import java.util.List;
import java.util.Locale;

/// What a verifier says of a receipt.
public sealed interface Verification {

  /// Everything that can be checked holds.
  ///
  /// @param receipt what was checked
  /// @param proved what that proves
  /// @param notProved what it does not
  record Verified(Receipt receipt, List<Finding> proved, List<Finding> notProved)
      implements Verification {
    /// Copies the findings.
    public Verified {
      proved = List.copyOf(proved);
      notProved = List.copyOf(notProved);
    }
  }

  /// Something does not hold, and nothing in the receipt may be believed.
  ///
  /// @param step which check failed
  /// @param reason why, in one English clause
  record Refused(Step step, String reason) implements Verification {}

  /// One sentence for people, under a name for programs that stays the same.
  ///
  /// @param step the check that found it
  /// @param code the name, small letters and hyphens
  /// @param en in English
  /// @param ja in Japanese
  record Finding(Step step, String code, String en, String ja) {}

  /// The checks, in their order.
  enum Step {
    /// The file is in its one form.
    PARSE,
    /// A known log signed the checkpoint.
    LOG_SIGNATURE,
    /// Enough witnesses cosigned it.
    QUORUM,
    /// The entry is in the tree.
    INCLUSION,
    /// The intents are in the tree, before it, and are those that it names.
    INTENTS,
    /// The salt is the request's.
    SALT,
    /// The bodies given along are those that were committed to.
    COMMITMENTS,
    /// The promise given along was kept.
    PROMISE,
    /// The site signed its response.
    SITE_SIGNATURE,
    /// The bundle is the one that decided.
    POLICY,
    /// The sites' facts are those that were decided by.
    SITE_FACTS,
    /// What an intent names as ground of its site's evidence level is in the tree, and every kind
    /// that the level needs is there.
    GROUNDS,
    /// The register attributes the site, and the facts that were decided by are the register's.
    REGISTER,
    /// The site itself states what is on record of it.
    STATEMENT,
    /// Landmarks prove where the site is.
    LOCATION,
    /// Quotes bind the site's key to a trusted execution environment.
    ATTESTATION,
    /// The decision comes out again as recorded, and only permitted sites were used.
    DECISION;

    /// The name for programs, as in `log-signature`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
