package dejima.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.PinnedKey;
import dejima.agent.TlsIdentity;
import dejima.evidence.SiteStatement;
import dejima.gateway.SiteSignature;
import io.vertx.core.MultiMap;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SiteSignaturesTest {
  private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String RECEIPT = "rcpt_01JD3M5Q8R00000000000000";
  private static final SiteSignatures.Seen SEEN = new SiteSignatures.Seen(id(), 1, HASH, HASH);

  @TempDir private Path directory;
  private TlsIdentity site;
  private TlsIdentity other;

  private static String id() {
    return (RECEIPT + "00000000").substring(0, 31);
  }

  @BeforeEach
  void makeKeys() {
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-20T00:00:00Z"));
    site = TlsIdentity.inDirectory(directory.resolve("site"), "site", clock);
    other = TlsIdentity.inDirectory(directory.resolve("other"), "other", clock);
  }

  private static SiteStatement statement(int attempt) {
    return new SiteStatement("sakura-ishikari", id(), attempt, HASH, HASH, "m", "", 200);
  }

  private MultiMap trailers(SiteStatement statement, TlsIdentity signer) {
    return MultiMap.caseInsensitiveMultiMap()
        .add("Dejima-Site-Statement", statement.headerValue())
        .add(
            "Dejima-Site-Signature",
            Base64.getEncoder().encodeToString(signer.sign(statement.canonicalBytes())));
  }

  private SiteSignature judge(MultiMap trailers, PublicKey shown) {
    PinnedKey pin = site.pin();
    return SiteSignatures.judge(trailers, Optional.of(shown), pin, SEEN);
  }

  @Test
  void acceptsWhatTheSiteSigned() {
    assertThat(judge(trailers(statement(1), site), site.publicKey()))
        .isInstanceOf(SiteSignature.Genuine.class);
  }

  @Test
  void refusesAnotherKeyEvenIfItWasShown() {
    assertThat(judge(trailers(statement(1), other), site.publicKey()))
        .isEqualTo(new SiteSignature.Invalid("the signature is not the site's"));
    assertThat(judge(trailers(statement(1), other), other.publicKey()))
        .isEqualTo(new SiteSignature.Invalid("the signature is not the site's"));
  }

  @Test
  void refusesAStatementAboutAnotherAnswer() {
    assertThat(judge(trailers(statement(2), site), site.publicKey()))
        .isEqualTo(new SiteSignature.Invalid("the statement is about other bytes"));
  }

  @Test
  void refusesWhatWasTamperedWith() {
    MultiMap swapped =
        trailers(statement(1), site).set("Dejima-Site-Statement", statement(3).headerValue());
    MultiMap garbled = trailers(statement(1), site).set("Dejima-Site-Signature", "%%%");
    MultiMap unreadable = trailers(statement(1), site).set("Dejima-Site-Statement", "e30=");

    assertThat(judge(swapped, site.publicKey())).isInstanceOf(SiteSignature.Invalid.class);
    assertThat(judge(garbled, site.publicKey())).isInstanceOf(SiteSignature.Invalid.class);
    assertThat(judge(unreadable, site.publicKey())).isInstanceOf(SiteSignature.Invalid.class);
  }

  @Test
  void saysNothingOfASiteThatSignsNothing() {
    assertThat(judge(MultiMap.caseInsensitiveMultiMap(), site.publicKey()))
        .isEqualTo(new SiteSignature.None());
  }
}
