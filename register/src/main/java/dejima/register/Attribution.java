package dejima.register;

import dejima.residency.Assurances;
import dejima.residency.Certification;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.LocalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the register says of a configured site at one moment: the facts that policy sees, for how
/// long they carry evidence level E1, and where they contradict the configuration.
///
/// @param facts what is configured, with what the register establishes put in its place
/// @param until until when the site is attributed, empty if it is not
/// @param lacking what is missing for E1, empty if it is attributed
/// @param contradictions where configuration and register disagree
public record Attribution(
    SiteFacts facts,
    Optional<Instant> until,
    List<LocalText> lacking,
    List<LocalText> contradictions) {
  /// Copies the lists.
  public Attribution {
    lacking = List.copyOf(lacking);
    contradictions = List.copyOf(contradictions);
  }

  /// How far the configured place may be from the registered one, in metres: a campus, and degrees
  /// that were rounded. Beyond that they are two places, and a proof for one says nothing of the
  /// other.
  static final double SAME_PLACE = 1_000;

  private static final double EARTH = 6_371_000;

  /// Where the configuration says that a site is.
  ///
  /// @param latitude degrees north
  /// @param longitude degrees east
  public record Declared(double latitude, double longitude) {
    /// By the sphere, which errs by half a percent.
    double metresTo(RegisteredSite.Place place) {
      double north = Math.toRadians(latitude);
      double other = Math.toRadians(place.latitude());
      double up = Math.sin((other - north) / 2);
      double along = Math.sin(Math.toRadians(place.longitude() - longitude) / 2);
      double chord = up * up + Math.cos(north) * Math.cos(other) * along * along;
      return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord)));
    }
  }

  /// Judges a site.
  ///
  /// @param configured what the configuration says of it
  /// @param declared where the configuration says that it is, if it does
  /// @param pin the key with which it answers, `sha256/…`
  public static Attribution of(
      Register register,
      SiteFacts configured,
      Optional<Declared> declared,
      String pin,
      Instant now) {
    Optional<RegisteredSite> found = register.site(configured.id());
    if (found.isEmpty()) {
      return new Attribution(
          configured,
          Optional.empty(),
          List.of(new LocalText("登録にない拠点である", "the site is not in the register")),
          List.of());
    }
    return new Judgement(register, found.get(), configured, declared, pin, now).attribution();
  }

  /// One judgement while it is made.
  private static final class Judgement {
    private final Register register;
    private final RegisteredSite site;
    private final SiteFacts configured;
    private final Optional<Declared> declared;
    private final String pin;
    private final Instant now;
    private final List<LocalText> lacking = new ArrayList<>();
    private final List<LocalText> contradictions = new ArrayList<>();
    private Instant until = Instant.MAX;

    Judgement(
        Register register,
        RegisteredSite site,
        SiteFacts configured,
        Optional<Declared> declared,
        String pin,
        Instant now) {
      this.register = register;
      this.site = site;
      this.configured = configured;
      this.declared = declared;
      this.pin = pin;
      this.now = now;
    }

    Attribution attribution() {
      needs("所在地", "its place", site.place());
      needs("ネットワーク番号", "its network numbers", site.network());
      needs("鍵", "its key", key());
      needsCertification();
      Optional<Person> operator = register.person(site.operator());
      needs("事業者の設立地", "its operator's country", operator.flatMap(Person::country));
      needs("事業者の資本関係", "its operator's owners", operator.flatMap(Person::owners));
      SiteFacts facts = facts(operator);
      compare(operator);
      return new Attribution(
          facts,
          lacking.isEmpty() && contradictions.isEmpty() ? Optional.of(until) : Optional.empty(),
          lacking,
          contradictions);
    }

    /// While a site changes its key either may carry its traffic; the one that does counts.
    private Optional<Fact<String>> key() {
      return site.nextPin()
          .filter(fact -> fact.at(now).filter(pin::equals).isPresent())
          .or(site::pin);
    }

    private void needs(String ja, String en, Optional<? extends Fact<?>> fact) {
      if (fact.isEmpty() || fact.get().at(now).isEmpty()) {
        lacking.add(new LocalText(ja + "：有効な事実がない", en + ": no fact in force, missing or expired"));
      } else if (!now.isBefore(fact.get().freshUntil())) {
        lacking.add(
            new LocalText(
                ja + "：確認から90日を過ぎた（" + fact.get().date() + "）",
                en + ": looked up more than 90 days ago, on " + fact.get().date()));
      } else if (fact.get().freshUntil().isBefore(until)) {
        until = fact.get().freshUntil();
      }
    }

    /// The one that stays fresh longest is the one that counts.
    private void needsCertification() {
      needs(
          "認証・登録",
          "a certification that covers this service",
          site.certifications().stream()
              .filter(fact -> fact.value().covered() && fact.at(now).isPresent())
              .max(Comparator.comparing(Fact::freshUntil)));
    }

    private SiteFacts facts(Optional<Person> operator) {
      Country country =
          site.place()
              .flatMap(fact -> fact.at(now))
              .map(RegisteredSite.Place::country)
              .orElse(Country.UNKNOWN);
      return new SiteFacts(
              configured.id(),
              operator.map(Person::name).orElse(configured.operator()),
              country,
              register.controlOf(site, now),
              configured.evidence(),
              site.sku().flatMap(fact -> fact.at(now)).orElse(configured.sku()),
              configured.assurances(),
              configured.locationMinutes(),
              configured.modelVerified())
          .assured(assurances(operator));
    }

    private Assurances assurances(Optional<Person> operator) {
      Set<Certification> held = EnumSet.noneOf(Certification.class);
      for (Fact<RegisteredSite.CertificationEntry> fact : site.certifications()) {
        fact.at(now)
            .filter(RegisteredSite.CertificationEntry::covered)
            .ifPresent(entry -> held.add(entry.kind()));
      }
      return new Assurances(
          held,
          operator
              .flatMap(Person::law)
              .flatMap(fact -> fact.at(now))
              .filter(Person.ContractLaw::japanese)
              .isPresent(),
          operator
              .flatMap(Person::support)
              .flatMap(fact -> fact.at(now))
              .filter(Set.of(Country.JAPAN)::equals)
              .isPresent());
    }

    /// Where the configuration claims nothing, the register may say anything.
    private void compare(Optional<Person> operator) {
      operator.ifPresent(who -> compare("事業者", "operator", configured.operator(), who.name()));
      site.place()
          .flatMap(fact -> fact.at(now))
          .filter(_ -> !configured.declaredCountry().equals(Country.UNKNOWN))
          .ifPresent(place ->
              compare("国", "country", configured.declaredCountry().code(), place.country().code()));
      declared.ifPresent(this::comparePlace);
      site.sku()
          .flatMap(fact -> fact.at(now))
          .ifPresent(sku -> compare("SKU", "sku", configured.sku(), sku));
      key()
          .flatMap(fact -> fact.at(now))
          .ifPresent(registered -> compare("鍵", "pin", pin, registered));
      switch (register.controlOf(site, now)) {
        case DOMESTIC, FOREIGN ->
            compareControl(register.controlOf(site, now).word(), configured.control().word());
        case UNKNOWN -> {}
      }
    }

    private void comparePlace(Declared said) {
      site.place()
          .flatMap(fact -> fact.at(now))
          .map(said::metresTo)
          .filter(metres -> metres > SAME_PLACE)
          .ifPresent(metres -> {
            String apart = String.format(Locale.ROOT, "%.1f", metres / 1_000);
            contradictions.add(
                new LocalText(
                    "所在地：設定と登録の座標が" + apart + " km離れている",
                    "place: configuration and register are " + apart + " km apart"));
          });
    }

    private void compareControl(String registered, String said) {
      if (!said.equals("unknown")) {
        compare("支配", "control", said, registered);
      }
    }

    private void compare(String ja, String en, String said, String registered) {
      if (!said.equals(registered)) {
        contradictions.add(
            new LocalText(
                ja + "：設定は「" + said + "」、登録は「" + registered + "」",
                en + " is configured as '" + said + "', the register says '" + registered + "'"));
      }
    }
  }
}
