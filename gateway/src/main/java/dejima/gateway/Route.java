package dejima.gateway;

import dejima.residency.RequestKind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// What a path of the public interface means.
public sealed interface Route {
  /// The protocol in which the answer, an error above all, has to be written.
  Dialect dialect();

  /// A model is to be run.
  ///
  /// @param dialect the client's protocol
  /// @param kind what the model is asked for
  /// @param deployment the model that the path names, in Azure's form
  record Inference(Dialect dialect, RequestKind kind, Optional<String> deployment)
      implements Route {}

  /// The list of models.
  ///
  /// @param dialect the client's protocol
  record Models(Dialect dialect) implements Route {}

  /// One model of the list.
  ///
  /// @param dialect the client's protocol
  /// @param id the model's name
  record Model(Dialect dialect, String id) implements Route {}

  /// The path belongs to a dialect, but means nothing in it, or not in this way.
  ///
  /// @param dialect the client's protocol
  /// @param problem what to answer
  record Unusable(Dialect dialect, Problem problem) implements Route {}

  /// Reads a path below `/v1/` or `/openai/`.
  ///
  /// @param method the HTTP method
  /// @param path the path as it stands on the wire, without its query; the names of deployments and
  ///   models in it are decoded, its operations are not
  /// @param apiVersion the `api-version` of the query, empty when absent
  static Route of(String method, String path, String apiVersion) {
    if (path.startsWith("/v1/")) {
      return plain(Dialect.OPENAI, method, path.substring(4), Optional.empty());
    }
    if (path.startsWith("/openai/v1/")) {
      return plain(Dialect.AZURE, method, path.substring(11), Optional.empty());
    }
    if (path.startsWith("/openai/") && apiVersion.isEmpty()) {
      return new Unusable(
          Dialect.AZURE,
          Problem.badRequest(
                  "MissingApiVersionParameter",
                  "The query parameter 'api-version' is missing. Add it, for example"
                      + " '?api-version=2024-10-21', or use the '/openai/v1/' paths, which need"
                      + " none.")
              .at("api-version"));
    }
    return path.startsWith("/openai/") ? azure(method, path.substring(8)) : unknown(Dialect.OPENAI);
  }

  /// The `api-version` of a query as it stands there, empty when absent. It is not decoded, because
  /// nothing but its presence counts and a bad escape must not become a failure.
  ///
  /// @param query the query without its question mark, empty if there is none
  public static String apiVersion(String query) {
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("api-version=")) {
        return parameter.substring("api-version=".length());
      }
    }
    return "";
  }

  private static Route azure(String method, String rest) {
    if (!rest.startsWith("deployments/")) {
      return plain(Dialect.AZURE, method, rest, Optional.empty());
    }
    String[] parts = rest.substring("deployments/".length()).split("/", 2);
    Optional<String> deployment = decoded(parts[0]);
    return parts.length < 2 || deployment.isEmpty() || parts[1].startsWith("models")
        ? unknown(Dialect.AZURE)
        : plain(Dialect.AZURE, method, parts[1], deployment);
  }

  /// A name without its percent-encoding; none if there is no name or its encoding is broken.
  private static Optional<String> decoded(String name) {
    try {
      String plain = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      return Optional.of(plain).filter(text -> !text.isEmpty());
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static Route plain(
      Dialect dialect, String method, String operation, Optional<String> deployment) {
    RequestKind kind = Operations.BY_PATH.get(operation);
    if (kind != null) {
      return method.equals("POST")
          ? new Inference(dialect, kind, deployment)
          : new Unusable(dialect, Problem.methodNotAllowed("POST"));
    }
    if (!operation.equals("models") && !operation.startsWith("models/")) {
      return unknown(dialect);
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return new Unusable(dialect, Problem.methodNotAllowed("GET"));
    }
    return operation.equals("models")
        ? new Models(dialect)
        : decoded(operation.substring("models/".length()))
            .<Route>map(id -> new Model(dialect, id))
            .orElseGet(() -> unknown(dialect));
  }

  private static Route unknown(Dialect dialect) {
    return new Unusable(
        dialect,
        Problem.notFound(
            "unknown_path",
            "There is no operation at this path. The gateway serves chat/completions, completions,"
                + " embeddings and models below /v1/, /openai/v1/ and"
                + " /openai/deployments/{deployment}/."));
  }

  /// The operations by the end of their path.
  final class Operations {
    private static final Map<String, RequestKind> BY_PATH =
        Map.of(
            "chat/completions", RequestKind.CHAT,
            "completions", RequestKind.COMPLETION,
            "embeddings", RequestKind.EMBEDDING);

    private Operations() {}

    /// The path of an operation below `/v1/`, as sites serve it.
    public static String pathOf(RequestKind kind) {
      return switch (kind) {
        case CHAT -> "/v1/chat/completions";
        case COMPLETION -> "/v1/completions";
        case EMBEDDING -> "/v1/embeddings";
      };
    }
  }
}
