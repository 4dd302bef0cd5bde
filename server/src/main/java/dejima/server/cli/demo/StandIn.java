package dejima.server.cli.demo;

import java.util.List;

/// A site that a local process plays in the demo.
///
/// @param id the site's name
/// @param operator who would run it
/// @param country where it would be
/// @param control who could be compelled
/// @param sku the deployment's kind, empty where there are none
/// @param metro where the console draws it
/// @param latitude where it would stand, degrees
/// @param longitude likewise
record StandIn(
    String id,
    String operator,
    String country,
    String control,
    String sku,
    String metro,
    String latitude,
    String longitude) {
  /// The four sites of the demo.
  static final List<StandIn> ALL =
      List.of(
          new StandIn(
              "sakura-ishikari",
              "SAKURA internet",
              "JP",
              "domestic",
              "",
              "ishikari",
              "43.19",
              "141.32"),
          new StandIn(
              "softbank-sakai", "SoftBank", "JP", "domestic", "", "sakai", "34.573", "135.483"),
          new StandIn(
              "azure-japaneast",
              "Microsoft Azure",
              "JP",
              "foreign",
              "Standard",
              "tokyo",
              "35.68",
              "139.77"),
          new StandIn(
              "us-west", "Example Cloud", "US", "foreign", "", "abroad", "37.35", "-121.95"));

  /// Whether anybody but its operator vouches for it.
  boolean registered() {
    return country.equals("JP");
  }

  String agentConfig(int port, String gatewayPin) {
    return """
    # Written by './dejima demo'. This process only stands in for the site that it is named after.
    site: %s
    operator: %s (stand-in)
    country: %s
    control: %s
    %sstandIn: true
    listen: 127.0.0.1:%d
    identity: .
    gateways:
      - %s
    engine:
      kind: builtin
    """
        .formatted(id, operator, country, control, sku("sku: "), port, gatewayPin);
  }

  String siteEntry(int port, String pin) {
    return """
      - id: %s
        operator: %s (stand-in)
        country: %s
        control: %s
        %smetro: %s
        url: https://127.0.0.1:%d
        pin: %s
    """
        .formatted(
            id, operator, country, control, sku("sku: ").replace("\n", "\n    "), metro, port, pin);
  }

  private String sku(String key) {
    return sku.isEmpty() ? "" : key + sku + "\n";
  }
}
