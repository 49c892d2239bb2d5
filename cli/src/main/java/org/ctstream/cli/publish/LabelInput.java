package org.ctstream.cli.publish;

import java.nio.file.Path;

/**
 * One labelled image to publish; its bytes are read when its turn comes.
 *
 * @param name how people know it; it stays with the publisher, since a file name can hold a patient's name
 */
public record LabelInput(String name, Path file, boolean positive) {}
