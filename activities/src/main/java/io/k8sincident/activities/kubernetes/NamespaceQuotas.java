package io.k8sincident.activities.kubernetes;

import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Quantity;
import io.k8sincident.activities.evidence.Resource;
import io.k8sincident.activities.policy.QuotaRoom;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the ResourceQuotas of a namespace leave, as their status tells it; asks the API server once. */
public final class NamespaceQuotas implements QuotaRoom {
    /** A quota of one of these scopes does not count pods that run on, or that ask for something. */
    private static final List<String> NOT_OF_WORKLOADS = List.of("Terminating", "BestEffort");

    private final ObjectReader reader;

    /** Reads as this reader's identity, which must be allowed to list ResourceQuotas. */
    public NamespaceQuotas(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public List<Quota> of(String namespace) {
        return reader.list(ListedKind.RESOURCE_QUOTA, namespace, "").stream()
                .filter(quota -> quota.fields().texts("spec", "scopes").stream().noneMatch(NOT_OF_WORKLOADS::contains))
                .map(NamespaceQuotas::left)
                .toList();
    }

    private static Quota left(Resource quota) {
        Fields hard = quota.fields().child("spec", "hard");
        Map<String, BigDecimal> left = new HashMap<>();
        for (String resource : hard.names()) {
            String used = quota.fields().text("status", "used", resource);
            left.put(resource, amount(quota, hard.text(resource)).subtract(amount(quota, used.isEmpty() ? "0" : used)));
        }
        return new Quota(quota.name(), left);
    }

    private static BigDecimal amount(Resource quota, String text) {
        return Quantity.exact(text)
                .orElseThrow(() -> new IllegalStateException(
                        "ResourceQuota " + quota.name() + " has the quantity '" + text + "'"));
    }
}
