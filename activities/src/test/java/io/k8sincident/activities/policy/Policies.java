package io.k8sincident.activities.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.k8sincident.activities.policy.PolicyQuestion.Context;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyQuestion.Step;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** A small policy and questions about it. */
final class Policies {
    static final String BASE = """
        version: 1
        namespaces: {allow: [demo, shop]}
        actions: {Deployment: [RollBack, RestartRollout, SetImage]}
        highestRisk: HIGH
        decisions:
          requireProof: true
          separateDuties: true
        """;

    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Policies() {}

    /** The small policy, and from line 8 on this. */
    static Policy with(String more) {
        return Policy.parse("policy.yaml", BASE + more + "\n");
    }

    static Action setImage(String namespace) {
        return new Action.SetImage(Target.deployment(namespace, "app"), "app", "registry.example.com/app:2");
    }

    static PolicyQuestion question(Stage stage, String namespace, String before, String after) {
        return question(stage, namespace, NOW, json(before), json(after));
    }

    static PolicyQuestion question(Stage stage, String namespace, Instant at, JsonNode before, JsonNode after) {
        return new PolicyQuestion(
                new Context("prod", "image-not-found", "human-value", "alice", 2, 3),
                Risk.MEDIUM,
                List.of(new Step(setImage(namespace), before, after)),
                stage,
                at);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
