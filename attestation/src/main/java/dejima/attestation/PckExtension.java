package dejima.attestation;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/// What Intel says of a platform in the SGX extension of its PCK certificate
/// (1.2.840.113741.1.13.1).
///
/// @param ppid 16 bytes in hexadecimal: the platform's id
/// @param fmspc 6 bytes in hexadecimal: its kind
/// @param pceId 2 bytes in hexadecimal
/// @param levels the 16 component levels
/// @param pceSvn of the provisioning enclave
record PckExtension(String ppid, String fmspc, String pceId, List<Integer> levels, int pceSvn) {
  private static final String SGX = "1.2.840.113741.1.13.1";

  PckExtension {
    levels = List.copyOf(levels);
  }

  static PckExtension of(X509Certificate pck) {
    Map<String, ASN1Encodable> members = members(Certificates.extension(pck, SGX));
    Map<String, ASN1Encodable> tcb = pairs(value(members, ".2"));
    List<Integer> levels = new ArrayList<>();
    for (int i = 1; i <= 16; i++) {
      levels.add(integer(value(tcb, ".2." + i), 255));
    }
    return new PckExtension(
        octets(value(members, ".1"), 16),
        octets(value(members, ".4"), 6),
        octets(value(members, ".3"), 2),
        levels,
        integer(value(tcb, ".2.17"), 65_535));
  }

  private static Map<String, ASN1Encodable> members(byte[] der) {
    try {
      return pairs(ASN1Primitive.fromByteArray(der));
    } catch (IOException malformed) {
      throw new Refused("the PCK certificate's extension is not DER");
    }
  }

  private static Map<String, ASN1Encodable> pairs(ASN1Encodable sequence) {
    Map<String, ASN1Encodable> pairs = new HashMap<>();
    if (sequence instanceof ASN1Sequence all) {
      for (ASN1Encodable one : all) {
        Refused.unless(
            one instanceof ASN1Sequence pair
                && pair.size() == 2
                && pair.getObjectAt(0) instanceof ASN1ObjectIdentifier name
                && pairs.put(name.getId(), pair.getObjectAt(1)) == null,
            "the PCK certificate's extension is malformed");
      }
    }
    return pairs;
  }

  private static ASN1Encodable value(Map<String, ASN1Encodable> pairs, String name) {
    ASN1Encodable found = pairs.get(SGX + name);
    if (found == null) {
      throw new Refused("the PCK certificate lacks " + SGX + name);
    }
    return found;
  }

  private static int integer(ASN1Encodable value, int most) {
    if (value instanceof ASN1Integer number
        && number.getValue().signum() >= 0
        && number.getValue().bitLength() <= 31
        && number.getValue().intValueExact() <= most) {
      return number.getValue().intValueExact();
    }
    throw new Refused("a level in the PCK certificate is out of bounds");
  }

  private static String octets(ASN1Encodable value, int length) {
    if (value instanceof ASN1OctetString octets && octets.getOctets().length == length) {
      return HexFormat.of().formatHex(octets.getOctets());
    }
    throw new Refused("an id in the PCK certificate is of another length");
  }
}
