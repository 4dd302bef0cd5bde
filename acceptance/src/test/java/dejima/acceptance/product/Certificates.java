package dejima.acceptance.product;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate authority of one test and the server certificate that it signs for 127.0.0.1, made
/// by the JDK's `keytool`.
public final class Certificates {
  private static final String SECRET = "not-a-secret";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /// Makes both, with the files `chain.pem` and `key.pem` for a server.
  public static Certificates in(Path folder) {
    Certificates made = new Certificates(folder);
    made.pair("ca", "bc:critical=ca:true");
    made.pair("server", "san=ip:127.0.0.1");
    made.keytool("-certreq", "-alias", "server", "-file", "server.csr");
    made.keytool(
        "-gencert",
        "-alias",
        "ca",
        "-infile",
        "server.csr",
        "-outfile",
        "server.crt",
        "-ext",
        "san=ip:127.0.0.1");
    made.keytool("-importcert", "-alias", "server", "-file", "server.crt", "-noprompt");
    made.writePem();
    return made;
  }

  private void pair(String alias, String extension) {
    keytool(
        "-genkeypair",
        "-alias",
        alias,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + alias,
        "-validity",
        "2",
        "-ext",
        extension);
  }

  private void keytool(String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    words.addAll(List.of(arguments));
    words.addAll(List.of("-keystore", "all.p12", "-storepass", SECRET));
    Commands.run(folder, PATIENCE, words.toArray(String[]::new)).expect(0);
  }

  private void writePem() {
    try {
      KeyStore store = store();
      StringBuilder chain = new StringBuilder();
      for (Certificate certificate : store.getCertificateChain("server")) {
        chain.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
      Files.writeString(folder.resolve("chain.pem"), chain);
      Files.writeString(
          folder.resolve("key.pem"),
          pem("PRIVATE KEY", store.getKey("server", SECRET.toCharArray()).getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("all.p12"))) {
      store.load(in, SECRET.toCharArray());
    }
    return store;
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Stream.of("-----BEGIN " + type + "-----", body, "-----END " + type + "-----", "")
        .reduce("", (text, line) -> text.isEmpty() ? line : text + "\n" + line);
  }

  /// TLS that trusts this authority and no other.
  public SSLContext trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", store().getCertificate("ca"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The `tls` section of a gateway's configuration.
  public String yaml() {
    return "tls: {certificate: %s, key: %s}"
        .formatted(folder.resolve("chain.pem"), folder.resolve("key.pem"));
  }
}
