package dejima.acceptance.product;

import dejima.acceptance.site.ConstructedMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;

/// The operator's attestation tool, played by the test: whenever the agent has left another nonce,
/// it makes constructed quotes for it and puts them where the agent finds them.
public final class QuoteTool implements AutoCloseable {
  private static final int EVERY_MILLIS = 200;

  private final ConstructedMachine machine;
  private final Path folder;
  private final PublicKey siteKey;
  private final byte[] sealingKey;
  private final Thread thread;
  private volatile boolean working = true;
  private String last = "";

  /// @param folder of the files that agent.yaml names under `attestation`
  /// @param siteKey the key with which the agent answers
  /// @param sealingKey the public key that quotes bind, or nothing
  public QuoteTool(ConstructedMachine machine, Path folder, PublicKey siteKey, byte[] sealingKey) {
    this.machine = machine;
    this.folder = folder;
    this.siteKey = siteKey;
    this.sealingKey = sealingKey.clone();
    this.thread = Thread.ofVirtual().start(this::watch);
  }

  /// The `attestation` section of agent.yaml, for a folder beside it.
  public static String yaml(String folder) {
    return """
    attestation:
      nonce: %1$s/nonce
      snpReport: %1$s/report
      snpChain: %1$s/chain.pem
      gpuToken: %1$s/gpu.json
      sealingKey: %1$s/seal.pub
      sealingSecret: %1$s/seal.key
    """
        .formatted(folder);
  }

  /// Makes no more quotes; those that are there stay.
  public void stop() {
    working = false;
  }

  private void watch() {
    while (working) {
      try {
        Thread.sleep(EVERY_MILLIS);
        Path nonce = folder.resolve("nonce");
        String now = Files.exists(nonce) ? Files.readString(nonce).strip() : "";
        if (!now.isEmpty() && !now.equals(last)) {
          Files.write(folder.resolve("chain.pem"), machine.chain());
          Files.writeString(folder.resolve("gpu.json"), machine.token(now));
          Files.write(folder.resolve("report"), machine.report(now, siteKey, sealingKey));
          last = now;
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        working = false;
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  @Override
  public void close() {
    stop();
    thread.interrupt();
  }
}
