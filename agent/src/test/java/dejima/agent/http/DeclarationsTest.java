package dejima.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.TlsIdentity;
import dejima.agent.config.AgentConfig;
import dejima.evidence.SiteDeclaration;
import dejima.residency.Control;
import dejima.residency.Country;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeclarationsTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final AgentConfig.Site SITE =
      new AgentConfig.Site("s1", "例 K.K.", Country.JAPAN, Control.DOMESTIC, "Standard", true);

  @TempDir private Path directory;
  private Instant now = START;

  private static SiteDeclaration said(Declarations.Signed signed) {
    return SiteDeclaration.of(signed.statement()).orThrow();
  }

  @Test
  void signsWhatTheOperatorConfigured() {
    TlsIdentity identity = TlsIdentity.inDirectory(directory, "s1", () -> now);

    Declarations.Signed signed = new Declarations(SITE, identity, () -> now).current();

    assertThat(said(signed))
        .isEqualTo(
            new SiteDeclaration(
                "s1", "例 K.K.", "JP", "domestic", "Standard", START.toEpochMilli()));
    assertThat(
            said(signed)
                .verify(identity.publicKey(), Base64.getDecoder().decode(signed.signature())))
        .isTrue();
  }

  @Test
  void renewsItLongBeforeItIsStale() {
    TlsIdentity identity = TlsIdentity.inDirectory(directory, "s1", () -> now);
    Declarations declarations = new Declarations(SITE, identity, () -> now);
    now = START.plus(Duration.ofDays(29));
    assertThat(declarations.current().issued()).isEqualTo(START);

    now = START.plus(Duration.ofDays(31));

    assertThat(declarations.current().issued()).isEqualTo(now);
    assertThat(said(declarations.current()).issued()).isEqualTo(now.toEpochMilli());
  }
}
