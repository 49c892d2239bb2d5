package org.ctstream.trainer.dataset;

import java.util.Locale;
import java.util.Map;

/**
 * Where path and label stand in a list's rows, and how labels are written.
 *
 * @param header whether the row this was told from is a header
 */
record LabelColumns(int path, int label, boolean header) {
    private static final Map<String, Boolean> LABELS =
            Map.of("COVID", true, "POSITIVE", true, "1", true, "NON_COVID", false, "NEGATIVE", false, "0", false);

    /** Told from the first row: a header names both columns, anything else is a row of path and label. */
    static LabelColumns of(String[] first) {
        int path = -1;
        int label = -1;
        for (int i = 0; i < first.length; i++) {
            path = first[i].equalsIgnoreCase("path") ? i : path;
            label = first[i].equalsIgnoreCase("label") ? i : label;
        }
        return path >= 0 && label >= 0 ? new LabelColumns(path, label, true) : new LabelColumns(0, 1, false);
    }

    String path(String[] cells) throws RowException {
        return cell(cells, path, "path");
    }

    boolean positive(String[] cells) throws RowException {
        Boolean positive = LABELS.get(cell(cells, label, "label").toUpperCase(Locale.ROOT));
        if (positive == null) {
            throw new RowException(
                    "label",
                    "column " + (label + 1) + " is none of COVID, POSITIVE, 1, NON_COVID, NEGATIVE, 0",
                    "write one of these; columns are path,label unless a header says otherwise");
        }
        return positive;
    }

    private static String cell(String[] cells, int index, String name) throws RowException {
        if (index >= cells.length || cells[index].isEmpty()) {
            throw new RowException(
                    name,
                    "the row has no column " + (index + 1) + " (" + cells.length + " found)",
                    "write path and label, separated by a comma");
        }
        return cells[index];
    }
}
