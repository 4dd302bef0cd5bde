package dejima.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dejima.evidence.EcdsaP256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/// The file that holds a [TlsIdentity]: a PKCS #8 key and its certificate as PEM (RFC 7468), in one
/// file so that the two can never be of different age.
record IdentityFile(Path path) {
  static final String PRIVATE_KEY = "PRIVATE KEY";
  static final String CERTIFICATE = "CERTIFICATE";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int LONGEST = 64 * 1024;

  static IdentityFile in(Path directory) {
    return new IdentityFile(directory.resolve("identity.pem"));
  }

  TlsIdentity readOrCreate(String name, InstantSource clock) {
    try {
      if (Files.notExists(path)) {
        write(NewIdentity.named(name, clock));
      }
      return read();
    } catch (IOException failure) {
      throw new IdentityUnavailable(
          "the key file " + path + " cannot be used: " + failure, failure);
    }
  }

  private TlsIdentity read() throws IOException {
    refuseWhenOthersMayRead();
    try {
      String text = new String(bytes(), US_ASCII);
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(block(text, PRIVATE_KEY)));
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(block(text, CERTIFICATE)));
      TlsIdentity identity = new TlsIdentity(key, certificate);
      proveThatKeyAndCertificateBelongTogether(identity);
      return identity;
    } catch (GeneralSecurityException failure) {
      throw damaged(failure);
    }
  }

  private byte[] bytes() throws IOException, GeneralSecurityException {
    if (Files.size(path) > LONGEST) {
      throw new GeneralSecurityException("it is far too long");
    }
    return Files.readAllBytes(path);
  }

  private void refuseWhenOthersMayRead() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return; // a file system without POSIX permissions has none to check
    }
    Set<PosixFilePermission> extra = EnumSet.copyOf(view.readAttributes().permissions());
    extra.removeAll(OWNER_ONLY);
    if (!extra.isEmpty()) {
      throw new IdentityUnavailable(
          "others may read the private key in " + path + ": run chmod 600 " + path);
    }
  }

  private void proveThatKeyAndCertificateBelongTogether(TlsIdentity identity)
      throws GeneralSecurityException {
    byte[] probe = "dejima identity".getBytes(US_ASCII);
    if (!EcdsaP256.verifies(identity.publicKey(), probe, identity.sign(probe))) {
      throw new GeneralSecurityException("the certificate belongs to another key");
    }
  }

  private static byte[] block(String text, String label) throws GeneralSecurityException {
    String begin = "-----BEGIN " + label + "-----";
    int start = text.indexOf(begin);
    int end = text.indexOf("-----END " + label + "-----");
    if (start < 0 || end < start + begin.length()) {
      throw new GeneralSecurityException("it has no " + label + " block");
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
    } catch (IllegalArgumentException failure) {
      throw new GeneralSecurityException("its " + label + " block is not base64", failure);
    }
  }

  /// One PEM block.
  static String block(String label, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  private IdentityUnavailable damaged(GeneralSecurityException how) {
    return new IdentityUnavailable(
        """
        the key file %s is damaged (%s): restore it from a backup, or remove it to start with a \
        new key, which the other end must then pin\
        """
            .formatted(path, how.getMessage()),
        how);
  }

  private void write(String pem) throws IOException {
    Path directory = Files.createDirectories(path.toAbsolutePath().resolveSibling(""));
    Path unfinished = Files.createTempFile(directory, ".identity", null);
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(pem.getBytes(US_ASCII)));
      channel.force(true);
    }
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true); // a pinned key whose name is lost would be made anew
    }
  }
}
