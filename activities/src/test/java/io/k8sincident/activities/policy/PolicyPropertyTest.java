package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.k8sincident.activities.policy.PolicyQuestion.Context;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import io.k8sincident.activities.policy.PolicyQuestion.Step;
import io.k8sincident.workflows.model.Action;
import io.k8sincident.workflows.model.Risk;
import io.k8sincident.workflows.model.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds for any policy and any question. */
class PolicyPropertyTest {
    private static final int ROUNDS = 3_000;
    private static final List<Risk> RISKS = List.of(Risk.values());
    private static final List<Stage> STAGES = List.of(Stage.values());
    private static final String[] NAMESPACES = {"demo", "shop", "kube-system", "other"};
    private static final Map<String, List<String>> RESTRICTIONS = new TreeMap<>(Map.of(
            "mode", List.of("mode: {shop: PROPOSE}", "mode: {demo: PROPOSE, shop: PROPOSE}"),
            "limits", List.of("limits: {growthPercent: 0}", "limits: {maxReplicas: 2, growthPercent: 50}"),
            "freeze",
                    List.of(
                            "freeze: [{name: a, timeZone: Asia/Tokyo, weekly: {from: FRI 18:00, to: MON 06:00}}]",
                            "freeze: [{name: b, timeZone: UTC, days: [TUE], from: '12:00', to: '24:00', namespaces: [demo]}]"),
            "optOut", List.of("optOut: [a/b]"),
            "deny",
                    List.of(
                            "deny: [{name: x, when: plan.risk == 'MEDIUM'}]",
                            "deny: [{name: y, when: target.labels.tier == 'web'}]")));

    private final Random random = new Random(20_261_128);

    @Test
    void aFurtherRestrictionAllowsNothingMore() {
        int allowedBefore = 0;
        int allowedAfter = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> parts = parts();
            Map<String, String> more = new TreeMap<>(parts);
            String added = List.copyOf(RESTRICTIONS.keySet()).get(random.nextInt(RESTRICTIONS.size()));
            more.putIfAbsent(added, pick(RESTRICTIONS.getOrDefault(added, List.of())));
            PolicyQuestion question = question();

            boolean before = policy(parts).evaluate(question).allowed();
            boolean after = policy(more).evaluate(question).allowed();

            assertThat(before || !after)
                    .as(parts + " -> " + more + ": " + question)
                    .isTrue();
            allowedBefore += before ? 1 : 0;
            allowedAfter += after ? 1 : 0;
        }
        assertThat(allowedBefore).isGreaterThan(allowedAfter).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void theVerdictIsTheFirstDenialOfTheExplanationAndNamesALine() {
        for (int round = 0; round < ROUNDS; round++) {
            Policy policy = policy(parts());
            PolicyQuestion question = question();
            List<PolicyVerdict> explained = policy.explain(question);

            PolicyVerdict verdict = policy.evaluate(question);

            assertThat(verdict.allowed()).isEqualTo(explained.stream().allMatch(PolicyVerdict::allowed));
            assertThat(explained)
                    .contains(verdict)
                    .allSatisfy(each -> assertThat(each.place()).matches("policy\\.yaml:\\d+|hard limit"));
        }
    }

    @Test
    void whatMayBeWrittenMayBeApprovedAndProposed() {
        for (int round = 0; round < ROUNDS; round++) {
            Policy policy = policy(parts());
            PolicyQuestion write = at(question(), Stage.EXECUTE);

            if (policy.evaluate(write).allowed()) {
                assertThat(policy.evaluate(at(write, Stage.APPROVE)).allowed()).isTrue();
                assertThat(policy.evaluate(at(write, Stage.PLAN)).allowed()).isTrue();
                assertThat(policy.allows(write.actions(), write.risk()).allowed())
                        .isTrue();
            }
        }
    }

    private static PolicyQuestion at(PolicyQuestion question, Stage stage) {
        return new PolicyQuestion(question.context(), question.risk(), question.steps(), stage, question.at());
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new TreeMap<>();
        RESTRICTIONS.forEach((name, choices) -> {
            if (random.nextInt(4) == 0) {
                parts.put(name, pick(choices));
            }
        });
        return parts;
    }

    private Policy policy(Map<String, String> parts) {
        return Policies.with(String.join("\n", parts.values()));
    }

    private PolicyQuestion question() {
        String namespace = NAMESPACES[random.nextInt(NAMESPACES.length)];
        Target target = new Target("apps/v1", random.nextInt(8) == 0 ? "Secret" : "Deployment", namespace, "app", null);
        Action action = random.nextBoolean()
                ? new Action.RestartRollout(target, Policies.NOW)
                : new Action.SetImage(target, "app", "registry.example.com/app:2");
        return new PolicyQuestion(
                new Context("prod", "unknown", "human-value", "alice", 2, 2),
                RISKS.get(random.nextInt(RISKS.size())),
                List.of(new Step(action, object(), object())),
                STAGES.get(random.nextInt(STAGES.size())),
                Policies.NOW.plus(Duration.ofMinutes(random.nextInt(14 * 24 * 60))));
    }

    private JsonNode object() {
        return Policies.json("{\"metadata\":{\"labels\":{" + (random.nextBoolean() ? "\"tier\":\"web\"" : "")
                + "},\"annotations\":{" + (random.nextInt(4) == 0 ? "\"a/b\":\"\"" : "") + "}},\"spec\":{\"replicas\":"
                + (1 + random.nextInt(4)) + ",\"template\":{\"spec\":{\"containers\":[{\"resources\":{\"requests\":{"
                + "\"cpu\":\"" + (100 + random.nextInt(60)) + "m\"}}}]}}}}");
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
