package dejima.residency.cel;

/// The values of every declared field for one request and one destination.
public record Facts(RequestValues request, DestinationValues destination) {

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
