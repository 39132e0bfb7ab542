package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.evidence.Fields;
import java.util.Optional;

/** The environment variable that an application says it lacks, if its container indeed does not set it. */
final class UnsetVariable {
    private static final Pattern LACKS = Pattern.compile(
            "(?i)(not set|unset|\\bset\\b.{0,40}\\brequired|missing|required"
                    + "|must be set|must specify|need to specify|not specified|undefined|KeyError|key not found|is empty"
                    + "|parameter not set|unbound variable|not defined|not provided|not found in env|environment variable)");
    /** Variables are written in capitals; one word alone could be anything, unless it is introduced as a variable. */
    private static final Pattern NAME = Pattern.compile("\\b([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])\\b");

    private static final Pattern INTRODUCED =
            Pattern.compile("(?i:variables?|KeyError|environ|env|ENV)[:\\s\\[(.]*[\"'`$]?([A-Z][A-Z0-9_]{2,})\\b");

    private UnsetVariable() {}

    /** Its name. */
    static Optional<String> of(ContainerView container) {
        return LastWords.of(container)
                .filter(LastWords::stateAnError)
                .map(words -> String.join("\n", words.fromError()))
                .filter(text -> LACKS.matcher(text).find())
                .flatMap(text -> first(INTRODUCED, text, container).or(() -> first(NAME, text, container)));
    }

    private static Optional<String> first(Pattern pattern, String text, ContainerView container) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (!sets(container, matcher.group(1))) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static boolean sets(ContainerView container, String name) {
        return container.spec().list("env").stream()
                .filter(variable -> variable.text("name").equals(name))
                .anyMatch(variable -> !variable.text("value").isEmpty() || required(variable));
    }

    private static boolean required(Fields variable) {
        Fields from = variable.child("valueFrom");
        return from.present() && !from.flag("configMapKeyRef", "optional") && !from.flag("secretKeyRef", "optional");
    }
}
