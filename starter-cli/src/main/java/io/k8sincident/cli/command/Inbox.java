package io.k8sincident.cli.command;

import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.temporal.IncidentAttributes;
import io.k8sincident.cli.temporal.IncidentEntry;
import io.k8sincident.cli.temporal.IncidentListing;
import io.k8sincident.cli.temporal.NoWorkerAnswers;
import io.k8sincident.cli.temporal.Parallel;
import io.k8sincident.cli.temporal.StatusReader;
import io.k8sincident.cli.temporal.TemporalConnection;
import io.k8sincident.cli.view.InboxEntry;
import io.k8sincident.workflows.model.Diagnosis;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Phase;
import io.k8sincident.workflows.model.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what the inbox shows: search attributes where the server has them, else what the incidents say themselves. */
final class Inbox {
    private static final int ASKED = 50;
    /** In these, the search attributes tell all; later it matters whether somebody broke the glass. */
    private static final Set<String> BEFORE_A_RULING =
            Set.of(Phase.COLLECTING.name(), Phase.PROPOSING.name(), Phase.AWAITING_APPROVAL.name());

    private final IncidentListing listing;
    private final StatusReader statuses;
    private final @Nullable String namespace;

    Inbox(TemporalConnection temporal, @Nullable String namespace) {
        this.listing = new IncidentListing(temporal);
        this.statuses = new StatusReader(temporal);
        this.namespace = namespace;
    }

    List<InboxEntry> open() {
        return gather(listing.open(), Integer.MAX_VALUE);
    }

    List<InboxEntry> openAndClosed(int closed) {
        return Stream.concat(open().stream(), gather(listing.closed(), closed).stream())
                .toList();
    }

    private List<InboxEntry> gather(List<IncidentEntry> entries, int most) {
        List<IncidentEntry> wanted = entries.stream()
                .filter(entry -> namespace == null || entry.name().namespace().equals(namespace))
                .limit(most)
                .toList();
        List<IncidentEntry> asked = wanted.stream().limit(ASKED).toList();
        Stream<InboxEntry> rest = wanted.stream().skip(ASKED).map(Inbox::fromAttributes);
        return Stream.concat(Parallel.map(asked, this::entry).stream(), rest).toList();
    }

    private InboxEntry entry(IncidentEntry entry) {
        if (entry.open() && BEFORE_A_RULING.contains(entry.attributes().phase())) {
            return fromAttributes(entry);
        }
        return status(entry).map(status -> fromStatus(entry, status)).orElseGet(() -> fromAttributes(entry));
    }

    private Optional<IncidentStatus> status(IncidentEntry entry) {
        try {
            return Optional.of(statuses.read(entry));
        } catch (NoWorkerAnswers | Problem e) {
            return Optional.empty();
        }
    }

    private static InboxEntry fromAttributes(IncidentEntry entry) {
        IncidentAttributes attributes = entry.attributes();
        String phase = entry.open() && !attributes.phase().isEmpty() ? attributes.phase() : entry.ended();
        return entry(entry, attributes.cause(), phase.isEmpty() ? "unknown" : phase, attributes.risk())
                .withDeadline(attributes.deadline());
    }

    private static InboxEntry fromStatus(IncidentEntry entry, IncidentStatus status) {
        Diagnosis diagnosis =
                status.investigation() == null ? null : status.investigation().diagnosis();
        String cause = diagnosis == null || diagnosis.cause() == null ? "" : diagnosis.cause();
        Plan plan = status.proposal() == null ? null : status.proposal().plan();
        String phase = status.outcome() == null
                ? status.phase().name()
                : status.outcome().name();
        return entry(entry, cause, phase, plan == null ? "" : plan.risk().name())
                .withDeadline(status.deadline())
                .withBreakGlass(
                        status.rulings().stream().anyMatch(ruling -> ruling.accepted() && ruling.breakGlass() != null));
    }

    private static InboxEntry entry(IncidentEntry entry, String cause, String phase, String risk) {
        String arguments = entry.name().arguments();
        String next = "incident show " + arguments;
        if (entry.open()) {
            next = phase.equals(Phase.AWAITING_APPROVAL.name())
                    ? "incident approve " + arguments
                    : "incident watch " + arguments;
        }
        return new InboxEntry(
                entry.workflowId(),
                entry.runId(),
                entry.open(),
                entry.startedAt(),
                entry.name().path(),
                cause,
                phase,
                risk,
                null,
                next,
                false);
    }
}
