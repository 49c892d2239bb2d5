/** Keeps results that mean nothing from looking like results: scans that are not like chest CT slices. */
@org.jspecify.annotations.NullMarked
package org.ctstream.worker.gate;
