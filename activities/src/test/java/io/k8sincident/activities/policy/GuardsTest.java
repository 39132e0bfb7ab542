package io.k8sincident.activities.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.k8sincident.activities.policy.PolicyQuestion.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GuardsTest {
    private static final String PLAIN = "{\"metadata\":{},\"spec\":{}}";

    @ParameterizedTest
    @EnumSource(Stage.class)
    void holdsANamespaceToProposals(Stage stage) {
        PolicyVerdict verdict = Policies.with("mode: {shop: PROPOSE, demo: REMEDIATE}")
                .evaluate(Policies.question(stage, "shop", PLAIN, PLAIN));

        assertThat(verdict.allowed()).isEqualTo(stage == Stage.PLAN);
        assertThat(Policies.with("mode: {shop: PROPOSE, demo: REMEDIATE}")
                        .evaluate(Policies.question(stage, "demo", PLAIN, PLAIN))
                        .allowed())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void deniesInAFreezeWhateverChanges(Stage stage) {
        PolicyVerdict verdict = Policies.with(
                        "freeze: [{name: sale, timeZone: Europe/Berlin, from: 2026-11-27, to: 2026-11-30}]")
                .evaluate(Policies.question(stage, "shop", PLAIN, PLAIN));

        assertThat(verdict.allowed()).isEqualTo(stage == Stage.PLAN);
        if (stage != Stage.PLAN) {
            assertThat(verdict.describe())
                    .isEqualTo("policy.yaml:8: freeze 'sale' holds until 2026-12-01T00:00+01:00 (Europe/Berlin)");
        }
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void leavesAloneWhatOptsOut(Stage stage) {
        Policy policy = Policies.with("optOut: [k8sincident.io/opt-out, example.com/hands-off]");
        String object = "{\"metadata\":{\"annotations\":{\"example.com/hands-off\":\"false\"}}}";

        assertThat(policy.evaluate(Policies.question(stage, "shop", object, object))
                        .describe())
                .isEqualTo("policy.yaml:8: shop/deployment/app has the annotation example.com/hands-off");
        assertThat(policy.evaluate(Policies.question(stage, "shop", PLAIN, PLAIN))
                        .allowed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "requests, cpu, 100m, 150m, true",
        "requests, cpu, 100m, 151m, false",
        "requests, cpu, 100m, 0.15, true",
        "requests, memory, 1Gi, 1536Mi, true",
        "requests, memory, 1Gi, 1537Mi, false",
        "requests, memory, 1G, 1Gi, true",
        "limits, memory, 128Mi, 10Gi, false",
        "limits, memory, 10Gi, 128Mi, true",
        "limits, memory, 128Mi, 1e400000000, false",
        "limits, memory, 128Mi, plenty, false",
        "limits, memory, 128Mi, -, false",
        "requests, memory, 128Mi, -, true",
        "requests, memory, -, 128Mi, true",
    })
    void holdsGrowthToHalfAsMuchAgain(String list, String name, String before, String after, boolean allowed) {
        PolicyVerdict verdict = Policies.with("")
                .evaluate(Policies.question(
                        Stage.APPROVE, "shop", resources(list, name, before), resources(list, name, after)));

        assertThat(verdict.allowed()).as(verdict.describe()).isEqualTo(allowed);
    }

    /** Kubernetes counts a pod with its largest init container, beside its sidecars, where that asks for more. */
    @ParameterizedTest
    @CsvSource({
        "1Gi, '', 1Gi, true",
        "1Gi, '', 1537Mi, false",
        "1Gi, Always, 500Mi, true",
        "1Gi, Always, 513Mi, false",
    })
    void countsInitContainersAndSidecarsAsKubernetesDoes(
            String app, String restartPolicy, String init, boolean allowed) {
        PolicyVerdict verdict = Policies.with("")
                .evaluate(Policies.question(
                        Stage.APPROVE,
                        "shop",
                        resources("requests", "memory", app),
                        withInit(resources("requests", "memory", app), restartPolicy, init)));

        assertThat(verdict.allowed()).as(verdict.describe()).isEqualTo(allowed);
    }

    private static String withInit(String object, String restartPolicy, String memory) {
        String init = """
            "initContainers":[{"restartPolicy":"%s","resources":{"requests":{"memory":"%s"}}}],"containers\
            """.strip().formatted(restartPolicy, memory);
        return object.replace("\"containers", init);
    }

    @Test
    void neverTouchesTheNamespaceThatItRunsIn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("namespace"), "tools\n");

        assertThat(HardLimits.read(file)).isEqualTo("tools");
        assertThat(HardLimits.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void holdsGrowthToWhatThePolicySays() {
        PolicyVerdict verdict = Policies.with("limits: {growthPercent: 10}")
                .evaluate(Policies.question(
                        Stage.PLAN, "shop", resources("requests", "cpu", "1"), resources("requests", "cpu", "1200m")));

        assertThat(verdict.describe())
                .isEqualTo("policy.yaml:8: shop/deployment/app: the requests of cpu of a pod grow from 1 to 1.200;"
                        + " at most 10 % more is allowed");
    }

    @ParameterizedTest
    @CsvSource({"3, 5, true", "3, 6, false", "9, 8, true", "9, 9, true"})
    void limitsReplicasThatAreRaised(int before, int after, boolean allowed) {
        assertThat(Policies.with("limits: {maxReplicas: 5}")
                        .evaluate(Policies.question(
                                Stage.EXECUTE,
                                "shop",
                                "{\"spec\":{\"replicas\":" + before + "}}",
                                "{\"spec\":{\"replicas\":" + after + "}}"))
                        .allowed())
                .isEqualTo(allowed);
    }

    @Test
    void deniesByRuleAndSaysWhy() {
        Policy policy = Policies.with("""
            deny:
              - name: critical
                when: has(target.labels.tier) && target.labels.tier == 'critical' && plan.risk != 'LOW'
                reason: ask the owners
              - name: foreign images
                when: |
                  plan.actions.exists(a,
                    a.type == 'SetImage' && !a.image.startsWith('registry.example.com/'))""");

        assertThat(policy.evaluate(Policies.question(
                                Stage.PLAN, "shop", "{\"metadata\":{\"labels\":{\"tier\":\"critical\"}}}", PLAIN))
                        .describe())
                .isEqualTo("policy.yaml:9: rule 'critical' denies it: ask the owners");
        assertThat(policy.evaluate(Policies.question(Stage.PLAN, "shop", PLAIN, PLAIN))
                        .allowed())
                .isTrue();
    }

    @Test
    void deniesWhereARuleHasNoAnswer() {
        PolicyVerdict verdict = Policies.with("deny: [{name: team, when: target.labels.team == 'x'}]")
                .evaluate(Policies.question(Stage.PLAN, "shop", PLAIN, PLAIN));

        assertThat(verdict.allowed()).isFalse();
        assertThat(verdict.reason()).startsWith("rule 'team' has no answer, so it denies: ");
    }

    @Test
    void deniesWhatIsTooLargeForRules() {
        String large = "{\"metadata\":{\"annotations\":{\"a\":\"" + "x".repeat(200_000) + "\"}}}";

        assertThat(Policies.with("deny: [{name: never, when: 'false'}]")
                        .evaluate(Policies.question(Stage.PLAN, "shop", large, large))
                        .reason())
                .isEqualTo("rules cannot be asked: shop/deployment/app has more than 131072 characters");
    }

    @Test
    void deniesWhatIsNotInTheStoreAnyMore() {
        PolicyVerdict verdict = Policies.with("")
                .evaluate(Policies.question(
                        Stage.EXECUTE, "shop", Policies.NOW, MissingNode.getInstance(), Policies.json(PLAIN)));

        assertThat(verdict.reason()).contains("is not in the blob store any more");
    }

    @Test
    void explainsEveryLineThatHasASay() {
        Policy policy = Policies.with("""
            mode: {shop: PROPOSE}
            optOut: [a/b]
            deny: [{name: never, when: 'false'}]""");

        assertThat(policy.explain(Policies.question(Stage.APPROVE, "shop", PLAIN, PLAIN)))
                .extracting(PolicyVerdict::describe)
                .containsExactly(
                        "policy.yaml:2: namespace shop is allowed",
                        "policy.yaml:3: SetImage on a Deployment is allowed",
                        "policy.yaml:4: risk MEDIUM is not above the highest allowed, HIGH",
                        "policy.yaml:8: namespace shop is held to proposals",
                        "policy.yaml:10: rule 'never' does not deny it");
    }

    @Test
    void readsTheBreaker() {
        assertThat(Policies.with("breaker: {unhealthyPercent: 40, atLeast: 2, cooldown: 90s}")
                        .breaker())
                .contains(new Breaker(40, 2, Duration.ofSeconds(90), "policy.yaml:8"));
        assertThat(Policies.with("breaker: {unhealthyPercent: 40}").breaker())
                .contains(new Breaker(40, 3, Duration.ofMinutes(15), "policy.yaml:8"));
    }

    @ParameterizedTest
    @CsvSource({"3, 10, false", "4, 10, false", "5, 10, true", "1, 1, false", "2, 2, false", "3, 3, true", "0, 0, false"
    })
    void tripsWhenTooManyAreUnhealthy(int unhealthy, int workloads, boolean trips) {
        assertThat(new Breaker(40, 3, Duration.ofMinutes(1), "x").trips(unhealthy, workloads))
                .isEqualTo(trips);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes: {cordon: true}                  | nodes is reserved: this program cordons and drains no nodes",
                "mode: {shpo: PROPOSE}                  | mode.shpo is about namespace 'shpo', which namespaces.allow does",
                "mode: {shop: propose}                  | mode.shop is 'propose'; it must be one of [PROPOSE, REMEDIATE]",
                "mode: {}                               | mode is empty",
                "limits: {}                             | limits is empty",
                "limits: {growthPercent: -1}            | limits.growthPercent is -1; it must lie between 0 and 400",
                "limits: {growthPercent: 50%}           | limits.growthPercent must be a whole number",
                "limits: {maxReplicas: 99999999999}     | limits.maxReplicas must be a whole number",
                "limits: {actionsPerHour: 0}            | limits.actionsPerHour is 0",
                "limits: {inFlightPerNamespace: 0}      | limits.inFlightPerNamespace is 0",
                "optOut: []                             | optOut is an empty list",
                "optOut: ['']                           | optOut[0] is '', which is no name of an annotation",
                "optOut: ['*']                          | optOut[0] is '*', which is no name of an annotation",
                "optOut: [a/b, a/b]                     | optOut[1] names 'a/b' again",
                "optOut: [k8sincident.io/plan]          | optOut[0] is 'k8sincident.io/plan', which is left out of what",
                "optOut: [deployment.kubernetes.io/revision] | optOut[0] is 'deployment.kubernetes.io/revision', which",
                "optOut: [kubectl.kubernetes.io/last-applied-configuration] | optOut[0] is 'kubectl.kubernetes.io/last",
                "breaker: {atLeast: 3}                  | breaker lacks the key 'unhealthyPercent'",
                "breaker: {unhealthyPercent: 0}         | breaker.unhealthyPercent is 0; it must lie between 1 and 99",
                "breaker: {unhealthyPercent: 100}       | breaker.unhealthyPercent is 100",
                "breaker: {unhealthyPercent: 50, cooldown: 15}  | breaker.cooldown must be text",
                "breaker: {unhealthyPercent: 50, cooldown: 0m}  | breaker.cooldown is '0m'; it must be a time such as",
                "breaker: {unhealthyPercent: 50, cooldown: 25h} | breaker.cooldown is longer than 24h",
                "deny: []                               | deny is an empty list",
                "deny: [{name: a}]                      | deny[0] lacks the key 'when'",
                "deny: [{when: 'true'}]                 | deny[0] lacks the key 'name'",
                "deny: [{name: a, when: true}]          | deny[0].when must be text",
                "deny: [{name: a, when: 'plan.rsk'}]    | deny[0].when is no usable expression: plan has no field 'rsk'",
                "deny: [{name: a, when: '1 ='}]         | deny[0].when is no usable expression: ",
                "deny: [{name: a, when: 'true'}, {name: a, when: 'true'}] | deny[1] has the name 'a' again",
            })
    void namesTheLineOfAMistake(String line, String message) {
        assertThatThrownBy(() -> Policies.with(line))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("policy.yaml:8: " + message);
    }

    @Test
    void namesTheLineWithinAnExpression() {
        assertThatThrownBy(() -> Policies.with("""
                deny:
                  - name: a
                    when: |
                      plan.risk == 'LOW' &&
                      plan.rsk == 'LOW'"""))
                .hasMessageStartingWith(
                        "policy.yaml:12: deny[0].when is no usable expression: plan has no field 'rsk'");
    }

    private static String resources(String list, String name, String amount) {
        String resources = amount.equals("-") ? "{}" : "{\"" + list + "\":{\"" + name + "\":\"" + amount + "\"}}";
        return "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"resources\":" + resources + "}]}}}}";
    }
}
