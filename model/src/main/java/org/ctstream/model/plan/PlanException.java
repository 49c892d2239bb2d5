package org.ctstream.model.plan;

import org.jspecify.annotations.Nullable;

/** Why there is no plan, or none can be made or used. */
public abstract sealed class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String remedy;

    private PlanException(String reason, String remedy, @Nullable Throwable cause) {
        super(reason + "; " + remedy, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** What is wrong: the first part of the message. */
    public String reason() {
        return reason;
    }

    /** What to do about it: the rest of the message. */
    public String remedy() {
        return remedy;
    }

    /** This machine lacks the GPU, its driver, a library or a tool. Trying again does not help, installing does. */
    public static final class Missing extends PlanException {
        private static final long serialVersionUID = 1L;

        public Missing(String reason, String remedy, @Nullable Throwable cause) {
            super(reason, remedy, cause);
        }
    }

    /** A tool ran and failed, took too long, or said what cannot be used. */
    public static final class ToolFailed extends PlanException {
        private static final long serialVersionUID = 1L;

        public ToolFailed(String reason, String remedy, @Nullable Throwable cause) {
            super(reason, remedy, cause);
        }
    }

    /** The plan cannot be written to the disk. */
    public static final class Unwritable extends PlanException {
        private static final long serialVersionUID = 1L;

        public Unwritable(String reason, String remedy, Throwable cause) {
            super(reason, remedy, cause);
        }
    }
}
