package org.ctstream.sink.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.ctstream.service.config.HttpKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.models.PromotionKeys;
import org.jspecify.annotations.Nullable;

/**
 * Who may promote releases: the users named in the configuration, known as {@link Reviewer} knows them. If none is named, nobody; but
 * whoever is on this machine, if the port is open on loopback alone, asks for no credentials, and no proxy stands in front.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
final class Operators {
    private final Reviewer reviewer;
    private final Set<String> names;
    private final boolean anybodyHere;

    /** @param anybodyHere whether everybody who reaches the port may, as long as no names are given */
    Operators(Reviewer reviewer, List<String> names, boolean anybodyHere) {
        this.reviewer = reviewer;
        this.names = Set.copyOf(names);
        this.anybodyHere = anybodyHere;
    }

    static Operators of(ServiceConfig config, Reviewer reviewer) {
        boolean proxied = HttpKeys.AUTH_NONE.equals(config.string(HttpKeys.AUTH));
        return new Operators(
                reviewer,
                config.list(PromotionKeys.OPERATORS),
                !proxied && !reviewer.areCredentialsAsked() && reviewer.isOnLoopback());
    }

    /** The operator's name; null if whoever asks is none. */
    @Nullable
    String find(Context context) {
        try {
            String name = reviewer.of(context);
            return (names.isEmpty() ? anybodyHere : names.contains(name)) ? name : null;
        } catch (ApiException e) {
            return null;
        }
    }

    /** @throws ApiException 403 if whoever asks is no operator */
    String of(Context context) {
        String name = find(context);
        if (name == null) {
            throw ApiException.forbidden(
                    "Only operators promote releases, and this request comes from none.",
                    "Name them in " + PromotionKeys.OPERATORS + ", or use \"ctstream model promote\".");
        }
        return name;
    }

    /** For {@link SameSite}. */
    boolean areCredentialsAsked() {
        return reviewer.areCredentialsAsked();
    }
}
