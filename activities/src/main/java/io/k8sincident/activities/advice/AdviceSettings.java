package io.k8sincident.activities.advice;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which model is asked, where, and how much of it.
 *
 * @param baseUrl of an Ollama server: scheme, host and port only
 * @param model as {@code ollama list} shows it
 * @param deadline for everything from asking to the checked answer
 * @param contextTokens the model's window ({@code num_ctx}): prompt and answer together
 * @param answerTokens the most that it may write ({@code num_predict})
 * @param atOnce how many exchanges run at the same time; others wait, and their deadline runs
 * @param allowedHosts names or addresses beyond this machine to which evidence may be sent, from the policy
 */
public record AdviceSettings(
        URI baseUrl,
        String model,
        Duration deadline,
        int contextTokens,
        int answerTokens,
        int atOnce,
        Set<String> allowedHosts) {
    public static final URI DEFAULT_URL = URI.create("http://127.0.0.1:11434");
    public static final String DEFAULT_MODEL = "qwen2.5:7b";
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(90);
    public static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);
    public static final int DEFAULT_CONTEXT = 8_192;
    public static final int DEFAULT_ANSWER = 1_024;
    public static final int DEFAULT_AT_ONCE = 2;

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    public AdviceSettings {
        allowedHosts = Set.copyOf(allowedHosts);
        checkUrl(baseUrl);
        if (!reachable(baseUrl, allowedHosts)) {
            throw new IllegalArgumentException("the model's server " + baseUrl
                    + " is not on this machine, and the policy does not allow its host: no evidence was sent. Next: use "
                    + DEFAULT_URL + ", or let the policy allow the host " + baseUrl.getHost());
        }
        if (!MODEL.matcher(model).matches()) {
            throw new IllegalArgumentException(
                    "'" + model + "' is not the name of a model, such as " + DEFAULT_MODEL + "; see: ollama list");
        }
        if (deadline.compareTo(Duration.ofMillis(1)) < 0 || deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException(
                    "the deadline of the model must lie between 1 millisecond and 10 minutes, not " + deadline);
        }
        within("num_ctx", contextTokens, 256, 1_048_576);
        within("num_predict", answerTokens, 1, contextTokens);
        within("the number of exchanges at once", atOnce, 1, 64);
    }

    /** The default model on this machine. */
    public static AdviceSettings defaults() {
        return of(DEFAULT_URL, DEFAULT_MODEL);
    }

    /** Another model or server, which must be on this machine. */
    public static AdviceSettings of(URI baseUrl, String model) {
        return new AdviceSettings(
                baseUrl, model, DEFAULT_DEADLINE, DEFAULT_CONTEXT, DEFAULT_ANSWER, DEFAULT_AT_ONCE, Set.of());
    }

    /** The same with another deadline. */
    public AdviceSettings within(Duration other) {
        return new AdviceSettings(baseUrl, model, other, contextTokens, answerTokens, atOnce, allowedHosts);
    }

    /** The same with another window and length of the answer. */
    public AdviceSettings tokens(int context, int answer) {
        return new AdviceSettings(baseUrl, model, deadline, context, answer, atOnce, allowedHosts);
    }

    private static void checkUrl(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean bare = (url.getRawPath() == null || url.getRawPath().matches("/?"))
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
        if (!Set.of("http", "https").contains(scheme) || url.getHost() == null || !bare) {
            throw new IllegalArgumentException("the address of the model's server must be like " + DEFAULT_URL
                    + ", with scheme, host and port only. Nothing was sent");
        }
    }

    private static boolean reachable(URI url, Set<String> allowedHosts) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(host).matches() || allowedHosts.contains(host);
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " of the model must lie between " + least + " and " + most + ", not " + value);
        }
    }
}
