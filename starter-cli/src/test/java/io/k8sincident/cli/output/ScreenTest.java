package io.k8sincident.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Screen screen(boolean colour) {
        return new Screen(new PrintWriter(out), new PrintWriter(err), colour, colour);
    }

    @Test
    void showsAProblemAsWhatHappenedWhatWasNotChangedAndTheNextCommand() {
        screen(false).show(Problem.error("it broke", "incident doctor"));

        assertThat(err).hasToString("error: it broke\n  ·       nothing was changed\n  next    incident doctor\n");
    }

    @Test
    void keepsTalkOffStandardOutput() {
        screen(false).say("hello");

        assertThat(out.toString()).isEmpty();
    }

    @Test
    void paintsWhereColoursAreWanted() {
        screen(true).print(Text.of("red", Style.RED));

        assertThat(out).hasToString("\u001b[31mred\u001b[0m\n");
    }

    @Test
    void escapesWhatItPaints() {
        screen(true).print(Text.of("a\u001b[0mb", Style.RED));

        assertThat(out).hasToString("\u001b[31ma\\u001b[0mb\u001b[0m\n");
    }

    @Test
    void honoursNoColorOnATerminal() {
        assertThat(ColorChoice.AUTO.colours(true, Map.of("NO_COLOR", "1"))).isFalse();
    }

    @Test
    void coloursWhenAskedToEvenIntoAPipe() {
        assertThat(ColorChoice.ALWAYS.colours(false, Map.of("NO_COLOR", "1"))).isTrue();
    }
}
