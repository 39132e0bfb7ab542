package io.k8sincident.cli.temporal;

import java.util.Optional;

/** The parts of a workflow id as {@link io.k8sincident.workflows.workflow.IncidentId} makes it. */
public record IncidentName(String cluster, String namespace, String kind, String name) {
    private static final String PREFIX = "incident:";

    /** The parts of this id; empty if it is not that of an incident. */
    public static Optional<IncidentName> parse(String workflowId) {
        String[] parts = workflowId.split(":", -1);
        if (!workflowId.startsWith(PREFIX) || parts.length < 5) {
            return Optional.empty();
        }
        int last = parts.length - 1;
        String cluster = String.join(":", java.util.Arrays.copyOfRange(parts, 1, last - 2));
        return Optional.of(new IncidentName(cluster, parts[last - 2], parts[last - 1], parts[last]));
    }

    /** {@code demo/deployment/crashy}. */
    public String path() {
        return namespace.equals("-") ? typed() : namespace + "/" + typed();
    }

    /** {@code deployment/crashy}. */
    public String typed() {
        return kind + "/" + name;
    }

    /** How it is typed as arguments: {@code deployment/crashy -n demo}. */
    public String arguments() {
        return namespace.equals("-") ? typed() : typed() + " -n " + namespace;
    }
}
