package io.k8sincident.scenarios.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.k8sincident.scenarios.catalog.Catalog;
import io.k8sincident.scenarios.json.Json;
import io.k8sincident.scenarios.status.StatusException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {
    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web | true",
                "app==web,tier!=back | true",
                "app!=web | false",
                "app in (api, web) | true",
                "app notin (api,web) | false",
                "tier | true",
                "!tier | false",
                "!missing,app | true",
                "missing!=x | true",
                "missing=x | false",
                "'' | true",
            })
    void labelsAreSelectedAsTheApiServerSelectsThem(String selector, boolean selected) {
        assertThat(LabelQuery.parse(selector).matches(LABELS)).isEqualTo(selected);
    }

    @Test
    void aMalformedLabelSelectorIsABadRequest() {
        assertThatThrownBy(() -> LabelQuery.parse("a===b")).isInstanceOf(StatusException.class);
    }

    @Test
    void eventsAreSelectedByWhatTheyAreAbout() {
        var event = Json.parse("""
                {"involvedObject": {"kind": "Pod", "name": "x"}, "type": "Warning", "reason": "BackOff"}""");

        assertThat(FieldSelector.parse(Catalog.EVENTS, "involvedObject.name=x,type!=Normal")
                        .matches(event))
                .isTrue();
        assertThat(FieldSelector.parse(Catalog.EVENTS, "reason=Killing").matches(event))
                .isFalse();
    }

    @Test
    void aFieldThatCannotBeSelectedByIsABadRequest() {
        assertThatThrownBy(() -> FieldSelector.parse(Catalog.PODS, "spec.foo=b"))
                .isInstanceOf(StatusException.class)
                .hasMessage("field label not supported: spec.foo");
    }
}
