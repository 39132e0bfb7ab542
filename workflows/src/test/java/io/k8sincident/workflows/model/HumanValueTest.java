package io.k8sincident.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HumanValueTest {
    @Test
    void readsContainerFieldAndValue() {
        assertThat(HumanValue.parse("app.command=[\"/bin/app\", \"--a=b\"]"))
                .isEqualTo(new HumanValue("app", "command", "[\"/bin/app\", \"--a=b\"]"));
    }

    @Test
    void readsFieldsWithinFields() {
        assertThat(HumanValue.parse("app.limits.memory=512Mi"))
                .isEqualTo(new HumanValue("app", "limits.memory", "512Mi"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app", "app.image", "app.image=", ".image=x", "App.image=x", "app=x", "-a.image=x"})
    void refusesAnythingElseAndSaysHowItIsWritten(String text) {
        assertThatThrownBy(() -> HumanValue.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CONTAINER.FIELD=VALUE");
    }
}
