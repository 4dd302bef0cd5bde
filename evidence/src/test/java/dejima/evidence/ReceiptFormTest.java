package dejima.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Receipts in other people's forms, and their forgeries.
final class ReceiptFormTest {
  private static final Receipt RECEIPT = receipt();

  private static Receipt receipt() {
    try (var log = EvidenceLog.inMemory(Specimen.settings())) {
      var ids = Specimen.ids(1);
      String id = "";
      for (int i = 0; i < 5; i++) {
        id = Specimen.request(log, ids.next(), 1);
      }
      return ((ReceiptResult.Ready) log.receipt(id, Specimen.SALT, Specimen.ATTACHED)).receipt();
    }
  }

  private static byte[] cose() {
    return ReceiptForm.COSE.issue(RECEIPT, Specimen.settings());
  }

  private static Reading<Long> verify(byte[] cose) {
    return CoseReceipt.verify(cose, Specimen.SIGNER.key(), RECEIPT.body());
  }

  @Test
  void aCoseReceiptProvesItsEntryAndNoOther() {
    assertThat(verify(cose())).isEqualTo(new Reading.Read<>(RECEIPT.index()));
    assertThat(
            CoseReceipt.verify(cose(), Specimen.SIGNER.key(), RECEIPT.intents().getFirst().body()))
        .isInstanceOf(Reading.Unreadable.class);
    var stranger = Signer.ed25519("log.example/dejima", new byte[32]).key();
    assertThat(CoseReceipt.verify(cose(), stranger, RECEIPT.body()))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void refusesEveryChangedBitOfACoseReceipt() {
    byte[] genuine = cose();
    for (int i = 0; i < genuine.length * 8; i++) {
      byte[] forged = genuine.clone();
      forged[i / 8] ^= (byte) (1 << (i % 8));
      assertThat(verify(forged)).as("bit %d", i).isInstanceOf(Reading.Unreadable.class);
    }
    for (int length = 0; length < genuine.length; length++) {
      assertThat(verify(java.util.Arrays.copyOf(genuine, length)))
          .isInstanceOf(Reading.Unreadable.class);
    }
  }

  @Test
  void refusesForgedProofsInACoseReceipt() {
    var path = new ArrayList<>(RECEIPT.path());
    var swapped = new ArrayList<>(path);
    Collections.swap(swapped, 0, 1);
    var longer = new ArrayList<>(path);
    longer.add(path.getFirst());
    for (var forged : List.of(swapped, longer, path.subList(1, path.size()))) {
      assertThat(verify(ReceiptForm.COSE.issue(with(RECEIPT.index(), forged), Specimen.settings())))
          .isInstanceOf(Reading.Unreadable.class);
    }
    for (long index = 0; index < RECEIPT.index() + 3; index++) {
      var reading = verify(ReceiptForm.COSE.issue(with(index, path), Specimen.settings()));
      assertThat(reading instanceof Reading.Read<Long>).isEqualTo(index == RECEIPT.index());
    }
  }

  private static Receipt with(long index, List<String> path) {
    return new Receipt(
        RECEIPT.body(),
        index,
        path,
        RECEIPT.salt(),
        RECEIPT.intents(),
        RECEIPT.grounds(),
        RECEIPT.documents(),
        RECEIPT.note());
  }

  /// RFC 8949, appendix A.
  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "23, 17",
    "24, 1818",
    "100, 1864",
    "1000, 1903e8",
    "1000000, 1a000f4240",
    "1000000000000, 1b000000e8d4a51000",
    "-1, 20",
    "-10, 29",
    "-100, 3863",
    "-1000, 3903e7",
    "9223372036854775807, 1b7fffffffffffffff",
  })
  void writesNumbersAsTheStandardShowsThem(long number, String hex) {
    byte[] bytes = new Cbor.Int(number).encoded();

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    assertThat(Cbor.read(bytes)).isEqualTo(new Reading.Read<>(new Cbor.Int(number)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1800",
        "190017",
        "1bffffffffffffffff",
        "1c",
        "1f",
        "5f4100ff",
        "9f00ff",
        "f7",
        "f4",
        "fb3ff0000000000000",
        "62ff00",
        "a200000000",
        "a1410000",
        "4200",
        "0000",
        "818181818181818181818100",
        "5b7fffffffffffffff00",
        "9b7fffffffffffffff00",
      })
  void refusesWhatIsNotInItsOneForm(String hex) {
    assertThat(Cbor.read(HexFormat.of().parseHex(hex))).isInstanceOf(Reading.Unreadable.class);
  }

  static Stream<byte[]> items() {
    var map = new LinkedHashMap<Long, Cbor>();
    map.put(1L, new Cbor.Text("出島"));
    map.put(-1L, new Cbor.Nil());
    return Stream.of(cose(), new Cbor.Pairs(map).encoded());
  }

  @MethodSource("items")
  @FuzzTest
  void anItemThatIsReadIsWrittenBackTheSame(byte @NotNull [] bytes) {
    if (Cbor.read(bytes) instanceof Reading.Read<Cbor>(Cbor item)) {
      assertThat(item.encoded()).isEqualTo(bytes);
    }
    assertThat(verify(bytes)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "00, 1",
    "0000, 11",
    "61, 2g",
    "626262, a3gV",
    "00eb15231dfceb60925886b67d065299925915aeb172c06647, 1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"
  })
  void writesBase58AsBitcoinDoes(String hex, String text) {
    assertThat(ReceiptCredential.base58(HexFormat.of().parseHex(hex))).isEqualTo(text);
  }
}
