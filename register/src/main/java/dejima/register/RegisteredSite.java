package dejima.register;

import dejima.residency.Certification;
import dejima.residency.Country;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the register says of a site.
///
/// @param id the site's id, as the gateway's configuration writes it
/// @param operator who runs it, a person in the register
/// @param place where its machines stand
/// @param network the numbers under which it is reached
/// @param sku the deployment type where the operator sells several
/// @param pin the key that carries its traffic
/// @param nextPin the key that is about to, while the site changes it
/// @param certifications what others attest of it
/// @param hardware the ids of its processors, for evidence level E3
public record RegisteredSite(
    String id,
    String operator,
    Optional<Fact<Place>> place,
    Optional<Fact<Network>> network,
    Optional<Fact<String>> sku,
    Optional<Fact<String>> pin,
    Optional<Fact<String>> nextPin,
    List<Fact<CertificationEntry>> certifications,
    Optional<Fact<Hardware>> hardware) {
  /// Copies the list.
  public RegisteredSite {
    certifications = List.copyOf(certifications);
  }

  /// Where machines stand.
  ///
  /// @param country by ISO 3166-1
  /// @param latitude degrees, north positive, -90 to 90
  /// @param longitude degrees, east positive, -180 to 180
  /// @param address as post would find it
  /// @param metro the town by which the console draws it
  public record Place(
      Country country, double latitude, double longitude, String address, String metro) {
    /// Refuses what is not on the globe; both poles and both names of the antimeridian are.
    public Place {
      requireWithin("latitude", latitude, 90);
      requireWithin("longitude", longitude, 180);
      if (address.isBlank()) {
        throw new IllegalArgumentException("a place has an address");
      }
    }

    private static void requireWithin(String name, double degrees, double most) {
      if (Double.isNaN(degrees) || Math.abs(degrees) > most) {
        throw new IllegalArgumentException(
            name + " must be a number from -" + (int) most + " to " + (int) most);
      }
    }
  }

  /// The numbers under which a site is reached.
  ///
  /// @param systems autonomous system numbers (RFC 6793)
  /// @param prefixes address prefixes
  public record Network(Set<Long> systems, List<Prefix> prefixes) {
    /// Copies both; one of them must name something.
    public Network {
      systems = Set.copyOf(systems);
      prefixes = List.copyOf(prefixes);
      if (systems.isEmpty() && prefixes.isEmpty()) {
        throw new IllegalArgumentException("a network has a system number or a prefix");
      }
    }
  }

  /// What somebody else attests of a site or the service on it.
  ///
  /// @param kind the scheme
  /// @param number under which it is listed
  /// @param scope what exactly is listed. ISMAP demands that a generative-AI service is itself
  ///   listed, so that the listing of a data centre or another service of its operator is none
  /// @param covered whether the scope names the inference service of this site itself
  public record CertificationEntry(
      Certification kind, String number, String scope, boolean covered) {}

  /// The ids of processors, in small hexadecimal letters.
  ///
  /// @param amd chip ids of SEV-SNP reports, 64 bytes each
  /// @param intel PPIDs of PCK certificates, 16 bytes each
  /// @param nvidia UEIDs of GPU tokens, as the token writes them
  public record Hardware(Set<String> amd, Set<String> intel, Set<String> nvidia) {
    /// Copies the sets.
    public Hardware {
      amd = Set.copyOf(amd);
      intel = Set.copyOf(intel);
      nvidia = Set.copyOf(nvidia);
    }
  }
}
