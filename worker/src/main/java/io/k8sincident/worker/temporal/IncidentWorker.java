package io.k8sincident.worker.temporal;

import io.k8sincident.activities.advice.AdviceSettings;
import io.k8sincident.activities.time.ServerTime;
import io.k8sincident.worker.config.Role;
import io.k8sincident.worker.config.WorkerSettings;
import io.k8sincident.workflows.workflow.WireFormat;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Serves the task queues of its roles from the moment when Temporal is ready until it is closed. {@link #serve} is called
 * once; {@link #close} may be called from any thread, at any time.
 */
public final class IncidentWorker implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration REPEAT = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final WorkerSettings settings;
    private final TemporalSettings temporal;
    private final Duties duties;
    private final Consumer<String> talk;
    private final WorkflowServiceStubs stubs;
    private final WorkerFactory factory;
    private final WaitLoop waitLoop;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    /** A worker that has not yet said a word to the server. */
    public IncidentWorker(WorkerSettings settings, TemporalSettings temporal, Duties duties, Consumer<String> talk) {
        this.settings = settings;
        this.temporal = temporal;
        this.duties = duties;
        this.talk = talk;
        this.stubs = WorkflowServiceStubs.newServiceStubs(temporal.stubsOptions());
        this.factory = WorkerFactory.newInstance(
                WorkflowClient.newInstance(
                        stubs,
                        WorkflowClientOptions.newBuilder()
                                .setNamespace(temporal.namespace())
                                .setDataConverter(WireFormat.dataConverter())
                                .build()),
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new ServerTime())
                        .build());
        this.waitLoop = new WaitLoop(talk, PAUSE, REPEAT);
    }

    /**
     * Waits for Temporal, then serves until it is closed.
     *
     * @param onReady is given one line when the task queues are served
     */
    public void serve(Consumer<String> onReady) throws InterruptedException {
        for (Role role : settings.orderedRoles()) {
            Worker worker = factory.newWorker(role.taskQueue(), options(role));
            duties.assign(role, worker);
        }
        if (temporalIsReady() && start()) {
            onReady.accept(readyLine());
            watchUntilClosed();
        }
    }

    private boolean start() {
        synchronized (factory) {
            if (closing) {
                return false;
            }
            factory.start();
            return true;
        }
    }

    private void watchUntilClosed() throws InterruptedException {
        ServerWatch watch = new ServerWatch(new ServerAnswers(stubs, temporal.address()), talk);
        while (!closed.await(REPEAT.toMillis(), TimeUnit.MILLISECONDS)) {
            watch.look();
        }
    }

    private boolean temporalIsReady() throws InterruptedException {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder(temporal.stubsOptions()).validateAndBuildWithDefaults());
        try {
            return waitLoop.await(List.of(
                    new ServerAnswers(stubs, temporal.address()),
                    new NamespaceExists(stubs, temporal),
                    new SearchAttributesRegistered(operator, temporal, talk)));
        } finally {
            operator.shutdownNow();
        }
    }

    private WorkerOptions options(Role role) {
        WorkerOptions.Builder options =
                WorkerOptions.newBuilder().setStickyQueueScheduleToStartTimeout(settings.stickyTimeout());
        if (role == Role.ADVISER) {
            // More would only wait for the model here, where no other worker can take them.
            options.setMaxConcurrentActivityExecutionSize(AdviceSettings.DEFAULT_AT_ONCE)
                    .setMaxConcurrentActivityTaskPollers(1);
        }
        return options.build();
    }

    private String readyLine() {
        String queues = settings.orderedRoles().stream()
                .map(Role::taskQueue)
                .collect(Collectors.joining(", "))
                .replaceFirst(", ([^,]+)$", " and $1");
        return "worker ready: cluster " + settings.cluster() + ", task queues " + queues + ", namespace "
                + temporal.namespace() + " at " + temporal.address();
    }

    /** Takes no new task, lets running ones end for some seconds, then lets go of the server. */
    @Override
    public void close() {
        waitLoop.close();
        synchronized (factory) {
            closing = true;
        }
        try {
            if (factory.isStarted()) {
                factory.shutdown();
                factory.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            closed.countDown();
            stubs.shutdownNow();
        }
    }
}
