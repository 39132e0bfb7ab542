package io.k8sincident.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.plan.ObjectImage;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyFile;
import io.k8sincident.activities.policy.PolicyProbe;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what a policy is checked with. */
final class PolicyToCheck {
    private PolicyToCheck() {}

    /** @throws Problem if it cannot be read or used */
    static Policy load(@Nullable Path file, Surroundings surroundings) {
        String configured = surroundings.variable("INCIDENT_POLICY");
        try {
            if (file == null && configured.isEmpty()) {
                return PolicyFile.shipped();
            }
            Path named = file == null ? Path.of(configured) : file;
            return new PolicyFile(surroundings.directory().resolve(named)).get();
        } catch (PolicyException e) {
            throw Problem.error(String.valueOf(e.getMessage()), "correct it, then incident policy check")
                    .causedBy(e);
        }
    }

    /** Where a change would be made, as far as the command line says it. */
    record Target(String cluster, String namespace, String kind) {}

    /** A probe of a change of this object; of one that nothing is known of, if no file is named. */
    static PolicyProbe target(@Nullable Path file, Target target, Surroundings surroundings) {
        JsonNode object = object(file, surroundings);
        return PolicyProbe.ofTarget(
                target.cluster(), target.namespace(), object.path("kind").asText(target.kind()), object);
    }

    /** As much of it as an incident sees. */
    private static JsonNode object(@Nullable Path file, Surroundings surroundings) {
        if (file == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode object = new ObjectMapper()
                    .readTree(surroundings.directory().resolve(file).toFile());
            if (!(object instanceof ObjectNode whole)
                    || !object.path("metadata").isObject()) {
                throw Problem.usage(file + " holds no object with metadata", "kubectl get TYPE NAME -o json > " + file);
            }
            return ObjectImage.of(whole).json();
        } catch (IOException e) {
            throw Problem.usage(file + " cannot be read as JSON: " + e.getMessage(), "kubectl get TYPE NAME -o json")
                    .causedBy(e);
        }
    }
}
