/** Networks written down as graphs, and rewrites that make them cheaper without changing what they compute. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.graph;
