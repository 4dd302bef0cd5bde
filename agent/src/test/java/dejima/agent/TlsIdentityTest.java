package dejima.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsIdentityTest {
  @TempDir private Path directory;

  @Test
  void keepsItsKeyFromOneStartToTheNext() {
    PinnedKey first = identity("site").pin();

    PinnedKey second = identity("another name").pin();

    assertThat(second).isEqualTo(first);
  }

  @Test
  void letsOnlyItsOwnerReadTheKey() throws IOException {
    identity("site");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void signsWhatItsPublicKeyVerifies() throws GeneralSecurityException {
    TlsIdentity identity = identity("site");
    byte[] message = "statement".getBytes(StandardCharsets.UTF_8);

    byte[] signed = identity.sign(message);

    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(identity.publicKey());
    verifier.update(message);
    assertThat(verifier.verify(signed)).isTrue();
  }

  @Test
  void takesAnyNameWithoutHarm() {
    assertThat(identity("北海道,O=x+\"\n").pin().text()).startsWith("sha256/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----"})
  void saysWhichFileIsDamaged(String content) throws IOException {
    identity("site");
    Files.writeString(file(), content);

    assertThatThrownBy(() -> identity("site"))
        .isInstanceOf(IdentityUnavailable.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("damaged");
  }

  @Test
  void refusesTheCertificateOfAnotherKey() throws IOException {
    identity("site");
    String ours = Files.readString(file());
    Files.delete(file());
    identity("site");
    String other = Files.readString(file());
    int cut = ours.indexOf("-----BEGIN CERTIFICATE");
    Files.writeString(
        file(), ours.substring(0, cut) + other.substring(other.indexOf("-----BEGIN CERTIFICATE")));

    assertThatThrownBy(() -> identity("site")).hasMessageContaining("another key");
  }

  @Test
  void refusesAKeyThatOthersMayRead() throws IOException {
    identity("site");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> identity("site")).hasMessageContaining("chmod 600");
  }

  @Test
  void saysWhichDirectoryCannotBeWritten() throws IOException {
    Path blocked = Files.writeString(directory.resolve("file"), "").resolve("below");

    assertThatThrownBy(() -> TlsIdentity.inDirectory(blocked, "site", clock()))
        .isInstanceOf(IdentityUnavailable.class)
        .hasMessageContaining(blocked.toString());
  }

  private TlsIdentity identity(String name) {
    return TlsIdentity.inDirectory(directory, name, clock());
  }

  private Path file() {
    return directory.resolve("identity.pem");
  }

  private static InstantSource clock() {
    return InstantSource.fixed(Instant.EPOCH);
  }
}
