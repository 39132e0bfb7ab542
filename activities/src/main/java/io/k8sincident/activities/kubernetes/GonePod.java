package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.kubernetes.TargetResolver.TargetName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the owner of a pod that no longer exists. Controllers name pods after themselves and a suffix; what is left of
 * the name when the suffix is taken off must be an owner that exists.
 */
final class GonePod {
    /** A pod's random suffix, from the letters that Kubernetes uses (apimachinery, util/rand). */
    private static final String RANDOM = "[bcdfghjklmnpqrstvwxz2456789]{5}";

    private static final String HASH = "[bcdfghjklmnpqrstvwxz2456789]{1,10}";
    private static final String ORDINAL = "[0-9]{1,6}";

    private final ApiReader api;
    private final String namespace;

    GonePod(ApiReader api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** The existing owner that the name tells, the most likely kind first; empty if it tells none. */
    Optional<Resource> owner(TargetName gone) {
        List<TargetName> owners = owners(gone);
        List<CompletableFuture<ApiAnswer>> answers = owners.stream()
                .map(owner -> api.get(owner.kind().object(namespace, owner.name()), ApiReader.JSON))
                .toList();
        for (int i = 0; i < owners.size(); i++) {
            ApiAnswer answer = answers.get(i).join();
            if (answer.ok() && answer.object().isPresent()) {
                return Optional.of(ListReader.resource(
                        owners.get(i).kind(), answer.object().orElseThrow()));
            }
        }
        return Optional.empty();
    }

    private static List<TargetName> owners(TargetName gone) {
        List<TargetName> owners = new ArrayList<>();
        int dash = gone.name().lastIndexOf('-');
        if (dash <= 0) {
            return owners;
        }
        String base = gone.name().substring(0, dash);
        String suffix = gone.name().substring(dash + 1);
        if (gone.kind() == ReadKind.REPLICA_SET && suffix.matches(HASH)) {
            owners.add(new TargetName(ReadKind.DEPLOYMENT, base));
        }
        if (gone.kind() != ReadKind.POD) {
            return owners;
        }
        if (suffix.matches(RANDOM)) {
            owners.add(new TargetName(ReadKind.REPLICA_SET, base));
            int second = base.lastIndexOf('-');
            if (second > 0 && base.substring(second + 1).matches(HASH)) {
                owners.add(new TargetName(ReadKind.DEPLOYMENT, base.substring(0, second)));
            }
            owners.add(new TargetName(ReadKind.DAEMON_SET, base));
            owners.add(new TargetName(ReadKind.JOB, base));
        }
        if (suffix.matches(ORDINAL)) {
            owners.add(new TargetName(ReadKind.STATEFUL_SET, base));
        }
        return owners;
    }
}
