package org.ctstream.trainer.dataset;

/**
 * A label that is not in the data set, and why. Nothing else is held up by it.
 *
 * @param source the scan id, or list and line as {@code train.csv:12}; never an image's file name
 * @param field the part that is at fault
 * @param detail what was found and what was expected
 * @param remedy what a person can do about it
 */
public record Rejected(String source, String field, String detail, String remedy) {
    @Override
    public String toString() {
        return source + ": " + field + ": " + detail + ". Remedy: " + remedy + ".";
    }
}
