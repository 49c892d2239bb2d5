package org.ctstream.service.error;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Sorts exceptions of libraries into the taxonomy of {@link StageException}. */
public final class Failures {
    /** Causes further down than this are not looked at; chains longer than this are a bug elsewhere. */
    private static final int MAX_DEPTH = 16;

    private Failures() {}

    /**
     * The failure as the taxonomy sees it. Kafka's own retriable and authentication errors are believed wherever they
     * stand in the chain of causes; a serialization error without one of those below it is a poison record.
     */
    public static StageException of(Stage stage, Throwable failure) {
        for (Throwable t : chain(failure)) {
            if (t instanceof StageException known) {
                return known;
            }
            if (isForPeople(t)) {
                return new FatalStageException(
                        stage,
                        "Not allowed or not possible here: " + message(t)
                                + AccessRemedy.of(t)
                                        .map(remedy -> ". Remedy: " + remedy + ".")
                                        .orElse(""),
                        failure);
            }
            if (t instanceof RetriableException || isRejoining(t) || isUnresolved(t)) {
                return new RetriableStageException(stage, "Away for now: " + message(t), failure);
            }
        }
        for (Throwable t : chain(failure)) {
            if (t instanceof SerializationException) {
                return new PoisonRecordException(
                        stage,
                        "undecodable",
                        "value",
                        "Cannot decode the record: " + message(t) + ".",
                        "publish it again with a serializer that uses the schema registry of this cluster.",
                        failure);
            }
            if (t instanceof IOException || t instanceof UncheckedIOException) {
                return new RetriableStageException(stage, "Input or output failed: " + message(t), failure);
            }
        }
        return new FatalStageException(stage, "Unexpected failure: " + message(failure), failure);
    }

    /** True if rights, versions or a size limit are at fault anywhere in the chain: no retry and no new client mends that. */
    public static boolean needsPeople(Throwable failure) {
        for (Throwable t : chain(failure)) {
            if (isForPeople(t)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForPeople(Throwable t) {
        return t instanceof AuthenticationException
                || t instanceof AuthorizationException
                || t instanceof UnsupportedVersionException
                || t instanceof RecordTooLargeException;
    }

    /** Kafka calls these final for the request; the consumer joins its group again by itself. */
    private static boolean isRejoining(Throwable t) {
        return t instanceof UnknownMemberIdException
                || t instanceof StaleMemberEpochException
                || t instanceof FencedMemberEpochException;
    }

    /**
     * A client that is opened while no name of a broker resolves: where brokers are containers, their names go with them.
     */
    private static boolean isUnresolved(Throwable t) {
        return t instanceof ConfigException && message(t).contains("No resolvable bootstrap urls");
    }

    private static Iterable<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        @Nullable Throwable t = failure;
        while (t != null && chain.size() < MAX_DEPTH && !chain.contains(t)) {
            chain.add(t);
            t = t.getCause();
        }
        return chain;
    }

    private static String message(Throwable t) {
        String text = t.getMessage();
        return text == null ? t.getClass().getSimpleName() : text;
    }
}
