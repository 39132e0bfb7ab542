package io.k8sincident.activities.diagnosis.rules;

import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.PodView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.diagnosis.view.Workloads;
import io.k8sincident.workflows.model.Culprit;
import java.util.List;
import java.util.Optional;

/** What the rules see of a cluster made by hand. */
final class Seen {
    private Seen() {}

    /** The one workload that is in trouble. */
    static WorkloadView workload(Fixture fixture) {
        List<WorkloadView> workloads = Workloads.of(new ClusterView(fixture.snapshot())).stream()
                .filter(workload -> !workload.troubles().isEmpty())
                .toList();
        if (workloads.size() != 1) {
            throw new AssertionError(workloads.size() + " workloads in trouble");
        }
        return workloads.get(0);
    }

    /** The workload of this name, in trouble or not. */
    static WorkloadView workload(Fixture fixture, String name) {
        return Workloads.of(new ClusterView(fixture.snapshot())).stream()
                .filter(workload -> workload.resource().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What one rule finds there. */
    static Optional<Finding> by(Rule rule, Fixture fixture) {
        return rule.examine(workload(fixture));
    }

    /** The same of a rule that must find something. */
    static Finding found(Rule rule, Fixture fixture) {
        return by(rule, fixture).orElseThrow(() -> new AssertionError("nothing found"));
    }

    /** The first container of a pod that is no workload's, with these fields; its status is empty. */
    static ContainerView container(String container) {
        return container(container, "");
    }

    /** The same, of a pod with these fields beside its containers. */
    static ContainerView container(String container, String ofThePod) {
        return pod("containers: [{name: 'app'%s}]%s"
                        .formatted(
                                container.isEmpty() ? "" : ", " + container, ofThePod.isEmpty() ? "" : ", " + ofThePod))
                .containers()
                .get(0);
    }

    /** A pod {@code demo/p} of this spec. */
    static PodView pod(String spec) {
        return pod(new Fixture(), spec);
    }

    /** The same beside what is in the fixture. */
    static PodView pod(Fixture fixture, String spec) {
        ClusterView cluster =
                new ClusterView(fixture.object("""
                        {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'demo', uid: 'u-p'},
                         spec: {%s}, status: {}}""".formatted(spec)).snapshot());
        return new PodView(cluster, cluster.find("Pod", "demo", "p").orElseThrow());
    }

    /** A rollout whose new container, with these fields, ends over and over after it said this; the former one is alike. */
    static Fixture crash(String container, String log) {
        return Fixture.rollout(container, container, Fixture.crashLoop("exitCode: 1, reason: 'Error'"))
                .log(log);
    }

    /** The culprit of a finding that must name one. */
    static Culprit culprit(Optional<Finding> finding) {
        return Optional.ofNullable(finding.orElseThrow(() -> new AssertionError("nothing found"))
                        .culprit())
                .orElseThrow(() -> new AssertionError("no culprit"));
    }

    /** What a finding claims, in order. */
    static List<String> said(Finding finding) {
        return finding.claims().stream().map(Statement::text).toList();
    }

    /** The causes that a finding rules out. */
    static List<String> ruledOut(Finding finding) {
        return finding.exclusions().stream().map(Exclusion::cause).toList();
    }
}
