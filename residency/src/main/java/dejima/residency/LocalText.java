package dejima.residency;

/// One text in the product's two languages, Japanese and English.
public record LocalText(String ja, String en) {}
