package io.k8sincident.activities.redaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds all triggers of all detectors in one pass over a text, without regard to case: the automaton of Aho and Corasick
 * with its transitions written out. Most of what a cluster says holds no trigger, and costs one table look-up a
 * character. Immutable and thread-safe.
 */
final class TriggerScanner {
    private static final int ALPHABET = 128;

    private final List<Hit> hits = new ArrayList<>();
    /** Which triggers end in a state, by its number. */
    private final int[][] found;
    /** A row for each state: where the row of the following state begins, as its complement where triggers end in it. */
    private final int[] next;

    TriggerScanner(List<? extends Detector> detectors) {
        List<int[]> trie = new ArrayList<>();
        List<List<Integer>> ends = new ArrayList<>();
        addState(trie, ends);
        for (Detector detector : detectors) {
            for (String trigger : detector.triggers()) {
                ends.get(insert(trie, ends, trigger)).add(hits.size());
                hits.add(new Hit(detector, trigger.length()));
            }
        }
        this.next = transitions(trie, ends);
        this.found = ends.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** All spans that detectors see in the text, in the order in which their triggers end. */
    void scan(String text, Consumer<Detector.Span> spans) {
        int[] seenTo = {};
        int row = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            row = c < ALPHABET ? next[row + c] : 0;
            if (row < 0) {
                row = ~row;
                seenTo = seenTo.length == 0 ? new int[hits.size()] : seenTo;
                report(text, i + 1, found[row / ALPHABET], seenTo, spans);
            }
        }
    }

    /**
     * A trigger inside what it has already led to, be it nothing, is passed over, so that no part of a text is read again
     * and again.
     */
    private void report(String text, int end, int[] here, int[] seenTo, Consumer<Detector.Span> spans) {
        for (int index : here) {
            Hit hit = hits.get(index);
            int start = end - hit.length();
            Detector.Span span = start < seenTo[index] ? null : hit.detector().at(text, start, end);
            if (span != null) {
                seenTo[index] = span.end();
                if (span.end() > span.start()) {
                    spans.accept(span);
                }
            }
        }
    }

    private static int insert(List<int[]> trie, List<List<Integer>> ends, String trigger) {
        int state = 0;
        for (int i = 0; i < trigger.length(); i++) {
            char c = trigger.charAt(i);
            if (trie.get(state)[c] < 0) {
                trie.get(state)[c] = addState(trie, ends);
            }
            state = trie.get(state)[c];
        }
        return state;
    }

    private static int addState(List<int[]> trie, List<List<Integer>> ends) {
        int[] edges = new int[ALPHABET];
        Arrays.fill(edges, -1);
        trie.add(edges);
        ends.add(new ArrayList<>());
        return trie.size() - 1;
    }

    /** Breadth first, so that the state to fall back to is complete before it is needed. */
    private static int[] transitions(List<int[]> trie, List<List<Integer>> ends) {
        int[] fallback = new int[trie.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
        while (!queue.isEmpty()) {
            int state = queue.remove();
            int[] edges = trie.get(state);
            for (int c = 0; c < ALPHABET; c++) {
                int inherited = state == 0 ? 0 : trie.get(fallback[state])[c];
                if (edges[c] < 0) {
                    edges[c] = inherited;
                } else {
                    fallback[edges[c]] = inherited;
                    ends.get(edges[c]).addAll(ends.get(inherited));
                    queue.add(edges[c]);
                }
            }
        }
        int[] table = new int[trie.size() * ALPHABET];
        for (int state = 0; state < trie.size(); state++) {
            for (int c = 0; c < ALPHABET; c++) {
                char lower = c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : (char) c;
                int following = trie.get(state)[lower];
                int row = following * ALPHABET;
                table[state * ALPHABET + c] = ends.get(following).isEmpty() ? row : ~row;
            }
        }
        return table;
    }

    private record Hit(Detector detector, int length) {}
}
