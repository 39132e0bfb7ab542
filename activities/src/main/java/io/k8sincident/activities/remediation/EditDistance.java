package io.k8sincident.activities.remediation;

/** How unlike two short words are: the insertions, deletions and replacements between them (Levenshtein). */
final class EditDistance {
    /** More than any id; what is longer is unlike all of them anyway. */
    private static final int LONGEST = 100;

    private EditDistance() {}

    static int between(String one, String other) {
        String left = one.length() > LONGEST ? one.substring(0, LONGEST) : one;
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (left.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
