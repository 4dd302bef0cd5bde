package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReceiptVerifierTest {

  private static Receipt receipt() {
    try (var log = EvidenceLog.inMemory(Specimen.settings())) {
      var ids = Specimen.ids(7);
      Specimen.record(log, Specimen.refusal(ids.next()));
      String id = Specimen.request(log, ids.next(), 2);
      Specimen.request(log, ids.next(), 1);
      var result = log.receipt(id, Specimen.SALT, Specimen.FILES);
      return ((ReceiptResult.Ready) result).receipt();
    }
  }

  @Test
  void acceptsWhatTheLogWrote() {
    byte[] file = receipt().bytes();

    var verification =
        ReceiptVerifier.verify(file, Specimen.KEYS, Specimen.REPLAY, Specimen.openings());

    assertThat(verification).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void refusesEveryFlippedByte() {
    byte[] file = receipt().bytes();

    for (int i = 0; i < file.length; i++) {
      byte[] forged = file.clone();
      forged[i] ^= (byte) (1 << (i % 8));
      assertThat(ReceiptVerifier.verify(forged, Specimen.KEYS, Specimen.REPLAY))
          .as("byte %d", i)
          .isInstanceOf(Verification.Refused.class);
    }
  }
}
