/** What lies on the topics and in the database in the end, held against what was published. */
@org.jspecify.annotations.NullMarked
package org.ctstream.reliability.ledger;
