/** Tests of the planning, against a simulation of what is planned. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.plan;
