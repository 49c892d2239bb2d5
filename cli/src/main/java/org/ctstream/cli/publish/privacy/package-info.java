/** What the user of a command that publishes chooses about patients' identities. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.publish.privacy;
