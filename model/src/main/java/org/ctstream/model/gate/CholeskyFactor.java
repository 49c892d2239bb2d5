package org.ctstream.model.gate;

/**
 * The lower triangular root of a correlation matrix, by which correlated numbers become uncorrelated ones.
 *
 * <p>Thread-safe: it is never written after it was made.
 */
final class CholeskyFactor {
    private static final double LEAST_PIVOT = 1e-9;

    private final double[][] lower;

    private CholeskyFactor(double[][] lower) {
        this.lower = lower;
    }

    /**
     * @param triangle lower triangle with its diagonal, row by row
     * @param size rows and columns
     * @throws IllegalArgumentException if the matrix is not positive definite
     */
    static CholeskyFactor of(double[] triangle, int size) {
        double[][] lower = new double[size][];
        int at = 0;
        for (int row = 0; row < size; row++) {
            lower[row] = new double[row + 1];
            for (int column = 0; column <= row; column++) {
                double rest = triangle[at++];
                for (int k = 0; k < column; k++) {
                    rest -= lower[row][k] * lower[column][k];
                }
                if (column < row) {
                    lower[row][column] = rest / lower[column][column];
                } else if (rest > LEAST_PIVOT) {
                    lower[row][row] = Math.sqrt(rest);
                } else {
                    throw new IllegalArgumentException(
                            "the correlations are not positive definite: feature " + row + " follows from the others");
                }
            }
        }
        return new CholeskyFactor(lower);
    }

    /** Squared length of the numbers after they were made uncorrelated; overwrites them. */
    double squaredLength(double[] numbers) {
        double sum = 0;
        for (int row = 0; row < lower.length; row++) {
            double rest = numbers[row];
            for (int k = 0; k < row; k++) {
                rest -= lower[row][k] * numbers[k];
            }
            numbers[row] = rest / lower[row][row];
            sum += numbers[row] * numbers[row];
        }
        return sum;
    }
}
