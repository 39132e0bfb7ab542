package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.Investigation;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Plan;
import io.k8sincident.workflows.model.Target;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.common.SearchAttributes;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns by which incidents can be listed and searched in Temporal. They hold no names of people and no values that
 * could be secret. A server that does not know them refuses them, so the workflow only updates what it was started with.
 */
public final class IncidentSearchAttributes {
    public static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("IncidentPhase");
    public static final SearchAttributeKey<String> CAUSE = SearchAttributeKey.forKeyword("IncidentCause");
    public static final SearchAttributeKey<String> NAMESPACE = SearchAttributeKey.forKeyword("IncidentNamespace");
    public static final SearchAttributeKey<String> WORKLOAD = SearchAttributeKey.forKeyword("IncidentWorkload");
    public static final SearchAttributeKey<String> RISK = SearchAttributeKey.forKeyword("IncidentRisk");
    public static final SearchAttributeKey<OffsetDateTime> APPROVAL_DEADLINE =
            SearchAttributeKey.forOffsetDateTime("IncidentApprovalDeadline");

    private IncidentSearchAttributes() {}

    /** All of them, as a server must have them. */
    public static List<SearchAttributeKey<?>> all() {
        return List.of(PHASE, CAUSE, NAMESPACE, WORKLOAD, RISK, APPROVAL_DEADLINE);
    }

    /** What an incident is started with. */
    public static SearchAttributes atStart(Target target) {
        SearchAttributes.Builder builder = SearchAttributes.newBuilder()
                .set(PHASE, Phase.COLLECTING.name())
                .set(WORKLOAD, target.kindName());
        if (target.namespace() != null) {
            builder.set(NAMESPACE, target.namespace());
        }
        return builder.build();
    }

    static void phase(Phase phase) {
        upsert(List.of(PHASE.valueSet(phase.name())));
    }

    static void proposed(Investigation investigation, @Nullable Plan plan, @Nullable Instant deadline) {
        List<SearchAttributeUpdate<?>> updates = new ArrayList<>();
        updates.add(PHASE.valueSet((deadline == null ? Phase.PROPOSING : Phase.AWAITING_APPROVAL).name()));
        Diagnosis diagnosis = investigation.diagnosis();
        if (diagnosis != null) {
            updates.add(CAUSE.valueSet(diagnosis.cause() == null ? "unknown" : diagnosis.cause()));
        }
        if (plan != null) {
            updates.add(RISK.valueSet(plan.risk().name()));
        }
        if (deadline != null) {
            updates.add(APPROVAL_DEADLINE.valueSet(deadline.atOffset(ZoneOffset.UTC)));
        }
        upsert(updates);
    }

    private static void upsert(List<SearchAttributeUpdate<?>> updates) {
        if (Workflow.getTypedSearchAttributes().containsKey(PHASE)) {
            Workflow.upsertTypedSearchAttributes(updates.toArray(SearchAttributeUpdate<?>[]::new));
        }
    }
}
