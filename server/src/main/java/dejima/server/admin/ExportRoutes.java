package dejima.server.admin;

import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.Reading;
import dejima.server.export.ExportDesk;
import dejima.server.export.ImportDesk;
import dejima.server.keys.KeyDesk;
import io.vertx.core.file.OpenOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Exports and imports of tenants on the admin plane. Archives go by as streams; neither is held in
/// memory.
public final class ExportRoutes implements AdminListener.Routes {
  private static final Pattern FROM = Pattern.compile("bytes=(0|[1-9][0-9]{0,17})-");

  private final ExportDesk exports;
  private final ImportDesk imports;
  private final KeyDesk keys;
  private final Path uploads;
  private final Executor background;

  /// Wires the routes; what blocks runs on `background`.
  ///
  /// @param data the data directory
  public ExportRoutes(
      ExportDesk exports, ImportDesk imports, KeyDesk keys, Path data, Executor background) {
    this.exports = exports;
    this.imports = imports;
    this.keys = keys;
    this.uploads = data.resolve("scratch");
    this.background = background;
  }

  @Override
  public void mountUploads(Router router) {
    router.post("/admin/v1/imports").handler(this::upload);
  }

  @Override
  public void mount(Router router) {
    router.post("/admin/v1/exports").handler(Reply.blocking(background, this::start));
    router.get("/admin/v1/exports/:id").handler(Reply.blocking(background, this::state));
    router.delete("/admin/v1/exports/:id").handler(Reply.blocking(background, this::drop));
    router.get("/admin/v1/exports/:id/file").handler(this::download);
  }

  private Reply start(RoutingContext context) {
    Optional<Json.Obj> asked = RequestBody.object(context);
    Optional<String> tenant = asked.flatMap(body -> body.string("tenant"));
    if (tenant.isEmpty()) {
      return Reply.problem(
          400,
          "Which tenant?",
          List.of("The body must be {\"tenant\": name or pseudonym, \"passphrase\": text?}."));
    }
    return switch (exports.start(tenant.get(), asked.flatMap(body -> body.string("passphrase")))) {
      case ExportDesk.Start.Begun(String id) -> new Reply(202, Json.object().put("id", id).build());
      case ExportDesk.Start.Unknown() ->
          Reply.problem(
              404, "There is no such tenant", List.of("'./dejima keys list' shows the tenants."));
      case ExportDesk.Start.WeakPassphrase() ->
          Reply.problem(
              400,
              "The passphrase is too short",
              List.of("Salt keys travel under a passphrase of 12 characters or more."));
    };
  }

  private Reply state(RoutingContext context) {
    return exports
        .state(context.pathParam("id"))
        .map(state -> Reply.ok(json(state)))
        .orElseGet(ExportRoutes::unknown);
  }

  private static Reply unknown() {
    return Reply.problem(
        404, "There is no such export", List.of("Ask for it with './dejima export'."));
  }

  private static Json json(ExportDesk.State state) {
    return switch (state) {
      case ExportDesk.State.Running(long done, long total) ->
          Json.object().put("state", "running").put("done", done).put("total", total).build();
      case ExportDesk.State.Ready(_, long bytes, String sha256, long requests) ->
          Json.object()
              .put("state", "ready")
              .put("bytes", bytes)
              .put("sha256", sha256)
              .put("done", requests)
              .put("total", requests)
              .build();
      case ExportDesk.State.Broken(String reason) ->
          Json.object().put("state", "broken").put("reason", reason).build();
    };
  }

  private Reply drop(RoutingContext context) {
    exports.drop(context.pathParam("id"));
    return Reply.ok(Json.object().build());
  }

  /// The archive, from the byte that a client names on (RFC 9110 §14.2), so that a broken download
  /// can go on.
  private void download(RoutingContext context) {
    Optional<ExportDesk.State> state = exports.state(context.pathParam("id"));
    if (!(state.orElse(new ExportDesk.State.Broken("")) instanceof ExportDesk.State.Ready ready)) {
      context.response().setStatusCode(404).end();
      return;
    }
    String range = context.request().getHeader("Range");
    Matcher from = FROM.matcher(range == null ? "" : range);
    long start = from.matches() ? Long.parseLong(from.group(1)) : 0;
    if (start > ready.bytes()) {
      context.response().setStatusCode(416).end();
      return;
    }
    context
        .response()
        .setStatusCode(from.matches() ? 206 : 200)
        .putHeader("Content-Type", "application/gzip")
        .putHeader("Cache-Control", "no-store")
        .sendFile(ready.archive().toString(), start);
  }

  private void upload(RoutingContext context) {
    Optional<ImportDesk.Terms> terms = terms(context);
    if (terms.isEmpty()) {
      Reply.problem(
              400,
              "Whose log?",
              List.of("The header Dejima-Log-Key must hold the vkey of the exporting log."))
          .write(context);
      return;
    }
    Path file = uploads.resolve("upload-" + UUID.randomUUID());
    context.request().pause();
    context
        .vertx()
        .fileSystem()
        .mkdirs(uploads.toString())
        .compose(_ ->
            context
                .vertx()
                .fileSystem()
                .open(file.toString(), new OpenOptions().setCreateNew(true).setWrite(true)))
        .compose(open -> context.request().pipeTo(open))
        .onComplete(uploaded -> {
          if (uploaded.failed()) {
            delete(file);
            context.request().connection().close();
          } else {
            Reply.blocking(background, _ -> take(file, terms.get())).handle(context);
          }
        });
  }

  private Reply take(Path file, ImportDesk.Terms terms) {
    try {
      return switch (imports.take(file, terms)) {
        case ImportDesk.Outcome.Refused(String reason) ->
            Reply.problem(
                422, "The export is refused, and nothing of it is left here", List.of(reason));
        case ImportDesk.Outcome.Taken(Json.Obj facts) -> {
          keys.refresh();
          yield new Reply(201, facts);
        }
      };
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Optional<ImportDesk.Terms> terms(RoutingContext context) {
    List<NoteKey> keys = new ArrayList<>();
    String given = context.request().getHeader("Dejima-Log-Key");
    for (String vkey : (given == null ? "" : given).strip().split(" ", -1)) {
      switch (NoteKey.parse(vkey)) {
        case Reading.Read<NoteKey>(NoteKey key) -> keys.add(key);
        case Reading.Unreadable<NoteKey> _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        new ImportDesk.Terms(
            keys, text(context, "Dejima-Passphrase"), text(context, "Dejima-Tenant")));
  }

  /// Headers hold ASCII; what people chose travels in base64.
  private static Optional<String> text(RoutingContext context, String header) {
    try {
      return Optional.ofNullable(context.request().getHeader(header))
          .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
