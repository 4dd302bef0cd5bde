package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Answer;
import dejima.acceptance.product.BaselineWorld;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.LandmarkProcess;
import dejima.acceptance.product.RecordedBody;
import dejima.acceptance.product.Verifying;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The shipped Japanese baseline lets each class of data go to a site exactly as long as the site
/// is at the level that the class needs, and each answer's receipt bears that out. All programs are
/// real; the quotes are constructed.
class EvidenceLevelsTest {
  private static final String MODEL = "builtin-selftest";
  private static final String CLASS = "Dejima-Data-Class";
  private static final String[] TASK = {
    "Dejima-Statutory-Task", "bangou-9-1", "Dejima-Subcontracting-Permission", "permission-7"
  };

  @Test
  void permitsEachClassAtItsLevelAndNotBelow() throws Exception {
    try (BaselineWorld world = new BaselineWorld()) {
      Caller client = world.gateway().client("city");

      refused(client, "confidentiality-1", "c1-needs-attribution");

      world.register(0);
      world.awaitEvidence("E1");
      permitted(world, client, "E1", "confidentiality-1");
      refused(client, "confidentiality-2", "c2-needs-measurement");
      refused(client, "confidentiality-1, personal", "personal-needs-measurement");

      world.way().takes(Duration.ofMillis(2));
      world.awaitEvidence("E2");
      permitted(world, client, "E2", "confidentiality-2");
      refused(client, "confidentiality-3", "c3-needs-attestation");
      refused(client, "confidentiality-2, my-number", "my-number-needs-attestation", TASK);

      world.mirror(1, false);
      world.awaitEvidence("E3");
      permitted(world, client, "E3", "confidentiality-3");
      permitted(world, client, "E3", "confidentiality-2, my-number", TASK);
      refused(client, "confidentiality-2, my-number", "my-number-needs-task");

      fallsWhenTheOfferGetsStale(world, client);
      fallsWhenALandmarkFallsSilent(world, client);
      fallsWhenTheRegisterExpires(world, client);
      fallsWhenTheRegisterContradicts(world, client);
    }
  }

  /// The tool makes no more quotes: a day later the last one says nothing.
  private static void fallsWhenTheOfferGetsStale(BaselineWorld world, Caller client) {
    world.tool().stop();
    world.clock().shift(Duration.ofHours(25));

    world.awaitEvidence("E2");
    refused(client, "confidentiality-3", "c3-needs-attestation");
    permittedOnly(client, "confidentiality-2");
  }

  private static void fallsWhenALandmarkFallsSilent(BaselineWorld world, Caller client) {
    world.landmarks().get(1).stop();

    world.awaitEvidence("E1");
    refused(client, "confidentiality-2", "c2-needs-measurement");
    permittedOnly(client, "confidentiality-1");
  }

  private static void fallsWhenTheRegisterExpires(BaselineWorld world, Caller client) {
    world.clock().shift(Duration.ofDays(62));

    world.awaitEvidence("E0");
    refused(client, "confidentiality-1", "c1-needs-attribution");
  }

  /// Two people sign that the site stands eleven kilometres from where it is configured.
  private static void fallsWhenTheRegisterContradicts(BaselineWorld world, Caller client) {
    world.clock().shift(Duration.ZERO);
    world.awaitEvidence("E1");

    world.register(0.1);

    world.awaitEvidence("CONTRADICTED");
    assertThat(world.site().path("against").toString()).contains("11.1 km apart");
    refused(client, "confidentiality-1", "site-contradicted");
  }

  private static void refused(Caller client, String label, String rule, String... more) {
    Answer answer = ask(client, label, more).expect(403);

    assertThat(answer.text()).contains("osaka: rule").contains(rule);
  }

  private static void permittedOnly(Caller client, String label) {
    ask(client, label).expect(200);
  }

  private static void permitted(
      BaselineWorld world, Caller client, String level, String label, String... more)
      throws IOException {
    // The facts about the model arrive with the register, a moment after the level may.
    Answer answer =
        Eventually.present(
            Duration.ofSeconds(20),
            () -> java.util.Optional.of(ask(client, label, more)).filter(a -> a.status() == 200),
            () -> label + ": " + ask(client, label, more).text());
    String receipt = world.gateway().receipt(client, answer.receiptId());
    String site = RecordedBody.in(receipt).getFirst().body().path("site").toString();
    Path trusted = world.gateway().folder().resolve("trusted-landmarks");
    Files.writeString(
        trusted,
        world.landmarks().stream()
            .map(LandmarkProcess::trustLine)
            .collect(Collectors.joining("\n", "", "\n")));
    Path approvers = world.gateway().folder().resolve("trusted-approvers");
    Files.writeString(
        approvers, new Caller(world.gateway().url(), "x").get("/log/approvers").expect(200).text());

    assertThat(site).contains("\"evidence\":\"" + level + "\"");
    assertThat(
            Verifying.verify(
                    receipt.getBytes(StandardCharsets.UTF_8),
                    world.gateway().keys(),
                    "--landmarks",
                    trusted.toString(),
                    "--approvers",
                    approvers.toString())
                .expect(0)
                .out())
        .contains("GENUINE", "Evidence " + level)
        .doesNotContain("no trusted approvers were given");
  }

  private static Answer ask(Caller client, String label, String... more) {
    String[] headers = new String[2 + more.length];
    headers[0] = CLASS;
    headers[1] = label;
    System.arraycopy(more, 0, headers, 2, more.length);
    return client.ask(MODEL, "出島とは何ですか。", headers);
  }
}
