package dejima.acceptance.product;

/// A site as the gateway's configuration names it.
///
/// @param id its name
/// @param country where it says it is
/// @param control who could be compelled
/// @param sku the deployment's kind, empty where there are none
/// @param port where its agent listens on loopback
/// @param pin the pin of its key
public record SiteEntry(
    String id, String country, String control, String sku, int port, String pin) {
  String yaml() {
    return """
      - id: %s
        operator: Operator of %s
        country: %s
        control: %s
        %surl: https://127.0.0.1:%d
        pin: %s
    """
        .formatted(
            id, id, country, control, sku.isEmpty() ? "" : "sku: " + sku + "\n    ", port, pin);
  }
}
