package org.ctstream.trainer.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV list of labelled images: columns {@code path} and {@code label}, or these two in this order without a header.
 * Labels are COVID, POSITIVE or 1 and NON_COVID, NEGATIVE or 0, in any case. Paths are relative to the list's folder.
 * UTF-8; lines end as on Unix or on Windows; a row is one line; further columns are passed over.
 *
 * @param folderName name of the list's folder, which data sets are known by
 * @param rows the usable rows, in the list's order
 * @param rejected the others
 */
public record LabelList(String folderName, List<Row> rows, List<Rejected> rejected) {
    private static final ObjectReader READER =
            CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build().readerFor(String[].class);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public LabelList {
        rows = List.copyOf(rows);
        rejected = List.copyOf(rejected);
    }

    /**
     * One usable row.
     *
     * @param source list and line, as {@code train.csv:12}
     * @param line line number in the list, counted from 1
     * @param path where the image is; a regular file when the list was read
     */
    public record Row(String source, int line, Path path, boolean positive) {}

    /**
     * Reads a list.
     *
     * @param allowOutside whether paths may lead out of the list's folder: a list from elsewhere should not reach every
     *     file of this machine
     * @throws DatasetException if the list is not there or is no UTF-8 text
     */
    public static LabelList read(Path list, boolean allowOutside) {
        var paths = new ListedPaths(list, allowOutside);
        var rows = new ArrayList<Row>();
        var rejected = new ArrayList<Rejected>();
        @Nullable LabelColumns columns = null;
        int line = 0;
        try (BufferedReader lines = Files.newBufferedReader(list)) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                String row = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
                if (row.isBlank()) {
                    continue;
                }
                String source = list.getFileName() + ":" + line;
                try {
                    String[] cells = cells(row);
                    if (columns == null) {
                        columns = LabelColumns.of(cells);
                        if (columns.header()) {
                            continue;
                        }
                    }
                    boolean positive = columns.positive(cells);
                    rows.add(new Row(source, line, paths.resolve(columns.path(cells)), positive));
                } catch (RowException e) {
                    rejected.add(e.rejected(source));
                }
            }
        } catch (NoSuchFileException e) {
            throw new DatasetException("There is no list " + list + " (expected: a CSV file of path,label)", e);
        } catch (CharacterCodingException e) {
            throw new DatasetException(
                    "The list " + list + " is not UTF-8 text after line " + line + ". Remedy: save it as CSV UTF-8.",
                    e);
        } catch (IOException e) {
            throw new DatasetException("Cannot read the list " + list + ": " + e.getMessage(), e);
        }
        return new LabelList(paths.folderName(), rows, rejected);
    }

    private static String[] cells(String row) throws RowException {
        try {
            return READER.readValue(row);
        } catch (JsonProcessingException e) {
            throw new RowException(
                    "row",
                    "it is no CSV: a quote stands where none may",
                    "quote a whole cell, and double quotes in it");
        }
    }
}
