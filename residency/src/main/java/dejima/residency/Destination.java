package dejima.residency;

import java.util.Locale;

/// Where bytes of a request would go: a site that computes, a host that a request makes an engine
/// fetch media from, or a sink beside the way of the request.
public sealed interface Destination {

  /// A site of an operator. Country and control are two facts and are never merged.
  ///
  /// @param declaredCountry where the operator says the machines are; rules see [#country]
  /// @param sku the deployment type where the operator sells several, such as Azure's `Standard`;
  ///   empty elsewhere
  /// @param assurances what third parties and contracts assure of it
  /// @param locationMinutes age of its newest location proof in whole minutes, [#NEVER_LOCATED]
  ///   when there is none
  /// @param modelVerified whether it reports a registered digest of the model that is asked for
  record SiteFacts(
      String id,
      String operator,
      Country declaredCountry,
      Control control,
      EvidenceLevel evidence,
      String sku,
      Assurances assurances,
      int locationMinutes,
      boolean modelVerified)
      implements Destination {
    /// The age of a location proof where there is none.
    public static final int NEVER_LOCATED = 1_000_000;

    /// Refuses an age below zero.
    public SiteFacts {
      if (locationMinutes < 0 || locationMinutes > NEVER_LOCATED) {
        throw new IllegalArgumentException("an age is 0 to " + NEVER_LOCATED + " minutes");
      }
    }

    /// A site of which nothing is assured, that was never located and reports no known model.
    public SiteFacts(
        String id,
        String operator,
        Country declaredCountry,
        Control control,
        EvidenceLevel evidence,
        String sku) {
      this(
          id,
          operator,
          declaredCountry,
          control,
          evidence,
          sku,
          Assurances.NONE,
          NEVER_LOCATED,
          false);
    }

    /// Where data sent here is processed. Azure's `Global…` and `DataZone…` deployments may process
    /// in any of many regions whatever their address says, so their country is unknown.
    public Country country() {
      return roams("Global") || roams("DataZone") ? Country.UNKNOWN : declaredCountry;
    }

    /// The same site with other evidence about it.
    public SiteFacts at(EvidenceLevel other) {
      return new SiteFacts(
          id,
          operator,
          declaredCountry,
          control,
          other,
          sku,
          assurances,
          locationMinutes,
          modelVerified);
    }

    /// The same site, located so many minutes ago.
    public SiteFacts locatedBefore(int minutes) {
      return new SiteFacts(
          id,
          operator,
          declaredCountry,
          control,
          evidence,
          sku,
          assurances,
          minutes,
          modelVerified);
    }

    /// The same site with other assurances.
    public SiteFacts assured(Assurances other) {
      return new SiteFacts(
          id,
          operator,
          declaredCountry,
          control,
          evidence,
          sku,
          other,
          locationMinutes,
          modelVerified);
    }

    /// The same site, seen for a model whose digest it reports as registered or not.
    public SiteFacts serving(boolean verified) {
      return verified == modelVerified
          ? this
          : new SiteFacts(
              id,
              operator,
              declaredCountry,
              control,
              evidence,
              sku,
              assurances,
              locationMinutes,
              verified);
    }

    private boolean roams(String prefix) {
      return sku.regionMatches(true, 0, prefix, 0, prefix.length());
    }
  }

  /// The target of a media URL in a request.
  ///
  /// @param scheme in small letters, without the colon: `data`, `https`
  /// @param host in small letters; empty for a scheme that has none
  record MediaHost(String scheme, String host) implements Destination {}

  /// A place beside a request's way that may get something of it.
  ///
  /// @param kind what it is for
  /// @param host where it is, in small letters; empty for this machine
  /// @param country where that host is
  /// @param control who can compel whoever runs it
  record Sink(SinkKind kind, String host, Country country, Control control)
      implements Destination {}

  /// What a sink is for.
  enum SinkKind {
    /// Traces.
    TELEMETRY,
    /// People who mend the system from elsewhere.
    SUPPORT,
    /// Log lines.
    LOG,
    /// Counters.
    METRICS,
    /// Answers kept for the next request alike.
    CACHE,
    /// Requests that wait to be worked off.
    BATCH,
    /// Files that clients leave.
    FILES,
    /// A service that judges content.
    GUARDRAIL,
    /// The database of keys and tenants.
    DATABASE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word that rules see as `destination.kind`, as in `telemetry`.
    public String word() {
      return word;
    }
  }
}
