package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.LastWords;
import java.util.Optional;

/** The environment variable that an application says it lacks, if its container indeed does not set it. */
final class UnsetVariable {
    private static final Pattern LACKS =
            Pattern.compile("(?i)(not set|unset|\\bset\\b.{0,40}\\brequired|missing|required"
                    + "|must be set|must specify|need to specify|not specified|undefined|KeyError|key not found|is empty"
                    + "|parameter not set|unbound variable|not defined|not provided|not found in env"
                    + "|environment variable (\\S+ )?not found"
                    + "|\\b(needs?|provide|specify|define|find|no) ((an?|the|this) )?environment variable)");
    /** Variables are written in capitals; one word alone could be anything, unless it is introduced as a variable. */
    private static final Pattern NAME = Pattern.compile("\\b([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])\\b");

    private static final Pattern INTRODUCED =
            Pattern.compile("(?i:variables?|KeyError|environ|env|ENV)[:\\s\\[(.]*[\"'`$]?([A-Z][A-Z0-9_]{2,})\\b");

    /** Names of errors, of Node and of OpenSSL, which are written as variables are. */
    private static final Pattern ERROR = Pattern.compile("^(ERR_|SSL_ERROR_|CERTIFICATE_VERIFY_)");

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
            boolean error = ERROR.matcher(matcher.group(1)).find();
            if (!error && !sets(container, matcher.group(1))) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static boolean sets(ContainerView container, String name) {
        return Variable.of(container).stream()
                .anyMatch(variable -> variable.certain() && variable.name().equals(name));
    }
}
