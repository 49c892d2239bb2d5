/** {@code ctstream plan}: how many partitions, workers and disks a stream of scans needs, and how fast it will be. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.plan;
