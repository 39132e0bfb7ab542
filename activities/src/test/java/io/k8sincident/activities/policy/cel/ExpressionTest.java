package io.k8sincident.activities.policy.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Map<String, Object> PLAN = Map.of(
            "risk", "MEDIUM", "replicas", 3L, "actions", List.of(Map.of("type", "SetImage", "image", "evil.io/app:1")));
    private static final Map<String, Object> TARGET = Map.of("labels", Map.of("tier", "critical"), "name", "app");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plan.risk != 'LOW'                                                | true",
                "plan.replicas > 3                                                 | false",
                "target.labels.tier == 'critical'                                  | true",
                "has(target.labels.team)                                           | false",
                "'team' in target.labels && target.labels.team == 'x'              | false",
                "target.labels[?'team'].hasValue()                                 | error",
                "plan.actions.exists(a, a.type == 'SetImage' && !a.image.startsWith('registry.example.com/')) | true",
                "plan.actions.exists(a, has(a.image) && a.image.matches('^evil[.]io/')) | true",
                "plan.actions.exists_one(a, a.type == 'RollBack')                  | false",
                "plan.risk in ['LOW', 'MEDIUM']                                    | true",
            })
    void answersQuestions(String text, String answer) throws ExpressionException {
        if (answer.equals("error")) {
            assertThatThrownBy(() -> Expression.compile(text)).isInstanceOf(ExpressionException.class);
        } else {
            assertThat(Expression.compile(text).holds(PLAN, TARGET)).isEqualTo(Boolean.parseBoolean(answer));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plan.risk ==                     | mismatched input '<EOF>'",
                "plan.rsik == 'LOW'               | plan has no field 'rsik'; it has actions, cause",
                "has(target.lables)               | target has no field 'lables'",
                "'yes'                            | expected type 'bool' but found 'string'",
                "nothing.here                     | undeclared reference to 'nothing'",
                "plan.risk + 'x' == 'LOWx'        | found no matching overload for '_+_'",
                "plan.actions.map(a, a).size()==1 | undeclared reference to 'map'",
                "plan.actions.filter(a, true)==[] | undeclared reference to 'filter'",
                "plan.risk.matches(target.name)   | matches needs its pattern as a text in quotes",
                "plan.risk.matches('((((a{1000}){1000}){1000}){1000})') | may not multiply to more than 1000",
                "plan.risk.matches('(a{2,999}){2}')                     | may not multiply to more than 1000",
                "plan.risk.matches('[')           | '[' is no RE2 pattern: missing closing ]",
                "plan.actions.all(a, plan.actions.all(b, plan.actions.all(c, plan.actions.all(d, a == d)))) | more than 3",
            })
    void refusesAtOnceWhatCannotBeAsked(String text, String message) {
        assertThatThrownBy(() -> Expression.compile(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target.labels.team == 'x'",
                "plan.replicas / (plan.replicas - 3) > 1",
                "plan.replicas == 3 && target.spec.replicas > 1",
                "int(plan.risk) == 1",
                "9223372036854775807 - (0 - plan.replicas) > 0",
                "timestamp(plan.risk) < timestamp('2026-01-01T00:00:00Z')",
                "plan.actions[7].type == 'x'",
                "plan.replicas",
            })
    void hasNoAnswerToWhatIsNotThere(String text) throws ExpressionException {
        Expression expression = Expression.compile(text);

        assertThatThrownBy(() -> expression.holds(PLAN, TARGET)).isInstanceOf(ExpressionException.class);
    }

    @Test
    void namesTheLineOfAMistake() {
        assertThatThrownBy(() -> Expression.compile("plan.risk == 'LOW' &&\n  target.nmae == 'x'"))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.line()).isEqualTo(2));
        assertThatThrownBy(() -> Expression.compile("plan.risk == 'LOW' &&\n  ="))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.line()).isEqualTo(2));
    }

    @Test
    void refusesWhatIsTooLongOrTooLarge() {
        for (String hostile : List.of(
                "true" + " && true".repeat(600),
                "[".repeat(500) + "]".repeat(500) + " == []",
                "plan.risk == '" + "x".repeat(5_000) + "'",
                "a.".repeat(1_500) + "b")) {
            assertThatThrownBy(() -> Expression.compile(hostile).holds(PLAN, TARGET))
                    .as(hostile)
                    .isInstanceOf(ExpressionException.class);
        }
    }

    @Test
    void survivesWhatIsNestedDeeply() {
        for (String hostile : List.of(
                "(".repeat(1_000) + "true" + ")".repeat(1_000),
                "!".repeat(2_000) + "true",
                "true ? ".repeat(500) + "true" + " : true".repeat(500),
                "-".repeat(3_000) + "1 == 1",
                "plan.risk.matches('" + "(".repeat(100) + "a*" + ")*".repeat(100) + "')")) {
            try {
                var unused = Expression.compile(hostile).holds(PLAN, TARGET);
            } catch (ExpressionException e) {
                assertThat(e).hasMessageNotContaining("StackOverflow");
            }
        }
    }

    @Test
    void endsSoonWhateverItIsGiven() throws ExpressionException {
        List<Object> many =
                IntStream.range(0, 300).mapToObj(i -> (Object) "x".repeat(200)).collect(Collectors.toList());
        Map<String, Object> plan = Map.of("actions", many, "risk", "x".repeat(20_000));
        for (String costly : List.of(
                "plan.actions.all(a, plan.actions.all(b, plan.actions.all(c, a == b && b == c)))",
                // Minutes on any machine: what takes a little over the limit on one ends in time on another.
                "plan.actions.all(a, plan.actions.all(b, !plan.risk.matches('(x|xx|xxx)*y')))",
                "plan.actions.all(a, plan.actions.all(b, !plan.risk.matches('(x*)*(x*)*y')))")) {
            Expression expression = Expression.compile(costly);
            await().atMost(Duration.ofMinutes(1)).until(() -> Deadline.overdue() == 0);
            long start = System.nanoTime();

            assertThatThrownBy(() -> expression.holds(plan, Map.of()))
                    .as(costly)
                    .isInstanceOf(ExpressionException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> Deadline.overdue() == 0);
    }

    @Test
    void comparesWhatWasNestedAsDeeplyAsItCanBe() throws ExpressionException {
        String nested = "[[target, target]].exists(a, [[a, a]].exists(b, [[b, b]].exists(c, c == [b, b])))";

        assertThat(Expression.compile(nested).holds(PLAN, Collections.unmodifiableMap(TARGET)))
                .isTrue();
    }
}
