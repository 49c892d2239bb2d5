/** Gathering scans until a batch is full or old enough. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.batch;
