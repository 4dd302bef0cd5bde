package dejima.server.console;

import dejima.residency.Confidentiality;
import dejima.residency.DataClass;
import dejima.residency.Marker;
import dejima.residency.RequestKind;
import dejima.server.console.RequestEvent.Finished;
import dejima.server.console.RequestEvent.Started;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/// Shows the console with made-up traffic on a loopback port, for looking at it. Arguments: the
/// port, and for a picture that does not move the name of one more model, which may be anything.
final class ConsoleDemo {
  private static final List<DataClass> CLASSES =
      List.of(
          new DataClass(Confidentiality.C2, Set.of()),
          new DataClass(Confidentiality.C1, Set.of()),
          new DataClass(Confidentiality.C2, Set.of(Marker.PERSONAL)),
          new DataClass(Confidentiality.C2, Set.of(Marker.FINANCIAL)));
  private static final List<String> TENANTS = List.of("kasumigaseki", "minato-bank", "seiko-kikai");
  private static final List<String> FINISHES =
      List.of("complete", "complete", "complete", "complete", "complete", "cancelled", "truncated");

  private final Random random = new Random(20261120);
  private final LiveFeed feed = new LiveFeed();
  private final List<Started> open = new ArrayList<>();
  private long size = 48_211;

  private ConsoleDemo() {}

  static void main(String[] arguments) {
    ConsoleDemo demo = new ConsoleDemo();
    demo.begin();
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    ConsoleRoutes.mount(router, Evidenced.of(demo.feed));
    int port = Integer.parseInt(arguments[0]);
    vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1").await();
    if (arguments.length == 1) {
      vertx.setPeriodic(180, _ -> demo.step());
    } else {
      demo.feed.requestStarted(Examples.started("rcpt_\"><b>", arguments[1], 1));
      demo.feed.refused(Examples.refusal(1, arguments[1]));
    }
  }

  private void begin() {
    feed.policy(PolicyCard.of(Examples.POLICY));
    Instant now = Instant.now();
    for (int i = 60; i > 0; i--) {
      request(now.minusMillis(i * 700L));
      if (i % 9 == 0) {
        refuse(now.minusMillis(i * 700L));
      }
    }
    state();
  }

  private void step() {
    request(Instant.now());
    if (random.nextInt(20) == 0) {
      refuse(Instant.now());
    }
    state();
  }

  private void request(Instant time) {
    Started started =
        new Started(
            id(),
            time,
            TENANTS.get(random.nextInt(3)),
            random.nextBoolean() ? "窓口応対" : "kikaku-2026",
            CLASSES.get(random.nextInt(CLASSES.size())),
            "builtin-selftest",
            random.nextInt(6) == 0 ? RequestKind.EMBEDDING : RequestKind.CHAT,
            random.nextInt(3) == 0 ? "softbank-sakai" : "sakura-ishikari",
            random.nextInt(3) > 0);
    feed.requestStarted(started);
    open.add(started);
    if (open.size() > 4) {
      Started ended = open.remove(random.nextInt(3));
      double first = 8 + random.nextDouble() * 60;
      feed.requestFinished(
          new Finished(
              ended,
              OptionalLong.of(20 + random.nextInt(1800)),
              OptionalLong.of(random.nextInt(400)),
              first + random.nextDouble() * 2400,
              OptionalDouble.of(first),
              FINISHES.get(random.nextInt(FINISHES.size()))));
    }
  }

  private void refuse(Instant time) {
    RefusalEvent event = Examples.refusal(random.nextInt(100), "builtin-selftest");
    feed.refused(
        new RefusalEvent(
            id(),
            time,
            TENANTS.get(random.nextInt(3)),
            "",
            event.dataClass(),
            event.model(),
            event.status(),
            event.reason(),
            event.decisions()));
  }

  private void state() {
    size += 3;
    TreeHeadCard head = Examples.treeHead();
    feed.treeHead(new TreeHeadCard(head.origin(), size, head.root(), Instant.now()));
    feed.sites(Examples.crowd());
  }

  private String id() {
    String letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    StringBuilder id = new StringBuilder("rcpt_01KTQ");
    random.ints(21, 0, 32).forEach(i -> id.append(letters.charAt(i)));
    return id.toString();
  }
}
