package dejima.residency.cel;

/// The values of every declared field for one request and one destination.
///
/// The values lie in arrays as well, where conditions find them by their slot in [DeclaredFields]
/// without a call for each field.
public final class Facts {
  private final RequestValues request;
  private final DestinationValues destination;
  private final boolean[] flags;
  private final long[] wholes;
  private final String[] texts;

  public Facts(RequestValues request, DestinationValues destination) {
    this.request = request;
    this.destination = destination;
    this.flags =
        new boolean[] {
          request.personal,
          request.financial,
          request.myNumber,
          request.criticalInfrastructure,
          request.local3a,
          request.local3b,
          request.local3c,
          request.modelRegistered,
          request.thirdPartyCalls,
          destination.ismap,
          destination.governmentCloud,
          destination.fisc,
          destination.japaneseLaw,
          destination.domesticMaintenance,
          destination.modelVerified
        };
    this.wholes =
        new long[] {request.confidentiality, destination.evidence, destination.locationMinutes};
    this.texts =
        new String[] {
          request.tenant,
          request.project,
          request.model,
          request.kind,
          request.statutoryTask,
          request.subcontractingPermission,
          request.transferBasis,
          request.modelOrigin,
          destination.kind,
          destination.id,
          destination.operator,
          destination.country,
          destination.control,
          destination.sku,
          destination.scheme,
          destination.host
        };
  }

  /// The request's values.
  public RequestValues request() {
    return request;
  }

  /// The destination's values.
  public DestinationValues destination() {
    return destination;
  }

  boolean flag(int slot) {
    return flags[slot];
  }

  long whole(int slot) {
    return wholes[slot];
  }

  String text(int slot) {
    return texts[slot];
  }

  /// The fields `request.…`.
  ///
  /// @param confidentiality 1 to 3
  /// @param statutoryTask an id, empty if the client names none
  /// @param subcontractingPermission an id, empty if the client names none
  /// @param transferBasis `none`, `consent`, `equivalent` or `adequate`
  /// @param modelOrigin ISO 3166-1 alpha-2, `ZZ` if unknown
  public record RequestValues(
      long confidentiality,
      boolean personal,
      boolean financial,
      boolean myNumber,
      boolean criticalInfrastructure,
      boolean local3a,
      boolean local3b,
      boolean local3c,
      boolean modelRegistered,
      boolean thirdPartyCalls,
      String tenant,
      String project,
      String model,
      String kind,
      String statutoryTask,
      String subcontractingPermission,
      String transferBasis,
      String modelOrigin) {}

  /// The fields `destination.…`. What a kind of destination does not have is empty, `ZZ`, `unknown`
  /// or 0, the value that permits least.
  ///
  /// @param kind `site`, `media`, or what a sink is for
  /// @param control `domestic`, `foreign` or `unknown`
  /// @param evidence 0 to 4
  /// @param locationMinutes age of the newest location proof, 1,000,000 when there is none
  public record DestinationValues(
      String kind,
      String id,
      String operator,
      String country,
      String control,
      long evidence,
      long locationMinutes,
      String sku,
      boolean ismap,
      boolean governmentCloud,
      boolean fisc,
      boolean japaneseLaw,
      boolean domesticMaintenance,
      boolean modelVerified,
      String scheme,
      String host) {}
}
