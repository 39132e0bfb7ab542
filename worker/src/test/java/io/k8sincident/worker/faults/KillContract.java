package io.k8sincident.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.scenarios.matrix.FaultMatrix;
import io.k8sincident.worker.config.Role;
import io.k8sincident.workflows.model.IncidentStatus;
import io.k8sincident.workflows.model.Outcome;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker processes, and the Temporal server where it has a database, are killed with signal 9 again and again while many
 * incidents are open, until enough kill points were hit: a kill point is one kill for one open incident in a step in
 * which it was not killed before. Reader and executor are processes of their own. The system properties
 * {@code kill.points}, {@code kill.incidents}, {@code kill.open} and {@code kill.seed} say how much.
 */
@Tag("fault")
@Timeout(value = 50, unit = TimeUnit.MINUTES)
abstract class KillContract {
    static final int POINTS = Integer.getInteger("kill.points", 4);
    private static final int INCIDENTS = Integer.getInteger("kill.incidents", 3);
    private static final boolean THOROUGH = INCIDENTS > 10;
    /**
     * Of the cluster's time. Many must come to crash soon; where few do, their back-off stays short, and so does the time for
     * which a workload must hold afterwards.
     */
    private static final double SPEED = THOROUGH ? 10 : 1;
    /** At once. */
    private static final int OPEN = Integer.getInteger("kill.open", INCIDENTS);

    private static final long SEED = Long.getLong("kill.seed", 20261128);
    private static final String CLUSTER = "practice";
    /** Longer than it takes until an attempt of a dead worker is given up. */
    private static final Duration STANDSTILL = Duration.ofSeconds(30);
    /** After the last kill everything that is open must end within this. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Random random = new Random(SEED);
    /** In short one write is in flight at a time: of several that a death cuts short most were not sent yet. */
    private final Incidents incidents = new Incidents(!THOROUGH);

    private final List<Course> courses = new ArrayList<>();
    private final Set<String> removed = new HashSet<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private int kills;
    private int serverKills;
    private int freezes;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Where the incidents live. */
    abstract TemporalServer temporal() throws Exception;

    /** Whether the Temporal server is killed as well. */
    abstract boolean killsServer();

    /** What else a worker has in its environment. */
    abstract Map<String, String> environment() throws Exception;

    /** How many kill points are enough. */
    abstract int enough();

    /** What the table of faults calls this. */
    abstract String fault();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each = open.pollLast(); each != null; each = open.pollLast()) {
            each.close();
        }
    }

    @Test
    void losesNoIncidentAndWritesNothingTwiceHoweverOftenWorkersDie() throws Exception {
        TemporalServer temporal = closed(temporal());
        CrashingCluster cluster = closed(new CrashingCluster(folder, SPEED));
        Approvers approvers = new Approvers(folder);
        Workers workers = closed(new Workers(
                folder,
                CLUSTER,
                temporal.address(),
                cluster.kubeconfig(),
                environment(approvers),
                List.of("--incident.sticky-timeout=0s")));
        WorkflowClient client = client(temporal.address());
        DeathInWrite deaths = new DeathInWrite(cluster, workers, random, !THOROUGH);
        workers.up();

        while (incidents.killPoints() < enough() || incidents.all().size() < INCIDENTS) {
            begin(client, cluster, approvers);
            policyChanges(approvers);
            AtomicBoolean struck = deaths.plan();
            run(cluster, Duration.ofMillis(500 + random.nextInt(2_000)), struck);
            strike(workers, temporal);
            workers.up();
        }
        approvers.thaw();
        finish(cluster, workers);

        report(cluster, deaths.count());
    }

    /** A few more in place of those that have ended, until there are enough of them. */
    private void begin(WorkflowClient client, CrashingCluster cluster, Approvers approvers) {
        incidents.all().stream()
                .filter(incident -> incident.end().isPresent() && removed.add(incident.object()))
                .forEach(incident -> cluster.remove(incident.object()));
        int more = (int) Math.min(Math.max(3, OPEN / 5), OPEN - incidents.open().count());
        Map<String, Course> begun = new LinkedHashMap<>();
        int first = incidents.all().size();
        for (int number = first; number < first + more; number++) {
            // Approvals come first and most often, since only they lead to writes.
            Course course = number == 0 || random.nextInt(2) == 0 ? Course.APPROVED : any();
            begun.put(course.object(number), course);
        }
        cluster.crash(List.copyOf(begun.keySet()));
        begun.forEach((name, course) -> incidents.add(new OpenIncident(
                client,
                approvers,
                CLUSTER,
                CrashingCluster.target(name),
                course,
                random.nextInt(4),
                () -> cluster.edit(name))));
    }

    /** Each of them before one comes again. */
    private Course any() {
        if (courses.isEmpty()) {
            Arrays.stream(Course.values())
                    .filter(course -> THOROUGH || course.quick())
                    .forEach(courses::add);
            Collections.shuffle(courses, random);
        }
        return courses.remove(courses.size() - 1);
    }

    /** Now and then nothing may be done for a while. */
    private void policyChanges(Approvers approvers) throws IOException {
        if (THOROUGH && random.nextInt(6) == 0) {
            approvers.freeze();
            freezes++;
        } else {
            approvers.thaw();
        }
    }

    private Map<String, String> environment(Approvers approvers) throws Exception {
        Map<String, String> all = new HashMap<>(environment());
        all.put("INCIDENT_POLICY", approvers.policy().toString());
        return all;
    }

    /**
     * Lets everything go on for a while, and on until one has got further than at the last death, since another would show
     * nothing new; or until a death that was planned has struck.
     */
    private void run(CrashingCluster cluster, Duration time, AtomicBoolean struck) {
        long begun = System.nanoTime();
        Duration past;
        do {
            goOn(cluster);
            past = Duration.ofNanos(System.nanoTime() - begun);
        } while (!struck.get()
                && (past.compareTo(time) < 0 || (past.compareTo(STANDSTILL) < 0 && incidents.standStill())));
    }

    private void goOn(CrashingCluster cluster) {
        cluster.attend();
        incidents.attend();
        LockSupport.parkNanos(200_000_000);
    }

    /**
     * The reader runs the workflows, so its death hits every open incident; the executor is hit at its writes, and in short
     * only there.
     */
    private void strike(Workers workers, TemporalServer temporal) throws IOException {
        boolean both = THOROUGH && random.nextBoolean();
        workers.kill(Role.READER);
        if ((random.nextInt(4) == 0 || serverKills == 0) && temporal.strike()) {
            serverKills++;
        }
        if (both) {
            workers.kill(Role.EXECUTOR);
        }
        kills += both ? 2 : 1;
        incidents.killed();
    }

    private void finish(CrashingCluster cluster, Workers workers) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (incidents.open().findAny().isPresent() && System.nanoTime() < until) {
            // A death that was planned for a write may still come.
            workers.up();
            goOn(cluster);
        }
    }

    private void report(CrashingCluster cluster, int inWrite) throws IOException {
        WireCount wire = WireCount.of(cluster.auditLog());
        List<OpenIncident> all = incidents.all();
        long lost = incidents.open().count();
        FaultMatrix.add(
                fault(),
                incidents.killPoints() + " kill points of " + (kills + inWrite) + " kills (" + inWrite
                        + " in a write) and "
                        + serverKills + " of the server, " + freezes + " freezes, " + all.size() + " incidents, "
                        + wire.applied().size() + " writes",
                lost,
                wire.duplicates(),
                wire.unapproved(all));
        assertThat(incidents.open())
                .extracting(OpenIncident::step)
                .as("incidents that did not end")
                .isEmpty();
        assertThat(wire.duplicates()).isZero();
        assertThat(wire.unapproved(all)).isZero();
        assertThat(all).allSatisfy(KillContract::endedAsItMay);
        // Else nothing would have been at stake.
        assertThat(wire.applied()).isNotEmpty();
        assertThat(inWrite).as("deaths in a write").isPositive();
        assertThat(serverKills > 0).as("the Temporal server was killed").isEqualTo(killsServer());
        if (THOROUGH) {
            assertThat(all).extracting(OpenIncident::course).contains(Course.values());
            assertThat(all)
                    .as("those that were given up because nothing could be read for minutes")
                    .filteredOn(incident -> incident.end().orElseThrow().outcome() == Outcome.NO_SAFE_ACTION)
                    .hasSizeLessThanOrEqualTo(all.size() / 10);
        }
        assertThat(all)
                .filteredOn(incident -> incident.end().orElseThrow().outcome()
                        == incident.course().outcome())
                .hasSizeGreaterThan(all.size() / 2);
    }

    private static void endedAsItMay(OpenIncident incident) {
        IncidentStatus end = incident.end().orElseThrow();
        assertThat(end.outcome())
                .as("%s: %s", incident.course(), end.reason())
                .isIn(incident.course().possible());
    }

    private WorkflowClient client(String address) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setRpcQueryTimeout(Duration.ofSeconds(3))
                .build());
        open.add(stubs::shutdownNow);
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(WireFormat.dataConverter())
                        .build());
    }

    <T extends AutoCloseable> T closed(T resource) {
        open.add(resource);
        return resource;
    }
}
