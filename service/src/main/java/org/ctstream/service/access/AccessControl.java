package org.ctstream.service.access;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/** Makes the ACLs of ctstream's users at a broker what {@link Rights} says; those of others are not touched. */
public final class AccessControl {
    private final Admin admin;

    /** @param admin may alter the cluster */
    public AccessControl(Admin admin) {
        this.admin = admin;
    }

    /**
     * Adds the ACLs that are missing and takes away those that are too many: an upgrade may need fewer.
     *
     * @throws StageException retriable if no broker answers, fatal if we may not or the cluster has no authorizer
     */
    public void bring(List<Right> rights) {
        Set<AclBinding> wanted = new HashSet<>();
        rights.forEach(right -> wanted.addAll(right.bindings()));
        Set<AclBinding> present = present();
        Set<AclBinding> tooMany = new HashSet<>(present);
        tooMany.removeAll(wanted);
        wanted.removeAll(present);
        answer(() -> admin.createAcls(wanted).all().get());
        answer(() -> admin.deleteAcls(filters(tooMany)).all().get());
    }

    private Set<AclBinding> present() {
        var present = new HashSet<AclBinding>();
        for (ServiceUser user : ServiceUser.values()) {
            var entries =
                    new AccessControlEntryFilter("User:" + user.word(), null, AclOperation.ANY, AclPermissionType.ANY);
            present.addAll(answer(() -> admin.describeAcls(new AclBindingFilter(ResourcePatternFilter.ANY, entries))
                    .values()
                    .get()));
        }
        return present;
    }

    private static Collection<AclBindingFilter> filters(Set<AclBinding> bindings) {
        return bindings.stream().map(AclBinding::toFilter).toList();
    }

    private static <T> T answer(Call<T> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalStageException(Stage.DESERIALIZE, "Interrupted while setting rights", e);
        }
    }

    /** A question to the cluster, already asked. */
    @FunctionalInterface
    private interface Call<T> {
        T get() throws ExecutionException, InterruptedException;
    }
}
