package dejima.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.product.WitnessProcess;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Keys of the log and of a witness change, while a monitor and the witness go on following.
class FollowedKeysTest {
  private static final Duration WITNESSED = Duration.ofSeconds(20);
  private static final String NAME = "witness.one.example";

  /// A receipt under a tree head that carries so many cosignatures.
  private static String receipt(GatewayProcess gateway, Caller client, int cosignatures) {
    String id = client.ask("m", "who saw this?").expect(200).receiptId();
    String[] newest = {""};
    Eventually.holds(
        WITNESSED,
        () -> {
          newest[0] = gateway.receipt(client, id);
          return cosignatures(newest[0]) == cosignatures;
        },
        () ->
            cosignatures(newest[0])
                + " cosignatures; "
                + gateway.admin().get("/admin/v1/witnesses").text());
    return newest[0];
  }

  private static int cosignatures(String receipt) {
    return receipt.split("\u2014 " + NAME + " ", -1).length - 1;
  }

  private static Finished log(GatewayProcess gateway, String what) {
    return Product.run(gateway.folder(), "log", what, "--data", gateway.data().toString())
        .expect(0);
  }

  private static Finished monitor(GatewayProcess gateway, Path keys, WitnessProcess witness) {
    return Product.run(
        gateway.folder(),
        "monitor",
        gateway.url() + "/log",
        "--keys",
        keys.toString(),
        "--once",
        "--lang",
        "en",
        "--witness",
        witness.url());
  }

  private static int verify(String receipt, Path keys, String... more) {
    return Verifying.verify(receipt.getBytes(UTF_8), keys, more).exit();
  }

  @Test
  void aMonitorAndAWitnessFollowTheLogFromOneKeyToTheNext() throws IOException {
    try (StubWorld world = new StubWorld("followed");
        WitnessProcess witness = WitnessProcess.init(NAME)) {
      GatewayProcess gateway = world.gateway();
      Path policy =
          Verifying.write(
              Product.newFolder("followed").resolve("policy"),
              (witness.policy() + "quorum " + NAME + "\n").getBytes(UTF_8));
      world.domestic("home", "m", Script.answers());
      world.start("witnessPolicy: " + policy);
      Caller client = world.client();
      String first = client.get("/log/keys").expect(200).text().strip();
      Path keys =
          Verifying.write(
              policy.resolveSibling("keys"),
              ("log " + first + "\n" + Files.readString(policy)).getBytes(UTF_8));
      witness.start(first);
      String before = receipt(gateway, client, 2);
      assertThat(monitor(gateway, keys, witness).expect(0).out()).contains("sound");

      gateway.stop();
      String second = log(gateway, "rotate-key").out().lines().findFirst().orElseThrow();
      gateway.start().awaitSites(1);
      String between = receipt(gateway, client, 2);
      assertThat(monitor(gateway, keys, witness).expect(0).out())
          .contains("key changed", second.substring("new key  ".length()), "sound");

      witness.stop();
      witness.start(first + "\n" + second.substring("new key  ".length()));
      gateway.stop();
      log(gateway, "retire-key");
      gateway.start().awaitSites(1);
      String after = receipt(gateway, client, 2);
      assertThat(monitor(gateway, keys, witness).expect(0).out())
          .contains("sound")
          .doesNotContain("key changed");

      Path line =
          Verifying.write(
              policy.resolveSibling("succession"),
              client.get("/log/succession").expect(200).text().getBytes(UTF_8));
      assertThat(verify(before, keys)).isZero();
      assertThat(verify(between, keys)).isZero();
      assertThat(verify(after, keys)).isEqualTo(Verifying.REFUSED);
      assertThat(verify(after, keys, "--succession", line.toString())).isZero();
    }
  }

  @Test
  void aWitnessChangesItsKeysAndWhatItCosignedBeforeStaysCheckable() throws IOException {
    try (StubWorld world = new StubWorld("witness-key");
        WitnessProcess witness = WitnessProcess.init(NAME)) {
      GatewayProcess gateway = world.gateway();
      Path policy = Product.newFolder("witness-key").resolve("policy");
      Files.writeString(policy, witness.policy() + "quorum " + NAME + "\n");
      world.domestic("home", "m", Script.answers());
      world.start("witnessPolicy: " + policy);
      Caller client = world.client();
      String logKey = client.get("/log/keys").expect(200).text().strip();
      witness.start(logKey);
      String before = receipt(gateway, client, 2);

      String lines = witness.lines(witness.change("rotate-key").expect(0));
      witness.start();
      gateway.stop();
      Files.writeString(policy, lines + "quorum " + NAME + "\n");
      gateway.start().awaitSites(1);
      receipt(gateway, client, 4);
      witness.change("retire-key").expect(0);
      witness.start();
      String after = receipt(gateway, client, 2);

      Path both =
          Verifying.write(
              policy.resolveSibling("both"),
              ("log " + logKey + "\n" + Files.readString(policy)).getBytes(UTF_8));
      Path newest =
          Verifying.write(
              policy.resolveSibling("newest"),
              Files.readString(both)
                  .replace("any " + NAME + "/1 " + NAME + "/2", "any")
                  .getBytes(UTF_8));
      assertThat(verify(before, both)).isZero();
      assertThat(verify(after, both)).isZero();
      assertThat(verify(after, newest)).isZero();
      assertThat(verify(before, newest)).isEqualTo(Verifying.REFUSED);
      assertThat(monitor(gateway, both, witness).expect(0).out()).contains("sound");
    }
  }
}
