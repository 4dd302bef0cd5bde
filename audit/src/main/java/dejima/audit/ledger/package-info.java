/// The record of transfers of personal information that the law asks for, from receipts.
@NullMarked
package dejima.audit.ledger;

import org.jspecify.annotations.NullMarked;
