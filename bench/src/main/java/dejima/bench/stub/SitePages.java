package dejima.bench.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the stub answers to `GET`: the list of models in OpenAI's form, and the status of a Dejima
/// site. The status carries no signed statement, so the site counts as declared only.
final class SitePages {
  private final Map<String, byte[]> pages =
      Map.of("/v1/models", utf8(models()), "/dejima/v1/status", utf8(status()));

  /// The page at a path.
  ///
  /// @param path an absolute path without a query
  /// @return the JSON, or nothing
  Optional<byte[]> at(String path) {
    return Optional.ofNullable(pages.get(path));
  }

  private static String models() {
    return Arrays.stream(StubModel.values())
        .map(StubModel::id)
        .map(
            "{\"id\":\"%s\",\"object\":\"model\",\"created\":1795132800,\"owned_by\":\"bench\"}"
                ::formatted)
        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
  }

  private static String status() {
    String models =
        Arrays.stream(StubModel.values())
            .map(StubModel::id)
            .map(SitePages::modelStatus)
            .collect(Collectors.joining(","));
    return ("{\"v\":1,\"site\":\"bench-stub\",\"operator\":\"bench\",\"standIn\":true,"
            + "\"engine\":{\"name\":\"stub\",\"version\":\"1\"},\"models\":[%s],"
            + "\"capacity\":{\"concurrent\":4096,\"inFlight\":0,\"queued\":0}}")
        .formatted(models);
  }

  private static String modelStatus(String id) {
    return "{\"id\":\"%s\",\"digest\":\"sha256:%064d\",\"kinds\":[\"chat\",\"completion\"],\"contextLength\":8192}"
        .formatted(id, 0);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
