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
          request.personal, request.financial, request.myNumber, request.criticalInfrastructure
        };
    this.wholes = new long[] {request.confidentiality, destination.evidence};
    this.texts =
        new String[] {
          request.tenant,
          request.project,
          request.model,
          request.kind,
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
  public record RequestValues(
      long confidentiality,
      boolean personal,
      boolean financial,
      boolean myNumber,
      boolean criticalInfrastructure,
      String tenant,
      String project,
      String model,
      String kind) {}

  /// The fields `destination.…`. What a kind of destination does not have is empty, `ZZ`, `unknown`
  /// or 0, the value that permits least.
  ///
  /// @param kind `site` or `media`
  /// @param control `domestic`, `foreign` or `unknown`
  /// @param evidence 0 to 4
  public record DestinationValues(
      String kind,
      String id,
      String operator,
      String country,
      String control,
      long evidence,
      String sku,
      String scheme,
      String host) {}
}
