package org.ctstream.trainer.dataset;

/** One row of a list that cannot be used; the message leaves the cells out, since a file name can hold a patient's name. */
final class RowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String remedy;

    RowException(String field, String detail, String remedy) {
        super(detail);
        this.field = field;
        this.remedy = remedy;
    }

    Rejected rejected(String source) {
        return new Rejected(source, field, String.valueOf(getMessage()), remedy);
    }
}
