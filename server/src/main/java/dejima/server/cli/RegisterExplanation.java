package dejima.server.cli;

import dejima.evidence.Json;
import dejima.register.Attribution;
import dejima.register.ControlFinding;
import dejima.register.Fact;
import dejima.register.Register;
import dejima.register.RegisteredSite;
import dejima.residency.Control;
import dejima.residency.Country;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LocalText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What `register explain` says of a person or a site.
///
/// @param id whom it is about
/// @param operator the person whose control is explained
/// @param control who can compel that person, and why
/// @param site what the register establishes of the site, if it is about one
record RegisterExplanation(
    String id, String operator, ControlFinding control, Optional<Attribution> site) {

  /// Explains what is in force at that moment.
  static Optional<RegisterExplanation> of(Register register, String id, Instant now) {
    return register
        .site(id)
        .map(site ->
            new RegisterExplanation(
                id,
                site.operator(),
                register.control(site.operator(), now),
                Optional.of(attribution(register, site, now))))
        .or(() ->
            register
                .person(id)
                .map(person ->
                    new RegisterExplanation(id, id, register.control(id, now), Optional.empty())));
  }

  /// What a configuration that agrees with the register in everything would get.
  private static Attribution attribution(Register register, RegisteredSite site, Instant now) {
    SiteFacts agreeing =
        new SiteFacts(
            site.id(),
            register.person(site.operator()).map(person -> person.name()).orElse(""),
            Country.UNKNOWN,
            Control.UNKNOWN,
            EvidenceLevel.E0,
            site.sku().map(Fact::value).orElse(""));
    return Attribution.of(
        register, agreeing, Optional.empty(), site.pin().map(Fact::value).orElse(""), now);
  }

  void print(PrintWriter out) {
    out.println(id + (operator.equals(id) ? "" : "  operated by " + operator));
    out.println("control  " + control.control().word());
    for (ControlFinding.Reason reason : control.reasons()) {
      out.println(
          "  "
              + sign(reason.side())
              + " "
              + String.join(" <- ", reason.chain())
              + ": "
              + reason.text().en());
      out.println("      " + reason.text().ja());
    }
    site.ifPresent(attribution -> print(attribution, out));
  }

  private static String sign(Control side) {
    return switch (side) {
      case DOMESTIC -> "-";
      case UNKNOWN -> "?";
      case FOREIGN -> "!";
    };
  }

  private static void print(Attribution attribution, PrintWriter out) {
    SiteFacts facts = attribution.facts();
    out.println("country  " + facts.country().code());
    out.println(
        "certified  "
            + String.join(
                ", ",
                facts.assurances().certifications().stream().map(one -> one.word()).toList()));
    attribution
        .until()
        .ifPresentOrElse(
            until -> out.println("carries E1 until " + until),
            () -> out.println("does not carry E1:"));
    for (LocalText lacking : attribution.lacking()) {
      out.println("  - " + lacking.en());
      out.println("    " + lacking.ja());
    }
    out.println("What each level leaves open  各水準が証明しないこと");
    for (EvidenceLevel level : EvidenceLevel.values()) {
      out.println("  " + level.sign() + " " + level.label().en() + ": " + level.notProved().en());
      out.println("     " + level.label().ja() + "：" + level.notProved().ja());
    }
  }

  Json json() {
    Json.Members members =
        Json.object()
            .put("id", id)
            .put("operator", operator)
            .put("control", control.control().word())
            .put(
                "reasons",
                Json.array(control.reasons().stream().map(RegisterExplanation::json).toList()));
    site.ifPresent(attribution -> {
      members
          .put("country", attribution.facts().country().code())
          .put(
              "certifications",
              Json.strings(
                  attribution.facts().assurances().certifications().stream()
                      .map(one -> one.word())
                      .toList()))
          .put("lacking", texts(attribution.lacking()));
      attribution.until().ifPresent(until -> members.put("attributedUntil", until.toString()));
    });
    return members.build();
  }

  private static Json json(ControlFinding.Reason reason) {
    return Json.object()
        .put("side", reason.side().word())
        .put("chain", Json.strings(reason.chain()))
        .put("ja", reason.text().ja())
        .put("en", reason.text().en())
        .build();
  }

  private static Json texts(List<LocalText> texts) {
    return Json.array(
        texts.stream()
            .map(text -> Json.object().put("ja", text.ja()).put("en", text.en()).build())
            .toList());
  }
}
