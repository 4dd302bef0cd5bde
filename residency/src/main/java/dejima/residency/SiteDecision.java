package dejima.residency;

import dejima.residency.Destination.SiteFacts;

/// What the policy says of one site for one request.
public record SiteDecision(SiteFacts site, Decision decision) {}
