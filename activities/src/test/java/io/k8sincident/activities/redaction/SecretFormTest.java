package io.k8sincident.activities.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.scenarios.secrets.PlantedSecrets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The forms read by hand against the same ones as regular expressions, over credentials that were damaged at random. */
class SecretFormTest {
    private static final int TEXTS = 50_000;
    private static final String NOISE = "aZ0_-.=:\"' /gsxA";
    private static final Pattern FORMS = Pattern.compile("\\A(?:(?:AKIA|ASIA)[A-Z0-9]{16}"
            + "|gh[pousr]_[A-Za-z0-9]{30,}"
            + "|github_pat_[A-Za-z0-9_]{22,}"
            + "|gl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|oas|agent)-[A-Za-z0-9_.-]{20,}"
            + "|(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}"
            + "|hooks\\.slack\\.com/services/[A-Za-z0-9/_-]{16,}"
            + "|(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{10,}"
            + "|AIza[A-Za-z0-9_-]{35}"
            + "|(?:ya29\\.|GOCSPX-)[A-Za-z0-9._-]{20,}"
            + "|npm_[A-Za-z0-9]{36}"
            + "|SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"
            + "|hv[sbr]\\.[A-Za-z0-9_-]{24,}"
            + "|sk-[A-Za-z0-9_-]{32,})");
    private static final Pattern JWT =
            Pattern.compile("\\AeyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?");

    private final TriggerScanner scanner = new TriggerScanner(SecretForm.all());
    private final Random random = new Random(20261129);

    @Test
    void readsWhatRegularExpressionsRead() {
        List<String> lines = new ArrayList<>(List.of(
                "SG.abcdefghij0123456789.abcdefghij0123456789",
                "https://hooks.slack.com/services/T000/B000/abcdefghij",
                "GOCSPX-abcdefghij0123456789",
                "sk-proj-abcdefghij0123456789abcdefghij",
                "glagent-abcdefghij0123456789"));
        new PlantedSecrets(1).make(1_000).forEach(planted -> lines.add(planted.line()));
        int found = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = damaged(lines.get(random.nextInt(lines.size())));
            BitSet expected = byExpressions(text);
            assertThat(byHand(text)).as(text).isEqualTo(expected);
            found += expected.isEmpty() ? 0 : 1;
        }
        assertThat(found).isBetween(TEXTS / 10, TEXTS);
    }

    private BitSet byHand(String text) {
        BitSet covered = new BitSet();
        scanner.scan(text, span -> covered.set(span.start(), span.end()));
        return covered;
    }

    private static BitSet byExpressions(String text) {
        BitSet covered = new BitSet();
        int tokenEnd = 0;
        for (int start = 0; start < text.length(); start++) {
            char before = start == 0 ? ' ' : text.charAt(start - 1);
            if (!Chars.isWord(before)) {
                cover(FORMS, text, start, covered);
            }
            // The parts of a token begin as tokens do: they are not read again.
            if (start >= tokenEnd && !Chars.isWord(before) && before != '-' && before != '_') {
                tokenEnd = cover(JWT, text, start, covered);
            }
        }
        return covered;
    }

    private static int cover(Pattern form, String text, int start, BitSet covered) {
        Matcher matcher = form.matcher(text.substring(start));
        int end = matcher.find() ? start + matcher.end() : start;
        covered.set(start, end);
        return end;
    }

    /** With some characters more, less, or others, or two lines run together. */
    private String damaged(String line) {
        StringBuilder text = new StringBuilder(line);
        for (int edits = random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(text.length());
            char noise = NOISE.charAt(random.nextInt(NOISE.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, noise);
                case 1 -> text.setCharAt(at, noise);
                case 2 -> text.deleteCharAt(at).append(' ');
                default -> text.insert(at, line);
            }
        }
        return text.toString();
    }
}
