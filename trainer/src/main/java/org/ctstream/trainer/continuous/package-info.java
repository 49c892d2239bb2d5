/** Training as a service: waits for new labels, trains from the release in production, releases what came out. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.continuous;
