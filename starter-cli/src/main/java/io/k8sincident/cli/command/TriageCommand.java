package io.k8sincident.cli.command;

import io.k8sincident.activities.diagnosis.Diagnostician;
import io.k8sincident.activities.diagnosis.NamedDiagnostician;
import io.k8sincident.activities.evidence.Scope;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.evidence.SnapshotSource;
import io.k8sincident.activities.recording.RecordedSources;
import io.k8sincident.activities.remediation.CauseCatalog;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.cli.advice.ModelAdvice;
import io.k8sincident.cli.cluster.ClusterConnection;
import io.k8sincident.cli.output.Problem;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.workflows.model.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is wrong and why, without any server of ours. */
@Command(
        name = "triage",
        description = "Say what is wrong, why, and what could be done; only reads, needs no server of its own."
                + " Exit code 3 if something is wrong.")
final class TriageCommand extends Subcommand {
    @Mixin
    final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "json|yaml|wide|name|junit|html",
            description =
                    "For programs (json, yaml, name), CI systems (junit) or a browser (html), or with all evidence"
                            + " and its places (wide).")
    TriageFormat format = TriageFormat.TEXT;

    @Mixin
    final ScopeOptions scope = new ScopeOptions();

    @Option(
            names = "--from",
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "In place of a cluster: a recording, a folder or .tar.gz of some, what kubectl cluster-info dump or"
                            + " kubectl get -o json|yaml wrote; repeatable.")
    List<Path> recordings = List.of();

    @Option(
            names = "--explain",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CAUSE",
            description =
                    "Say what a cause means, what proves it and what may be done about it, in place of triage; list"
                            + " all causes if none is named.")
    @Nullable
    String explained;

    @Mixin
    final LlmOptions llm = new LlmOptions();

    @Mixin
    final ModelOptions model = new ModelOptions();

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "Judge the cluster's state as of this time, such as 2026-11-22T10:24:58Z: for one that was"
                    + " restored or replayed. Now if absent.")
    @Nullable
    Instant asOf;

    @Override
    int run(Screen screen) {
        if (explained != null) {
            return new Explanation(screen, format.usual(), CauseCatalog.standard()).print(explained);
        }
        scope.check();
        model.require(llm);
        if (llm.wished && !format.advised()) {
            throw Problem.usage("a model's view is shown as text, wide, json or yaml only", "leave out --llm, or -o");
        }
        List<Snapshot> snapshots = recordings.isEmpty() ? live() : recorded();
        return llm.wished
                ? advised(screen, snapshots)
                : new TriageOutput(screen, format, diagnostician(), null).print(snapshots);
    }

    private int advised(Screen screen, List<Snapshot> snapshots) {
        Duration deadline = LlmOptions.deadline(surroundings());
        try (ModelAdvice advice = ModelAdvice.open(screen, surroundings(), model.model, model.url, deadline)) {
            return new TriageOutput(screen, format, diagnostician(), advice).print(snapshots);
        }
    }

    private Diagnostician diagnostician() {
        if (scope.words.isEmpty()) {
            return Diagnosticians.standard();
        }
        Target named = TargetArgument.parse(scope.words, "default");
        return new NamedDiagnostician(named.kind(), named.name(), Diagnosticians.standard());
    }

    private List<Snapshot> live() {
        try (ClusterConnection connection = connections().cluster(cluster.choice())) {
            return List.of(connection.snapshots(clock()).take(scope.of(connection, cluster)));
        }
    }

    private Clock clock() {
        return asOf == null ? surroundings().clock() : Clock.fixed(asOf, ZoneOffset.UTC);
    }

    private List<Snapshot> recorded() {
        List<Snapshot> snapshots = new ArrayList<>();
        for (Path recording : recordings) {
            try (RecordedSources sources = RecordedSources.open(recording)) {
                sources.all().forEach(source -> snapshots.add(source.take(within(source))));
            }
        }
        return snapshots;
    }

    /** A recording is of one namespace, whose name need not be typed. */
    private Scope within(SnapshotSource source) {
        if (scope.words.isEmpty()) {
            return cluster.namespace == null ? Scope.everything() : Scope.namespace(cluster.namespace);
        }
        String namespace = cluster.namespace == null ? only(source) : cluster.namespace;
        return Scope.of(TargetArgument.parse(scope.words, namespace));
    }

    private static String only(SnapshotSource source) {
        List<String> namespaces = source.take(Scope.everything()).namespaces();
        if (namespaces.size() != 1) {
            throw Problem.usage(
                    "the recording has " + namespaces.size() + " namespaces: " + String.join(", ", namespaces),
                    "name one with -n");
        }
        return namespaces.get(0);
    }
}
