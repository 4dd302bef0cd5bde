package dejima.audit.landmark;

/// Why a question to a landmark is not answered.
///
/// @param status HTTP status
/// @param reason what is wrong and what to do
record Refused(int status, String reason) {}
