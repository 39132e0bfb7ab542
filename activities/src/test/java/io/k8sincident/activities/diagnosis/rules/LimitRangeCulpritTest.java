package io.k8sincident.activities.diagnosis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.Fixture;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.diagnosis.view.Workloads;
import io.k8sincident.workflows.model.Culprit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitRangeCulpritTest {
    private static WorkloadView web(String containers) {
        return web(containers, "demo");
    }

    private static WorkloadView web(String containers, String ofTheRange) {
        return Workloads.of(new ClusterView(new Fixture()
                        .object("""
                        {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'demo', uid: 'd'},
                         spec: {template: {spec: {containers: [%s], initContainers: [{name: 'init',
                           resources: {limits: {cpu: '7'}}}]}}}}""".formatted(containers))
                        .object("""
                        {kind: 'LimitRange', metadata: {name: 'l', namespace: '%s'}}""".formatted(ofTheRange))
                        .snapshot()))
                .stream()
                .filter(workload -> workload.kind().equals("Deployment"))
                .findFirst()
                .orElseThrow();
    }

    private static String container(String name, String resources) {
        return "{name: '%s', resources: {%s}}".formatted(name, resources);
    }

    private static Matcher said(Pattern pattern, String message) {
        Matcher said = pattern.matcher(message);
        assertThat(said.find()).isTrue();
        return said;
    }

    private static Culprit bound(String containers, String message) {
        return LimitRangeCulprit.bound(web(containers), said(LimitRangeCulprit.BOUND, message));
    }

    private static Culprit ofWeb(@Nullable String container, String field, String value) {
        return new Culprit("Deployment", "web", container, field, value);
    }

    @Test
    void theContainerIsTheOneWithThatLimit() {
        String containers = container("a", "limits: {cpu: '1'}") + "," + container("b", "limits: {cpu: '2000m'}");

        assertThat(bound(containers, "maximum cpu usage per Container is 1, but limit is 2"))
                .isEqualTo(ofWeb("b", "resources.limits.cpu", "2"));
        assertThat(bound(containers, "maximum cpu usage per Container is 1, but limit is 7"))
                .isEqualTo(ofWeb("init", "resources.limits.cpu", "7"));
        assertThat(bound(containers, "maximum cpu usage per Container is 1, but limit is 9"))
                .isEqualTo(ofWeb(null, "resources.limits.cpu", "9"));
    }

    @Test
    void aRequestBelowTheMinimumIsARequest() {
        assertThat(bound(
                        container("a", "requests: {memory: '1Mi'}"),
                        "minimum memory usage per Container is 8Mi, but request is 1Mi]"))
                .isEqualTo(ofWeb("a", "resources.requests.memory", "1Mi"));
    }

    @Test
    void aValueThatIsNoQuantityIsTheSameOnlyToTheLetter() {
        assertThat(bound(container("a", "limits: {cpu: 'odd'}"), "maximum cpu usage per Pod is 1, but limit is odd"))
                .isEqualTo(ofWeb("a", "resources.limits.cpu", "odd"));
        assertThat(bound(container("a", "limits: {cpu: 'odd'}"), "maximum cpu usage per Pod is 1, but limit is even"))
                .isEqualTo(ofWeb(null, "resources.limits.cpu", "even"));
    }

    @Test
    void withoutAValueItIsTheContainerThatSetsNone() {
        String containers = container("a", "limits: {cpu: '1'}, requests: {cpu: '1'}") + "," + container("b", "");

        assertThat(bound(containers, "maximum cpu usage per Container is 1.  No limit is specified"))
                .isEqualTo(ofWeb("b", "resources.limits.cpu", "not set"));
        assertThat(bound(containers, "minimum cpu usage per Container is 1.  No request is specified"))
                .isEqualTo(ofWeb("b", "resources.requests.cpu", "not set"));
    }

    @ParameterizedTest
    @CsvSource({"4, 2, 2, ''", "5, 2, 2, 5", "3, 2, 1.5, ''", "4, 1, 3, 4"})
    void aLimitMayBeSoManyTimesTheRequest(String limit, String request, String ratio, String value) {
        Matcher said = said(
                LimitRangeCulprit.RATIO,
                "cpu max limit to request ratio per Container is " + ratio + ", but provided is");

        assertThat(LimitRangeCulprit.ratio(
                        web(container("a", "limits: {cpu: '%s'}, requests: {cpu: '%s'}".formatted(limit, request)) + ","
                                + container("b", "limits: {cpu: '1'}, requests: {cpu: '1'}")),
                        said))
                .isEqualTo(value.isEmpty() ? ofInit() : ofWeb("a", "resources.limits.cpu", value));
    }

    /** It has a limit and no request at all. */
    private static Culprit ofInit() {
        return ofWeb("init", "resources.limits.cpu", "7");
    }

    private static final String ABOVE =
            "spec.containers[1].resources.requests: Invalid value: \"2\": must be less than or"
                    + " equal to cpu limit of 1";

    @Test
    void aRequestAboveALimitThatTheRangeSetIsAtFault() {
        String containers = container("a", "") + "," + container("b", "requests: {cpu: '2'}");

        assertThat(LimitRangeCulprit.byDefault(web(containers), ABOVE))
                .contains(ofWeb("b", "resources.requests.cpu", "2"));
        assertThat(LimitRangeCulprit.byDefault(web(containers), ABOVE.replace("containers[1]", "initContainers[0]")))
                .isEmpty();
        assertThat(LimitRangeCulprit.byDefault(web(containers), ABOVE.replace("[1]", "[2]")))
                .isEmpty();
        assertThat(LimitRangeCulprit.byDefault(web(containers), ABOVE.replace("[1]", "[0001]")))
                .isPresent();
        assertThat(LimitRangeCulprit.byDefault(web(containers), ABOVE.replace("[1]", "[99999999999]")))
                .isEmpty();
    }

    @Test
    void aLimitOfTheTemplateItselfIsNotTheRanges() {
        assertThat(LimitRangeCulprit.byDefault(
                        web(container("a", "") + "," + container("b", "limits: {cpu: '1'}")), ABOVE))
                .isEmpty();
    }

    @Test
    void withoutARangeOrItsWordsNothingIsSaid() {
        String containers = container("a", "") + "," + container("b", "");

        assertThat(LimitRangeCulprit.byDefault(web(containers, "other"), ABOVE)).isEmpty();
        assertThat(LimitRangeCulprit.byDefault(web(containers), "exceeded quota"))
                .isEmpty();
    }
}
