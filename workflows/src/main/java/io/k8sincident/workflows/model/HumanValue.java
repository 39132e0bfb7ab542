package io.k8sincident.workflows.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that only a human knows, as typed after {@code --set}: {@code app.image=nginx:1.27} or
 * {@code app.command=["/bin/app"]}.
 *
 * @param value JSON text for lists, plain text otherwise
 */
public record HumanValue(String container, String field, String value) {
    private static final Pattern SYNTAX =
            Pattern.compile("([a-z0-9]([-a-z0-9]*[a-z0-9])?)\\.([a-zA-Z.]+)=(.+)", Pattern.DOTALL);

    /**
     * Reads one {@code --set}.
     *
     * @throws IllegalArgumentException if the text is not CONTAINER.FIELD=VALUE, with the remedy in the message */
    public static HumanValue parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not CONTAINER.FIELD=VALUE, such as app.image=nginx:1.27 or app.command='[\"/bin/app\"]'");
        }
        return new HumanValue(matcher.group(1), matcher.group(3), matcher.group(4));
    }
}
