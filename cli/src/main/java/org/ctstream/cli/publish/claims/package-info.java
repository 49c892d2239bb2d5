/** What the user of a command that publishes chooses about large scans. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.publish.claims;
