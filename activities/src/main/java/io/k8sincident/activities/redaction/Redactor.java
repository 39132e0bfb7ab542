package io.k8sincident.activities.redaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes credentials out of text: {@code [redacted:jwt]} stands where one stood, and says what it was and nothing of it.
 * What is recognised: the issuers' own forms of keys and tokens, private keys, headers, passwords in URLs and
 * among the arguments of some programs, and the values of names that say password, secret, token or key. Takes time in proportion to the text. Thread-safe.
 */
public final class Redactor {
    private static final TriggerScanner SCANNER = new TriggerScanner(Stream.concat(
                    SecretForm.all().stream(),
                    Stream.of(
                            new NamedValue(),
                            new AuthorizationHeader(),
                            new UrlPassword(),
                            new PrivateKeyBlock(),
                            new CommandPassword()))
            .toList());

    private static final TriggerScanner URLS = new TriggerScanner(List.of(new UrlPassword()));

    private Redactor() {}

    /** The text without credentials; the same object if it holds none. */
    public static String text(String text) {
        return text(text, SCANNER);
    }

    /** The text without passwords and tokens in URLs. */
    static String url(String text) {
        return text(text, URLS);
    }

    private static String text(String text, TriggerScanner scanner) {
        List<Detector.Span> spans = new ArrayList<>();
        scanner.scan(text, spans::add);
        return spans.isEmpty() ? text : replaced(text, merged(spans));
    }

    /**
     * Cleans an object of the Kubernetes API, in place: credentials out of every text, values of variables, headers,
     * annotations and flags that are named like one, all values of ConfigMaps and Secrets (the keys stay), the field managers, and
     * the copy of the object that {@code kubectl apply} keeps.
     *
     * @return the same object
     */
    public static ObjectNode object(ObjectNode object) {
        return ObjectRedaction.apply(object);
    }

    /** Where several detectors see the same place, the first to begin names the kind. */
    private static List<Detector.Span> merged(List<Detector.Span> spans) {
        spans.sort(Comparator.comparingInt(Detector.Span::start));
        List<Detector.Span> merged = new ArrayList<>();
        for (Detector.Span span : spans) {
            Detector.Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || span.start() >= last.end()) {
                merged.add(span);
            } else if (span.end() > last.end()) {
                merged.set(merged.size() - 1, new Detector.Span(last.start(), span.end(), last.replacement()));
            }
        }
        return merged;
    }

    private static String replaced(String text, List<Detector.Span> spans) {
        StringBuilder clean = new StringBuilder(text.length());
        int position = 0;
        for (Detector.Span span : spans) {
            clean.append(text, position, span.start()).append(span.replacement());
            position = span.end();
        }
        return clean.append(text, position, text.length()).toString();
    }
}
