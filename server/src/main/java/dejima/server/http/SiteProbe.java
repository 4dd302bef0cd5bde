package dejima.server.http;

import dejima.agent.PinnedKey;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.gateway.ServedModel;
import dejima.gateway.SiteReport;
import dejima.residency.RequestKind;
import dejima.server.http.SiteStatements.Heard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks a site's agent how it is: which engine and models it has, how much it can take, and what
/// its operator declares about it.
final class SiteProbe {
  private static final Logger LOG = LoggerFactory.getLogger(SiteProbe.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int LONGEST_STATUS = 256 << 10;
  private static final long JUDGED_FOR = TimeUnit.MINUTES.toNanos(1);

  private final SiteConnection site;
  private final SiteQuestion question;
  private String lastFailure = "";
  private Optional<Heard> judged = Optional.empty();
  private long judgedAt;

  /// @param clients the site's connections under the key of a pin
  SiteProbe(SiteConnection site, Function<String, HttpClientAgent> clients) {
    this.site = site;
    this.question = new SiteQuestion(site, clients, "status", LONGEST_STATUS, TIMEOUT);
  }

  /// Whether the site has not answered yet.
  boolean unheard() {
    return site.state().report().isEmpty();
  }

  /// Asks once, unless the last question is still open; the answer goes into the site's state.
  Future<Void> ask() {
    String pin = site.state().pin();
    Future<Void> asked = ask(pin);
    for (PinnedKey other : site.config().pins()) {
      if (!other.text().equals(pin)) {
        asked =
            asked.recover(failure -> ask(other.text()).recover(_ -> Future.failedFuture(failure)));
      }
    }
    return asked.otherwise(failure -> {
      failed(String.valueOf(failure.getMessage()));
      return null;
    });
  }

  private Future<Void> ask(String pin) {
    return question.ask(
        pin,
        "/dejima/v1/status",
        answer -> {
          site.statements().answers(site, pin);
          return take(answer);
        });
  }

  private Future<Void> take(SiteQuestion.Answer answer) {
    return switch (Json.read(answer.body().getBytes())) {
      case Reading.Read<Json>(Json.Obj status) ->
          judged(answer.shown(), Heard.in(status)).map(_ -> answered(status));
      case Reading.Read<Json> _ -> Future.failedFuture("the status is not an object");
      case Reading.Unreadable<Json>(String reason) -> Future.failedFuture(reason);
    };
  }

  /// The statement is judged before the site counts as up, and again each minute, since it ages.
  private Future<Void> judged(Optional<PublicKey> shown, Heard heard) {
    long now = System.nanoTime();
    if (judged.equals(Optional.of(heard)) && now - judgedAt < JUDGED_FOR) {
      return Future.succeededFuture();
    }
    return Future.fromCompletionStage(
            site.statements().hear(site, heard, shown), Vertx.currentContext())
        .onSuccess(_ -> {
          judged = Optional.of(heard);
          judgedAt = now;
        });
  }

  private @Nullable Void answered(Json.Obj status) {
    site.state().reported(report(status));
    if (!lastFailure.isEmpty()) {
      LOG.info("site {} answers again", site.state().facts().id());
      lastFailure = "";
    }
    return null;
  }

  private void failed(String reason) {
    site.state().unreachable();
    if (!reason.equals(lastFailure)) {
      LOG.warn("site {} does not answer: {}", site.state().facts().id(), reason);
      lastFailure = reason;
    }
  }

  private static SiteReport report(Json.Obj status) {
    Json.Obj engine = status.object("engine").orElseGet(() -> Json.object().build());
    String name =
        (engine.string("name").orElse("unknown") + " " + engine.string("version").orElse(""))
            .strip();
    List<ServedModel> models =
        status.array("models").orElse(List.of()).stream()
            .flatMap(json -> model(json).stream())
            .toList();
    int concurrent =
        status
            .object("capacity")
            .flatMap(capacity -> capacity.integer("concurrent"))
            .map(value -> Math.clamp(value, 0, Integer.MAX_VALUE))
            .orElse(0);
    boolean standIn = status.get("standIn").equals(Optional.of(Json.of(true)));
    return new SiteReport(name, models, concurrent, standIn);
  }

  private static Optional<ServedModel> model(Json json) {
    if (!(json instanceof Json.Obj model)) {
      return Optional.empty();
    }
    Set<RequestKind> kinds = EnumSet.noneOf(RequestKind.class);
    for (Json kind : model.array("kinds").orElse(List.of())) {
      for (RequestKind known : RequestKind.values()) {
        if (kind instanceof Json.Str(String word)
            && word.toLowerCase(Locale.ROOT).equals(known.word())) {
          kinds.add(known);
        }
      }
    }
    return model
        .string("id")
        .map(id -> new ServedModel(id, model.string("digest").orElse(""), kinds));
  }
}
