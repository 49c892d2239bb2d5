package org.ctstream.gateway.stow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ctstream.gateway.intake.FileMeta;
import org.ctstream.gateway.intake.Outcome;
import org.ctstream.gateway.intake.Reason;

/**
 * What became of the instances of one request, and the status and the Store Instances Response Module that say so. The UIDs
 * are the sender's own, given back to nobody else.
 *
 * <p>For one thread.
 *
 * @see "DICOM PS3.18 10.5.3 and Annex I"
 */
final class StoreReport {
    static final int OK = 200;
    static final int SOME = 202;
    static final int NOTHING_SENT = 400;
    static final int NONE = 409;
    static final int TOO_LARGE = 413;
    static final int UNAVAILABLE = 503;

    private final List<List<Attribute>> stored = new ArrayList<>();
    private final List<List<Attribute>> failed = new ArrayList<>();
    private final List<List<Attribute>> other = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();

    /** An instance that names itself. */
    void add(FileMeta instance, Outcome outcome) {
        var item = new ArrayList<>(List.of(
                Attribute.of("00081150", "UI", "ReferencedSOPClassUID", instance.sopClassUid()),
                Attribute.of("00081155", "UI", "ReferencedSOPInstanceUID", instance.sopInstanceUid())));
        if (outcome instanceof Outcome.Refused refused) {
            item.add(reason(refused.reason()));
            failed.add(item);
            reasons.add(refused.reason());
        } else {
            // Nothing can be retrieved here: present and empty, as type 2 wants it.
            item.add(Attribute.empty("00081190", "UR", "RetrieveURL"));
            stored.add(item);
        }
    }

    /** A part of which it is not known what instance it is. */
    void addUnknown(Reason reason) {
        other.add(List.of(reason(reason)));
        reasons.add(reason);
    }

    int parts() {
        return stored.size() + failed.size() + other.size();
    }

    int status() {
        if (parts() == 0) {
            return NOTHING_SENT;
        }
        if (reasons.isEmpty()) {
            return OK;
        }
        if (!stored.isEmpty()) {
            return SOME;
        }
        if (reasons.stream().allMatch(Reason::isTransient)) {
            return UNAVAILABLE;
        }
        return reasons.stream().allMatch(reason -> reason == Reason.TOO_LARGE) ? TOO_LARGE : NONE;
    }

    List<Attribute> attributes() {
        var all = new ArrayList<Attribute>();
        all.add(Attribute.empty("00081190", "UR", "RetrieveURL"));
        sequence("00081198", "FailedSOPSequence", failed).ifPresent(all::add);
        sequence("00081199", "ReferencedSOPSequence", stored).ifPresent(all::add);
        sequence("0008119A", "OtherFailuresSequence", other).ifPresent(all::add);
        return all;
    }

    private static Optional<Attribute> sequence(String tag, String keyword, List<List<Attribute>> items) {
        return items.isEmpty() ? Optional.empty() : Optional.of(Attribute.sequence(tag, keyword, items));
    }

    private static Attribute reason(Reason reason) {
        return Attribute.of("00081197", "US", "FailureReason", Integer.toString(reason.status()));
    }
}
