package io.k8sincident.activities.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.FileAuditTrail;
import io.k8sincident.activities.audit.RecordActivityImpl;
import io.k8sincident.activities.audit.TrailEntry;
import io.k8sincident.activities.policy.Limits;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.testing.Crashy;
import io.k8sincident.activities.testing.FaultRow;
import io.k8sincident.activities.testing.FaultyApi;
import io.k8sincident.activities.testing.MemoryTrail;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.activities.testing.TestClock;
import io.k8sincident.workflows.activity.ExecutionActivity.ExecutionRequest;
import io.k8sincident.workflows.model.HumanValue;
import io.k8sincident.workflows.model.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FaultRow("limits under many executions at once")
class SlotsTest {
    private final TestClock clock = new TestClock(Remedy.START);
    private final MemoryTrail trail = new MemoryTrail(clock);
    private final Slots slots = new Slots(trail, clock);
    private final FaultyApi api = new FaultyApi(Crashy.store());
    private final Remedy remedy = new Remedy(api.config());
    private final ExecutionRequest approved = remedy.approved();
    private final Plan plan = Remedy.planOf(remedy.propose(new HumanValue("app", "command", "[\"x\"]")));

    SlotsTest() throws IOException {}

    @AfterEach
    void close() {
        remedy.close();
        api.close();
    }

    @Test
    void claimsNothingWithoutLimits() {
        assertThat(slots.claim(limits("{growthPercent: 50}"), plan, approved, false)
                        .refusal())
                .isEmpty();
        assertThat(trail.entries()).isEmpty();
    }

    @Test
    void allowsSoManyActionsWithinAnHour() {
        Limits three = limits("{actionsPerHour: 3}");
        for (int i = 0; i < 3; i++) {
            assertThat(slots.claim(three, plan, of("incident-" + i), false).claim())
                    .isPresent();
            clock.advance(Duration.ofMinutes(10));
        }

        assertThat(slots.claim(three, plan, of("incident-4"), false)
                        .refusal()
                        .orElseThrow()
                        .describe())
                .isEqualTo("policy.yaml:10: 3 executed in this namespace within the last hour; the limit is 3");
        clock.advance(Duration.ofMinutes(30));
        assertThat(slots.claim(three, plan, of("incident-5"), false).claim()).isPresent();
    }

    @Test
    void allowsSoManyIncidentsInFlight() {
        Limits one = limits("{inFlightPerNamespace: 1}");
        assertThat(slots.claim(one, plan, of("incident-1"), false).claim()).isPresent();
        assertThat(slots.claim(one, plan, of("incident-1"), false).claim())
                .as("the next action of the same incident")
                .isPresent();
        assertThat(slots.claim(one, plan, of("incident-2"), false).refusal()).isPresent();

        trail.append(TrailEntry.of("incident-1", Remedy.RUN, RecordActivityImpl.CLOSED, Map.of()));

        assertThat(slots.claim(one, plan, of("incident-2"), false).claim()).isPresent();
    }

    @Test
    void countsNoClaimThatWasReturned() {
        Limits one = limits("{inFlightPerNamespace: 1, actionsPerHour: 1}");
        slots.giveBack(slots.claim(one, plan, of("incident-1"), false).claim().orElseThrow(), "STALE");

        assertThat(slots.claim(one, plan, of("incident-2"), false).claim()).isPresent();
    }

    @Test
    void forgetsAnIncidentWhoseWorkerNeverCameBack() {
        Limits one = limits("{inFlightPerNamespace: 1}");
        assertThat(slots.claim(one, plan, of("incident-1"), false).claim()).isPresent();
        clock.advance(Duration.ofHours(2));

        assertThat(slots.claim(one, plan, of("incident-2"), false).claim()).isPresent();
    }

    /** Two trails on one file, as two workers have, and more threads than slots. */
    @Test
    void givesNoSlotTwiceWhoeverAsksAtOnce(@TempDir Path folder) throws Exception {
        Limits three = limits("{actionsPerHour: 3}");
        List<AuditTrail> trails = List.of(new FileAuditTrail(folder, clock), new FileAuditTrail(folder, clock));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Slots mine = new Slots(trails.get(i % 2), clock);
                ExecutionRequest request = of("incident-" + i);
                claims.add(() -> mine.claim(three, plan, request, false).claim().isPresent());
            }
            int granted = 0;
            for (Future<Boolean> claim : threads.invokeAll(claims)) {
                granted += claim.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    private ExecutionRequest of(String incident) {
        return new ExecutionRequest(
                incident,
                Remedy.RUN,
                approved.planDigest(),
                0,
                approved.acceptance(),
                clock.instant().plus(Duration.ofMinutes(10)));
    }

    private static Limits limits(String yaml) {
        return Policy.parse("policy.yaml", Remedy.policyFor("demo") + "limits: " + yaml + "\n")
                .limits();
    }
}
